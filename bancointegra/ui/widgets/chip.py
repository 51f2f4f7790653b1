"""A status: a word in a chip with a dot, painted alike in a table and as a widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from bancointegra.ui.palette import chip_of

HEIGHT = 20
_PADDING = 8
_DOT = 6
_GAP = 6
_OUTLINE_ALPHA = 0.4


def chip_font(base: QFont) -> QFont:
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() - 1)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def chip_width(status: str, base: QFont) -> int:
    """How wide the chip of ``status`` is, in logical pixels."""
    return round(QFontMetricsF(chip_font(base)).horizontalAdvance(status)) + 2 * _PADDING + _DOT + _GAP


def paint_chip(
    painter: QPainter, area: QRectF, status: str, base: QFont, palette: QPalette, *, outlined: bool = False
) -> None:
    """Paint the chip at the left of ``area``, centred in its height; a word too long for it is elided.

    ``outlined`` keeps its shape visible on a coloured ground, such as a selected row.
    """
    chip = chip_of(palette, status)
    width = min(chip_width(status, base), area.width())
    box = QRectF(area.left(), area.center().y() - HEIGHT / 2, width, HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(chip.ground))
    painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
    if outlined:
        outline = QColor(chip.ink)
        outline.setAlphaF(_OUTLINE_ALPHA)
        painter.setPen(outline)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), HEIGHT / 2, HEIGHT / 2)
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(chip.ink))
    painter.drawEllipse(QPointF(box.left() + _PADDING + _DOT / 2, box.center().y()), _DOT / 2, _DOT / 2)
    painter.setPen(QColor(chip.ink))
    painter.setFont(chip_font(base))
    words = box.adjusted(_PADDING + _DOT + _GAP, 0, -_PADDING + 1, 0)
    text = QFontMetricsF(painter.font()).elidedText(status, Qt.TextElideMode.ElideRight, words.width() + 1)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


class StatusChip(QWidget):
    """A chip by itself, for a detail panel."""

    def __init__(self, status: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._status = ""
        self.set_status(status)

    @property
    def status(self) -> str:
        return self._status

    def set_status(self, status: str) -> None:
        self._status = status
        self.setAccessibleName(status)
        self.setVisible(bool(status))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._status, self.font()), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._status, self.font(), self.palette())
        painter.end()
