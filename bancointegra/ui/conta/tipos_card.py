"""The Tipos de Cobrança of an account: added and renamed in place, stored with the account."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from bancointegra.ui.conta.rascunho import TIPOS, TipoEscrito
from bancointegra.ui.style import button, label, named
from bancointegra.ui.widgets.card import Card

_ROWS = 3
_ROW_HEIGHT = 28
_EDITING = QAbstractItemView.State.EditingState
_ID = Qt.ItemDataRole.UserRole


class TiposCard(Card):
    """``tipos`` are those written now; a new one left without a name is not among them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = named(QListWidget(), TIPOS)
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.list.setFixedHeight(_ROWS * _ROW_HEIGHT + 4)
        self.list.setToolTip("F2 ou clique duplo muda o nome.")
        self.list.itemChanged.connect(lambda _: self.changed.emit())
        self.new_name = named(_NewName(placeholderText="novo tipo, como BOLETO FILIAL"), "Novo Tipo de Cobrança")
        self.new_name.entered.connect(self._add)
        self.add_button = button("Adicionar")
        self.add_button.clicked.connect(self._add)
        self.rename_button = button("Renomear", tooltip="Mudar o nome do tipo escolhido (F2)")
        self.rename_button.clicked.connect(self._rename)
        self._problem = label("", "danger", wrap=True)
        self._problem.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.new_name, 1)
        row.addWidget(self.add_button)
        row.addWidget(self.rename_button)
        self.body.addWidget(label(TIPOS, "strong"))
        self.body.addWidget(label("Os títulos com estes tipos são cobrados por esta conta.", "small", wrap=True))
        self.body.addWidget(self.list)
        self.body.addLayout(row)
        self.body.addWidget(self._problem)

    @property
    def tipos(self) -> tuple[TipoEscrito, ...]:
        items = [self.list.item(row) for row in range(self.list.count())]
        written = [TipoEscrito(int(item.data(_ID)), item.text().strip()) for item in items]
        return tuple(tipo for tipo in written if tipo.id or tipo.nome)

    @property
    def problem(self) -> str:
        return self._problem.text()

    def finish_editing(self) -> None:
        """Take the name that is being changed; leaving the editor does it."""
        if self.list.state() == _EDITING:
            self.list.setFocus()

    def show_tipos(self, tipos: tuple[TipoEscrito, ...]) -> None:
        self.list.clear()
        self.new_name.clear()
        self.show_problem("")
        for tipo in tipos:
            self._append(tipo)

    def show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        if sentence:
            self.list.setFocus()

    def _append(self, tipo: TipoEscrito) -> None:
        item = QListWidgetItem(tipo.nome)
        item.setData(_ID, tipo.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.list.addItem(item)
        self.list.setCurrentItem(item)

    def _add(self) -> None:
        nome = self.new_name.text().strip()
        if not nome:
            self.new_name.setFocus()
            return
        self.show_problem("")
        self._append(TipoEscrito(0, nome))
        self.new_name.clear()
        self.changed.emit()

    def _rename(self) -> None:
        if self.list.currentItem():
            self.list.editItem(self.list.currentItem())


class _NewName(QLineEdit):
    """Enter adds, and goes no further."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
