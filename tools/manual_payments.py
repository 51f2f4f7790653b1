"""The manual's pictures of Pagamento de Contas; alone: ``python -m tools.manual_payments``."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"

from PySide6.QtTest import QTest

from bancointegra.bootstrap.demo import Demo
from bancointegra.bootstrap.desk import Desk
from bancointegra.bootstrap.window import Session
from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.ui.pagamento.actions import CANCELAR, COMPROVANTE, CONFIRMAR, PAGAR, PaymentAction
from bancointegra.ui.pagamento.comprovante_dialog import ComprovanteDialog
from bancointegra.ui.pagamento.conta_dialog import ContaPagamentoDialog
from bancointegra.ui.pagamento.lote_dialog import LoteDialog
from bancointegra.ui.theme import ThemeChoice
from tools.manual_studio import PAUSE_MS, PICTURES, Studio, save_page

WINDOW = (1240, 700)
README_PICTURE = PICTURES.parents[1] / "images" / "pagamento.png"
OVERDUE = "34197700070000000003400000000000200000000000000"
PLAIN = "00197700070000000001800000000000100000000000000"
CHANGEABLE = "23797700070000000002600000000000100000000000000"
COMES_BACK = "75697700060000000015800000000000400000000000000"
LOST = "03397700000000000012500000000000100000000000000"
WATER = "826400000004874516992037012310000000000000000000"
GAS = "836900000016599002212034012310000000000000000000"
S = SituacaoPagamento


class Payments:
    """The clerk pays bills on the simulated Celcoin."""

    def __init__(self, studio: Studio, desk: Desk, demo: Demo) -> None:
        self.studio, self.desk, self.demo = studio, desk, demo
        self.window = desk.window
        self.window.resize(*WINDOW)
        self.page = desk.payments.open()
        studio.settle(lambda: self.page.conta is not None)
        self.page.pagamentos.toggle_detail(False)

    def walk(self) -> None:
        """Every picture, in the order of a day."""
        os.environ["TZ"] = "America/Sao_Paulo"  # the hours of the pictures are the clerk's
        time.tzset()
        self.fill()
        self.pagar()
        self.listas()
        self.lote()
        self.conta()

    def fill(self) -> None:
        """What the list has from before: paid, sent back, given up, in doubt."""
        clock = self.demo.simulator.bank.clock
        clock.set(_tuesday())
        self.pay(COMES_BACK)
        clock.advance(days=2, seconds=4000)
        self.pay(GAS)
        self.consult(CHANGEABLE)
        self.press(PAGAR, S.AGUARDANDO_CONFIRMACAO)
        self.press(CANCELAR, S.CANCELADO)
        self.page.ocorrencias.fetch()
        self.studio.settle(lambda: bool(self.page.ocorrencias.found_text))

    def pagar(self) -> None:
        self.consult(OVERDUE)
        self.studio.shoot("pagar-consultado", self.window)
        self.press(PAGAR, S.AGUARDANDO_CONFIRMACAO)
        self.studio.shoot("pagar-reservado", self.window)
        self.studio.shoot("", self.window, README_PICTURE)
        self.press(CONFIRMAR, S.PAGO)
        self.page.card.buttons[COMPROVANTE].click()
        dialog = self.studio.dialog(ComprovanteDialog)
        self.studio.shoot("comprovante", dialog)
        services = self.desk.program.services.pagamentos.comprovantes
        paid = self.page.card.pagamento
        assert paid is not None
        save_page(services.gravar(services.ver(paid.id)), PICTURES / "comprovante-pdf.png")
        dialog.reject()
        self.page.close_card()

    def listas(self) -> None:
        self.page.pagamentos.toggle_detail(True)
        self.page.pagamentos.list.select(1)
        self.studio.shoot("pagamentos", self.window)
        self.page.pagamentos.toggle_detail(False)
        self.page.tabs.setCurrentWidget(self.page.ocorrencias)
        self.studio.shoot("ocorrencias", self.window)
        QTest.keyClicks(self.page.code.field, WATER)
        self.page.tabs.setCurrentWidget(self.page.convenios)
        self.studio.settle(lambda: bool(self.page.convenios.da_linha.text()))
        self.studio.shoot("convenios", self.window)
        self.page.code.clear()
        self.page.tabs.setCurrentWidget(self.page.pagamentos)

    def lote(self) -> None:
        self.page.open_lote()
        dialog = self.studio.dialog(LoteDialog)
        dialog.text.setPlainText("\n".join([PLAIN, WATER, LOST, PLAIN[:-1] + "1", PLAIN]))
        self.studio.settle(lambda: dialog.table.rowCount() > 0)
        self.studio.shoot("lote-de-contas", dialog)
        dialog.reject()

    def conta(self) -> None:
        self.page.conta_bar.open_settings()
        dialog = self.studio.dialog(ContaPagamentoDialog)
        dialog.edits["Servidor"].clear()  # where the simulated Celcoin happens to listen
        dialog.said.setText("Conexão feita. Saldo disponível: R$\u00a099.482,10.")
        dialog.said.show()
        self.studio.shoot("conta-celcoin", dialog)
        dialog.reject()

    def pay(self, linha: str) -> None:
        self.consult(linha)
        self.press(PAGAR, S.AGUARDANDO_CONFIRMACAO)
        self.press(CONFIRMAR, S.PAGO)

    def consult(self, linha: str) -> None:
        self.page.code.clear()
        QTest.keyClicks(self.page.code.field, linha)
        self.page.code.consultar_button.click()
        self.settle(S.CONSULTADO)

    def press(self, action: PaymentAction, then: SituacaoPagamento) -> None:
        self.page.card.buttons[action].click()
        self.settle(then)

    def settle(self, situacao: SituacaoPagamento) -> None:
        def shown() -> bool:
            pagamento = self.page.card.pagamento
            return pagamento is not None and pagamento.situacao is situacao and not self.page.is_busy

        self.studio.settle(shown)
        QTest.qWait(PAUSE_MS)


def _tuesday() -> datetime:
    """Of the week before, at ten: an ordinary banking day, most weeks."""
    now = datetime.now().astimezone()
    return (now - timedelta(days=now.weekday() + 6)).replace(hour=10, minute=0, second=0)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bancointegra-manual-") as name:
        folder = Path(name)
        studio = Studio(folder / "boletos")
        with Session(folder / "config") as session:
            sys.excepthook = sys.__excepthook__  # nobody is there to read the program's own dialog
            session.theme.choose(ThemeChoice.CLARO)
            demo = Demo(folder / "demo", quem="Carla", samples=1, on_bank_time=True)
            session.keep(demo.close)
            program = demo.open()
            program.use_boleto_folder(folder / "boletos")
            desk = session.show_desk(program, demo.reopen)
            Payments(studio, desk, demo).walk()
            desk.window.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
