"""What a list shows while it has nothing: what it will show, what is going on, how to go on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bancointegra.ui.icons import pixmap
from bancointegra.ui.style import button, label

_ICON_SIZE = 36
_TEXT_WIDTH = 420


class EmptyState(QWidget):
    """An icon, a title, a sentence, and one way on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = "inbox"
        self._on_action: Callable[[], None] | None = None
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = label("", "strong")
        self._text = label("", "muted", wrap=True)
        self._text.setMaximumWidth(_TEXT_WIDTH)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.action_button = button("")
        self.action_button.clicked.connect(self._act)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._icon)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(_centred(self._text))
        column.addWidget(self.action_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    @property
    def title(self) -> str:
        return self._title.text()

    def show_state(
        self,
        icon_name: str,
        title: str,
        text: str,
        *,
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        self._icon_name = icon_name
        self._title.setText(title)
        self._text.setText(text)
        self._on_action = on_action
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))
        self._paint_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self._paint_icon()

    def _paint_icon(self) -> None:
        self._icon.setPixmap(pixmap(self._icon_name, "muted", _ICON_SIZE, self.devicePixelRatioF()))

    def _act(self) -> None:
        if self._on_action:
            self._on_action()


def _centred(widget: QWidget) -> QHBoxLayout:
    """Centred, and free to become narrower and higher (an alignment flag would fix its size)."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, 100)
    row.addStretch(1)
    return row
