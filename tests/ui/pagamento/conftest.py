"""The page over an office of its own, with a small Celcoin behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.pagamento.actions import PaymentAction
from bancointegra.ui.pagamento.page import PagamentoPage
from bancointegra.ui.pagamento.services import PagamentoServices
from tests.services.pay_office import PayFolder, PayOffice

Dialog = TypeVar("Dialog", bound=QDialog)


def services_of(office: PayOffice, quem: str = "maria") -> PagamentoServices:
    """What the screen calls, for one user."""
    window = office.open_window(quem)
    return PagamentoServices(
        busca=window.busca,
        pagamento=window.pagamento,
        verificacao=window.verificacao,
        aprovacao=window.aprovacao,
        agenda=window.agenda,
        ocorrencias=window.ocorrencias,
        convenios=window.convenios,
        contas=window.conta,
        comprovantes=window.comprovantes,
        leitura=window.leitura,
        lote=window.lote,
    )


@dataclass
class Mesa:
    """A clerk's desk: the page, the office behind it, and what the page told."""

    qtbot: QtBot
    office: PayOffice
    page: PagamentoPage
    opened: list[Path] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def ready(self) -> Mesa:
        """Wait until the account and the list are there."""
        self.qtbot.waitUntil(lambda: self.page.conta is not None and not self.page.is_busy)
        self.qtbot.waitUntil(lambda: "pagamento" in self.page.pagamentos.found_text)
        return self

    def consultar(self, linha: str) -> None:
        """Type the code and click Consultar."""
        self.page.code.clear()
        self.qtbot.keyClicks(self.page.code.field, linha)
        self.qtbot.mouseClick(self.page.code.consultar_button, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: not self.page.is_busy)

    def click(self, action: PaymentAction) -> None:
        """A button of the card."""
        self._press(self.page.card.buttons[action])

    def click_in_list(self, action: PaymentAction) -> None:
        self._press(self.page.pagamentos.buttons[action])

    def dialog(self, kind: type[Dialog]) -> Dialog:
        """The dialog open now; waits for it."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        return found

    def answer(self, yes: bool = True) -> str:
        """Sim or Não to the question that is open; returns what it asked."""
        dialog = self.dialog(MessageDialog)
        (dialog.accept if yes else dialog.reject)()
        return dialog.message

    def read_message(self) -> str:
        """What a message says; it is closed."""
        dialog = self.dialog(MessageDialog)
        dialog.accept()
        return dialog.message

    def dialog_hint(self) -> str:
        """What stands below the question that is open."""
        return self.dialog(MessageDialog).hint

    def situacao(self, pagamento_id: int) -> SituacaoPagamento:
        return self.office.situacao(pagamento_id)

    @property
    def shown(self) -> SituacaoPagamento | None:
        """The status of the bill in hand."""
        pagamento = self.page.card.pagamento
        return pagamento.situacao if pagamento and self.page.card.isVisible() else None

    def wait_for(self, situacao: SituacaoPagamento) -> None:
        """Until the bill in hand has this status and nothing runs."""
        self.qtbot.waitUntil(lambda: self.shown is situacao and not self.page.is_busy)

    def rows(self, column: str = "situacao") -> list[str]:
        """What a column of the list shows."""
        model = self.page.pagamentos.list.model
        section = [each.key for each in model.columns].index(column) + 1
        return [str(model.index(row, section).data()) for row in range(model.rowCount())]

    def wait_rows(self, *texts: str, column: str = "situacao") -> None:
        self.qtbot.waitUntil(lambda: self.rows(column) == list(texts))

    def _press(self, button: QPushButton) -> None:
        self.qtbot.waitUntil(lambda: button.isEnabled() and button.isVisible())
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture(scope="module")
def pay_folder(tmp_path_factory):
    folder = PayFolder(tmp_path_factory.mktemp("pagamentos"))
    yield folder
    folder.store.close()


@pytest.fixture
def office(pay_folder):
    return PayOffice(pay_folder)


@pytest.fixture
def new_mesa(qtbot: QtBot, jobs: Jobs, settings: QSettings, office: PayOffice):
    """Opens a page over the office, for one user; several are several workstations."""
    pages: list[PagamentoPage] = []

    def make(quem: str = "maria") -> Mesa:
        opened: list[Path] = []
        page = PagamentoPage(
            jobs=jobs,
            services=services_of(office, quem),
            clock=office.clock,
            settings=settings,
            open_path=opened.append,
        )
        pages.append(page)
        desk = Mesa(qtbot, office, page, opened)
        page.status_changed.connect(lambda text, _tone: desk.said.append(text))
        page.resize(1342, 640)
        with qtbot.waitExposed(page):
            page.show()
        return desk

    yield make
    for page in pages:
        if isValid(page):
            page.close()
            delete(page)
    jobs.shutdown()


@pytest.fixture
def mesa(new_mesa) -> Mesa:
    return new_mesa().ready()
