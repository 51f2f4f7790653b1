"""What a list shows while it has nothing: what it will show, what is going on, how to go on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

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
        self._text.setFixedWidth(_TEXT_WIDTH)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.action_button = button("")
        self.action_button.clicked.connect(self._act)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        for widget in (self._icon, self._title, self._text, self.action_button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
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
