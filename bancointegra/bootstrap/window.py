"""The program with a window, from start to end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt

from bancointegra.bootstrap.copias import build_catalogo, restore_copy, settings_file
from bancointegra.bootstrap.desk import Desk
from bancointegra.bootstrap.program import Program, open_program, program_paths
from bancointegra.domain.conferencia import Conferencia
from bancointegra.domain.errors import AppError, StoreError
from bancointegra.system.logging_setup import stop_logging
from bancointegra.system.paths import AppPaths, manual_dir
from bancointegra.system.single_instance import single_instance
from bancointegra.system.vault import vault_file
from bancointegra.system.windows_identity import claim_taskbar, let_others_come_forward
from bancointegra.ui.app import create_application
from bancointegra.ui.copia.command import CopiaCommand
from bancointegra.ui.copia.leaving import copy_before_leaving, restoring_dialog, wait_for
from bancointegra.ui.copia.texts import restored
from bancointegra.ui.feedback import MessageDialog, Tone, show_error, show_message
from bancointegra.ui.first_run import FirstRunPage
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.master_password import MasterPasswordAsker
from bancointegra.ui.second_start import SecondStarts, hand_over, meeting_point

if TYPE_CHECKING:
    from bancointegra.bootstrap.demo import Demo  # the simulated bank would delay every start


class Session(QObject):
    """What lives from the first window to the last: application, background work, and what must be closed."""

    def __init__(self, config: Path) -> None:
        super().__init__()
        claim_taskbar()
        self.settings = QSettings(str(config / "window.ini"), QSettings.Format.IniFormat)
        self.application, self.theme = create_application(sys.argv[:1], self.settings)
        self.jobs = Jobs()
        self._closing = ExitStack()
        self._desk: Desk | None = None
        self._reopen: Callable[[], Program] | None = None
        self._first_window: MainWindow | None = None
        self._files: Sequence[Path] = ()

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
        status = self.application.exec()
        if self._desk is not None:
            copy_before_leaving(self.jobs, self._desk.program.services.copia)
        return status

    def keep(self, close: Callable[[], object]) -> None:
        """Close this at the end, the last kept first."""
        self._closing.callback(close)

    def hold(self, folder: Path) -> None:
        """Be the only window on this data folder. Raises ``RuleError`` when there is one."""
        self._closing.enter_context(single_instance(folder))

    def open_files(self, files: Sequence[Path]) -> None:
        """Certificate files begin their import, once there is a desk; the window comes forward."""
        if self._desk is not None:
            self._desk.workstation.open_files(files)
            return
        self._files = files
        if self._first_window is not None:
            self._first_window.raise_()
            self._first_window.activateWindow()

    def welcome_second_starts(self, folder: Path) -> None:
        """From now on a program started again on this data only calls this window."""
        starts = SecondStarts(meeting_point(folder), self)
        starts.called.connect(self.open_files)
        self.keep(starts.close)

    def show_desk(self, program: Program, reopen: Callable[[], Program]) -> Desk:
        """Open the window on the work; ``reopen`` makes the program anew after a copy was restored."""
        self._reopen = reopen
        self._desk = Desk(program, jobs=self.jobs, theme=self.theme, settings=self.settings)
        # Later, when the dialog that asked is gone: its window goes too.
        self._desk.copia.restore_confirmed.connect(self._restore, Qt.ConnectionType.QueuedConnection)
        self._desk.open()
        if self._files:
            self._desk.workstation.open_files(self._files)
            self._files = ()
        if self._first_window is not None:
            self._first_window.close()
            self._first_window = None
        return self._desk

    def show_first_run(self, program: Program, demo: Demo, reopen: Callable[[], Program]) -> None:
        """The window that offers the simulation or an account, and becomes the desk of what was chosen."""
        window = MainWindow(jobs=self.jobs, theme=self.theme, settings=self.settings, screens=(), manual=manual_dir())
        page = FirstRunPage(self.jobs, experimentar=demo.open, parent=window)
        page.ready.connect(lambda chosen: self.show_desk(chosen, demo.reopen))
        page.conta_wanted.connect(lambda: self.show_desk(program, reopen).open_conta())
        self.keep(demo.close)
        window.show_home(page)
        window.show()
        self._first_window = window

    def opened_or_restored(self, paths: AppPaths, open_it: Callable[[], Program]) -> Program:
        """The program on its data; when they are damaged, and the clerk wants it, on a copy that takes their place."""
        try:
            return open_it()
        except StoreError as error:
            if error.code != "dados_danificados":
                raise
            copy = self._offer_copies(error, paths)
            if copy is None:
                raise
        wait_for(self.jobs, restoring_dialog(), lambda _ctx: restore_copy(paths, copy))
        return open_it()

    def _restore(self, copy: Path) -> None:
        """Close the window and the data, let the copy take their place, and open both again."""
        desk, reopen = self._desk, self._reopen
        if desk is None or reopen is None:
            return
        program = desk.program
        self.application.setQuitOnLastWindowClosed(False)
        desk.window.close()
        self.jobs.shutdown()
        program.close()
        problem: AppError | None = None
        conferencias: tuple[Conferencia, ...] | None = None
        try:
            conferencias = wait_for(self.jobs, restoring_dialog(), lambda _ctx: restore_copy(program.paths, copy))
        except AppError as error:
            problem = error
        desk.window.deleteLater()
        desk.deleteLater()
        window = self.show_desk(reopen(), reopen).window
        self.application.setQuitOnLastWindowClosed(True)
        if problem is not None:
            show_error(window, problem)
        else:
            show_message(window, restored(len(conferencias or ())), title="Restaurar cópia de segurança")

    def _offer_copies(self, error: AppError, paths: AppPaths) -> Path | None:
        """Tell that the data are damaged; the copy the clerk chose to put in their place, if any."""
        question = MessageDialog(None, Tone.WARNING, error.title, error.message, hint=error.hint)
        question.add_button("Fechar", question.reject)
        question.add_button("Restaurar uma cópia…", question.accept, default=True)
        if not question.exec():
            return None
        chosen: list[Path] = []
        settings = settings_file(paths)
        command = CopiaCommand(
            None,
            self.jobs,
            build_catalogo(paths),
            None,
            lambda preferencias: settings.save(replace(settings.load(), copias=preferencias)),
        )
        command.restore_confirmed.connect(chosen.append)
        command.open().exec()
        return chosen[0] if chosen else None

    def _tell(self, error: AppError) -> None:
        dialog = MessageDialog(None, Tone.WARNING, error.title, error.message, hint=error.hint)
        dialog.add_button("Fechar", dialog.accept, default=True)
        dialog.exec()


def run_window(data: Path | None, files: Sequence[Path] = ()) -> int:
    """Open the program on real data, or the window that is open already; returns the process status.

    ``files`` are certificates to import.
    """
    paths = program_paths(data)
    with Session(paths.config) as session:
        let_others_come_forward()
        if hand_over(meeting_point(paths.data), files):
            return 0

        def start() -> None:
            session.hold(paths.data)
            session.welcome_second_starts(paths.data)
            session.open_files(files)
            asker = MasterPasswordAsker(lambda: not vault_file(paths.data).exists())

            def open_it() -> Program:
                opened = open_program(data, ask_password=asker)
                session.keep(opened.close)
                return opened

            program = session.opened_or_restored(paths, open_it)
            if program.services.busca.contas():
                session.show_desk(program, open_it)
            else:
                from bancointegra.bootstrap.demo import Demo, demo_folder

                session.show_first_run(program, Demo(demo_folder(data)), open_it)

        return session.run(start)


def run_demo_window(folder: Path) -> int:
    """Open the program on the simulated bank in ``folder``; returns the process status."""
    from bancointegra.bootstrap.demo import Demo

    with Session(folder / "dados" / "config") as session:

        def start() -> None:
            session.hold(folder)
            demo = Demo(folder)
            session.keep(demo.close)
            session.show_desk(demo.open(), demo.reopen)

        return session.run(start)
