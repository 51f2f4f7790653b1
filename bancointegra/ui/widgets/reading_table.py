"""A table to be read in a dialog: rows are chosen whole, nothing is edited, the last column takes the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from bancointegra.ui.style import plain_tip
from bancointegra.ui.table.delegate import ROW_HEIGHT

_HIGHEST = 10_000
_PADDING = 5
"""With the 3 px Qt adds, what the header's sections have: titles and texts line up."""


class ReadingTable(QTableWidget):
    """``widths`` are those of the columns before the last one; ``right`` numbers the column that holds amounts.

    What a bank says is long: a row is as high as the text in its last column needs. A row added without a text there,
    or with ``one_line``, is as high as in any list.
    """

    def __init__(
        self,
        name: str,
        titles: Sequence[str],
        widths: Sequence[int],
        *,
        right: int | None = None,
        one_line: bool = False,
    ) -> None:
        super().__init__(0, len(titles))
        self._right, self._one_line = right, one_line
        self.setAccessibleName(name)
        for section, title in enumerate(titles):
            self.setHorizontalHeaderItem(section, self._aligned(QTableWidgetItem(title), section))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(not one_line)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setStyleSheet(f"QTableWidget::item {{ padding: {_PADDING}px; }}")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for section, width in enumerate(widths):
            self.setColumnWidth(section, width)
        header.sectionResized.connect(self._section_resized)

    def show_rows(self, rows: Sequence[Sequence[str]], icons: Mapping[tuple[int, int], QIcon] | None = None) -> None:
        """Show these texts, a sequence a row, in place of what was there; ``icons`` by row and column."""
        self.setRowCount(len(rows))
        for position, texts in enumerate(rows):
            for section, text in enumerate(texts):
                self._put(position, section, text, (icons or {}).get((position, section)))
        self._fit_heights()

    def change(self, position: int, section: int, text: str, sign: QIcon) -> None:
        """Show another text in one cell."""
        self._put(position, section, text, sign)
        self._fit_heights([position])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_heights()

    def _section_resized(self, section: int, _old: int, _new: int) -> None:
        if section == self.columnCount() - 1:
            self._fit_heights()

    def _put(self, position: int, section: int, text: str, sign: QIcon | None) -> None:
        item = self._aligned(QTableWidgetItem(text), section)
        item.setToolTip(plain_tip(text))
        if sign is not None:
            item.setIcon(sign)
        self.setItem(position, section, item)

    def _aligned(self, item: QTableWidgetItem, section: int) -> QTableWidgetItem:
        side = Qt.AlignmentFlag.AlignRight if section == self._right else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _fit_heights(self, positions: Sequence[int] | None = None) -> None:
        """Measured here and once for each text: Qt's own way takes seconds for hundreds of rows."""
        if self._one_line or not self.isVisible():
            return  # hidden, the columns have not their widths yet
        last = self.columnCount() - 1
        heights: dict[str, int] = {}
        for position in range(self.rowCount()) if positions is None else positions:
            item = self.item(position, last)
            text = item.text() if item else ""
            if text not in heights:
                heights[text] = self._height_of(text, bool(item and not item.icon().isNull()))
            self.setRowHeight(position, heights[text])

    def _height_of(self, text: str, has_icon: bool) -> int:
        width = self.columnWidth(self.columnCount() - 1) - 4 * _PADDING
        if has_icon:
            width -= self.iconSize().width() + _PADDING
        needed = self.fontMetrics().boundingRect(QRect(0, 0, width, _HIGHEST), Qt.TextFlag.TextWordWrap, text).height()
        return max(ROW_HEIGHT, needed + 4 * _PADDING)
