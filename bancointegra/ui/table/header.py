"""The header of a list: the box for all rows, titles, and the arrow of the order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from bancointegra.ui.icons import pixmap
from bancointegra.ui.palette import tokens_of
from bancointegra.ui.table.delegate import PADDING, paint_box
from bancointegra.ui.table.model import CHECK_COLUMN, PagedTableModel
from bancointegra.ui.theme import LABEL_POINTS, body_font

_HEIGHT = 32
_MIN_WIDTH = 48
_ARROW = 12
_GAP = 2


class TableHeader(QHeaderView):
    """Paints its sections itself, so that a title keeps its room beside the arrow; a right click opens the menu."""

    def __init__(self, view: QTableView, rows: PagedTableModel[Any], columns_menu: Callable[[], QMenu]) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._rows = rows
        self._columns_menu = columns_menu
        self._title_font = body_font(LABEL_POINTS, QFont.Weight.DemiBold)
        self.setFont(self._title_font)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(_MIN_WIDTH)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        tokens = tokens_of(self.palette())
        painter.save()
        painter.fillRect(rect, QColor(tokens.surface))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(tokens.line))
        if section == CHECK_COLUMN:
            paint_box(painter, QRectF(rect).center(), self._rows.check_state, tokens)
        else:
            self._paint_title(painter, rect.adjusted(PADDING, 0, -PADDING, 0), section)
        painter.restore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._columns_menu().popup(event.globalPos())

    def _paint_title(self, painter: QPainter, room: QRect, section: int) -> None:
        """The title, and the arrow at its inner side: right of it, or left where the column is right-aligned."""
        model = self.model()
        role = Qt.ItemDataRole.TextAlignmentRole
        alignment = Qt.AlignmentFlag(model.headerData(section, Qt.Orientation.Horizontal, role))
        right = bool(alignment & Qt.AlignmentFlag.AlignRight)
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        taken = _ARROW + _GAP if sorted_by else 0
        painter.setFont(self._title_font)
        painter.setPen(QColor(tokens_of(self.palette()).muted))
        title = self.fontMetrics().elidedText(
            str(model.headerData(section, Qt.Orientation.Horizontal)), Qt.TextElideMode.ElideRight, room.width() - taken
        )
        painter.drawText(room, int(alignment), title)
        if sorted_by:
            width = self.fontMetrics().horizontalAdvance(title)
            left = room.right() - width - taken if right else room.left() + width + _GAP
            self._paint_arrow(painter, QPointF(left, room.center().y() - _ARROW / 2 + 1))

    def _paint_arrow(self, painter: QPainter, place: QPointF) -> None:
        ascending = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        name = "chevron-up" if ascending else "chevron-down"
        painter.drawPixmap(place, pixmap(name, "muted", _ARROW, self.devicePixelRatioF()))
