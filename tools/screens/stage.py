"""What a rendered screen may use, and how it says that it exists."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from bancointegra.ui.jobs import Jobs
from bancointegra.ui.theme import Theme

TODAY = date(2026, 11, 23)
_PATIENCE = 20.0


@dataclass(frozen=True)
class Stage:
    """The program around a screen. ``window_size`` is what fits a 1366 × 768 display at this scale."""

    application: QApplication
    theme: Theme
    jobs: Jobs
    settings: QSettings
    folder: Path
    window_size: tuple[int, int]

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Let the event loop turn until ``condition`` holds. Raises ``TimeoutError``."""
        end = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the screen did not get ready")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


@dataclass(frozen=True)
class Screen:
    """One picture: ``make`` returns the widget to show, ``ready`` prepares it once it is shown (focus, data, popups).

    A window gets the stage's size; a dialog (``is_window`` false) keeps its own.
    """

    name: str
    make: Callable[[Stage], QWidget]
    ready: Callable[[QWidget, Stage], None] | None = None
    is_window: bool = False
