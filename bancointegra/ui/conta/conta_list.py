"""The accounts at the left: searched while typing, chosen with click or arrows, warned about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from bancointegra.domain.certificado import SituacaoCertificado
from bancointegra.domain.conta import Ambiente, ContaBancaria
from bancointegra.ui.conta.validade import palavra, prazo
from bancointegra.ui.style import button, field_label, icon_action, named, plain_tip
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.empty_state import EmptyState

_WIDTH = 268
_TYPING_PAUSE_MS = 150
_LINE_HEIGHT, _ITEM_PADDING = 17, 14
_ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class ContaNaLista:
    """An account and how its certificate stands (None: it has none)."""

    conta: ContaBancaria
    situacao: SituacaoCertificado | None


class ContaList(Card):
    """Only shows; ``chosen`` asks, and the page answers by ``mark`` what is really shown."""

    search_wanted = Signal(str)
    chosen = Signal(int)
    """The id of an account the clerk wants to see."""
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=12)
        self.setFixedWidth(_WIDTH)
        self.field = QLineEdit(placeholderText="mnemônico, agência, nome…")
        self.field.addAction(
            icon_action(self.field, "search", "Pesquisar", self._search), QLineEdit.ActionPosition.TrailingPosition
        )
        self.field.installEventFilter(self)
        self.list = named(QListWidget(), "Contas bancárias")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._choose)
        self.empty = EmptyState()
        self.new_button = button("Nova conta", tooltip="Cadastrar outra conta (Ctrl+N)")
        self.new_button.setAutoDefault(False)
        self.new_button.clicked.connect(self.new_wanted)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self.empty)
        self.body.addWidget(field_label("Pesquisar Mnemônico", self.field))
        self.body.addWidget(self.field)
        self.body.addWidget(self._middle, 1)
        self.body.addWidget(self.new_button)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.field.textEdited.connect(lambda _: self._pause.start())

    @property
    def words(self) -> str:
        return self.field.text().strip()

    def show_contas(self, contas: Sequence[ContaNaLista], shown_id: int | None) -> None:
        """Replace the list; ``shown_id`` is the account in the form."""
        with QSignalBlocker(self.list):
            self.list.clear()
            for each in contas:
                self.list.addItem(_item(each))
        if not contas:
            found_none = bool(self.words)
            self.empty.show_state(
                "landmark",
                "Nada encontrado" if found_none else "Nenhuma conta",
                "Apague a pesquisa para ver todas." if found_none else "Comece por Nova conta.",
            )
        self._middle.setCurrentWidget(self.list if contas else self.empty)
        self.mark(shown_id)

    def mark(self, conta_id: int | None) -> None:
        """Select what the form shows, without asking for it again."""
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(self._row_of(conta_id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows go from the field into the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.list.count():
                self.list.setFocus()
                if self.list.currentRow() < 0:
                    self.list.setCurrentRow(0)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._search()
                return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        self._pause.stop()
        self.search_wanted.emit(self.words)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(int(item.data(_ID)))

    def _row_of(self, conta_id: int | None) -> int:
        ids = [self.list.item(row).data(_ID) for row in range(self.list.count())]
        return ids.index(conta_id) if conta_id in ids else -1


def _item(each: ContaNaLista) -> QListWidgetItem:
    conta, situacao = each.conta, each.situacao
    mark = f" · {conta.ambiente.value}" if conta.ambiente is Ambiente.SIMULACAO else ""
    lines = [f"{conta.mnemonico}{mark}", f"Ag. {conta.agencia} · C/C {conta.conta}-{conta.dac}"]
    if not conta.api_bancaria:
        lines.append("sem API Bancária")
    elif situacao is None:
        lines.append("sem certificado")
    elif palavra(situacao.dias) != "EM DIA":
        lines.append(f"certificado {prazo(situacao.dias)}")
    item = QListWidgetItem("\n".join(lines))
    item.setSizeHint(QSize(0, len(lines) * _LINE_HEIGHT + _ITEM_PADDING))
    item.setData(_ID, conta.id)
    item.setToolTip(plain_tip(situacao.aviso if situacao and situacao.aviso else conta.resumo))
    return item
