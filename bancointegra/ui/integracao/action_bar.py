"""The bar below the list: what is selected, the PDF option, and one button for each action of the section."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QPushButton, QWidget

from bancointegra.domain.titulo import TituloRow
from bancointegra.ui.integracao.actions import BankAction, availability
from bancointegra.ui.integracao.texts import selection_line
from bancointegra.ui.jobs import JobHandle
from bancointegra.ui.style import button, label, set_primary, tool_button
from bancointegra.ui.widgets.inline_progress import APPEARS_AFTER_MS, InlineProgress
from bancointegra.ui.widgets.labels import ElidedLabel

GERAR_PDF = "Gerar PDF ao registrar Boleto"
_MARGIN, _SPACING = 16, 8


class ActionBar(QWidget):
    """Draws a button for each of ``actions`` that ``show_actions`` wants; the first suggested one has the accent.

    On a narrow window the buttons take a line of their own.
    """

    triggered = Signal(BankAction)
    gerar_pdf_changed = Signal(bool)
    folder_requested = Signal()

    def __init__(self, actions: Sequence[BankAction], parent: QWidget) -> None:
        super().__init__(parent)
        self._selected = label("", "strong")
        self._sum = ElidedLabel("", "muted")
        self.gerar_pdf = QCheckBox(GERAR_PDF)
        self.folder_button = tool_button("folder-open", "Escolher a pasta dos boletos em PDF")
        self.progress = InlineProgress(keeps_place=False)
        self._actions: tuple[BankAction, ...] = tuple(actions)
        self._shortcuts: dict[BankAction, QShortcut] = {}
        self.buttons = {action: self._action_button(action) for action in actions}
        self._watching = False
        self._swap = QTimer(self, singleShot=True, interval=APPEARS_AFTER_MS)
        self._swap.timeout.connect(lambda: self._show_buttons(False))
        self._told = _line(self._selected, self._sum, self.gerar_pdf, self.folder_button)
        self._told.insertSpacing(2, _SPACING)
        self._told.addStretch(1)
        self._asked = _line(self.progress, *self.buttons.values())
        self._asked.insertStretch(0, 1)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(_MARGIN, _SPACING, _MARGIN, _SPACING)
        self._lines.setSpacing(_SPACING)
        self._lines.addLayout(self._told, 1)
        self._lines.addLayout(self._asked)
        self.gerar_pdf.toggled.connect(self.gerar_pdf_changed)
        self.folder_button.clicked.connect(self.folder_requested)

    @property
    def selection_text(self) -> str:
        """``3 selecionados R$ 3.410,00``."""
        return f"{self._selected.text()} {self._sum.full_text}".strip()

    @property
    def shown(self) -> tuple[QPushButton, ...]:
        """The buttons of the section, left to right."""
        return tuple(self.buttons[action] for action in self._actions)

    def show_actions(self, actions: Sequence[BankAction], *, offers_pdf: bool) -> None:
        """Offer only these; the keys of the others do nothing."""
        self._actions = tuple(actions)
        for action in actions:
            self._asked.removeWidget(self.buttons[action])
            self._asked.addWidget(self.buttons[action])
        for action, shortcut in self._shortcuts.items():
            shortcut.setEnabled(action in actions)
            self.buttons[action].setEnabled(False)
        self._show_buttons(not self.progress.isVisible())
        self.gerar_pdf.setVisible(offers_pdf)
        self.folder_button.setVisible(offers_pdf)
        self._fold()

    def show_selection(self, checked: Sequence[TituloRow], current: TituloRow | None, *, busy: bool) -> None:
        """Say what is selected, and let each button judge it. Without a check, the current row is what counts."""
        selected, total = selection_line(checked, current)
        self._selected.setText(selected)
        self._sum.set_text(total)
        rows = checked or ([current] if current else [])
        primary_given = False
        for action in self._actions:
            action_button = self.buttons[action]
            able = availability(action, rows, busy=busy)
            action_button.setEnabled(able.enabled)
            action_button.setToolTip(able.tooltip)
            action_button.setAccessibleDescription(able.tooltip)
            primary = able.enabled and action.suggested and not primary_given
            set_primary(action_button, primary)
            primary_given = primary_given or primary
        self._fold()

    def show_preferences(self, gerar_pdf: bool, folder: Path) -> None:
        with QSignalBlocker(self.gerar_pdf):
            self.gerar_pdf.setChecked(gerar_pdf)
        self.gerar_pdf.setToolTip(f"Os boletos registrados são gravados em {folder}")
        self.folder_button.setToolTip(f"Pasta dos boletos em PDF: {folder}")

    def watch(self, handle: JobHandle, text: str) -> None:
        """Show how the batch advances in the place of the buttons, which cannot act meanwhile."""
        self._watching = True
        self.progress.watch(handle, text)
        self._swap.start()
        handle.ended.connect(self._end)

    def stop(self) -> None:
        """What Parar does."""
        self.progress.stop_button.click()

    def minimumSizeHint(self) -> QSize:
        """As wide as its wider line: it may fold."""
        width = max(self._told.minimumSize().width(), self._asked.minimumSize().width())
        return QSize(width + 2 * _MARGIN, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        needed = self._told.sizeHint().width() + self._asked.minimumSize().width() + _SPACING + 2 * _MARGIN
        fits = needed <= self.width()
        if fits and self._watching:
            return  # the list would grow now and shrink at the end, painted anew each time
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction is not self._lines.direction():
            self._lines.setDirection(direction)

    def _end(self) -> None:
        self._watching = False
        self._swap.stop()
        self._show_buttons(True)

    def _show_buttons(self, shown: bool) -> None:
        for action, action_button in self.buttons.items():
            action_button.setVisible(shown and action in self._actions)

    def _action_button(self, action: BankAction) -> QPushButton:
        result = button(action.label, action.icon)
        result.setAutoDefault(True)
        result.clicked.connect(lambda: self.triggered.emit(action))
        # A shortcut of its own, so that a key pressed in vain can say why nothing happened.
        shortcut = QShortcut(QKeySequence(action.shortcut), self)
        shortcut.activated.connect(lambda: self.triggered.emit(action))
        self._shortcuts[action] = shortcut
        return result


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(_SPACING)
    for widget in widgets:
        line.addWidget(widget)
    return line
