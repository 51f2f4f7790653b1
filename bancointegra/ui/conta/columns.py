"""Cards in two columns that scroll, or in one when the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

_GAP = 12
_ROOM_FOR_TWO = 900
"""Width from which two columns of fields can be read."""


class TwoColumns(QScrollArea):
    """Gives wrapped texts the height they need: a scroll area of Qt does not ask for it."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = QWidget()
        self._page.setProperty("role", "transparent")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        self._columns.setContentsMargins(0, _GAP, 0, 0)
        self._columns.setSpacing(_GAP)
        for cards in (left, right):
            column = QVBoxLayout()
            column.setSpacing(_GAP)
            for each in cards:
                column.addWidget(each)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._page)
        self._page.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        two = self.viewport().width() >= _ROOM_FOR_TWO
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom)
        # One below the other they share no height: each keeps its own.
        for at in range(self._columns.count()):
            self._columns.setStretch(at, 1 if two else 0)
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._page.setMinimumHeight(self._columns.totalHeightForWidth(self._page.width()))
        return super().eventFilter(watched, event)
