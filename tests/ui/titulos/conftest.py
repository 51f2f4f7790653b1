"""The page Títulos a Receber over an office of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.titulo import TituloFilter, TituloSort
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.titulos.page import TitulosPage
from bancointegra.ui.titulos.services import TitulosServices
from tests.ui.integracao.escritorio import Escritorio, novo


@dataclass
class Mesa:
    """A clerk's desk: the page, the office behind it, and what the page told."""

    qtbot: QtBot
    office: Escritorio
    page: TitulosPage
    conta: ContaBancaria
    ids: dict[str, int]
    said: list[str] = field(default_factory=list)
    at_the_bank: list[tuple[str, bool]] = field(default_factory=list)

    def shown(self) -> list[str]:
        """The títulos in the list, top to bottom."""
        model = self.page.list.model
        return [model.index(position, 1).data() for position in range(model.rowCount())]

    def choose(self, titulo: str) -> None:
        """Let the keyboard be at a row."""
        assert self.page.list.go_to(self.ids[titulo])
        self.page.list.table.setFocus()
        self.qtbot.waitUntil(lambda: self.page.list.current is not None and self.page.list.current.titulo == titulo)

    def dialog(self, kind: type[QWidget]) -> Any:
        """The dialog of that kind on top; waits for it."""
        self.qtbot.waitUntil(lambda: type(QApplication.activeModalWidget()) is kind)
        return QApplication.activeModalWidget()

    def wait_list(self, *titulos: str) -> None:
        """Until exactly these are listed."""
        self.qtbot.waitUntil(lambda: sorted(self.shown()) == sorted(titulos))

    def press(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(widget, key, modifier)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of one account with three títulos PENDENTE, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("escritorio")
    office = Escritorio(folder)
    office.add_titulos(
        office.add_conta(),
        [
            novo(1001, "MERCADO AURORA LTDA", "11.222.333/0001-81", "1.250,00"),
            novo(1002, "JOÃO BATISTA DE SOUZA", "529.982.247-25", "380,40"),
            novo(1003, "PADARIA SÃO JORGE ME", "12.ABC.345/01DE-35", "2.114,90", parcela="2"),
        ],
    )
    office.close()
    return folder


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Iterator[Escritorio]:
    shutil.copytree(filled, tmp_path / "escritorio")
    office = Escritorio(tmp_path / "escritorio")
    yield office
    office.close()


@pytest.fixture
def mesa(qtbot: QtBot, jobs: Jobs, settings: QSettings, office: Escritorio) -> Iterator[Mesa]:
    """The third of its títulos is registered."""
    [conta] = office.busca.contas()
    rows = office.busca.page(TituloFilter(conta.id), TituloSort.TITULO, False, 0, 10)
    ids = {row.titulo: row.id for row in rows}
    office.registro.registrar(ids["1003/2"], gerar_pdf=False)
    page = TitulosPage(
        jobs=jobs,
        services=TitulosServices(office.busca, office.titulos, office.pagadores),
        clock=office.clock,
        settings=settings,
    )
    desk = Mesa(qtbot, office, page, conta, ids)
    page.status_changed.connect(lambda text, _tone: desk.said.append(text))
    page.bank_wanted.connect(lambda _conta, row, alterar: desk.at_the_bank.append((row.titulo, alterar)))
    page.resize(1300, 700)
    with qtbot.waitExposed(page):
        page.show()
    desk.wait_list("1001/1", "1002/1", "1003/2")
    yield desk
    jobs.shutdown()
    if isValid(page):
        delete(page)
