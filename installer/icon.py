"""The program's icon for Windows, drawn from the same picture as the window's."""

from __future__ import annotations

import os
from pathlib import Path

from installer.stage import ROOT

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
PICTURE = ROOT / "resources" / "icons" / "bancointegra.svg"


def write_icon(path: Path) -> None:
    """Write an ``.ico`` with each size drawn by itself, not scaled from another."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QGuiApplication, QIcon

    application = QGuiApplication.instance() or QGuiApplication([])
    drawn = []
    for size in SIZES:
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QIcon(str(PICTURE)).pixmap(size, size).save(buffer, "PNG")
        with Path(path.with_suffix(f".{size}.png")).open("wb") as file:
            file.write(content.data())
        drawn.append(Image.open(path.with_suffix(f".{size}.png")))
    drawn[-1].save(path, sizes=[(size, size) for size in SIZES], append_images=drawn[:-1])
    for image in drawn:
        image.close()
        Path(str(image.filename)).unlink()
    del application
