"""What every register has: a search, a list, and the buttons to add, open and delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from bancointegra.domain.errors import AppError
from bancointegra.ui.feedback import Tone, ask, show_error
from bancointegra.ui.integracao.texts import contar
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import button, hairline, icon_action, label, named, tool_button
from bancointegra.ui.table.column import Column
from bancointegra.ui.table.model import CHECK_COLUMN, PagedTableModel, RowSource
from bancointegra.ui.table.view import TableView, menu_below
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.empty_state import EmptyState

LANE = "cadastros"
_MARGIN = 12
_SEARCH_WIDTH = 300
_TYPING_PAUSE_MS = 200

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """What the screen calls things. ``one`` and ``many``: ``pagador``, ``pagadores``; ``icon`` is of the empty list."""

    key: str
    list_name: str
    one: str
    many: str
    new: str
    open: str
    search: str
    icon: str
    begin: str


class RegisterPage(QWidget, Generic[Row]):
    """Subclasses say where rows come from, and ask for what is to be stored."""

    status_changed = Signal(str, Tone)
    """The result of the last operation, for the status line."""
    changed = Signal()
    """Something of the register was stored or deleted."""

    def __init__(
        self,
        words: RegisterWords,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], int],
        *,
        jobs: Jobs,
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words, self._jobs = words, jobs
        self.model: PagedTableModel[Row] = PagedTableModel(columns, key, jobs, self)
        self.table = named(TableView(self.model, settings, words.key), words.list_name)
        self.table.setColumnHidden(CHECK_COLUMN, True)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._first_sort = columns[0].sort
        self._current: Row | None = None
        self._build()
        self._connect()
        self.load()

    # What subclasses say

    def source(self, texto: str) -> RowSource[Row]:
        """The rows that some words mean."""
        raise NotImplementedError

    def name_of(self, row: Row) -> str:
        """What the clerk calls a row."""
        raise NotImplementedError

    def ask_new(self) -> None:
        """Ask for a new row, and store it."""
        raise NotImplementedError

    def ask_open(self, row: Row) -> None:
        """Show a row, to be changed."""
        raise NotImplementedError

    def delete(self, row: Row) -> None:
        """Delete it; blocks. Raises ``AppError`` saying why it stays."""
        raise NotImplementedError

    # What they use

    @property
    def current(self) -> Row | None:
        """The row the keyboard is at."""
        return self._current if self._stack.currentWidget() is self.table else None

    @property
    def words(self) -> str:
        """What was typed to search."""
        return self.field.text().strip()

    def load(self) -> None:
        """Read the register again."""
        self._pause.stop()
        sort, descending = self.model.sorted_by
        self.model.load(self.source(self.words), sort or self._first_sort, descending=descending)

    def stored(self, sentence: str) -> None:
        """Something was stored: say so, and show it."""
        self.say(sentence, Tone.SUCCESS)
        self.load()
        self.changed.emit()

    def say(self, text: str, tone: Tone = Tone.INFO) -> None:
        self.status_changed.emit(text, tone)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()
        if not self.isAncestorOf(self.window().focusWidget() or self.window()):
            self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search field: Enter and ↓ go to the list, Esc empties it."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.table.setFocus()
                if not self.table.currentIndex().isValid():
                    self.table.selectRow(0)
                return True
            if event.key() == Qt.Key.Key_Escape and self.words:
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    # Inside

    def _open_current(self) -> None:
        if self.current is not None:
            self.ask_open(self.current)

    def _delete_current(self) -> None:
        row = self.current
        if row is None:
            return
        name = self.name_of(row)

        def go(_all: bool) -> None:
            self._jobs.run(
                lambda _ctx: self.delete(row),
                owner=self,
                done=lambda _nothing: self.stored(f"{name}: fora do cadastro."),
                failed=self._show_error,
                lane=LANE,
            )

        ask(self, f"Excluir {name}?", on_yes=go, title="Excluir")

    def _show_found(self, found: int) -> None:
        self._count.setText(contar(found, self._words.one, self._words.many))
        if found:
            self._stack.setCurrentWidget(self.table)
        elif self.words:
            self.empty.show_state(
                self._words.icon,
                "Nada encontrado",
                f"Nada no cadastro contém “{self.words}”.",
                action="Limpar a pesquisa",
                on_action=self.field.clear,
            )
            self._stack.setCurrentWidget(self.empty)
        else:
            self.empty.show_state(
                self._words.icon,
                "Nada cadastrado",
                self._words.begin,
                action=self._words.new,
                on_action=self.ask_new,
            )
            self._stack.setCurrentWidget(self.empty)
        self._tell_current(self._current)

    def _tell_current(self, row: Row | None) -> None:
        self._current = row
        for each in (self.open_button, self.delete_button):
            each.setEnabled(self.current is not None)

    def _show_failure(self, error: AppError) -> None:
        self.empty.show_state("triangle-alert", error.title, str(error), action="Tentar de novo", on_action=self.load)
        self._stack.setCurrentWidget(self.empty)

    def _show_error(self, error: AppError) -> None:
        self.say(str(error), Tone.WARNING)
        show_error(self, error)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.load)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.field.installEventFilter(self)
        self.model.loaded.connect(self._show_found)
        self.model.failed.connect(self._show_failure)
        self.table.current_changed.connect(self._tell_current)
        self.table.opened.connect(lambda _position: self._open_current())
        self.new_button.clicked.connect(self.ask_new)
        self.open_button.clicked.connect(self._open_current)
        self.delete_button.clicked.connect(self._delete_current)
        shortcuts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+N", self.ask_new),
            ("Ctrl+F", self._focus_search),
            ("F5", self.load),
        )
        for keys, run in shortcuts:
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        for keys, run in (("Del", self._delete_current), ("F2", self._open_current)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(run)

    def _focus_search(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _build(self) -> None:
        self.field = named(QLineEdit(placeholderText=self._words.search), self._words.search)
        self.field.setFixedWidth(_SEARCH_WIDTH)
        self.field.setClearButtonEnabled(True)
        self.field.addAction(
            icon_action(self.field, "search", "Pesquisar (Ctrl+F)", self._focus_search),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        self._count = label("", "strong")
        columns_button = tool_button("columns-3", "Escolher colunas")
        columns_button.clicked.connect(lambda: menu_below(self.table, columns_button))
        self.new_button = button(self._words.new, "plus", primary=True, tooltip=f"{self._words.new} (Ctrl+N)")
        self.open_button = button(self._words.open, "pencil", tooltip=f"{self._words.open} (Enter)")
        self.delete_button = button("Excluir", "trash-2", tooltip="Excluir do cadastro (Del)")
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        for row in (top, bottom):
            row.setContentsMargins(16, 8, 16, 8)
            row.setSpacing(8)
        top.addWidget(self.field)
        top.addStretch(1)
        top.addWidget(self._count)
        top.addWidget(columns_button)
        bottom.addStretch(1)
        for each in (self.delete_button, self.open_button, self.new_button):
            bottom.addWidget(each)
        card = Card(margin=0)
        card.body.setSpacing(0)
        card.body.addLayout(top)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(hairline())
        card.body.addLayout(bottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addWidget(card)
