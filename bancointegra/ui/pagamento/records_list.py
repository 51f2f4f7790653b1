"""A list of one kind of record, and the designed state of having none to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from bancointegra.domain.errors import AppError
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import named
from bancointegra.ui.table.column import Column
from bancointegra.ui.table.model import CHECK_COLUMN, PagedTableModel, RowSource
from bancointegra.ui.table.view import TableView
from bancointegra.ui.widgets.empty_state import EmptyState

Row = TypeVar("Row")

_LOADING_SHOWN_AFTER_MS = 250


class RecordsList(QWidget, Generic[Row]):
    """Shows what ``load`` is given, with boxes to check when ``checkable``."""

    current_changed = Signal()
    """Another row is current, the current one changed, or others are checked."""
    opened = Signal()
    """Enter or double click on the current row."""
    failed = Signal(AppError)

    def __init__(
        self,
        jobs: Jobs,
        settings: QSettings,
        *,
        name: str,
        title: str,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], int],
        checkable: bool = False,
    ) -> None:
        super().__init__()
        self._current: Row | None = None
        self._title = title
        self._on_empty: Callable[[], None] = self.say_empty
        self.model: PagedTableModel[Row] = PagedTableModel(columns, key, jobs, self)
        self.table = named(TableView(self.model, settings, name), title)
        self.table.setColumnHidden(CHECK_COLUMN, not checkable)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        self._slow = QTimer(self, singleShot=True, interval=_LOADING_SHOWN_AFTER_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._slow.timeout.connect(self._say_loading)
        self.model.loading.connect(self._slow.start)
        self.model.loaded.connect(self._show_loaded)
        self.model.failed.connect(self._fail)
        self.model.checked_changed.connect(self.current_changed)
        self.table.current_changed.connect(self._take_current)
        self.table.opened.connect(lambda _position: self.opened.emit())

    @property
    def current(self) -> Row | None:
        """The record the keyboard is at; None while none is shown."""
        return self._current if self._stack.currentWidget() is self.table else None

    @property
    def checked(self) -> tuple[Row, ...]:
        """The checked records, in the order of the list; none while the list is not shown."""
        return self.model.checked_rows() if self._stack.currentWidget() is self.table else ()

    def load(
        self, source: RowSource[Row], sort: object, *, descending: bool, on_empty: Callable[[], None] | None = None
    ) -> None:
        """Show another search; ``on_empty`` says what is meant when it finds nothing."""
        if on_empty:
            self._on_empty = on_empty
        self.model.load(source, sort, descending=descending)

    def select(self, row_id: int) -> None:
        """Make the row with this id current, when it is shown."""
        position = self.model.position_of(row_id)
        if position is not None:
            self.table.setCurrentIndex(self.model.index(position, CHECK_COLUMN + 1))

    def say(
        self, icon: str, title: str, text: str, *, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        """Show a sentence in place of the rows."""
        self._slow.stop()
        self.empty.show_state(icon, title, text, action=action, on_action=on_action)
        self._stack.setCurrentWidget(self.empty)
        self.current_changed.emit()

    def say_empty(self) -> None:
        self.say("inbox", "Nada a mostrar", "")

    def _say_loading(self) -> None:
        if self._stack.currentWidget() is not self.table:
            self.say("clock", "Carregando…", f"{self._title}: um instante.")

    def _show_loaded(self, quantity: int) -> None:
        self._slow.stop()
        if not quantity:
            self._on_empty()
            return
        self._stack.setCurrentWidget(self.table)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, CHECK_COLUMN + 1))
        self.current_changed.emit()

    def _take_current(self, row: Row | None) -> None:
        self._current = row
        self.current_changed.emit()

    def _fail(self, error: AppError) -> None:
        self.say("triangle-alert", error.title, str(error), action="Tentar de novo", on_action=self.model.reload)
        self.failed.emit(error)
