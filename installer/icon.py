"""The program's icon for Windows and the wizard's banner, drawn from the same picture as the window's icon."""

from __future__ import annotations

import io
import os
from pathlib import Path

from installer.stage import ROOT

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
PICTURE = ROOT / "resources" / "icons" / "bancointegra.svg"
_BANNER, _BLUE = (164, 314), "#0B5CAD"
_ON_BANNER = 96


def write_pictures(icon: Path, banner: Path) -> None:
    """Write an ``.ico``, each size drawn by itself and not scaled from another, and the wizard's ``.bmp``."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    drawn = [Image.open(io.BytesIO(_drawn(size))) for size in SIZES]
    drawn[-1].save(icon, sizes=[(size, size) for size in SIZES], append_images=drawn[:-1])
    side = Image.new("RGB", _BANNER, _BLUE)
    emblem = Image.open(io.BytesIO(_drawn(_ON_BANNER)))
    side.paste(emblem, ((_BANNER[0] - _ON_BANNER) // 2, (_BANNER[1] - _ON_BANNER) // 3), emblem)
    side.save(banner)
    del application


def _drawn(size: int) -> bytes:
    """The picture as PNG."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QIcon

    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QIcon(str(PICTURE)).pixmap(size, size).save(buffer, "PNG")
    return bytes(content.data())
