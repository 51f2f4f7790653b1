"""The bar below the list of títulos: what is selected, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bancointegra.domain.titulo import TituloRow
from bancointegra.ui.integracao.texts import selection_line
from bancointegra.ui.style import button, label, set_primary
from bancointegra.ui.widgets.labels import ElidedLabel

_MARGIN, _SPACING = 16, 8


class TitulosBar(QWidget):
    """One button for each thing that can be done."""

    new_wanted = Signal()
    open_wanted = Signal()
    copy_wanted = Signal()
    delete_wanted = Signal()
    bank_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selected = label("", "strong")
        self._sum = ElidedLabel("", "muted")
        self.new_button = self._button("Novo título", "plus", "Escrever um título (Ctrl+N)", self.new_wanted)
        self.open_button = self._button("Abrir", "pencil", "Abrir o título (Enter)", self.open_wanted)
        self.copy_button = self._button(
            "Duplicar", "copy", "Um título novo com os mesmos dados (Ctrl+D)", self.copy_wanted
        )
        self.delete_button = self._button("Excluir", "trash-2", "Excluir do cadastro (Del)", self.delete_wanted)
        self.bank_button = self._button(
            "Integração Bancária", "landmark", "Ver este título em Integração Bancária (Ctrl+Shift+I)", self.bank_wanted
        )
        set_primary(self.new_button, True)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _SPACING, _MARGIN, _SPACING)
        row.setSpacing(_SPACING)
        row.addWidget(self._selected)
        row.addWidget(self._sum)
        row.addStretch(1)
        for each in (self.bank_button, self.delete_button, self.copy_button, self.open_button, self.new_button):
            row.addWidget(each)

    @property
    def selection_text(self) -> str:
        """``3 selecionados R$ 3.410,00``."""
        return f"{self._selected.text()} {self._sum.full_text}".strip()

    def show_selection(self, checked: Sequence[TituloRow], current: TituloRow | None) -> None:
        """Say what is selected; opening and copying are for the one the keyboard is at."""
        selected, total = selection_line(checked, current)
        self._selected.setText(selected)
        self._sum.set_text(total)
        for each in (self.open_button, self.copy_button, self.bank_button):
            each.setEnabled(current is not None)
        self.delete_button.setEnabled(bool(checked) or current is not None)

    def _button(self, text: str, icon_name: str, tooltip: str, wanted: SignalInstance) -> QPushButton:
        result = button(text, icon_name, tooltip=tooltip)
        result.clicked.connect(wanted)
        return result
