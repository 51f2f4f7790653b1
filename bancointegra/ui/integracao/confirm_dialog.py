"""The question before an operation: how many, how much, of which account, where to, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bancointegra.domain.titulo import TituloRow
from bancointegra.ui.integracao.actions import status_label
from bancointegra.ui.integracao.confirmacao import Confirmacao
from bancointegra.ui.integracao.texts import titulos
from bancointegra.ui.style import button, hairline, label
from bancointegra.ui.widgets.chip import StatusChip
from bancointegra.ui.widgets.labels import ElidedLabel

_WIDTH = 520
_SHOWN = 5


class ConfirmDialog(QDialog):
    """Enter confirms, Esc leaves. Calls no service."""

    def __init__(self, plan: Confirmacao, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(plan.action.label)
        self.setFixedWidth(_WIDTH)
        self.plan = plan
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(plan.question, "heading", wrap=True))
        if plan.warning:
            column.addWidget(label(plan.warning, "warning", wrap=True))
        column.addLayout(_facts(plan))
        column.addWidget(hairline())
        column.addLayout(_sample(plan.rows, lambda row: str(row.valor)))
        if plan.left_out:
            column.addWidget(hairline())
            column.addWidget(label(plan.left_out, "strong", wrap=True))
            column.addLayout(_sample(plan.selecao.de_fora, status_label))
        column.addLayout(self._buttons())

    @classmethod
    def ask(cls, parent: QWidget, plan: Confirmacao, on_yes: Callable[[], None]) -> ConfirmDialog:
        """Open the question; ``on_yes`` is called when the clerk says Sim, and nothing when not."""
        dialog = cls(plan, parent)
        dialog.accepted.connect(on_yes)
        dialog.open()
        return dialog

    def _buttons(self) -> QHBoxLayout:
        self.no_button = button("&Não")
        self.no_button.setAutoDefault(False)
        self.no_button.clicked.connect(self.reject)
        self.yes_button = button("&Sim", self.plan.action.icon, primary=True)
        self.yes_button.setDefault(True)
        self.yes_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.no_button)
        row.addWidget(self.yes_button)
        self.yes_button.setFocus()
        return row


def _facts(plan: Confirmacao) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    form.addRow(label("Total", "label"), label(plan.total.com_simbolo, "strong"))
    form.addRow(label("Conta Bancária", "label"), label(f"{plan.conta.mnemonico}\n{plan.conta.resumo}"))
    ambiente = QVBoxLayout()
    ambiente.setSpacing(4)
    ambiente.addWidget(StatusChip(plan.conta.ambiente.value))
    ambiente.addWidget(label(plan.ambiente_explained, "muted", wrap=True))
    form.addRow(label("Ambiente", "label"), ambiente)
    for name, text in plan.notes:
        form.addRow(label(name, "label"), ElidedLabel(text))
    return form


def _sample(rows: Sequence[TituloRow], at_the_end: Callable[[TituloRow], str]) -> QGridLayout:
    """The first few rows by name; the rest as a number."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for index, row in enumerate(rows[:_SHOWN]):
        grid.addWidget(label(row.titulo, "muted"), index, 0)
        grid.addWidget(ElidedLabel(row.sacado), index, 1)
        grid.addWidget(label(at_the_end(row)), index, 2, Qt.AlignmentFlag.AlignRight)
    if len(rows) > _SHOWN:
        grid.addWidget(label(f"e mais {titulos(len(rows) - _SHOWN)}", "muted"), _SHOWN, 0, 1, 3)
    return grid
