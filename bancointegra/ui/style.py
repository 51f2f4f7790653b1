"""Small helpers around the style sheet."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QWidget

from bancointegra.ui.icons import DEFAULT_SIZE, decorate

_ICON_GAP = 4
"""Between icon and text of a button; Qt's own is too narrow."""

Named = TypeVar("Named", bound=QWidget)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet selects by, and have it looked at again when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label; ``role`` is one of the sheet's (label, muted, small, strong, heading, amount …)."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    return result


def plain_tip(text: str) -> str:
    """A tooltip that shows ``text`` as it is, though it look like HTML: names and the bank's words are others'."""
    return f"<qt>{html.escape(text)}</qt>" if "<" in text else text


def field_label(text: str, buddy: QWidget) -> QLabel:
    """The label of a field; it also gives the field its accessible name."""
    result = label(text, "label")
    result.setBuddy(buddy)
    buddy.setAccessibleName(text.replace("&", ""))
    return result


def button(text: str, icon_name: str = "", *, primary: bool = False, tooltip: str = "") -> QPushButton:
    """A push button; ``primary`` marks the one action that matters now (see ``set_primary``)."""
    result = QPushButton(text)
    result.setToolTip(tooltip)
    result.setProperty("iconName", icon_name)
    set_primary(result, primary)
    return result


def set_primary(target: QPushButton, primary: bool) -> None:
    """Make a button of ``button`` the primary one, or an ordinary one again."""
    set_property(target, "primary", primary)
    if icon_name := target.property("iconName"):
        target.setIconSize(QSize(DEFAULT_SIZE + _ICON_GAP, DEFAULT_SIZE))
        decorate(target, icon_name, "on_accent" if primary else "text", _ICON_GAP)


def link_button(text: str, *, warning: bool = False) -> QPushButton:
    """A button that reads as a link."""
    result = QPushButton(text)
    result.setProperty("role", "link-warning" if warning else "link")
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    return result


def tool_button(icon_name: str, name: str, *, role: str = "square") -> QToolButton:
    """A button that is only an icon; ``name`` is its tooltip and accessible name."""
    result = QToolButton()
    result.setProperty("role", role)
    result.setToolTip(name)
    decorate(result, icon_name, "muted")
    return named(result, name)


def icon_action(parent: QWidget, icon_name: str, tooltip: str, on_trigger: Callable[[], None]) -> QAction:
    """An action for the end of a field."""
    result = QAction(parent)
    result.setToolTip(tooltip)
    result.triggered.connect(lambda: on_trigger())
    decorate(result, icon_name, "muted")
    return result


def named(widget: Named, name: str) -> Named:
    """Give a widget the name a screen reader says; returns the widget."""
    widget.setAccessibleName(name)
    return widget


def hairline() -> QFrame:
    result = QFrame()
    result.setProperty("role", "hairline")
    return result
