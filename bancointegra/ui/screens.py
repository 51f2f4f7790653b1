"""What the menu of the main window is made of: screens and commands, given by the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from bancointegra.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """A screen that exists; there is no menu entry for one that does not.

    ``key`` names it (``open_screen(key)``), ``menu_path`` are the menus above its entry, ``factory`` makes the page the
    first time it is opened. ``shortcuts`` are the page's own keys, for the list in the help: (keys, what they do).
    """

    key: str
    menu_path: tuple[str, ...]
    title: str
    icon: str
    factory: Callable[[MainWindow], QWidget]
    shortcut: str = ""
    shortcuts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MenuCommand:
    """An entry of the menu that does something instead of opening a screen.

    ``checked`` makes it one that is on or off, and is asked each time the menu opens.
    """

    menu_path: tuple[str, ...]
    title: str
    icon: str
    run: Callable[[], None]
    shortcut: str = ""
    checked: Callable[[], bool] | None = None
