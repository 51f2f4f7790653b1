"""Waiting, shown where one looks, and only when there is waiting."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from bancointegra.ui.jobs import JobHandle, Progress
from bancointegra.ui.style import button, label, named

APPEARS_AFTER_MS = 500
_BAR_WIDTH = 140


class InlineProgress(QWidget):
    """A bar, “41/128” and [Parar] for one job at a time.

    ``keeps_place``: nothing jumps when it appears, for its room stays empty meanwhile.
    """

    def __init__(self, parent: QWidget | None = None, *, keeps_place: bool = True) -> None:
        super().__init__(parent)
        self._handle: JobHandle | None = None
        self._text = label("", "muted")
        self._bar = named(QProgressBar(textVisible=False), "Andamento")
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._count = label("")
        self.stop_button = button("Parar", "circle-stop", tooltip="Parar após os que já foram enviados")
        self.stop_button.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._text, self._bar, self._count, self.stop_button):
            row.addWidget(widget)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(keeps_place)
        self.setSizePolicy(policy)
        self._timer = QTimer(self, singleShot=True, interval=APPEARS_AFTER_MS)
        self._timer.timeout.connect(self.show)
        self.hide()

    def watch(self, handle: JobHandle, text: str = "", *, can_stop: bool = True) -> None:
        """Follow ``handle`` until it ends; appears after half a second."""
        self._handle = handle
        self._text.setText(text)
        self._count.clear()
        self._bar.setRange(0, 0)
        self.stop_button.setVisible(can_stop)
        self.stop_button.setEnabled(True)
        self.stop_button.setText("Parar")
        handle.progressed.connect(self._show_progress)
        handle.ended.connect(self._end)
        self._timer.start()

    @property
    def count(self) -> str:
        """What is written beside the bar, such as ``41/128``."""
        return self._count.text()

    def _show_progress(self, progress: Progress) -> None:
        if self.sender() is not self._handle:
            return
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._count.setText(f"{progress.done}/{progress.total}" if progress.total else "")
        if progress.text:
            self._text.setText(progress.text)

    def _stop(self) -> None:
        if self._handle:
            self._handle.cancel()
            self.stop_button.setEnabled(False)
            self.stop_button.setText("Parando…")

    def _end(self) -> None:
        if self.sender() is self._handle:
            self._handle = None
            self._timer.stop()
            self.hide()
