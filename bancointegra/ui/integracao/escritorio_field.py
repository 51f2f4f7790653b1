"""The choice of an Escritório de Cobrança, with “+” to add a new one without leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bancointegra.domain.errors import AppError
from bancointegra.ui.style import button, label, named, tool_button

Incluir = Callable[[str, Callable[[str], None], Callable[[AppError], None]], None]
"""Add a name in the background; its name as stored goes to the second argument, an error to the third."""

_CHOOSE = "Escolha…"


class EscritorioField(QWidget):
    """``value`` is the name chosen, empty for none. With one office known, it is chosen already."""

    changed = Signal()
    failed = Signal(AppError)

    def __init__(self, nomes: Sequence[str], incluir: Incluir, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._incluir = incluir
        self.combo = QComboBox()
        self.new_button = tool_button("plus", "Incluir um Escritório de Cobrança")
        self.new_name = named(QLineEdit(placeholderText="Nome do escritório"), "Novo Escritório de Cobrança")
        self.add_button = button("Incluir", tooltip="Incluir no cadastro e escolher (Enter)")
        self.add_button.setAutoDefault(False)
        self.empty = label("Nenhum escritório cadastrado: escreva o nome e clique em Incluir.", "small", wrap=True)
        self._adding = QWidget()
        self._arrange()
        self._fill(nomes, nomes[0] if len(nomes) == 1 else "")
        self._adding.setVisible(not nomes)
        self.empty.setVisible(not nomes)
        self.new_button.clicked.connect(lambda: self._show_adding(not self.is_adding))
        self.add_button.clicked.connect(self.add)
        self.combo.currentIndexChanged.connect(lambda _index: self.changed.emit())

    @property
    def value(self) -> str:
        return str(self.combo.currentData() or "")

    @property
    def is_adding(self) -> bool:
        """Whether a new name is being typed."""
        return not self._adding.isHidden() and (self.new_name.hasFocus() or bool(self.new_name.text().strip()))

    def add(self) -> None:
        """Store what was typed, and choose it."""
        self.add_button.setEnabled(False)
        self._incluir(self.new_name.text(), self._take, self._fail)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._adding.isVisible() and self.combo.count() > 1:
            self._show_adding(False)
            self.combo.setFocus()
        else:
            super().keyPressEvent(event)

    def _take(self, nome: str) -> None:
        self.add_button.setEnabled(True)
        known = [self.combo.itemText(index) for index in range(1, self.combo.count())]
        self._fill(sorted({*known, nome}), nome)
        self.new_name.clear()
        self._show_adding(False)
        self.empty.hide()
        self.combo.setFocus()
        self.changed.emit()

    def _fail(self, error: AppError) -> None:
        self.add_button.setEnabled(True)
        self.failed.emit(error)

    def _fill(self, nomes: Sequence[str], chosen: str) -> None:
        self.combo.clear()
        self.combo.addItem(_CHOOSE, "")
        for nome in nomes:
            self.combo.addItem(nome, nome)
        self.combo.setCurrentIndex(max(0, self.combo.findData(chosen)))

    def _show_adding(self, shown: bool) -> None:
        self._adding.setVisible(shown)
        if shown:
            self.new_name.setFocus()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.combo, 1)
        top.addWidget(self.new_button)
        adding = QHBoxLayout(self._adding)
        adding.setContentsMargins(0, 0, 0, 0)
        adding.setSpacing(8)
        adding.addWidget(self.new_name, 1)
        adding.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._adding)
        column.addWidget(self.empty)
