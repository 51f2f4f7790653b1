"""The page over a real program: real store and key files, secrets in memory, the simulated bank over TLS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from bancointegra.bootstrap.program import Program
from bancointegra.domain.conta import ContaBancaria
from bancointegra.simulator import SimulatedCredentials, Simulator
from bancointegra.ui.conta.page import ContaPage
from bancointegra.ui.conta.services import ContaServices
from bancointegra.ui.jobs import Jobs
from tests.ui.conta.escritorio import CLIENT_ID, criar_conta, open_program


@dataclass
class Mesa:
    """A clerk's desk: the page, the program behind it, the bank, and what the page told."""

    qtbot: QtBot
    program: Program
    bank: Simulator
    page: ContaPage
    said: list[str] = field(default_factory=list)
    changed: list[bool] = field(default_factory=list)

    def dialog(self) -> QDialog:
        """The dialog open now; waits for it."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def wait_shown(self, mnemonico: str) -> None:
        """Until the form shows that account, stored."""
        self.qtbot.waitUntil(lambda: self.page.form.title.text() == mnemonico and not self.page.form.is_dirty)

    def stored(self, mnemonico: str) -> ContaBancaria:
        [found] = [c for c in self.program.services.conta.todas() if c.mnemonico == mnemonico]
        return found


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(tmp_path_factory.mktemp("banco")) as simulator:
        yield simulator


@pytest.fixture
def credentials(bank: Simulator) -> SimulatedCredentials:
    return bank.provision(client_id=CLIENT_ID)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    program = open_program(tmp_path / "dados")
    yield program
    program.close()


@pytest.fixture
def new_page(qtbot: QtBot, jobs: Jobs, program: Program, bank: Simulator):
    """Opens the page over the program."""
    pages: list[ContaPage] = []

    def make() -> Mesa:
        services = program.services
        page = ContaPage(
            jobs=jobs,
            services=ContaServices(services.conta, services.certificado, services.assistente, services.teste_conexao),
            clock=program.clock,
        )
        pages.append(page)
        mesa = Mesa(qtbot, program, bank, page)
        page.status_changed.connect(lambda text, _tone: mesa.said.append(text))
        page.contas_changed.connect(lambda: mesa.changed.append(True))
        page.resize(1366, 640)
        with qtbot.waitExposed(page):
            page.show()
        return mesa

    yield make
    for page in pages:
        if isValid(page):
            delete(page)
    jobs.shutdown()


@pytest.fixture
def mesa(new_page, program: Program, bank: Simulator, credentials: SimulatedCredentials) -> Mesa:
    """Two accounts at the simulated bank; ITAU-MATRIZ is shown."""
    criar_conta(program, bank, credentials)
    criar_conta(program, bank, credentials, mnemonico="ITAU-FILIAL", agencia="0262", conta="81234")
    opened: Mesa = new_page()
    opened.wait_shown("ITAU-FILIAL")
    opened.page.contas.list.setCurrentRow(1)
    opened.wait_shown("ITAU-MATRIZ")
    return opened
