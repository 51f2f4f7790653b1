"""How a cell is painted: text, chips, boxes to check, placeholders, and a focus that is always visible."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QTableView

from bancointegra.ui.palette import tokens_of
from bancointegra.ui.table.model import CHECK_COLUMN, CHIP_ROLE, LOADING_ROLE
from bancointegra.ui.tokens import Tokens
from bancointegra.ui.widgets.chip import chip_width, paint_chip

PADDING = 8
ROW_HEIGHT = 32
BOX = 16
_RADIUS = 4
_FOCUS_BAR = 3
_PLACEHOLDER_HEIGHT = 8

Index = QModelIndex | QPersistentModelIndex
Option = Any
"""A ``QStyleOptionViewItem``; PySide's type hints do not know its fields."""


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


class TableDelegate(QStyledItemDelegate):
    """Paints every cell itself: one pass, the same in both themes."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        tokens = tokens_of(option.palette)
        painter.save()
        self._paint_ground(painter, option, index, tokens)
        area = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        if index.data(LOADING_ROLE):
            index.data()  # asks the model to load it
            _paint_placeholder(painter, area, tokens)
        elif index.column() == CHECK_COLUMN:
            state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
            paint_box(painter, QRectF(option.rect).center(), state, tokens)
        elif index.data(CHIP_ROLE):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            paint_chip(painter, QRectF(area), index.data(), option.font, option.palette, outlined=selected)
        else:
            _paint_text(painter, area, option, index, tokens)
        self._paint_focus(painter, option, index, tokens)
        painter.restore()

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

    def _paint_ground(self, painter: QPainter, option: Option, index: Index, tokens: Tokens) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            ground = tokens.accent_soft
        elif option.state & QStyle.StateFlag.State_MouseOver:
            ground = tokens.hover
        else:
            ground = tokens.stripe if index.row() % 2 else tokens.surface
        painter.fillRect(option.rect, QColor(ground))

    def _paint_focus(self, painter: QPainter, option: Option, index: Index, tokens: Tokens) -> None:
        """A frame around the current row while the list has the keyboard."""
        if not self._view.hasFocus() or self._view.currentIndex().row() != index.row():
            return
        accent, rect = QColor(tokens.accent), option.rect
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), accent)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), accent)
        if self._view.horizontalHeader().visualIndex(index.column()) == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), _FOCUS_BAR, rect.height()), accent)


def _paint_text(painter: QPainter, area: QRect, option: Option, index: Index, tokens: Tokens) -> None:
    painter.setFont(option.font)
    painter.setPen(QColor(tokens.text))
    text = option.fontMetrics.elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)


def _paint_placeholder(painter: QPainter, area: QRect, tokens: Tokens) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.line))
    bar = QRectF(area.left(), area.center().y() - _PLACEHOLDER_HEIGHT / 2, area.width() * 0.7, _PLACEHOLDER_HEIGHT)
    painter.drawRoundedRect(bar, _PLACEHOLDER_HEIGHT / 2, _PLACEHOLDER_HEIGHT / 2)
