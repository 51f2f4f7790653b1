"""The bar below the list: what is selected, the PDF option, and one button for each action of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from bancointegra.domain.titulo import TituloRow
from bancointegra.ui.integracao.actions import BankAction, availability
from bancointegra.ui.integracao.texts import selection_line
from bancointegra.ui.jobs import JobHandle
from bancointegra.ui.style import button, label, set_primary, tool_button
from bancointegra.ui.widgets.inline_progress import APPEARS_AFTER_MS, InlineProgress
from bancointegra.ui.widgets.labels import ElidedLabel

GERAR_PDF = "Gerar PDF ao registrar Boleto"


class ActionBar(QWidget):
    """Draws the ``actions`` it is given; the first that can act is the accent button."""

    triggered = Signal(BankAction)
    gerar_pdf_changed = Signal(bool)
    folder_requested = Signal()

    def __init__(self, actions: Sequence[BankAction], parent: QWidget) -> None:
        super().__init__(parent)
        self._selected = label("", "strong")
        self._sum = ElidedLabel("", "muted")
        self.gerar_pdf = QCheckBox(GERAR_PDF)
        self.folder_button = tool_button("folder-open", "Escolher a pasta dos boletos em PDF")
        self.progress = InlineProgress()
        _give_back_its_place(self.progress)
        self.buttons = {action: self._action_button(action) for action in actions}
        self._swap = QTimer(self, singleShot=True, interval=APPEARS_AFTER_MS)
        self._swap.timeout.connect(lambda: self._show_buttons(False))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        for widget in (self._selected, self._sum, self.gerar_pdf, self.folder_button):
            row.addWidget(widget)
        row.insertSpacing(2, 8)
        row.addStretch(1)
        row.addWidget(self.progress)
        for action_button in self.buttons.values():
            row.addWidget(action_button)
        self.gerar_pdf.toggled.connect(self.gerar_pdf_changed)
        self.folder_button.clicked.connect(self.folder_requested)

    @property
    def selection_text(self) -> str:
        """``3 selecionados R$ 3.410,00``."""
        return f"{self._selected.text()} {self._sum.full_text}".strip()

    def show_selection(self, checked: Sequence[TituloRow], current: TituloRow | None, *, busy: bool) -> None:
        """Say what is selected, and let each button judge it. Without a check, the current row is what counts."""
        selected, total = selection_line(checked, current)
        self._selected.setText(selected)
        self._sum.set_text(total)
        rows = checked or ([current] if current else [])
        primary_given = False
        for action, action_button in self.buttons.items():
            able = availability(action, rows, busy=busy)
            action_button.setEnabled(able.enabled)
            action_button.setToolTip(able.tooltip)
            action_button.setAccessibleDescription(able.tooltip)
            set_primary(action_button, able.enabled and not primary_given)
            primary_given = primary_given or able.enabled

    def show_preferences(self, gerar_pdf: bool, folder: Path) -> None:
        with QSignalBlocker(self.gerar_pdf):
            self.gerar_pdf.setChecked(gerar_pdf)
        self.gerar_pdf.setToolTip(f"Os boletos registrados são gravados em {folder}")
        self.folder_button.setToolTip(f"Pasta dos boletos em PDF: {folder}")

    def watch(self, handle: JobHandle, text: str) -> None:
        """Show how the batch advances in the place of the buttons, which cannot act meanwhile."""
        self.progress.watch(handle, text)
        self._swap.start()
        handle.ended.connect(self._end)

    def stop(self) -> None:
        """What Parar does."""
        self.progress.stop_button.click()

    def _end(self) -> None:
        self._swap.stop()
        self._show_buttons(True)

    def _show_buttons(self, shown: bool) -> None:
        for action_button in self.buttons.values():
            action_button.setVisible(shown)

    def _action_button(self, action: BankAction) -> QPushButton:
        result = button(action.label, action.icon)
        result.setAutoDefault(True)
        result.clicked.connect(lambda: self.triggered.emit(action))
        # A shortcut of its own, so that a key pressed in vain can say why nothing happened.
        shortcut = QShortcut(QKeySequence(action.shortcut), self)
        shortcut.activated.connect(lambda: self.triggered.emit(action))
        return result


def _give_back_its_place(progress: QWidget) -> None:
    policy = progress.sizePolicy()
    policy.setRetainSizeWhenHidden(False)
    progress.setSizePolicy(policy)
