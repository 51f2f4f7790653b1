import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from bancointegra.bootstrap.desk import Desk
from bancointegra.simulator import Simulator
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.theme import Theme
from tests.end_to_end.clerk import Clerk
from tests.end_to_end.office import CLIENT_ID, Office, open_office


@pytest.fixture(scope="session")
def new_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a bank with one client and no boletos: making its keys once saves a second a test."""
    folder = tmp_path_factory.mktemp("banco") / "novo"
    with Simulator(folder) as simulator:
        simulator.provision(client_id=CLIENT_ID)
    return folder


@pytest.fixture
def bank(tmp_path: Path, new_bank: Path) -> Iterator[Simulator]:
    shutil.copytree(new_bank, tmp_path / "banco")
    with Simulator(tmp_path / "banco") as simulator:
        yield simulator


@pytest.fixture
def office(tmp_path: Path, bank: Simulator) -> Office:
    return open_office(tmp_path / "dados", bank)


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, office: Office, tmp_path: Path) -> Iterator[Clerk]:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    jobs = Jobs()
    with office.program() as program:
        program.use_boleto_folder(tmp_path / "boletos")
        theme = Theme(qapp, settings)
        desk = Desk(program, jobs=jobs, theme=theme, settings=settings)
        desk.open()
        desk.window.resize(1366, 728)
        yield Clerk(qtbot, desk, program)
        desk.window.close()
        jobs.shutdown()
        delete(desk.window)
        delete(theme)  # or it would restyle every window of later tests
        qapp.setStyleSheet("")
