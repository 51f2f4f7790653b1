"""Where the pictures of the manual are taken: waits until something is on the screen, and keeps a small PNG of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from bancointegra.ui.widgets.labels import ElidedLabel

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "manual" / "imagens"
WINDOWS_FOLDER = r"C:\Rezende\IntegracaoBancaria"
COLOURS = 256
LARGEST = 120_000
PATIENCE_SECONDS = 30
PAUSE_MS = 500
"""Longer than the pauses the screens make while one types."""
Dialog = TypeVar("Dialog", bound=QDialog)


class Studio:
    """Waits until something is on the screen, and takes its picture."""

    def __init__(self, boletos: Path) -> None:
        self._boletos = boletos
        PICTURES.mkdir(parents=True, exist_ok=True)

    def settle(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("the screen did not get there in time")
            QTest.qWait(20)

    def dialog(self, kind: type[Dialog]) -> Dialog:
        """The dialog that is open, once it is."""

        def found() -> list[Dialog]:
            return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

        self.settle(lambda: bool(found()))
        return found()[-1]

    def answer(self, dialog: QWidget, text: str) -> None:
        """Click a button by its words."""
        [button] = [b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text and b.isVisible()]
        self.settle(button.isEnabled)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def shoot(self, name: str, widget: QWidget, target: Path | None = None) -> None:
        QTest.qWait(PAUSE_MS)
        self._name_windows_folder(widget)
        save(widget.grab().toImage(), target or PICTURES / f"{name}.png")

    def _name_windows_folder(self, widget: QWidget) -> None:
        """The folder as the clerk will see it, not where this script happens to write."""
        own = str(self._boletos)
        for label in widget.findChildren(QLabel):
            text = label.full_text if isinstance(label, ElidedLabel) else label.text()
            if own in text:
                changed = text.replace(own, WINDOWS_FOLDER)
                label.set_text(changed) if isinstance(label, ElidedLabel) else label.setText(changed)


def save(image: QImage, target: Path) -> None:
    """Write a small PNG: a screen has few colours, so a palette of the commonest loses nothing one can see."""
    opaque = image.convertToFormat(QImage.Format.Format_RGB32)
    counts: dict[int, int] = {}
    for row in range(opaque.height()):
        for value in memoryview(opaque.constScanLine(row)).cast("I"):
            counts[value] = counts.get(value, 0) + 1
    palette = [value | 0xFF000000 for value in sorted(counts, key=counts.__getitem__, reverse=True)[:COLOURS]]
    small = opaque.convertToFormat(QImage.Format.Format_Indexed8, palette, Qt.ImageConversionFlag.AvoidDither)
    if not small.save(str(target), "PNG", 0):
        raise OSError(f"not written: {target}")
    if target.stat().st_size > LARGEST:
        print(f"{target.name} has {target.stat().st_size:,} bytes", file=sys.stderr)


def save_page(pdf: Path, target: Path) -> None:
    """The first page of a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=1.35).to_pil().convert("RGB")
    image = QImage(page.tobytes(), page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888)
    save(image.copy(), target)
