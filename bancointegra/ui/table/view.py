"""The view of a list: keys, header menu, and columns that are remembered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from bancointegra.ui.table.delegate import ROW_HEIGHT, TableDelegate
from bancointegra.ui.table.header import TableHeader
from bancointegra.ui.table.model import CHECK_COLUMN, PagedTableModel

_CHECK_WIDTH = 40
_MIN_WIDTH = 48


@dataclass(frozen=True, slots=True)
class _Saved:
    """What is remembered of one column."""

    key: str
    width: int
    hidden: bool


class TableView(QTableView):
    """Shows a ``PagedTableModel``. ``name`` is where its columns are kept in the settings.

    Space checks the selected rows, Ctrl+A all, Ctrl+C copies the selected rows as text, Enter opens the current one.
    """

    opened = Signal(int)
    """Enter or double click on a row; its position."""
    current_changed = Signal(object)
    """The record of the current row, None when there is none."""

    def __init__(
        self, model: PagedTableModel[Any], settings: QSettings, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self._settings = settings
        self._setting = f"tabelas/{name}"
        self.setHorizontalHeader(TableHeader(self, model, self.columns_menu))
        self.setModel(model)
        self._delegate = TableDelegate(self, model)
        self.setItemDelegate(self._delegate)
        self._arrange_manners()
        self._restore_columns()
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._header_clicked)
        header.sectionResized.connect(lambda *_: self._save_columns())
        header.sectionMoved.connect(lambda *_: self._save_columns())
        model.checked_changed.connect(header.viewport().update)
        model.modelReset.connect(self._show_sort)
        model.modelReset.connect(self._begin_at_top)
        model.dataChanged.connect(self._retell_current)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell_current())

    def columns_menu(self) -> QMenu:
        """Which columns are shown; also for a button beside the list."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for section, column in enumerate(self.rows.columns, start=1):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(section))
            action.toggled.connect(lambda shown, section=section: self._show_column(section, shown))
        menu.addSeparator()
        menu.addAction("Restaurar colunas").triggered.connect(lambda: self._reset_columns())
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.rows.check_all()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle_selected()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._delegate.prepare()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def selected_positions(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def _arrange_manners(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setMinimumSectionSize(ROW_HEIGHT)
        vertical.setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSortIndicatorShown(True)  # only now: taking the header, the view turned it off
        header.setSectionResizeMode(CHECK_COLUMN, QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._double_clicked)

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() != CHECK_COLUMN:
            self.opened.emit(index.row())

    def _toggle_selected(self) -> None:
        positions = self.selected_positions() or [self.currentIndex().row()]
        current = self.rows.index(self.currentIndex().row(), CHECK_COLUMN)
        unchecked = current.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
        self.rows.check(positions, unchecked)

    def _copy(self) -> None:
        shown = [s for s in range(1, self.rows.columnCount()) if not self.isColumnHidden(s)]
        shown.sort(key=self.horizontalHeader().visualIndex)
        lines = [
            "\t".join(str(self.rows.index(position, section).data() or "") for section in shown)
            for position in self.selected_positions()
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    # The current row

    def _tell_current(self) -> None:
        index = self.currentIndex()
        self.current_changed.emit(self.rows.row(index.row()) if index.isValid() else None)

    def _retell_current(self, top: Any, bottom: Any, roles: list[int]) -> None:
        only_checks = roles == [Qt.ItemDataRole.CheckStateRole]
        if not only_checks and top.row() <= self.currentIndex().row() <= bottom.row():
            self._tell_current()

    def _begin_at_top(self) -> None:
        self.scrollToTop()
        self._tell_current()

    # The header

    def _header_clicked(self, section: int) -> None:
        if section == CHECK_COLUMN:
            everything = self.rows.check_state == Qt.CheckState.Checked
            (self.rows.uncheck_all if everything else self.rows.check_all)()
            self._show_sort()
            return
        column = self.rows.columns[section - 1]
        sort, descending = self.rows.sorted_by
        if column.sort is not None:
            again = column.sort == sort and not descending
            self.rows.sort(section, Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder)
        self._show_sort()

    def _show_sort(self) -> None:
        sort, descending = self.rows.sorted_by
        sections = [
            at for at, column in enumerate(self.rows.columns, start=1) if sort is not None and column.sort == sort
        ]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(sections[0] if sections else -1, order)

    # Columns remembered

    def _show_column(self, section: int, shown: bool) -> None:
        others = [s for s in range(1, self.rows.columnCount()) if s != section and not self.isColumnHidden(s)]
        if not shown and not others:
            return  # a list without columns could not be brought back by its header
        self.setColumnHidden(section, not shown)
        self._save_columns()
        self._stretch()

    def _reset_columns(self) -> None:
        self._settings.remove(self._setting)
        self._restore_columns()
        self._stretch()

    def _save_columns(self) -> None:
        header = self.horizontalHeader()
        sections = sorted(range(1, self.rows.columnCount()), key=header.visualIndex)
        saved = [_Saved(self.rows.columns[s - 1].key, self._width(s), self.isColumnHidden(s)) for s in sections]
        self._settings.setValue(self._setting, json.dumps([asdict(column) for column in saved]))

    def _width(self, section: int) -> int:
        """The width worth remembering: a hidden or stretched column keeps its own."""
        column = self.rows.columns[section - 1]
        return column.width if column.stretch or self.isColumnHidden(section) else self.columnWidth(section)

    def _restore_columns(self) -> None:
        header = self.horizontalHeader()
        header.blockSignals(True)
        saved = {column.key: (place, column) for place, column in enumerate(self._saved_columns(), start=1)}
        self.setColumnWidth(CHECK_COLUMN, _CHECK_WIDTH)
        header.moveSection(header.visualIndex(CHECK_COLUMN), 0)
        for section, column in enumerate(self.rows.columns, start=1):
            _, kept = saved.get(column.key, (0, _Saved(column.key, column.width, not column.visible)))
            self.setColumnWidth(section, max(_MIN_WIDTH, kept.width))
            self.setColumnHidden(section, kept.hidden)
        last = self.rows.columnCount()
        order = sorted(range(1, last), key=lambda s: (saved.get(self.rows.columns[s - 1].key, (s, None))[0], s))
        for place, section in enumerate(order, start=1):
            header.moveSection(header.visualIndex(section), place)
        header.blockSignals(False)
        header.viewport().update()

    def _saved_columns(self) -> list[_Saved]:
        """What was remembered; anything unreadable is as if it had never been."""
        try:
            stored = json.loads(str(self._settings.value(self._setting, "[]")))
            return [_Saved(str(c["key"]), int(c["width"]), bool(c["hidden"])) for c in stored]
        except (ValueError, KeyError, TypeError):
            return []

    def _stretch(self) -> None:
        """Give the room that is left to the stretching column."""
        sections = [s for s, c in enumerate(self.rows.columns, start=1) if c.stretch and not self.isColumnHidden(s)]
        if not sections:
            return
        section = sections[0]
        others = self.horizontalHeader().length() - self.columnWidth(section)
        width = max(self.rows.columns[section - 1].width, self.viewport().width() - others)
        self.horizontalHeader().blockSignals(True)
        self.setColumnWidth(section, width)
        self.horizontalHeader().blockSignals(False)
        self.updateGeometries()
        self.viewport().update()


def menu_below(view: TableView, widget: QWidget) -> None:
    """Open the menu of columns below a button."""
    view.columns_menu().popup(widget.mapToGlobal(QPoint(0, widget.height())))
