"""Somebody who pays bills at the window: the real program on the simulated Celcoin, both on the bank's clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bancointegra.banks.http import Timeouts
from bancointegra.bootstrap.demo import MemoryVault
from bancointegra.bootstrap.desk import Desk
from bancointegra.bootstrap.program import Program
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.documentos import Documento
from bancointegra.domain.pagamento import Pagamento, SituacaoPagamento
from bancointegra.simulator import Simulator
from bancointegra.simulator.celcoin.model import Payment
from bancointegra.system.paths import app_paths
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.pagamento.actions import PaymentAction
from bancointegra.ui.theme import Theme
from tests.end_to_end.clerk import WAIT_MS
from tests.new_data import new_data_file

READ_TIMEOUT = 1.0
MENU = ("Financeiro", "Contas a Pagar", "Pagamento de Contas")


class PayingClerk:
    """Each ``start`` is one start of the program on the same data, until ``leave``."""

    def __init__(self, qtbot: QtBot, application: QApplication, bank: Simulator, folder: Path) -> None:
        self.qtbot, self.bank = qtbot, bank
        self._application, self._folder = application, folder
        self.credentials = bank.provision_celcoin()

    def start(self) -> PayingClerk:
        paths = app_paths({}, self._folder / "dados")
        new_data_file(paths.store_file)
        self.program = Program(
            paths,
            vault=MemoryVault(),
            timeouts=Timeouts(connect=2, read=READ_TIMEOUT),
            quem="carla",
            clock=self.bank.bank.clock,
        )
        self.program.use_boleto_folder(self._folder / "boletos")
        self._save_conta()
        self.jobs = Jobs()
        settings = QSettings(str(self._folder / "window.ini"), QSettings.Format.IniFormat)
        self.desk = Desk(self.program, jobs=self.jobs, theme=Theme(self._application, settings), settings=settings)
        self.desk.open()
        self.desk.window.resize(1366, 728)
        self.page = self.desk.payments.open()
        self.wait(lambda: self.page.conta is not None and "pagamento" in self.page.pagamentos.found_text)
        return self

    def leave(self) -> None:
        self.desk.window.close()
        self.jobs.shutdown()
        self.desk.window.deleteLater()
        self.program.close()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def consult(self, linha: str) -> None:
        """Type the code, and Enter."""
        self.page.code.clear()
        self.qtbot.keyClicks(self.page.code.field, linha)
        self.qtbot.keyClick(self.page.code.field, Qt.Key.Key_Return)
        self.wait(lambda: not self.page.is_busy)

    def press(self, action: PaymentAction) -> None:
        """A button of the bill in hand."""
        self.click(self.page.card.buttons[action])

    def press_in_list(self, action: PaymentAction) -> None:
        self.click(self.page.pagamentos.buttons[action])

    def see(self, situacao: SituacaoPagamento) -> Pagamento:
        """Wait until the bill in hand has this status; returns it."""

        def shown() -> bool:
            pagamento = self.page.card.pagamento
            visible = self.page.card.isVisible() and not self.page.is_busy
            return visible and pagamento is not None and pagamento.situacao is situacao

        self.wait(shown)
        pagamento = self.page.card.pagamento
        assert pagamento is not None
        return pagamento

    def statuses(self) -> list[str]:
        """The chips of the list, top to bottom."""
        model = self.page.pagamentos.list.model
        return [str(model.index(row, 1).data()) for row in range(model.rowCount())]

    def read_message(self) -> str:
        """What a message says; it is closed."""
        self.wait(lambda: isinstance(QApplication.activeModalWidget(), MessageDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MessageDialog)
        dialog.accept()
        return dialog.message

    @property
    def balance(self) -> int:
        """In cents, at Celcoin."""
        return self.bank.bank.celcoin.balance(self.credentials.client_id)

    def captured(self, linha: str) -> int:
        """How many payments of the line are confirmed and not undone."""
        return sum(payment.captured is not None for payment in self.taken(linha))

    def taken(self, linha: str) -> list[Payment]:
        """What has taken money for the line, and not given it back."""
        known = self.bank.bank.celcoin.payments(linha)
        return [p for p in known if p.client_id == self.credentials.client_id and p.taken > 0]

    def click(self, button: QPushButton) -> None:
        self.wait(lambda: button.isVisible() and button.isEnabled())
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def _save_conta(self) -> None:
        contas = self.program.services.pagamentos.conta
        known = contas.por_mnemonico("CELCOIN")
        conta = ContaPagamento(
            id=known.id if known else 0,
            mnemonico="CELCOIN",
            ambiente=Ambiente.SIMULACAO,
            client_id=self.credentials.client_id,
            pagador=Documento("11222333000181"),
            nome="EMPRESA EXEMPLO LTDA",
            terminal="escritorio-1",
            host=self.bank.hosts.celcoin,
            ca_path=str(self.bank.ca_path),
        )
        contas.salvar(conta, self.credentials.client_secret)
