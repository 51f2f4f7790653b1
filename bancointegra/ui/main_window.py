"""The main window: menu, strip, tabs and status line. It navigates; pages own their subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from bancointegra.domain.conta import Ambiente
from bancointegra.ui import help as help_texts
from bancointegra.ui.ambiente_strip import AmbienteStrip
from bancointegra.ui.feedback import Tone
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.manual_window import KEY as MANUAL_KEY
from bancointegra.ui.manual_window import Manual
from bancointegra.ui.menus import MenuTree
from bancointegra.ui.screens import MenuCommand, ScreenEntry
from bancointegra.ui.status_line import StatusLine
from bancointegra.ui.theme import Theme, ThemeChoice
from bancointegra.ui.widgets.calm_tabs import CalmTabs
from bancointegra.ui.widgets.empty_state import EmptyState

_TITLE = "BancoIntegra"
_HELP = "Ajuda"
_GEOMETRY = "janela/geometria"
_FIRST_SIZE = QSize(1366, 728)
_MINIMUM_SIZE = QSize(900, 560)
_THEMES = {
    ThemeChoice.SISTEMA: ("Do sistema", "monitor"),
    ThemeChoice.CLARO: ("Claro", "sun"),
    ThemeChoice.ESCURO: ("Escuro", "moon"),
}


class MainWindow(QMainWindow):
    """``screens`` and ``commands`` become the menu. A closed tab keeps its page, and its state, until the end.

    ``manual`` is the folder of the clerk's manual; without it there is none in the menu.
    """

    a_confirmar_clicked = Signal()
    """The clerk wants to see what waits for the bank's word."""

    def __init__(
        self,
        *,
        jobs: Jobs,
        theme: Theme,
        settings: QSettings,
        screens: Sequence[ScreenEntry],
        commands: Sequence[MenuCommand] = (),
        open_boletos_folder: Callable[[], None] | None = None,
        manual: Path | None = None,
    ) -> None:
        super().__init__()
        self.manual = Manual(manual, settings, self) if manual else None
        self._jobs, self._theme, self._settings = jobs, theme, settings
        self._screens = {entry.key: entry for entry in screens}
        self._pages: dict[str, QWidget] = {}
        self._closing = False
        self._strip = AmbienteStrip()
        self.tabs = CalmTabs(tabsClosable=True, movable=True, documentMode=True)
        self.tabs.tabCloseRequested.connect(self._close_tab)
        self.tabs.currentChanged.connect(lambda _: self._retitle())
        self._nothing_open = EmptyState()
        self._middle = QStackedWidget()
        self._middle.addWidget(self._nothing_open)
        self._middle.addWidget(self.tabs)
        self.status = StatusLine()
        self.status.a_confirmar_clicked.connect(self.a_confirmar_clicked)
        self.setStatusBar(self.status)
        self._arrange()
        self._build_menu(commands, open_boletos_folder)
        self._offer_first_screen()
        self._restore_geometry()
        jobs.idle.connect(self._close_when_idle)

    # Screens

    def open_screen(self, key: str) -> QWidget:
        """Show the screen's tab, making the page the first time; returns the page."""
        entry = self._screens[key]
        if key not in self._pages:
            self._pages[key] = entry.factory(self)
        page = self._pages[key]
        if self.tabs.indexOf(page) < 0:
            self.tabs.addTab(page, entry.title)
        self.tabs.setCurrentWidget(page)
        self._middle.setCurrentWidget(self.tabs)
        self._retitle()
        return page

    def show_home(self, page: QWidget) -> None:
        """Show a page instead of the tabs, such as the first-run page; ``open_screen`` brings the tabs back."""
        self._middle.addWidget(page)
        self._middle.setCurrentWidget(page)

    # What the pages tell

    def say(self, text: str, tone: Tone = Tone.INFO) -> None:
        """Put the result of the last operation into the status line."""
        self.status.say(text, tone)

    def set_a_confirmar(self, count: int) -> None:
        self.status.set_a_confirmar(count)

    def set_certificate_days(self, days: int | None) -> None:
        self.status.set_certificate_days(days)

    def set_ambiente(self, ambiente: Ambiente | None) -> None:
        """Name where the orders of the current account go: on the strip and in the title bar."""
        self._strip.set_ambiente(ambiente)
        self._retitle()

    # Leaving

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for what was already sent: nothing new starts, and the window closes when the bank has answered."""
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        if not self._jobs.running_orders:
            if self.manual:
                self.manual.close()
            event.accept()
            return
        self._closing = True
        self._jobs.cancel_all()
        self.say("Esperando a resposta ao que já foi enviado ao banco; o programa fecha em seguida.", Tone.DOUBT)
        event.ignore()

    def _close_when_idle(self) -> None:
        if self._closing:
            self.close()

    # Building

    def _arrange(self) -> None:
        centre = QWidget()
        centre.setProperty("role", "page")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._middle, 1)
        self.setCentralWidget(centre)
        self.setMinimumSize(_MINIMUM_SIZE)
        QShortcut(QKeySequence("Ctrl+W"), self, lambda: self._close_tab(self.tabs.currentIndex()))

    def _build_menu(self, commands: Sequence[MenuCommand], open_boletos_folder: Callable[[], None] | None) -> None:
        self._menu = tree = MenuTree(self.menuBar())
        for entry in self._screens.values():
            open_it = _opener(self, entry.key)
            tree.add(entry.menu_path, entry.title, open_it, icon=entry.icon, shortcut=entry.shortcut)
        _add_commands(tree, [command for command in commands if command.menu_path[0] != _HELP])
        if open_boletos_folder:
            tree.add(("Ferramentas",), "Abrir pasta dos boletos", open_boletos_folder, icon="folder-open")
        self._build_theme_menu(tree)
        if self.manual:
            tree.add((_HELP,), "Manual", self._show_manual, icon="circle-question-mark", shortcut=MANUAL_KEY)
        tree.add((_HELP,), "Atalhos do teclado", self._show_shortcuts, icon="keyboard", shortcut="Ctrl+F1")
        _add_commands(tree, [command for command in commands if command.menu_path[0] == _HELP])
        tree.add((_HELP,), "Sobre", self._show_about, icon="info")

    def _build_theme_menu(self, tree: MenuTree) -> None:
        group = QActionGroup(self)
        for choice, (title, icon_name) in _THEMES.items():
            action = tree.add(("Ferramentas", "Tema"), title, _chooser(self._theme, choice), icon=icon_name)
            action.setCheckable(True)
            action.setChecked(choice is self._theme.choice)
            group.addAction(action)

    def _offer_first_screen(self) -> None:
        first = next(iter(self._screens.values()), None)
        self._nothing_open.show_state(
            "landmark",
            "Nenhuma tela aberta",
            "Escolha uma tela no menu Financeiro.",
            action=f"Abrir {first.title}" if first else "",
            on_action=_opener(self, first.key) if first else None,
        )

    def _show_manual(self) -> None:
        shown = self._middle.currentWidget()
        page = self.tabs.currentWidget() if shown is self.tabs else shown
        focus = self.focusWidget()
        if self.manual:
            self.manual.open_for(focus if focus and page and page.isAncestorOf(focus) else page)

    def _show_about(self) -> None:
        help_texts.show_about(self)

    def _show_shortcuts(self) -> None:
        menu = [
            (action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), action.text().replace("&", ""))
            for action in self.menuBar().findChildren(QAction)
            if not action.shortcut().isEmpty()
        ]
        screens = [(entry.title, entry.shortcuts) for entry in self._screens.values() if entry.shortcuts]
        sections = [
            ("Em todo o programa", help_texts.GENERAL_SHORTCUTS),
            ("No menu", menu),
            *screens,
            ("Nas listas", help_texts.LIST_SHORTCUTS),
            ("Nos campos", help_texts.FIELD_SHORTCUTS),
        ]
        help_texts.ShortcutsDialog(self, sections).open()

    def _close_tab(self, position: int) -> None:
        if position < 0:
            return
        self.tabs.removeTab(position)
        if self.tabs.count() == 0:
            self._middle.setCurrentWidget(self._nothing_open)
        self._retitle()

    def _retitle(self) -> None:
        open_title = self.tabs.tabText(self.tabs.currentIndex()) if self.tabs.count() else ""
        ambiente = self._strip.ambiente.value if self._strip.ambiente else ""
        self.setWindowTitle(" · ".join(part for part in (open_title, _TITLE, ambiente) if part))

    def _restore_geometry(self) -> None:
        stored = self._settings.value(_GEOMETRY)
        if stored is None or not self.restoreGeometry(stored):
            self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))


def _opener(window: MainWindow, key: str) -> Callable[[], None]:
    def open_it() -> None:
        window.open_screen(key)

    return open_it


def _add_commands(tree: MenuTree, commands: Sequence[MenuCommand]) -> None:
    for command in commands:
        path, run = command.menu_path, command.run
        action = tree.add(path, command.title, run, icon=command.icon, shortcut=command.shortcut)
        if command.checked is not None:
            action.setCheckable(True)
            tree.menu(path).aboutToShow.connect(_checker(action, command.checked))


def _checker(action: QAction, checked: Callable[[], bool]) -> Callable[[], None]:
    return lambda: action.setChecked(checked())


def _chooser(theme: Theme, choice: ThemeChoice) -> Callable[[], None]:
    return lambda: theme.choose(choice)
