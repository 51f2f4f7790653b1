"""The panel beside a list: the details of its current row, or why there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from bancointegra.ui.style import button, label
from bancointegra.ui.widgets.card import Card

_NARROWEST, _WIDEST = 264, 304


class SidePanel(Card):
    """``content`` is a column to fill with widgets; a subclass calls ``show_content`` when they say the right thing."""

    retry_requested = Signal()

    def __init__(self, name: str, nothing: str, margins: tuple[int, int, int, int], parent: QWidget | None) -> None:
        """``nothing`` is what is said while no row is current; ``margins`` are those of ``content``."""
        super().__init__(parent, margin=0)
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDEST)
        self.setAccessibleName(name)
        self._nothing = nothing
        self._empty = self._build_empty()
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("role", "transparent")
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(*margins)
        self.content.setSpacing(4)
        self._scroll.setWidget(inside)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        self.body.addLayout(self._stack)
        self.show_nothing()

    def show_nothing(self) -> None:
        self._say(self._nothing)
        self.retry_button.hide()

    def show_error(self, message: str) -> None:
        self._say(message)
        self.retry_button.show()

    def show_content(self) -> None:
        self._stack.setCurrentWidget(self._scroll)

    def _say(self, text: str) -> None:
        self.empty_label.setText(text)
        self._stack.setCurrentWidget(self._empty)

    def _build_empty(self) -> QWidget:
        self.empty_label = label("", "muted", wrap=True)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.retry_button = button("Tentar de novo")
        self.retry_button.clicked.connect(self.retry_requested)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(24, 16, 24, 16)
        column.addStretch(1)
        column.addWidget(self.empty_label)
        column.addWidget(self.retry_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return empty
