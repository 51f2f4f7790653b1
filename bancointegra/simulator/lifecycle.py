"""What happens to a boleto after its registration: payment, settlement, write-off, and the timers of the night.

The order of protest and negativação (notice after n days, notary five banking days later, record after the three of
the law; ten days of notice for negativação) is composed from the CNAB 400 manual of July 2021.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bancointegra.simulator.boletos import Boletos
from bancointegra.simulator.charges import charges_on
from bancointegra.simulator.clock import SimulatedClock, add_business_days
from bancointegra.simulator.emission_shape import BAIXAR
from bancointegra.simulator.formats import DOTTED
from bancointegra.simulator.history import SISTEMA, note
from bancointegra.simulator.model import Boleto, Cobranca, Etapa, Situacao

MOTIVO_LIQUIDADO = "Baixa por ter sido liquidado"
MOTIVO_DECURSO = "Baixa por decurso de prazo"
MOTIVO_SOLICITADA = "Baixa solicitada pelo beneficiário"
MOTIVO_PROTESTADO = "Baixa por ter sido protestado"
_CODIGOS_MOTIVO = {MOTIVO_LIQUIDADO: "10", MOTIVO_DECURSO: "02", MOTIVO_SOLICITADA: "09", MOTIVO_PROTESTADO: "32"}
_PROTEST_DAYS = 5 + 3
_NEGATIVACAO_DAYS = 10


@dataclass(frozen=True, slots=True)
class Channel:
    """Where and how somebody paid, in the bank's codes and words."""

    canal: str
    meio: str
    codigo_canal: str
    codigo_meio: str
    instituicao: str = "341"


CHANNELS = {
    "INTERNET": Channel("INTERNET/BANKLINE", "DÉBITO EM CONTA", "03", "02"),
    "BANKFONE": Channel("BANKFONE", "DÉBITO EM CONTA", "08", "02"),
    "AGENCIA": Channel("AGÊNCIA", "DINHEIRO", "01", "01"),
    "CORRESPONDENTE": Channel("CORRESPONDENTE BANCÁRIO", "DINHEIRO", "06", "01", "104"),
    "COMPENSACAO": Channel("OUTROS BANCOS", "DÉBITO EM CONTA", "09", "02", "237"),
    "CARTORIO": Channel("CARTÓRIO", "DINHEIRO", "10", "01"),
    "PIX": Channel("PIX", "PIX", "11", "61"),
}
DEFAULT_CHANNEL = "INTERNET"


class SimulationError(ValueError):
    """Whoever plays the bank asked for something that cannot happen; the text is Portuguese."""


class Lifecycle:
    def __init__(self, boletos: Boletos, clock: SimulatedClock) -> None:
        self._boletos = boletos
        self._clock = clock

    def pay(self, boleto: Boleto, valor: int | None, *, pix: bool, canal: str) -> None:
        """Pay ``valor`` cents (None: what is due today). By Pix the money is there, and the boleto settled, at once."""
        if not boleto.situacao.is_payable:
            raise SimulationError(f"O boleto {boleto.nosso_numero} está {boleto.situacao.value} e não pode ser pago.")
        name = "PIX" if pix else canal.upper()
        if name not in CHANNELS:
            raise SimulationError(f"Canal desconhecido: {canal}; há {', '.join(CHANNELS)}.")
        now = self._clock.now()
        charges = charges_on(boleto, now.date())
        due = charges.total(boleto.valor)
        paid = due if valor is None else valor
        if paid <= 0:
            raise SimulationError("O valor pago deve ser maior que zero.")
        boleto.pagamentos.append(_payment(CHANNELS[name], now, paid, boleto, paid - due))
        boleto.situacao = Situacao.PAGO
        note(boleto, now.date(), "PAGAMENTO", after=DOTTED.write_money(paid), canal=CHANNELS[name].canal)
        if pix or name == "CARTORIO":
            self._settle(boleto, now.date())
        self._boletos.save(boleto)

    def reject_payment(self, boleto: Boleto, motivo: str) -> None:
        """The payment bounces: the record goes, the boleto is payable again."""
        if boleto.situacao is not Situacao.PAGO:
            raise SimulationError(f"O boleto {boleto.nosso_numero} não tem pagamento a devolver.")
        boleto.pagamentos.pop()
        boleto.situacao = Situacao.DEVOLVIDO
        note(boleto, self._clock.today(), "PAGAMENTO REJEITADO", motivo=motivo)
        self._boletos.save(boleto)

    def settle(self, boleto: Boleto) -> None:
        """Credit a payment now, without waiting for the night."""
        if boleto.situacao is not Situacao.PAGO:
            raise SimulationError(f"O boleto {boleto.nosso_numero} não tem pagamento a liquidar.")
        self._settle(boleto, self._clock.today())
        self._boletos.save(boleto)

    def write_off(self, boleto: Boleto, motivo: str = MOTIVO_SOLICITADA, by: str = SISTEMA) -> None:
        """Write it off; a running protest is stayed and a negativação excluded by it."""
        if not boleto.situacao.is_payable:
            raise SimulationError(f"O boleto {boleto.nosso_numero} está {boleto.situacao.value}.")
        self._write_off(boleto, motivo, by)
        self._boletos.save(boleto)

    def run_night(self) -> None:
        """Everything whose day has come: settlements, end of term, protests, negativações."""
        today = self._clock.today()
        for boleto in self._boletos.active():
            before = boleto.to_json()
            self._age(boleto, today)
            if boleto.to_json() != before:
                self._boletos.save(boleto)

    def _age(self, boleto: Boleto, today: date) -> None:
        if boleto.situacao is Situacao.DEVOLVIDO:
            boleto.situacao = Situacao.ABERTO
        if boleto.situacao is Situacao.PAGO:
            if _paid_on(boleto) < today:
                self._settle(boleto, today)
            return
        if today > boleto.limite or _is_term_over(boleto, today):
            self._write_off(boleto, MOTIVO_DECURSO)
            return
        _age_protest(boleto, today)
        _age_negativacao(boleto, today)

    def _settle(self, boleto: Boleto, today: date) -> None:
        boleto.situacao = Situacao.LIQUIDADO
        boleto.fechado_em = today
        boleto.baixa = self._baixa(MOTIVO_LIQUIDADO, SISTEMA)
        note(boleto, today, "TITULO LIQUIDADO", motivo=MOTIVO_LIQUIDADO)

    def _write_off(self, boleto: Boleto, motivo: str, by: str = SISTEMA) -> None:
        today = self._clock.today()
        if boleto.protesto.etapa is Etapa.EM_ANDAMENTO:
            note(boleto, today, "SUSTACAO DE PROTESTO", motivo="Sustado pela baixa")
        if boleto.protesto.etapa in (Etapa.INSTRUIDA, Etapa.EM_ANDAMENTO):
            boleto.protesto.cancel(3, today)
        if boleto.negativacao.etapa is not Etapa.NENHUMA:
            note(boleto, today, "EXCLUSAO DE NEGATIVACAO", motivo="Excluída pela baixa")
            boleto.negativacao.cancel(3, today)
        boleto.situacao = Situacao.BAIXADO
        boleto.fechado_em = today
        boleto.baixa = self._baixa(motivo, by)
        note(boleto, today, "BAIXAR", motivo=motivo, by=by)

    def _baixa(self, motivo: str, by: str) -> dict[str, Any]:
        now = self._clock.now()
        return {
            "codigo_motivo_boleto_cobranca_baixado": _CODIGOS_MOTIVO.get(motivo, "99"),
            "motivo_baixa": motivo,
            "data_inclusao_alteracao_baixa": now.date().isoformat(),
            "data_hora_inclusao_alteracao_baixa": now.isoformat(timespec="seconds"),
            "codigo_usuario_inclusao_alteracao": by,
            "indicador_dia_util_baixa": "S",
        }


def _payment(channel: Channel, now: datetime, paid: int, boleto: Boleto, difference: int) -> dict[str, Any]:
    """A payment record. What was paid beyond the due amount counts as juros, what is missing as desconto."""
    charges = charges_on(boleto, now.date())
    return {
        "codigo_instituicao_financeira_pagamento": channel.instituicao,
        "codigo_identificador_sistema_pagamento_brasileiro": channel.instituicao,
        "numero_agencia_recebedora": "0057",
        "codigo_canal_pagamento_boleto_cobranca": channel.codigo_canal,
        "codigo_meio_pagamento_boleto_cobranca": channel.codigo_meio,
        "valor_pago_total_cobranca": paid,
        "valor_pago_desconto_cobranca": charges.desconto + max(-difference, 0),
        "valor_pago_multa_cobranca": charges.multa,
        "valor_pago_juro_cobranca": charges.juros + max(difference, 0),
        "valor_pago_abatimento_cobranca": charges.abatimento,
        "valor_pagamento_imposto_sobre_operacao_financeira": 0,
        "data_hora_inclusao_pagamento": now.isoformat(timespec="seconds"),
        "data_inclusao_pagamento": now.date().isoformat(),
        "descricao_meio_pagamento": channel.meio,
        "descricao_canal_pagamento": channel.canal,
    }


def _paid_on(boleto: Boleto) -> date:
    return date.fromisoformat(boleto.pagamentos[-1]["data_inclusao_pagamento"])


def _is_term_over(boleto: Boleto, today: date) -> bool:
    """Whether an instruction 8 (write off n days after the due date) is due."""
    return any(
        today > boleto.vencimento + timedelta(days=item["quantidade_dias_apos_vencimento"])
        for item in boleto.instrucoes
        if item["codigo_instrucao_cobranca"] == BAIXAR
    )


def _age_protest(boleto: Boleto, today: date) -> None:
    protesto = boleto.protesto
    if _is_due(protesto, boleto, today):
        protesto.advance(Etapa.EM_ANDAMENTO, today)
        note(boleto, today, "ENVIO A PROTESTO")
    elif protesto.etapa is Etapa.EM_ANDAMENTO and today >= add_business_days(_since(protesto), _PROTEST_DAYS):
        protesto.advance(Etapa.CONCLUIDA, today)
        note(boleto, today, "TITULO PROTESTADO")


def _age_negativacao(boleto: Boleto, today: date) -> None:
    negativacao = boleto.negativacao
    if _is_due(negativacao, boleto, today):
        negativacao.advance(Etapa.EM_ANDAMENTO, today)
        note(boleto, today, "ENVIO A NEGATIVACAO")
    elif negativacao.etapa is Etapa.EM_ANDAMENTO and today >= _since(negativacao) + timedelta(days=_NEGATIVACAO_DAYS):
        negativacao.advance(Etapa.CONCLUIDA, today)
        note(boleto, today, "TITULO NEGATIVADO")


def _is_due(cobranca: Cobranca, boleto: Boleto, today: date) -> bool:
    """Whether the days after the due date, and the day the order was given, have passed."""
    return (
        cobranca.etapa is Etapa.INSTRUIDA
        and today >= boleto.vencimento + timedelta(days=cobranca.dias)
        and today > _since(cobranca)
    )


def _since(cobranca: Cobranca) -> date:
    if cobranca.desde is None:
        raise ValueError("a stage without its day")
    return cobranca.desde
