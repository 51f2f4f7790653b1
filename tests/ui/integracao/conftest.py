"""The page over an office of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from bancointegra.domain.situacao import Situacao
from bancointegra.ui.integracao.page import IntegracaoPage
from bancointegra.ui.jobs import Jobs
from tests.ui.integracao.escritorio import Escritorio, PreferencesInMemory, novo


@dataclass
class Mesa:
    """A clerk's desk: the page, the office behind it, and what the page told."""

    qtbot: QtBot
    office: Escritorio
    page: IntegracaoPage
    preferences: PreferencesInMemory
    ids: dict[str, int]
    opened: list[Path] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    a_confirmar: list[int] = field(default_factory=list)

    def pesquisar(self, *situacoes: Situacao) -> None:
        """Check these statuses, click Pesquisar, and wait for the list."""
        for situacao, box in self.page.filters.boxes.items():
            box.setChecked(situacao in situacoes)
        with self.qtbot.waitSignal(self.page.list.model.order_known):
            self.page.filters.search_button.click()

    def marcar(self, *titulos: str) -> None:
        """Check these rows."""
        model = self.page.list.model
        positions = [model.position_of(self.ids[titulo]) for titulo in titulos]
        model.check([position for position in positions if position is not None], True)
        self.qtbot.waitUntil(lambda: self.page.actions_bar.selection_text.startswith(str(len(titulos))))

    def status(self, titulo: str) -> str:
        """What the column Status shows of a título."""
        model = self.page.list.model
        section = [column.key for column in model.columns].index("situacao") + 1
        return str(model.index(model.position_of(self.ids[titulo]), section).data())

    def dialog(self) -> QDialog:
        """The dialog open now; waits for it."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def wait_idle(self) -> None:
        """Until no batch runs and the end was told."""
        self.qtbot.waitUntil(lambda: not self.page.is_busy)


@pytest.fixture
def office(tmp_path):
    office = Escritorio(tmp_path)
    yield office
    office.close()


@pytest.fixture
def new_page(qtbot: QtBot, jobs: Jobs, settings: QSettings, office: Escritorio):
    """Opens a page over the office; a second one remembers what the first one left."""
    pages: list[IntegracaoPage] = []

    def make(ids: dict[str, int] | None = None, office: Escritorio = office) -> Mesa:
        preferences = PreferencesInMemory(office.pasta)
        opened: list[Path] = []
        page = IntegracaoPage(
            jobs=jobs,
            services=office.services,
            clock=office.clock,
            settings=settings,
            preferences=preferences,
            open_path=opened.append,
        )
        pages.append(page)
        desk = Mesa(qtbot, office, page, preferences, ids or {}, opened)
        page.status_changed.connect(lambda text, _tone: desk.said.append(text))
        page.a_confirmar_changed.connect(desk.a_confirmar.append)
        page.resize(1500, 800)
        with qtbot.waitExposed(page):
            page.show()
        return desk

    yield make
    office.bank.door.set()
    for page in pages:
        if isValid(page):
            page.close()
            delete(page)
    jobs.shutdown()


@pytest.fixture
def mesa(new_page, office: Escritorio) -> Mesa:
    """One account, four títulos PENDENTE, the account already chosen."""
    conta = office.add_conta()
    ids = office.add_titulos(
        conta,
        [
            novo(1001, "MERCADO AURORA LTDA", "11.222.333/0001-81", "1.250,00"),
            novo(1002, "JOÃO BATISTA DE SOUZA", "529.982.247-25", "380,40"),
            novo(1003, "PADARIA SÃO JORGE ME", "12.ABC.345/01DE-35", "2.114,90", parcela="2"),
            novo(1010, "PAPELARIA ESTRELA", "04.252.011/0001-10", "212,35"),
        ],
    )
    desk = new_page(ids)
    desk.qtbot.waitUntil(lambda: desk.page.filters.conta is not None)
    desk.qtbot.waitUntil(desk.page.actions_bar.gerar_pdf.isEnabled)
    return desk
