"""How a cell is painted: text, chips, boxes to check, placeholders, and a focus that is always visible.

While a batch runs, every call from Python into Qt may have to wait for the worker threads, so painting a cell makes as
few of them as it can: what is alike in all cells is prepared once a paint, what is drawn of many strokes is kept as a
picture, and rows are read from the model directly.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QTableView

from bancointegra.ui.palette import tokens_of
from bancointegra.ui.table.model import ALIGNMENT, CHECK_COLUMN, CHIP_ROLE, PagedTableModel
from bancointegra.ui.tokens import Tokens
from bancointegra.ui.widgets.chip import HEIGHT as CHIP_HEIGHT
from bancointegra.ui.widgets.chip import chip_width, paint_chip

PADDING = 8
ROW_HEIGHT = 32
BOX = 16
_RADIUS = 4
_FOCUS_BAR = 3
_PLACEHOLDER_HEIGHT = 8
_TEXTS_KEPT = 5_000

Index = QModelIndex | QPersistentModelIndex
Option = Any
"""A ``QStyleOptionViewItem``; PySide's type hints do not know its fields."""

_SELECTED = QStyle.StateFlag.State_Selected
_UNDER_POINTER = QStyle.StateFlag.State_MouseOver
_TEXT_FLAGS = {align: int(flags) for align, flags in ALIGNMENT.items()}


def paint_box(painter: QPainter, centre: QPointF, state: Qt.CheckState, tokens: Tokens) -> None:
    """A box to check, as the style sheet draws the others."""
    box = QRectF(centre.x() - BOX / 2, centre.y() - BOX / 2, BOX, BOX).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    empty = state == Qt.CheckState.Unchecked
    painter.setPen(QColor(tokens.muted if empty else tokens.accent))
    painter.setBrush(QColor(tokens.surface if empty else tokens.accent))
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    pen = QPen(
        QColor(tokens.on_accent), 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )
    painter.setPen(pen)
    x, y = centre.x(), centre.y()
    if state == Qt.CheckState.Checked:
        painter.drawPolyline([QPointF(x - 3.5, y + 0.25), QPointF(x - 1, y + 2.75), QPointF(x + 3.5, y - 2.5)])
    elif state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(QPointF(x - 3.5, y), QPointF(x + 3.5, y))
    painter.restore()


class _Look:
    """Colours, pictures and cut texts of one theme, font and scale."""

    def __init__(self, view: QTableView, tokens: Tokens, ratio: float) -> None:
        self._view = view
        self._tokens = tokens
        self._ratio = ratio
        self._boxes: dict[Qt.CheckState, QPixmap] = {}
        self._chips: dict[tuple[str, int, bool], QPixmap] = {}
        self._texts: dict[tuple[str, int], str] = {}
        self.text = QColor(tokens.text)
        self.line = QColor(tokens.line)
        self.accent = QColor(tokens.accent)
        self.selected = QColor(tokens.accent_soft)
        self.under_pointer = QColor(tokens.hover)
        self.grounds = (QColor(tokens.surface), QColor(tokens.stripe))

    def elided(self, text: str, width: int) -> str:
        """The text as far as it fits into ``width``."""
        known = self._texts.get((text, width))
        if known is None:
            if len(self._texts) >= _TEXTS_KEPT:
                self._texts.clear()
            known = self._view.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._texts[text, width] = known
        return known

    def box(self, state: Qt.CheckState) -> QPixmap:
        """A box to check, as large as a row is high."""
        known = self._boxes.get(state)
        if known is None:
            known = self._boxes[state] = self._blank(ROW_HEIGHT, ROW_HEIGHT)
            painter = QPainter(known)
            paint_box(painter, QPointF(ROW_HEIGHT / 2, ROW_HEIGHT / 2), state, self._tokens)
            painter.end()
        return known

    def chip(self, status: str, width: int, outlined: bool) -> QPixmap:
        """The chip of a status, in ``width`` logical pixels at the most."""
        known = self._chips.get((status, width, outlined))
        if known is None:
            known = self._chips[status, width, outlined] = self._blank(width, CHIP_HEIGHT)
            painter = QPainter(known)
            area = QRectF(0, 0, width, CHIP_HEIGHT)
            paint_chip(painter, area, status, self._view.font(), self._view.palette(), outlined=outlined)
            painter.end()
        return known

    def _blank(self, width: int, height: int) -> QPixmap:
        picture = QPixmap(round(width * self._ratio), round(height * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        return picture


class TableDelegate(QStyledItemDelegate):
    """Paints every cell of ``rows`` itself: one pass, the same in both themes. ``prepare`` comes before each paint."""

    def __init__(self, view: QTableView, rows: PagedTableModel[Any]) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self._look_of: tuple[Tokens, str, float] | None = None
        self._framed_row = -1
        self._first_column = CHECK_COLUMN
        self.prepare()

    def prepare(self) -> None:
        """Take notice of what all cells of the coming paint share."""
        view = self._view
        look_of = (tokens_of(view.palette()), view.font().key(), view.devicePixelRatioF())
        if look_of != self._look_of:
            self._look_of = look_of
            self._look = _Look(view, look_of[0], look_of[2])
        self._framed_row = view.currentIndex().row() if view.hasFocus() else -1
        self._first_column = view.horizontalHeader().logicalIndex(0)

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        position, section = index.row(), index.column()
        rect, state, look = option.rect, option.state, self._look
        selected = bool(state & _SELECTED)
        if selected:
            painter.fillRect(rect, look.selected)
        elif state & _UNDER_POINTER:
            painter.fillRect(rect, look.under_pointer)
        else:
            painter.fillRect(rect, look.grounds[position % 2])
        row = self._rows.row(position)
        if row is None:
            self._rows.want(position)
            _paint_placeholder(painter, rect.adjusted(PADDING, 0, -PADDING, 0), look.line)
        elif section == CHECK_COLUMN:
            picture = look.box(self._rows.check_state_of(row))
            painter.drawPixmap(rect.left() + (rect.width() - ROW_HEIGHT) // 2, rect.top(), picture)
        else:
            self._paint_value(painter, rect, section, row, selected)
        if position == self._framed_row:
            self._paint_frame(painter, rect, section)

    def sizeHint(self, option: Option, index: Index) -> QSize:
        text = str(index.data() or "")
        if index.data(CHIP_ROLE):
            return QSize(chip_width(text, option.font) + 2 * PADDING, ROW_HEIGHT)
        return QSize(option.fontMetrics.horizontalAdvance(text) + 2 * PADDING + 2, ROW_HEIGHT)

    def editorEvent(self, event: QEvent, model: object, option: Option, index: Index) -> bool:
        """The whole cell of a box takes the click; keys are the view's."""
        if index.column() != CHECK_COLUMN or isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.MouseButtonDblClick:
            return True
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            if event.button() != Qt.MouseButton.LeftButton:
                return False
            unchecked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
            state = Qt.CheckState.Checked if unchecked else Qt.CheckState.Unchecked
            return bool(index.model().setData(index, state, Qt.ItemDataRole.CheckStateRole))
        return False

    def _paint_value(self, painter: QPainter, rect: QRect, section: int, row: Any, selected: bool) -> None:
        column = self._rows.columns[section - 1]
        width = rect.width() - 2 * PADDING
        if column.chip:
            top = rect.top() + (ROW_HEIGHT - CHIP_HEIGHT) // 2
            painter.drawPixmap(rect.left() + PADDING, top, self._look.chip(column.shown(row), width, selected))
            return
        painter.setPen(self._look.text)
        area = rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(area, _TEXT_FLAGS[column.align], self._look.elided(column.shown(row), width))

    def _paint_frame(self, painter: QPainter, rect: QRect, section: int) -> None:
        """A frame around the current row while the list has the keyboard."""
        accent = self._look.accent
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), accent)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), accent)
        if section == self._first_column:
            painter.fillRect(QRect(rect.left(), rect.top(), _FOCUS_BAR, rect.height()), accent)


def _paint_placeholder(painter: QPainter, area: QRect, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    bar = QRectF(area.left(), area.center().y() - _PLACEHOLDER_HEIGHT / 2, area.width() * 0.7, _PLACEHOLDER_HEIGHT)
    painter.drawRoundedRect(bar, _PLACEHOLDER_HEIGHT / 2, _PLACEHOLDER_HEIGHT / 2)
    painter.restore()
