"""Tabs that paint their page anew only when the page asks for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTabWidget, QWidget


class CalmTabs(QTabWidget):
    """Qt's own paint the whole page whenever the text of any label in it may have changed its size."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            return QWidget.event(self, event)
        return super().event(event)
