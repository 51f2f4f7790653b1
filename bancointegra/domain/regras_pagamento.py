"""Which payments may be reserved, confirmed, given up or reversed, and why not (Celcoin, Pagamento de Contas, v5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.leitura_codigo import TipoCodigo
from bancointegra.domain.pagamento import OperacaoPagamento, Pagamento, SituacaoPagamento
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.domain.texto import fold
from bancointegra.domain.transacao_pagamento import FUSO_CELCOIN, EstadoNaCelcoin, PedidoReserva

_CAMPO_VALOR = "Total a pagar"
_MAX_MOTIVO = 200

SITUACOES_POR_OPERACAO_PAGAMENTO: dict[OperacaoPagamento, SituacaoPagamento] = {
    OperacaoPagamento.RESERVAR: SituacaoPagamento.CONSULTADO,
    OperacaoPagamento.CONFIRMAR: SituacaoPagamento.AGUARDANDO_CONFIRMACAO,
    OperacaoPagamento.ANULAR: SituacaoPagamento.AGUARDANDO_CONFIRMACAO,
    OperacaoPagamento.ESTORNAR: SituacaoPagamento.PAGO,
}


def valor_a_pagar(consulta: ContaConsultada, informado: Reais | None) -> Reais:
    """The amount to reserve: what the bill says, or what the clerk typed where the bill lets him.

    Raises ``InputError`` (field Total a pagar) when it is missing, not above zero, or not what the bill allows.
    """
    total = consulta.valores.total
    valor = informado if informado is not None else total
    if valor is None or valor <= ZERO:
        raise InputError("Informe quanto pagar.", field=_CAMPO_VALOR, hint="A conta não traz o valor.")
    if valor == total or total is None or not total:
        return valor
    if consulta.faixa is None:
        raise InputError(
            f"Esta conta só aceita o valor de {total.com_simbolo}.", field=_CAMPO_VALOR, hint="Deixe o valor do boleto."
        )
    if valor not in consulta.faixa:
        low, high = consulta.faixa.minimo.com_simbolo, consulta.faixa.maximo.com_simbolo
        raise InputError(f"O valor deve ficar entre {low} e {high}.", field=_CAMPO_VALOR)
    return valor


def is_valor_editavel(consulta: ContaConsultada) -> bool:
    """Whether the clerk may type an amount: the bill lets him, or carries none."""
    return consulta.faixa is not None or not consulta.valores.total


@dataclass(frozen=True, slots=True)
class ContextoReserva:
    """What stands around a pagamento about to be reserved, as one moment of the store shows it.

    ``gasto_no_dia`` is what the account reserved or paid today, this pagamento not counted; ``pagos`` are the paid
    pagamentos of the same line, newest first; ``consultas_enviadas`` are the consults whose ids left in a reserve: each
    is good for one only. ``desfazendo``: the money of an earlier attempt of this line is still on its way back.
    """

    conta: ContaPagamento
    nsu: int
    gasto_no_dia: Reais
    pagos: tuple[Pagamento, ...]
    consultas_enviadas: frozenset[str] = frozenset()
    desfazendo: bool = False


def plan_reserva(
    pagamento: Pagamento, contexto: ContextoReserva, agora: datetime, *, repetir: bool = False
) -> PedidoReserva:
    """The request of a reserve at ``agora``; ``repetir`` is the clerk's word that a bill paid before is due again.

    Raises ``InputError`` when the amount is not allowed, ``RuleError`` when it is no longer *Consultado*, when its
    consult is old or spent (code ``consulta_vencida``), when an earlier attempt is being undone (``desfazendo``), when
    the line was paid, when limits forbid it or when an approval is missing.
    """
    conta, consulta = contexto.conta, pagamento.consulta
    if pagamento.situacao is not SituacaoPagamento.CONSULTADO:
        raise RuleError(
            f"O pagamento está {pagamento.situacao.value} e não pode ser reservado.", code="situacao_pagamento"
        )
    if not consulta.is_atual(agora) or consulta.transacao in contexto.consultas_enviadas:
        raise RuleError("A consulta desta conta venceu.", hint="Consulte de novo.", code="consulta_vencida")
    if contexto.desfazendo:
        raise RuleError(
            "A Celcoin ainda está desfazendo a tentativa anterior de pagar esta conta.",
            hint="Pague de novo em um minuto.",
            code="desfazendo",
        )
    require_nao_paga(contexto.pagos, agora, repetir=repetir)
    valor = valor_a_pagar(consulta, pagamento.valor)
    require_dentro_das_alcadas(conta, valor, contexto.gasto_no_dia)
    if falta_aprovacao(conta, pagamento):
        raise RuleError(
            f"Pagamentos acima de {conta.alcadas.sem_aprovacao or ZERO} precisam da aprovação de outra pessoa.",
            hint="Peça a aprovação; quem preparou não pode aprovar.",
            code="falta_aprovacao",
        )
    return PedidoReserva(
        linha=consulta.linha,
        tipo=consulta.tipo,
        transacao_consulta=consulta.transacao,
        nsu=contexto.nsu,
        terminal=conta.terminal,
        pagador=conta.pagador.numero,
        valor=valor,
        original=consulta.valores.original or consulta.valores.total or valor,
        descontos=consulta.valores.descontos,
        acrescimos=consulta.valores.acrescimos,
        vencimento=consulta.vencimento or agora.astimezone(FUSO_CELCOIN).date(),
    )


def require_nao_paga(pagos: Sequence[Pagamento], agora: datetime, *, repetir: bool) -> None:
    """Raise ``RuleError`` when the line was paid: today always, before unless the clerk insists."""
    if not pagos:
        return
    last = (pagos[0].confirmado_em or pagos[0].situacao_em).astimezone(agora.tzinfo)
    valor = pagos[0].valor or ZERO
    if last.date() == agora.date():
        raise RuleError(
            f"Esta conta já foi paga hoje, às {last:%H:%M} ({valor.com_simbolo}).",
            hint="Veja o comprovante na lista de pagamentos. Se foi um engano, estorne o primeiro.",
            code="paga_hoje",
        )
    if not repetir:
        raise RuleError(
            f"Esta conta já foi paga em {last:%d/%m/%Y} ({valor.com_simbolo}).",
            hint="Só pague de novo se ela é mesmo devida outra vez; a sua confirmação fica no histórico.",
            code="ja_paga",
        )


def require_dentro_das_alcadas(conta: ContaPagamento, valor: Reais, gasto_no_dia: Reais) -> None:
    """Raise ``RuleError`` when the account's limits forbid ``valor`` after ``gasto_no_dia`` of today."""
    alcadas = conta.alcadas
    if alcadas.por_pagamento is not None and valor > alcadas.por_pagamento:
        raise RuleError(
            f"O limite por pagamento desta conta é {alcadas.por_pagamento.com_simbolo}.",
            hint="Peça a quem administra a conta para rever o limite.",
            code="limite_pagamento",
        )
    if alcadas.por_dia is not None and gasto_no_dia + valor > alcadas.por_dia:
        raise RuleError(
            f"O limite por dia desta conta é {alcadas.por_dia.com_simbolo}; hoje já são {gasto_no_dia.com_simbolo}.",
            hint="Pague amanhã, ou peça a quem administra a conta para rever o limite.",
            code="limite_dia",
        )


def precisa_de_aprovacao(conta: ContaPagamento, valor: Reais | None) -> bool:
    """Whether the amount is above what one person may pay alone; an unknown amount is not yet."""
    limit = conta.alcadas.sem_aprovacao
    return limit is not None and valor is not None and valor > limit


def falta_aprovacao(conta: ContaPagamento, pagamento: Pagamento) -> bool:
    """Whether a second person must still approve the pagamento as it is now."""
    if not precisa_de_aprovacao(conta, pagamento.valor):
        return False
    return pagamento.aprovacao is None or pagamento.aprovacao.valor != pagamento.valor


def require_outra_pessoa(pagamento: Pagamento, quem: str) -> None:
    """Raise ``RuleError`` when who would approve is who prepared: two names of one user are one person."""
    if fold(quem) == fold(pagamento.preparado_por):
        raise RuleError(
            "Quem preparou o pagamento não pode aprová-lo.",
            hint="Peça a outra pessoa, com o usuário dela.",
            code="mesma_pessoa",
        )


def require_motivo(text: str) -> str:
    """Why a person decides what became of a pagamento, in one line for the history. Raises ``InputError``."""
    motivo = " ".join(text.split())
    if not motivo:
        raise InputError("Diga quem informou, e o protocolo se houver.", field="Motivo")
    if len(motivo) > _MAX_MOTIVO or not motivo.isprintable():
        raise InputError(f"O motivo tem até {_MAX_MOTIVO} letras, algarismos e sinais.", field="Motivo")
    return motivo


def require_agendavel(pagamento: Pagamento, dia: date, hoje: date) -> None:
    """Raise ``InputError`` (field Data) for a day past or too late, ``RuleError`` without an amount."""
    if dia < hoje:
        raise InputError("A data já passou.", field="Data")
    ultimo = pagamento.consulta.ultimo_dia
    if ultimo is not None and dia > ultimo:
        raise InputError(f"Esta conta só pode ser paga até {ultimo:%d/%m/%Y}.", field="Data")
    if not pagamento.valor:
        raise RuleError("Informe quanto pagar antes de agendar.", code="sem_valor")


def motivo_para_nao_confirmar(pagamento: Pagamento, agora: datetime) -> str:
    """Why the reserve cannot be confirmed, or given up, at ``agora``; empty when it can."""
    if pagamento.situacao is not SituacaoPagamento.AGUARDANDO_CONFIRMACAO:
        return f"O pagamento está {pagamento.situacao.value}; não há reserva a confirmar."
    if pagamento.estado_visto is EstadoNaCelcoin.DESFAZENDO:
        return "A Celcoin está desfazendo a reserva; aguarde e use “Verificar agora”."
    if pagamento.expira_em is not None and agora >= pagamento.expira_em:
        return "Os 30 minutos da reserva acabaram; a Celcoin a desfaz e devolve o dinheiro."
    return ""


def is_sem_esclarecimento(pagamento: Pagamento, agora: datetime) -> bool:
    """Whether a reserve's time is over and Celcoin shows nothing of it that decides: then only a person can."""
    return (
        pagamento.situacao is SituacaoPagamento.AGUARDANDO_CONFIRMACAO
        and pagamento.expira_em is not None
        and agora >= pagamento.expira_em
        and pagamento.estado_visto in (EstadoNaCelcoin.NAO_ENCONTRADO, EstadoNaCelcoin.DESCONHECIDO)
    )


def limite_de_estorno(pagamento: Pagamento) -> datetime | None:
    """Until when a confirmed payment can be reversed: the opening of the window it waits for; None if it never could.

    What is confirmed within the hours is released at once. The settlement day is Celcoin's word, so weekends and
    holidays are already in it.
    """
    confirmado, janela = pagamento.confirmado_em, pagamento.consulta.janela
    if confirmado is None or janela is None:
        return None
    dia = pagamento.liquida_em or confirmado.astimezone(FUSO_CELCOIN).date()
    opening = datetime.combine(dia, janela.inicio, FUSO_CELCOIN)
    return opening if confirmado < opening else None


def motivo_para_nao_estornar(pagamento: Pagamento, agora: datetime) -> str:
    """Why a payment cannot be reversed at ``agora``; empty when it can."""
    if pagamento.situacao is not SituacaoPagamento.PAGO or pagamento.confirmado_em is None:
        return f"O pagamento está {pagamento.situacao.value}; só um pagamento Pago pode ser estornado."
    if pagamento.consulta.janela is None:
        return "A Celcoin não informou o horário de liquidação desta conta."
    limite = limite_de_estorno(pagamento)
    if limite is None:
        return (
            f"O pagamento foi confirmado dentro do horário de liquidação ({pagamento.consulta.janela}); "
            "ele já foi liberado e não pode mais ser estornado."
        )
    if agora >= limite:
        return f"O pagamento foi liberado para liquidação em {limite:%d/%m/%Y às %H:%M} e não pode mais ser estornado."
    return ""


def chave_do_beneficiario(consulta: ContaConsultada) -> str:
    """Under which a payee is known: its document, or segment and company of a conta or tributo, or its name."""
    documento = consulta.recebedor.documento
    if documento:
        return documento
    if consulta.tipo is TipoCodigo.ARRECADACAO:
        return f"{consulta.linha[1]}{consulta.linha[16:20]}"
    return consulta.recebedor.nome
