"""The buttons of the screen as records, and what each may do with a selection. No window is needed to import this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bancointegra.domain.comprovante import motivo_para_nao_comprovar
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.pagamento import Pagamento, SituacaoPagamento
from bancointegra.domain.regras_pagamento import falta_aprovacao, is_sem_esclarecimento, motivo_para_nao_estornar

NOTHING_SELECTED = "Escolha um pagamento na lista."
BUSY = "Aguarde o fim do que está em andamento."


@dataclass(frozen=True, slots=True)
class PaymentAction:
    """One button: its word, its icon, its key, and what it does in a sentence."""

    label: str
    icon: str
    shortcut: str
    explained: str

    @property
    def tooltip(self) -> str:
        return f"{self.explained} ({self.shortcut})"


PAGAR = PaymentAction("Pagar", "send", "Ctrl+P", "Reservar o valor; nada é pago antes de Confirmar")
AGENDAR = PaymentAction("Agendar", "calendar", "Ctrl+G", "Escolher o dia em que o programa paga esta conta")
CONFIRMAR = PaymentAction("Confirmar", "check", "Ctrl+Enter", "Confirmar o pagamento reservado")
CANCELAR = PaymentAction("Cancelar tentativa", "undo-2", "Ctrl+Backspace", "Desistir: o valor reservado volta ao saldo")
VERIFICAR = PaymentAction("Verificar agora", "circle-question-mark", "Ctrl+J", "Perguntar à Celcoin o que aconteceu")
COMPROVANTE = PaymentAction("Comprovante", "receipt-text", "Ctrl+T", "Ver, gravar e imprimir o comprovante")
ABRIR = PaymentAction("Abrir", "eye", "Enter", "Pôr esta conta em cima, para pagar, confirmar ou cancelar")
PAGAR_MARCADOS = PaymentAction("Pagar marcados", "send", "Ctrl+Shift+P", "Reservar e confirmar as contas marcadas")
APROVAR = PaymentAction("Aprovar", "circle-check", "Ctrl+Shift+A", "Liberar um pagamento acima do limite")
ESTORNAR = PaymentAction("Estornar", "undo-2", "Ctrl+E", "Pedir de volta um pagamento ainda não liberado")
DECIDIR = PaymentAction("Registrar o que houve…", "pencil", "Ctrl+R", "Registrar o que a Celcoin informou de viva voz")
RETIRAR = PaymentAction("Retirar da lista", "x", "Del", "Retirar uma conta consultada que ninguém vai pagar")

LOTE = PaymentAction("Lote…", "columns-3", "Ctrl+L", "Colar ou importar várias contas e consultar todas")

LIST_ACTIONS = (ABRIR, PAGAR_MARCADOS, APROVAR, VERIFICAR, DECIDIR, COMPROVANTE, ESTORNAR, RETIRAR)
CARD_ACTIONS = (PAGAR, AGENDAR, CONFIRMAR, CANCELAR, VERIFICAR, COMPROVANTE)

BY_BUTTON = (*CARD_ACTIONS, *(action for action in LIST_ACTIONS if action not in (*CARD_ACTIONS, RETIRAR)))
SHORTCUTS = (
    ("F5", "Consultar"),
    ("Ctrl+O", "Ler de um PDF ou imagem"),
    (LOTE.shortcut, "Lote de contas"),
    *((action.shortcut, action.label) for action in BY_BUTTON if action.shortcut != "Enter"),
    (RETIRAR.shortcut, RETIRAR.label),
    ("Ctrl+F", "Filtrar na lista"),
    ("Ctrl+D", "Mostrar ou esconder o detalhe"),
    ("Esc", "Fechar a conta que está em cima"),
)
"""The page's own keys, for the help."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the buttons are judged by, besides the selection."""

    agora: datetime
    conta: ContaPagamento | None
    busy: bool


@dataclass(frozen=True, slots=True)
class Availability:
    """Which rows a button works on; ``tooltip`` says what it does, or why it cannot."""

    rows: tuple[Pagamento, ...]
    tooltip: str

    @property
    def enabled(self) -> bool:
        return bool(self.rows)


def availability(
    action: PaymentAction, checked: Sequence[Pagamento], current: Pagamento | None, situation: Situation
) -> Availability:
    """Judge a button of the list: “Pagar marcados” works on the checked rows, the others on the current one."""
    if situation.busy and action is not ABRIR:
        return Availability((), BUSY)
    if action is PAGAR_MARCADOS:
        return _judge_checked(checked, situation)
    if current is None:
        return Availability((), NOTHING_SELECTED)
    if reason := _REASONS[action](current, situation):
        return Availability((), reason)
    return Availability((current,), action.tooltip)


def _judge_checked(checked: Sequence[Pagamento], situation: Situation) -> Availability:
    if not checked:
        return Availability((), "Marque as contas a pagar (Espaço marca a linha).")
    payable = tuple(row for row in checked if not _why_not_pay(row, situation))
    if not payable:
        return Availability((), _why_not_pay(checked[0], situation))
    left_out = len(checked) - len(payable)
    note = f"; {left_out} de fora" if left_out else ""
    return Availability(payable, f"{PAGAR_MARCADOS.explained}: {len(payable)}{note} ({PAGAR_MARCADOS.shortcut})")


def _why_not_pay(row: Pagamento, situation: Situation) -> str:
    if row.situacao is not SituacaoPagamento.CONSULTADO:
        return f"Só uma conta Consultada pode ser paga; esta está {row.situacao.value}."
    if not row.valor:
        return "A conta não traz o valor: abra-a e informe quanto pagar."
    if situation.conta and falta_aprovacao(situation.conta, row):
        return "Acima do limite: falta a aprovação de outra pessoa."
    return ""


def _why_not_open(row: Pagamento, _situation: Situation) -> str:
    return "" if row.situacao.is_open else f"O pagamento está {row.situacao.value}; não há mais o que decidir."


def _why_not_approve(row: Pagamento, situation: Situation) -> str:
    if row.situacao is not SituacaoPagamento.CONSULTADO or situation.conta is None:
        return "Só uma conta Consultada pode ser aprovada."
    return "" if falta_aprovacao(situation.conta, row) else "Este pagamento não precisa de aprovação."


def _why_not_verify(row: Pagamento, _situation: Situation) -> str:
    return "" if row.transacao or row.situacao is SituacaoPagamento.A_CONFIRMAR else "Nada saiu para a Celcoin ainda."


def _why_not_decide(row: Pagamento, situation: Situation) -> str:
    unclear = row.situacao is SituacaoPagamento.A_CONFIRMAR or is_sem_esclarecimento(row, situation.agora)
    return "" if unclear else "Só para um pagamento A CONFIRMAR."


def _why_no_receipt(row: Pagamento, _situation: Situation) -> str:
    return motivo_para_nao_comprovar(row)


def _why_not_reverse(row: Pagamento, situation: Situation) -> str:
    return motivo_para_nao_estornar(row, situation.agora)


def _why_not_discard(row: Pagamento, _situation: Situation) -> str:
    return "" if row.situacao is SituacaoPagamento.CONSULTADO else "Só uma conta Consultada pode ser retirada da lista."


_REASONS: dict[PaymentAction, Callable[[Pagamento, Situation], str]] = {
    ABRIR: _why_not_open,
    APROVAR: _why_not_approve,
    VERIFICAR: _why_not_verify,
    DECIDIR: _why_not_decide,
    COMPROVANTE: _why_no_receipt,
    ESTORNAR: _why_not_reverse,
    RETIRAR: _why_not_discard,
}
