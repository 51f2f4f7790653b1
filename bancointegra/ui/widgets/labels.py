"""Labels that shorten themselves, and text to be copied."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bancointegra.ui.icons import decorate
from bancointegra.ui.style import label, plain_tip, tool_button
from bancointegra.ui.theme import mono_font

_COPIED_MS = 1500


class ElidedLabel(QLabel):
    """One line that ends in “…” when it does not fit; the tooltip then has it all."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._full = ""
        self.set_text(text)

    @property
    def full_text(self) -> str:
        return self._full

    def set_text(self, text: str) -> None:
        self._full = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("MMM…"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(plain_tip(self._full) if shown != self._full else "")


class CopyableText(QWidget):
    """A monospaced text that can be selected, with a button that copies ``copied`` (or the text itself)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copied = ""
        self._text = label(wrap=True)
        self._text.setFont(mono_font())
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setAccessibleName(name)
        self.copy_button = tool_button("copy", f"Copiar {name}")
        self.copy_button.clicked.connect(self.copy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        return self._text.text()

    def set_text(self, shown: str, copied: str = "") -> None:
        self._text.setText(shown)
        self._copied = copied or shown
        self.copy_button.setEnabled(bool(shown))

    def copy(self) -> None:
        """Put it on the clipboard; a tick says so for a moment."""
        QGuiApplication.clipboard().setText(self._copied)
        decorate(self.copy_button, "check", "success")
        QTimer.singleShot(_COPIED_MS, self, lambda: decorate(self.copy_button, "copy", "muted"))
