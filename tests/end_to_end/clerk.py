"""Somebody at the window, for end-to-end tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from bancointegra.bootstrap.desk import Desk
from bancointegra.bootstrap.program import Program
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.integracao.actions import REGISTRAR, BankAction
from bancointegra.ui.integracao.confirm_dialog import ConfirmDialog
from bancointegra.ui.integracao.sections import Section
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.theme import Theme

Dialog = TypeVar("Dialog", bound=QDialog)
Somebody = TypeVar("Somebody", bound="Clerk")

WAIT_MS = 20_000


class Clerk:
    """Sits at the window; does only what hands can do, and sees only what is on the screen."""

    def __init__(self, qtbot: QtBot, desk: Desk, program: Program) -> None:
        self.qtbot, self.desk, self.program = qtbot, desk, program
        self.page = desk.integracao

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def search(self) -> None:
        self.wait(lambda: self.page.conta is not None)
        with self.qtbot.waitSignal(self.page.list.model.modelReset, timeout=WAIT_MS):
            self.click(self.page.filters.search_button)
        self.wait(lambda: self.page.list.model.rowCount() > 0)

    def check(self, count: int) -> None:
        table = self.page.list.table
        self.wait(lambda: self.page.list.model.rowCount() >= count)  # how many were found may be known before
        table.setFocus()
        for row in range(count):
            table.setCurrentIndex(self.page.list.model.index(row, 0))
            self.qtbot.keyClick(table, Qt.Key.Key_Space)
        self.wait(lambda: len(self.page.list.checked) == count)

    def press(self, action: BankAction) -> None:
        button = self.page.actions_bar.buttons[action]
        self.wait(button.isEnabled)
        self.click(button)

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def dialog(self, kind: type[Dialog], *, containing: str = "") -> Dialog:
        """The one dialog of that kind on the screen, once it is there (and, for a message, says ``containing``)."""

        def shown() -> list[Dialog]:
            found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
            return [w for w in found if containing in getattr(w, "message", "")]

        self.wait(lambda: len(shown()) == 1)
        return shown()[0]

    def read_and_close(self) -> str:
        dialog = self.dialog(MessageDialog)
        text = dialog.message
        dialog.accept()
        return text

    def register(self, count: int) -> None:
        self.check(count)
        self.press(REGISTRAR)
        self.click(self.dialog(ConfirmDialog).yes_button)

    def statuses(self) -> list[str]:
        """The status chips, from the first row down."""
        model = self.page.list.model
        rows = [model.row(position) for position in range(model.rowCount())]
        return ["A CONFIRMAR" if row.a_confirmar else row.situacao.value for row in rows if row]

    def answer(self, text: str, *, containing: str = "") -> str:
        """Press the button ``text`` of the message shown; returns what the message said."""
        dialog = self.dialog(MessageDialog, containing=containing)
        (wanted,) = [b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text]
        said = dialog.message
        self.click(wanted)
        return said

    def go_to(self, section: Section) -> None:
        """Click the section in the tree."""
        tree = self.page.sections
        tree.root.setExpanded(True)
        item = tree.visualItemRect(tree.item_of(section))
        place = QPoint(tree.viewport().width() // 2, item.center().y())
        self.qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


@contextmanager
def seated(
    kind: type[Somebody], qtbot: QtBot, qapp: QApplication, program: Program, folder: Path
) -> Iterator[Somebody]:
    """A clerk at the open window of ``program``; boletos and settings go to ``folder``."""
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    jobs = Jobs()
    program.use_boleto_folder(folder / "boletos")
    theme = Theme(qapp, settings)
    desk = Desk(program, jobs=jobs, theme=theme, settings=settings)
    desk.open()
    desk.window.resize(1366, 728)
    yield kind(qtbot, desk, program)
    desk.window.close()
    jobs.shutdown()
    delete(desk.window)
    delete(theme)  # or it would restyle every window of later tests
    qapp.setStyleSheet("")
