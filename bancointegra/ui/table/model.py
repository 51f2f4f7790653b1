"""A list that loads only what is looked at: pages in the background, placeholders meanwhile.

The order of the list is a snapshot of ids. So a row that an operation moves out of the filter stays where it is until
the next search, no page skips a row, and “all” means exactly what was found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from bancointegra.domain.errors import AppError
from bancointegra.ui.jobs import JobContext, JobHandle, Jobs, Progress
from bancointegra.ui.style import plain_tip
from bancointegra.ui.table.column import Align, Column

PAGE_SIZE = 200
CHECK_COLUMN = 0
CHIP_ROLE = Qt.ItemDataRole.UserRole
"""True in a column painted as a status chip."""

_FETCH_AFTER_MS = 20
_PAGES_WANTED = 3

Row = TypeVar("Row")
Found = TypeVar("Found", covariant=True)
Index = QModelIndex | QPersistentModelIndex

ALIGNMENT = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTER: Qt.AlignmentFlag.AlignCenter,
}

_CELL_FLAGS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_CHECK_FLAGS = _CELL_FLAGS | Qt.ItemFlag.ItemIsUserCheckable


class RowSource(Protocol[Found]):
    """Where the rows of one search come from. Called from worker threads; ``sort`` is a ``Column.sort``."""

    def count(self) -> int: ...

    def page(self, sort: Any, descending: bool, offset: int, limit: int) -> Sequence[Found]: ...

    def ids(self, sort: Any, descending: bool) -> Sequence[int]:
        """Every row of the search, in its order."""

    def rows(self, ids: Sequence[int]) -> Sequence[Found]:
        """The present rows of these ids, in the order asked; ids that are gone are left out."""


class PagedTableModel(QAbstractTableModel, Generic[Row]):
    """Column 0 holds the check boxes; column n + 1 shows ``columns[n]``."""

    loading = Signal()
    """A search began; what was shown stays until it ends."""
    loaded = Signal(int)
    """The first page is there; how many rows the search found."""
    order_known = Signal()
    """The ids of all rows are there: “all” can be checked."""
    failed = Signal(AppError)
    checked_changed = Signal()

    def __init__(
        self, columns: Sequence[Column[Row]], key: Callable[[Row], int], jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._jobs = jobs
        self._source: RowSource[Row] | None = None
        self._sort: tuple[object | None, bool] = (None, False)
        self._order: Sequence[int] = ()
        self._total = 0
        self._rows: dict[int, Row] = {}
        self._position: dict[int, int] = {}
        self._checked: set[int] = set()
        self._wanted: list[int] = []
        self._under_way: dict[int, JobHandle] = {}
        self._searches: list[JobHandle] = []
        self._fetch_timer = QTimer(self, singleShot=True, interval=_FETCH_AFTER_MS)
        self._fetch_timer.timeout.connect(self._fetch_wanted)

    # What is shown

    @property
    def total(self) -> int:
        return self._total

    @property
    def sorted_by(self) -> tuple[object | None, bool]:
        """The sort key of the source, and whether descending."""
        return self._sort

    def row(self, position: int) -> Row | None:
        """The record shown at ``position``, None while it is loading."""
        return self._rows.get(self._order[position]) if 0 <= position < len(self._order) else None

    def position_of(self, row_id: int) -> int | None:
        """Where the row with this id is shown, if it was loaded."""
        return self._position.get(row_id)

    def index_of(self, row_id: int) -> int | None:
        """Where the row with this id is in the order of the list, loaded or not; None when it is not in it."""
        known = self._position.get(row_id)
        if known is not None or row_id not in self._order:
            return known
        return self._order.index(row_id)

    @property
    def loaded_ids(self) -> tuple[int, ...]:
        """The rows that are there, in no order."""
        return tuple(self._rows)

    def load(self, source: RowSource[Row], sort: object | None = None, *, descending: bool = False) -> None:
        """Show a new search; nothing stays checked."""
        self._checked.clear()
        self._source = source
        self._sort = (sort if sort is not None else self._sort[0], descending)
        self._search()

    def reload(self) -> None:
        """Ask the same search again; what is checked stays checked."""
        if self._source:
            self._search()

    def replace(self, rows: Collection[Row]) -> None:
        """Put the new state of rows in place of the old; rows that are not shown are ignored."""
        for row in rows:
            row_id = self._key(row)
            position = self._position.get(row_id)
            if position is None:
                continue
            self._rows[row_id] = row
            self.dataChanged.emit(self.index(position, 0), self.index(position, self.columnCount() - 1))
        if any(self._key(row) in self._checked for row in rows):
            self.checked_changed.emit()

    # What is checked

    @property
    def checked_ids(self) -> frozenset[int]:
        return frozenset(self._checked)

    def checked_rows(self) -> tuple[Row, ...]:
        """The checked records in the order of the list."""
        known = sorted(self._checked & self._position.keys(), key=self._position.__getitem__)
        return tuple(self._rows[row_id] for row_id in known)

    def check(self, positions: Collection[int], checked: bool) -> None:
        """Check or uncheck rows; one that is still loading is left out."""
        for position in positions:
            row = self.row(position)
            if row is None:
                continue
            row_id = self._key(row)
            (self._checked.add if checked else self._checked.discard)(row_id)
            index = self.index(position, CHECK_COLUMN)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.checked_changed.emit()

    def check_all(self, progress: Callable[[Progress], None] | None = None) -> JobHandle | None:
        """Check every row found, loading those not yet seen; returns the job when there is something to load."""
        if not self._is_order_known:
            return None
        missing = [row_id for row_id in self._order if row_id not in self._rows]
        if not missing or self._source is None:
            self._check_everything()
            return None
        source, order = self._source, self._order

        def work(ctx: JobContext) -> list[Row]:
            rows: list[Row] = []
            for start in range(0, len(missing), PAGE_SIZE):
                ctx.check_cancelled()
                rows.extend(source.rows(missing[start : start + PAGE_SIZE]))
                ctx.report(len(rows), len(missing), "Carregando a lista")
            return rows

        def keep(rows: list[Row]) -> None:
            if order is self._order:
                self._keep(rows, {row_id: position for position, row_id in enumerate(order)})
                self._check_everything()

        handle = self._jobs.run(work, owner=self, done=keep, failed=self.failed.emit, progress=progress)
        self._searches.append(handle)
        return handle

    def uncheck_all(self) -> None:
        self._checked.clear()
        self._tell_checked()

    @property
    def check_state(self) -> Qt.CheckState:
        """Of the whole list, for the box in the header."""
        if not self._checked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if len(self._checked) >= self._total else Qt.CheckState.PartiallyChecked

    def check_state_of(self, row: Row) -> Qt.CheckState:
        return Qt.CheckState.Checked if self._key(row) in self._checked else Qt.CheckState.Unchecked

    def _check_everything(self) -> None:
        self._checked = {row_id for row_id in self._order if row_id in self._rows}
        self._tell_checked()

    def _tell_checked(self) -> None:
        if self._total:
            top, bottom = self.index(0, CHECK_COLUMN), self.index(self._total - 1, CHECK_COLUMN)
            self.dataChanged.emit(top, bottom, [Qt.ItemDataRole.CheckStateRole])
        self.checked_changed.emit()

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _CHECK_FLAGS if index.column() == CHECK_COLUMN else _CELL_FLAGS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section <= len(self.columns):
            return None
        if section == CHECK_COLUMN:
            return "Marcar todos (Ctrl+A)" if role == Qt.ItemDataRole.ToolTipRole else None
        column = self.columns[section - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENT[column.align]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENT[Align.CENTER if index.column() == CHECK_COLUMN else self.columns[index.column() - 1].align]
        row = self.row(index.row())
        if row is None:
            if role == Qt.ItemDataRole.DisplayRole:
                self.want(index.row())
            return None
        if index.column() == CHECK_COLUMN:
            return self._check_data(row, role)
        return _cell_data(self.columns[index.column() - 1], row, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != CHECK_COLUMN or self.row(index.row()) is None:
            return False
        self.check([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Have the source sort; a column without ``sort`` changes nothing."""
        if column <= CHECK_COLUMN or self.columns[column - 1].sort is None:
            return
        self._sort = (self.columns[column - 1].sort, order == Qt.SortOrder.DescendingOrder)
        self.reload()

    def _check_data(self, row: Row, role: int) -> Any:
        state = self.check_state_of(row)
        if role == Qt.ItemDataRole.CheckStateRole:
            return state
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "marcado" if state == Qt.CheckState.Checked else "não marcado"
        return None

    # Loading

    @property
    def _is_order_known(self) -> bool:
        return len(self._order) == self._total

    def _search(self) -> None:
        for handle in (*self._searches, *self._under_way.values()):
            handle.abandon()
        self._searches.clear()
        self._under_way.clear()
        self._wanted.clear()
        assert self._source is not None
        source, (sort, descending) = self._source, self._sort
        self.loading.emit()

        def first_page(_ctx: JobContext) -> tuple[Sequence[Row], int]:
            rows = source.page(sort, descending, 0, PAGE_SIZE)
            return rows, len(rows) if len(rows) < PAGE_SIZE else source.count()

        self._searches.append(self._jobs.run(first_page, owner=self, done=self._begin, failed=self.failed.emit))

    def _begin(self, found: tuple[Sequence[Row], int]) -> None:
        rows, total = found
        self._searches.clear()
        self.beginResetModel()
        self._rows.clear()
        self._position.clear()
        self._order = tuple(self._key(row) for row in rows)
        self._total = max(total, len(rows))
        self._keep(rows, {row_id: position for position, row_id in enumerate(self._order)}, tell=False)
        self.endResetModel()
        self.loaded.emit(self._total)
        if self._is_order_known:
            self._finish_order(self._order)
        else:
            source, (sort, descending) = self._source, self._sort
            assert source is not None
            self._searches.append(
                self._jobs.run(
                    lambda _ctx: source.ids(sort, descending),
                    owner=self,
                    done=self._finish_order,
                    failed=self.failed.emit,
                )
            )

    def _finish_order(self, ids: Sequence[int]) -> None:
        """Take the snapshot; when the store changed since the first page, the snapshot is right."""
        self._searches.clear()
        if len(ids) != self._total or tuple(ids[: len(self._order)]) != tuple(self._order):
            self.beginResetModel()
            self._total = len(ids)
            self._order = ids
            shown = set(ids[: len(self._rows) + PAGE_SIZE])
            self._rows = {row_id: row for row_id, row in self._rows.items() if row_id in shown}
            self._position = {row_id: at for at, row_id in enumerate(ids[: 2 * PAGE_SIZE]) if row_id in self._rows}
            self.endResetModel()
        self._order = ids
        if self._checked:
            self._checked.intersection_update(ids)
            self.checked_changed.emit()
        self.order_known.emit()
        self._fetch_wanted()

    def want(self, position: int) -> None:
        """A cell that is not there yet was looked at; only the latest few pages are worth fetching."""
        page = position // PAGE_SIZE
        if page in self._under_way or (self._wanted and self._wanted[-1] == page):
            return
        self._wanted = [*(wanted for wanted in self._wanted if wanted != page), page][-_PAGES_WANTED:]
        if not self._fetch_timer.isActive():
            self._fetch_timer.start()

    def _fetch_wanted(self) -> None:
        if not self._is_order_known:
            return  # they are asked for again when the order is known
        while self._wanted:
            self._fetch(self._wanted.pop())

    def _fetch(self, page: int) -> None:
        start = page * PAGE_SIZE
        ids = [row_id for row_id in self._order[start : start + PAGE_SIZE] if row_id not in self._rows]
        source = self._source
        if not ids or page in self._under_way or source is None:
            return

        def keep(rows: Sequence[Row]) -> None:
            self._under_way.pop(page, None)
            positions = {row_id: start + at for at, row_id in enumerate(self._order[start : start + PAGE_SIZE])}
            self._keep(rows, positions)

        def fail(error: AppError) -> None:
            self._under_way.pop(page, None)
            self.failed.emit(error)

        self._under_way[page] = self._jobs.run(lambda _ctx: source.rows(ids), owner=self, done=keep, failed=fail)

    def _keep(self, rows: Sequence[Row], positions: dict[int, int], *, tell: bool = True) -> None:
        for row in rows:
            row_id = self._key(row)
            self._rows[row_id] = row
            self._position[row_id] = positions[row_id]
        if tell and rows:
            changed = [positions[self._key(row)] for row in rows]
            self.dataChanged.emit(self.index(min(changed), 0), self.index(max(changed), self.columnCount() - 1))


def _cell_data(column: Column[Row], row: Row, role: int) -> Any:
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return column.shown(row)
    if role == Qt.ItemDataRole.ToolTipRole and column.tooltip:
        return plain_tip(column.tooltip(row))
    return column.chip if role == CHIP_ROLE else None
