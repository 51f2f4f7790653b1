import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bancointegra.simulator import Simulator
from tests.end_to_end.clerk import Clerk, seated
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
    with office.program() as program, seated(Clerk, qtbot, qapp, program, tmp_path) as clerk:
        yield clerk
