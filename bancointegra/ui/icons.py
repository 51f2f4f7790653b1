"""Lucide icons in the colours of the theme.

``decorate`` remembers what it put on a button or action, so that a change of theme can paint it again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from bancointegra.ui.palette import tokens_of
from bancointegra.ui.resources import ICONS

DEFAULT_SIZE = 16
_STROKE = ('stroke-width="2"', 'stroke-width="1.75"')
_PROPERTY = "bancointegraIcon"


class Decorated(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon, /) -> None: ...

    def setProperty(self, name: str, value: object, /) -> bool: ...


def pixmap(name: str, role: str = "text", size: int = DEFAULT_SIZE, ratio: float = 1.0) -> QPixmap:
    """Paint the icon ``name`` (a file of resources/icons) in the token ``role``; ``size`` in logical pixels."""
    return _paint(name, getattr(tokens_of(QGuiApplication.palette()), role), size, ratio)


def icon(name: str, role: str = "text", gap: int = 0) -> QIcon:
    """The icon for today's theme and screens, with a muted disabled state. It does not follow a change of theme.

    ``gap`` is empty room at its right, in logical pixels.
    """
    tokens = tokens_of(QGuiApplication.palette())
    result = QIcon()
    for ratio in sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}):
        result.addPixmap(_paint(name, getattr(tokens, role), DEFAULT_SIZE, ratio, gap))
        result.addPixmap(_paint(name, tokens.control, DEFAULT_SIZE, ratio, gap), QIcon.Mode.Disabled)
    return result


def decorate(target: Decorated, name: str, role: str = "text", gap: int = 0) -> None:
    """Give a button or action an icon that follows the theme."""
    target.setProperty(_PROPERTY, f"{name}:{role}:{gap}")
    target.setIcon(icon(name, role, gap))


def repaint_icons() -> None:
    """Paint every decorated icon again, after the theme changed."""
    _paint.cache_clear()
    for top in QApplication.topLevelWidgets():
        _repaint_one(top)
        for kind in (QWidget, QAction):
            for child in top.findChildren(kind):
                _repaint_one(child)


def application_icon() -> QIcon:
    return QIcon(str(ICONS / "bancointegra.svg"))


def _repaint_one(target: QObject) -> None:
    decoration = target.property(_PROPERTY)
    if decoration:
        name, role, gap = str(decoration).split(":")
        target.setIcon(icon(name, role, int(gap)))  # type: ignore[attr-defined]  # whatever has an icon


def svg_text(name: str, colour: str) -> str:
    """The SVG of an icon with its stroke in ``colour``."""
    source = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    return source.replace("currentColor", colour).replace(*_STROKE)


@lru_cache(maxsize=512)
def _paint(name: str, colour: str, size: int, ratio: float, gap: int = 0) -> QPixmap:
    image = QPixmap(round((size + gap) * ratio), round(size * ratio))
    image.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg_text(name, colour).encode())).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
