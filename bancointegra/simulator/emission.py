"""Emission: a boleto is checked and, in the stage efetivação, registered."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from bancointegra.simulator.answers import BankAnswer, mainframe
from bancointegra.simulator.emission_rules import LIMIT_YEARS, add_years, check_emission
from bancointegra.simulator.emission_shape import EmissionRequest, read_emission
from bancointegra.simulator.formats import EMISSION
from bancointegra.simulator.gateway import Gateway
from bancointegra.simulator.model import Account, Boleto
from bancointegra.simulator.numbering import bar_code, nosso_numero_dac, typed_line
from bancointegra.simulator.rendering import OPERADOR, beneficiario, dado_boleto, dados_individuais
from bancointegra.simulator.state import Bank

REUSE_DAYS = 45
_DUPLICATE = "Título já cadastrado na cobrança"


class Emission:
    def __init__(self, bank: Bank, gateway: Gateway) -> None:
        self._bank = bank
        self._gateway = gateway

    def emit(self, client_id: str, body: Any) -> tuple[int, Any]:
        """Handle the JSON of a ``POST /boletos``; status and JSON of the answer. Raises the bank's refusals.

        An efetivação is committed when this returns.
        """
        switches = self._bank.switches
        request = read_emission(body, switches)
        account = self._gateway.check_account(client_id, request.id_beneficiario)
        with self._bank.transaction():
            today = self._bank.clock.today()
            check_emission(request, account, today, switches)
            self._choose_number(request)
            self._check_duplicate(request, today)
            boleto = self._build(request, account)
            if request.is_efetivacao:
                self._bank.register.add(boleto)
        if switches.emission_status == 202:
            return 202, {"codigo": "202", "mensagem": "Operação em andamento, consulte seu boleto em instantes"}
        content = self._answer(boleto, account, request)
        return switches.emission_status, {"data": content} if switches.envelope else content

    def _choose_number(self, request: EmissionRequest) -> None:
        """Escriturais are numbered by the bank."""
        if not request.nosso_numero:
            last = self._bank.register.last_number(request.id_beneficiario, request.carteira)
            request.nosso_numero = f"{last + 1:08d}"

    def _check_duplicate(self, request: EmissionRequest, today: date) -> None:
        """A number is free when its last boleto was closed 45 days ago or more."""
        for boleto in self._bank.register.find(request.id_beneficiario, request.carteira, request.nosso_numero):
            if boleto.fechado_em is None or today - boleto.fechado_em < timedelta(days=REUSE_DAYS):
                raise self._duplicate()

    def _duplicate(self) -> BankAnswer:
        return BankAnswer(self._bank.switches.duplicate_status, "Erro na validação de Campos", [mainframe(_DUPLICATE)])

    def _build(self, request: EmissionRequest, account: Account) -> Boleto:
        boleto = Boleto(
            id_beneficiario=request.id_beneficiario,
            carteira=request.carteira,
            nosso_numero=request.nosso_numero,
            dac=nosso_numero_dac(account.agencia, account.conta, request.carteira, request.nosso_numero),
            id_boleto=str(uuid.uuid4()),
            id_individual=str(uuid.uuid4()),
            registrado_em=self._bank.clock.now().isoformat(timespec="microseconds"),
            emissao=request.emissao,
            vencimento=request.vencimento,
            limite=request.limite or add_years(request.vencimento, LIMIT_YEARS),
            valor=request.valor,
            abatimento=request.abatimento,
            especie=request.especie,
            seu_numero=request.seu_numero,
            uso_beneficiario=request.uso_beneficiario,
            pagador=request.pagador,
            sacador=request.sacador,
            multa=request.multa,
            juros=request.juros,
            desconto=request.desconto,
            recebimento=request.recebimento,
            instrucoes=request.instrucoes,
            mensagens=request.mensagens,
            extras=request.extras,
        )
        write_bars(boleto, account)
        if request.dias_protesto:
            boleto.protesto.order(request.dias_protesto, self._bank.clock.today())
        if request.dias_negativacao:
            boleto.negativacao.order(request.dias_negativacao, self._bank.clock.today())
        return boleto

    def _answer(self, boleto: Boleto, account: Account, request: EmissionRequest) -> dict[str, Any]:
        dado = dado_boleto(boleto, self._bank.switches)
        dado["dados_individuais_boleto"] = [dados_individuais(boleto)]
        if request.dias_protesto:
            dado["protesto"] = {"protesto": True, "quantidade_dias_protesto": request.dias_protesto}
        if request.dias_negativacao:
            dado["negativacao"] = {"negativacao": True, "quantidade_dias_negativacao": request.dias_negativacao}
        content: dict[str, Any] = EMISSION.render(
            {
                "id_boleto": boleto.id_boleto,
                "etapa_processo_boleto": "efetivacao" if request.is_efetivacao else "validacao",
                "codigo_canal_operacao": "API",
                "codigo_operador": OPERADOR,
                "beneficiario": beneficiario(account),
                "dado_boleto": dado,
            }
        )
        return content


def write_bars(boleto: Boleto, account: Account) -> None:
    """Compute bar code and typed line anew, as after a change of value or due date."""
    boleto.codigo_barras = bar_code(
        account.agencia, account.conta, boleto.carteira, boleto.nosso_numero, boleto.vencimento, boleto.valor
    )
    boleto.linha_digitavel = typed_line(boleto.codigo_barras)
