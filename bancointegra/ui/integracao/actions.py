"""The buttons of the actions bar as records, and what each may do with a selection.

No window is needed to import this module. A new operation is one more record in ``ACTIONS``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bancointegra.domain.situacao import SITUACOES_POR_OPERACAO, Operacao, Situacao
from bancointegra.domain.titulo import Titulo, TituloRow
from bancointegra.services.busca import Selecao, separar
from bancointegra.ui.integracao.texts import enumerar, flexionar, titulos
from bancointegra.ui.tokens import A_CONFIRMAR, AGUARDANDO_APROVACAO

BUSY = "Aguarde o fim do lote em andamento."
NOTHING_SELECTED = "Selecione um título na lista."


@dataclass(frozen=True, slots=True)
class BankAction:
    """One button. ``operacao`` None is for títulos A CONFIRMAR: “Verificar agora”, the only one of the bar.

    What is not ``suggested`` never gets the accent: nobody should do it because it was the button that stood out.
    """

    label: str
    icon: str
    shortcut: str
    operacao: Operacao | None = None
    suggested: bool = True

    def split(self, rows: Sequence[TituloRow]) -> Selecao:
        """Which rows the action works on, and which it leaves out."""
        if self.operacao is not None:
            return separar(self.operacao, rows)
        return Selecao(tuple(r for r in rows if r.a_confirmar), tuple(r for r in rows if not r.a_confirmar))

    @property
    def accepts(self) -> str:
        """``PENDENTE ou BAIXADO``."""
        if self.operacao is None:
            return f"{A_CONFIRMAR} ou {AGUARDANDO_APROVACAO}"
        allowed = SITUACOES_POR_OPERACAO[self.operacao]
        return enumerar([s.value for s in Situacao if s in allowed], "ou")


REGISTRAR = BankAction("Registrar", "send", "Ctrl+R", Operacao.REGISTRAR)
ALTERAR = BankAction("Enviar Alteração", "pencil", "Ctrl+E", Operacao.ALTERAR, suggested=False)
CONSULTAR = BankAction("Consultar", "refresh-cw", "Ctrl+K", Operacao.CONSULTAR)
BAIXAR = BankAction("Baixar", "archive", "Ctrl+B", Operacao.BAIXAR, suggested=False)
PROTESTAR = BankAction("Protestar", "gavel", "Ctrl+P", Operacao.PROTESTAR)
CANCELAR_PROTESTO = BankAction("Cancelar Protesto", "undo-2", "Ctrl+Shift+P", Operacao.CANCELAR_PROTESTO)
VERIFICAR = BankAction("Verificar agora", "circle-question-mark", "Ctrl+J")

NAO_APROVADO = BankAction("Não foi aprovado", "circle-x", "")
"""For what waits for an approval, and only after the bank was asked: not in the bar."""

ACTIONS = (REGISTRAR, ALTERAR, CONSULTAR, BAIXAR, PROTESTAR, CANCELAR_PROTESTO, VERIFICAR)


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a button can act now; ``tooltip`` says on what, or why not."""

    enabled: bool
    tooltip: str


def availability(action: BankAction, rows: Sequence[TituloRow], *, busy: bool) -> Availability:
    """Judge ``action`` for the chosen ``rows``; ``busy`` while a batch runs."""
    if busy:
        return Availability(False, BUSY)
    if not rows:
        return Availability(False, NOTHING_SELECTED)
    selecao = action.split(rows)
    if not selecao.aceitas:
        return Availability(False, _refusal(action, rows))
    text = f"{action.label} {titulos(len(selecao.aceitas))}"
    if selecao.de_fora:
        text += f"; {left_out(selecao.de_fora)}"
    return Availability(True, f"{text} ({action.shortcut})")


def left_out(rows: Sequence[TituloRow]) -> str:
    """``ficam de fora 2: 1 REGISTRADO e 1 A CONFIRMAR``."""
    verb = "fica" if len(rows) == 1 else "ficam"
    return f"{verb} de fora {len(rows)}: {count_by_status(rows)}"


def left_out_sentence(rows: Sequence[TituloRow]) -> str:
    """``Ficam de fora 2: 1 REGISTRADO e 1 A CONFIRMAR.``, or empty for none."""
    if not rows:
        return ""
    sentence = left_out(rows)
    return f"{sentence[0].upper()}{sentence[1:]}."


def count_by_status(rows: Sequence[TituloRow]) -> str:
    """``1 REGISTRADO e 1 A CONFIRMAR``, in the order of the manual's table."""
    counts = Counter(status_label(row) for row in rows)
    order = [*(s.value for s in Situacao), A_CONFIRMAR, AGUARDANDO_APROVACAO]
    return enumerar([f"{counts[label]} {label}" for label in order if counts[label]])


def status_label(row: TituloRow | Titulo) -> str:
    """The word of the chip: what is waited for instead of the status, while an order is in doubt."""
    if row.aguardando:
        return AGUARDANDO_APROVACAO
    return A_CONFIRMAR if row.a_confirmar else row.situacao.value


def _refusal(action: BankAction, rows: Sequence[TituloRow]) -> str:
    if action.operacao is None:
        return "Nenhum título selecionado está A CONFIRMAR."
    if all(row.a_confirmar for row in rows):
        which = flexionar(len(rows), "O título selecionado está", "Os títulos selecionados estão")
        what = AGUARDANDO_APROVACAO if all(row.aguardando for row in rows) else A_CONFIRMAR
        return f"{which} {what}: use “{VERIFICAR.label}” ({VERIFICAR.shortcut})."
    return f"{action.label} aceita apenas {action.accepts}; na seleção há {count_by_status(rows)}."
