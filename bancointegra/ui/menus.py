"""Builds nested menus from paths of titles, with a letter to press in each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from bancointegra.ui.icons import decorate


class MenuTree:
    """The menu bar by path: a menu is made when its first entry is added.

    Keep it as long as the bar: it holds the menus, which PySide would otherwise take away.
    """

    def __init__(self, bar: QMenuBar) -> None:
        self._bar = bar
        self._menus: dict[tuple[str, ...], QMenu] = {}
        self._letters: dict[tuple[str, ...], set[str]] = {}

    def menu(self, path: tuple[str, ...]) -> QMenu:
        """The menu at ``path``, such as ``("Financeiro", "Banco")``."""
        if path not in self._menus:
            title = self._with_letter(path[:-1], path[-1])
            above = self.menu(path[:-1]) if len(path) > 1 else self._bar
            self._menus[path] = QMenu(title, above)
            above.addMenu(self._menus[path])
        return self._menus[path]

    def add(
        self, path: tuple[str, ...], title: str, run: Callable[[], None], *, icon: str = "", shortcut: str = ""
    ) -> QAction:
        """Add an entry below ``path``."""
        menu = self.menu(path)
        action = QAction(self._with_letter(path, title), menu)
        action.triggered.connect(lambda: run())
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        if icon:
            decorate(action, icon, "muted")
        menu.addAction(action)
        return action

    def _with_letter(self, path: tuple[str, ...], title: str) -> str:
        """Mark the first letter no neighbour uses."""
        taken = self._letters.setdefault(path, set())
        for at, letter in enumerate(title.casefold()):
            if letter.isalpha() and letter not in taken:
                taken.add(letter)
                return f"{title[:at]}&{title[at:]}"
        return title
