"""Below the field of Seleção de Instrução: what the payer owes before and after, and which boletos are left out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from bancointegra.domain.instrucao import Alteracao
from bancointegra.ui.integracao.previa import Conferencia, linhas_previa, resumo_conferencia
from bancointegra.ui.integracao.texts import contar
from bancointegra.ui.style import label, named, set_property
from bancointegra.ui.widgets.card import Card

_LEFT_OUT_HEIGHT = 84
_EXPLAINED = "Preencha o valor para ver aqui quanto o sacado paga antes e depois da alteração."


class PreviaCard(Card):
    """Shows the first boleto that can be changed; the others follow the same rule."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=12)
        self.title = label("", "strong", wrap=True)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(24)
        self._table.setVerticalSpacing(4)
        self._table.setColumnStretch(3, 1)
        self.left_out_title = label("", "warning", wrap=True)
        self.left_out = named(QPlainTextEdit(readOnly=True), "Boletos que ficam de fora")
        self.left_out.setFixedHeight(_LEFT_OUT_HEIGHT)
        self.left_out.setTabChangesFocus(True)
        self.body.addWidget(self.title)
        self.body.addLayout(self._table)
        self.body.addWidget(self.left_out_title)
        self.body.addWidget(self.left_out)
        self.body.addStretch(1)
        self.show_nothing()

    @property
    def amounts(self) -> list[tuple[str, ...]]:
        """The table as text, for whoever cannot see it: line by line."""
        return list(self._shown)

    def show_nothing(self) -> None:
        self._say(_EXPLAINED, "muted")

    def show_checking(self, number: int) -> None:
        self._say(f"Conferindo {contar(number, 'boleto', 'boletos')}…", "muted")

    def show_results(self, results: Sequence[Conferencia], alteracao: Alteracao) -> None:
        able = [result for result in results if result.previa is not None]
        self._say(f"Quanto o sacado paga · título {able[0].row.titulo}" if able else "")
        if able:
            self._fill(able[0], alteracao)
        refused = [result for result in results if result.previa is None]
        self.left_out_title.setText(resumo_conferencia(results))
        self.left_out_title.setVisible(bool(refused))
        self.left_out.setPlainText("\n".join(f"{result.row.titulo}: {result.motivo}" for result in refused))
        self.left_out.setVisible(bool(refused))

    def _say(self, text: str, role: str = "strong") -> None:
        self._shown: list[tuple[str, ...]] = []
        while self._table.count():
            old = self._table.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        set_property(self.title, "role", role)
        self.title.setText(text)
        self.title.setVisible(bool(text))
        self.left_out_title.hide()
        self.left_out.hide()

    def _fill(self, result: Conferencia, alteracao: Alteracao) -> None:
        for column, head in enumerate(("", "hoje", "depois da alteração")):
            self._table.addWidget(label(head, "label"), 0, column, Qt.AlignmentFlag.AlignRight)
        for index, line in enumerate(linhas_previa(result, alteracao), start=1):
            self._shown.append((line.quando, line.antes, line.depois))
            self._table.addWidget(label(line.quando, "muted"), index, 0)
            self._table.addWidget(label(line.antes), index, 1, Qt.AlignmentFlag.AlignRight)
            after = label(line.depois, "strong" if line.mudou else "")
            self._table.addWidget(after, index, 2, Qt.AlignmentFlag.AlignRight)
