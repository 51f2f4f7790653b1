"""The program with a window, from start to end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings

from bancointegra.bootstrap.desk import Desk
from bancointegra.bootstrap.program import Program, open_program, program_paths
from bancointegra.domain.errors import AppError
from bancointegra.system.logging_setup import stop_logging
from bancointegra.system.paths import manual_dir
from bancointegra.system.single_instance import single_instance
from bancointegra.system.vault import vault_file
from bancointegra.ui.app import create_application
from bancointegra.ui.feedback import MessageDialog, Tone
from bancointegra.ui.first_run import FirstRunPage
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.master_password import MasterPasswordAsker

if TYPE_CHECKING:
    from bancointegra.bootstrap.demo import Demo  # the simulated bank would delay every start


class Session(QObject):
    """What lives from the first window to the last: application, background work, and what must be closed."""

    def __init__(self, config: Path) -> None:
        super().__init__()
        self.settings = QSettings(str(config / "window.ini"), QSettings.Format.IniFormat)
        self.application, self.theme = create_application(sys.argv[:1], self.settings)
        self.jobs = Jobs()
        self._closing = ExitStack()
        self._desk: Desk | None = None
        self._first_window: MainWindow | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.jobs.shutdown()
        self._closing.close()
        stop_logging()  # Windows removes no folder with an open file in it

    def run(self, start: Callable[[], None]) -> int:
        """Let ``start`` show a window and stay until the last one is closed; returns the process status."""
        try:
            start()
        except AppError as error:
            self._tell(error)
            return 1
        return self.application.exec()

    def keep(self, close: Callable[[], object]) -> None:
        """Close this at the end, the last kept first."""
        self._closing.callback(close)

    def hold(self, folder: Path) -> None:
        """Be the only window on this data folder. Raises ``RuleError`` when there is one."""
        self._closing.enter_context(single_instance(folder))

    def show_desk(self, program: Program) -> Desk:
        """Open the window on the work."""
        self._desk = Desk(program, jobs=self.jobs, theme=self.theme, settings=self.settings)
        self._desk.open()
        if self._first_window is not None:
            self._first_window.close()
            self._first_window = None
        return self._desk

    def show_first_run(self, program: Program, demo: Demo) -> None:
        """The window that offers the simulation or an account, and becomes the desk of what was chosen."""
        window = MainWindow(jobs=self.jobs, theme=self.theme, settings=self.settings, screens=(), manual=manual_dir())
        page = FirstRunPage(self.jobs, experimentar=demo.open, parent=window)
        page.ready.connect(self.show_desk)
        page.conta_wanted.connect(lambda: self.show_desk(program).open_conta())
        self.keep(demo.close)
        window.show_home(page)
        window.show()
        self._first_window = window

    def _tell(self, error: AppError) -> None:
        dialog = MessageDialog(None, Tone.WARNING, error.title, error.message, hint=error.hint)
        dialog.add_button("Fechar", dialog.accept, default=True)
        dialog.exec()


def run_window(data: Path | None) -> int:
    """Open the program on real data; returns the process status."""
    paths = program_paths(data)
    with Session(paths.config) as session:

        def start() -> None:
            session.hold(paths.data)
            asker = MasterPasswordAsker(lambda: not vault_file(paths.data).exists())
            program = open_program(data, ask_password=asker)
            session.keep(program.close)
            if program.services.busca.contas():
                session.show_desk(program)
            else:
                from bancointegra.bootstrap.demo import Demo, demo_folder

                session.show_first_run(program, Demo(demo_folder(data)))

        return session.run(start)


def run_demo_window(folder: Path) -> int:
    """Open the program on the simulated bank in ``folder``; returns the process status."""
    from bancointegra.bootstrap.demo import Demo

    with Session(folder / "dados" / "config") as session:

        def start() -> None:
            session.hold(folder)
            demo = Demo(folder)
            session.keep(demo.close)
            session.show_desk(demo.open())

        return session.run(start)
