"""Takes the pictures of the clerk's manual: ``python -m tools.manual_pictures`` → docs/manual/imagens/*.png.

A clerk's day on the simulated bank, walked by clicks: light theme, 100 %, the sample títulos of the demo. Also writes
the picture of the README.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from bancointegra.bootstrap.demo import MNEMONICO, Demo
from bancointegra.bootstrap.desk import CONTA, INTEGRACAO
from bancointegra.bootstrap.receber import IMPORTACAO, TITULOS
from bancointegra.bootstrap.window import Session
from bancointegra.domain.certificado import Passo
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TipoPeriodo
from bancointegra.simulator.faults import Fault
from bancointegra.ui.conta.assistente import TOKEN, Assistente
from bancointegra.ui.conta.importar_dialog import CHAVE_PRIVADA, CHAVE_PUBLICA, ImportarDialog
from bancointegra.ui.conta.teste_dialog import TesteDialog
from bancointegra.ui.exportacao.list_export import ListExport
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.first_run import FirstRunPage
from bancointegra.ui.integracao.actions import (
    ALTERAR,
    BAIXAR,
    CANCELAR_PROTESTO,
    CONSULTAR,
    PROTESTAR,
    REGISTRAR,
    BankAction,
)
from bancointegra.ui.integracao.alterar_dialog import AlterarDialog
from bancointegra.ui.integracao.confirm_dialog import ConfirmDialog
from bancointegra.ui.integracao.protesto_dialogs import CancelarProtestoDialog, ProtestarDialog
from bancointegra.ui.integracao.registrar_dialog import RegistrarDialog
from bancointegra.ui.integracao.results_dialog import ResultsDialog
from bancointegra.ui.integracao.sections import BOLETOS, PROTESTO
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.theme import ThemeChoice
from tools.manual_payments import Payments
from tools.manual_receber import ContasAReceber
from tools.manual_studio import LARGEST, PAUSE_MS, PICTURES, Studio, save, save_page

ROOT = Path(__file__).resolve().parents[1]
README_PICTURE = ROOT / "docs" / "images" / "integracao.png"
WINDOW, WIDE, FIRST = (1240, 700), (1520, 830), (1000, 620)
TITULO, VENCIMENTO, STATUS = 1, 5, 8
"""Columns of the list, after the boxes."""
STATUS_WIDTH = 150


class Day:
    """The clerk's day, chapter by chapter; each method leaves the screen as the next one finds it."""

    def __init__(self, studio: Studio, session: Session, demo: Demo, folder: Path) -> None:
        self.studio, self.demo, self.folder = studio, demo, folder
        self.program = demo.open()
        self.program.use_boleto_folder(folder / "boletos")
        session.settings.setValue("integracao/detalhe", "fechado")
        self.desk = session.show_desk(self.program, demo.reopen)
        self.window = self.desk.window
        self.window.resize(*WINDOW)
        self.page = self.desk.integracao
        studio.settle(lambda: self.page.conta is not None)

    def walk(self) -> None:
        for chapter in (
            self.pendentes,
            self.registrar,
            self.readme,
            self.consultar,
            self.alterar,
            self.baixar,
            self.protestar,
            self.cancelar_protesto,
            self.resultados,
            self.receber,
            self.importar,
            self.exportar,
            self.conta,
            self.pagamentos,
        ):
            print(chapter.__name__)
            chapter()
        self.window.close()

    def pendentes(self) -> None:
        self.search(Situacao.PENDENTE)
        self.check(3)
        self.studio.shoot("integracao", self.window)

    def registrar(self) -> None:
        self.page.actions_bar.gerar_pdf.setChecked(True)
        self.act(REGISTRAR)
        question = self.studio.dialog(RegistrarDialog)
        self.studio.shoot("registrar-confirmar", question)
        question.yes_button.click()
        message = self.studio.dialog(MessageDialog)
        self.studio.shoot("registrar-sucesso", message)
        message.accept()
        self.boleto()

    def boleto(self) -> None:
        path = next((self.folder / "boletos").glob("*.pdf"))
        save_page(path, PICTURES / "boleto.png")

    def readme(self) -> None:
        """Every status at once, with the detail of a boleto just registered."""
        table, model = self.page.list.table, self.page.list.model
        table.hideColumn(model.columnCount() - 1)
        table.setColumnWidth(STATUS, STATUS_WIDTH)
        self.window.resize(*WIDE)
        self.page.list.detail_button.click()
        table.sortByColumn(TITULO, Qt.SortOrder.AscendingOrder)
        self.search(*Situacao)
        self.window.resize(WIDE[0] + 1, WIDE[1])  # the stretching column takes the room that is left
        self.check(4)
        self.select(Situacao.REGISTRADO)
        self.studio.shoot("", self.window, README_PICTURE)
        self.studio.shoot("detalhe", self.page.detail)
        table.showColumn(model.columnCount() - 1)
        table.sortByColumn(VENCIMENTO, Qt.SortOrder.AscendingOrder)
        self.page.list.detail_button.click()
        self.window.resize(*WINDOW)

    def consultar(self) -> None:
        self.search(Situacao.REGISTRADO)
        self.check(4)
        paid = self.program.services.busca.titulo(self.page.list.checked[0].id)
        self.demo.simulator.bank.pay(paid.boleto.nosso_numero)
        self.act(CONSULTAR)
        message = self.studio.dialog(MessageDialog)
        self.studio.shoot("consultar-sucesso", message)
        message.accept()
        self.search(Situacao.LIQUIDADO, por=TipoPeriodo.LIQUIDACAO)
        self.studio.shoot("liquidados", self.window)

    def alterar(self) -> None:
        self.search(Situacao.REGISTRADO)
        self.check(2)
        self.act(ALTERAR)
        dialog = self.studio.dialog(AlterarDialog)
        dialog.fields.data.setFocus()
        QTest.keyClicks(dialog.fields.data, "+45")
        dialog.fields.data.settle()
        self.studio.settle(lambda: bool(dialog.preview.amounts))
        self.studio.shoot("alterar", dialog)
        dialog.reject()

    def baixar(self) -> None:
        self.search(Situacao.REGISTRADO)
        self.check(2)
        self.act(BAIXAR)
        question = self.studio.dialog(ConfirmDialog)
        self.studio.shoot("baixar-confirmar", question)
        question.yes_button.click()
        second = self.studio.dialog(MessageDialog)
        self.studio.shoot("baixar-consultar", second)
        second.reject()

    def protestar(self) -> None:
        self.page.sections.choose(PROTESTO)
        self.search(Situacao.REGISTRADO)
        self.check(1)
        self.studio.shoot("protesto", self.window)
        self.act(PROTESTAR)
        question = self.studio.dialog(ConfirmDialog)
        self.studio.shoot("protestar-confirmar", question)
        question.yes_button.click()
        dialog = self.studio.dialog(ProtestarDialog)
        dialog.escritorio.new_name.setText("COBRANÇA CENTRAL")
        dialog.escritorio.add_button.click()
        self.studio.settle(lambda: bool(dialog.escritorio.value))
        self.studio.shoot("protestar", dialog)
        dialog.confirm_button.click()
        self.studio.dialog(MessageDialog).accept()

    def cancelar_protesto(self) -> None:
        self.search(Situacao.PROTESTADO)
        self.check(1)
        self.act(CANCELAR_PROTESTO)
        self.studio.dialog(ConfirmDialog).yes_button.click()
        cancel = self.studio.dialog(CancelarProtestoDialog)
        cancel.motivo.setText("pago diretamente à empresa")
        self.studio.shoot("cancelar-protesto", cancel)
        cancel.reject()
        self.page.sections.choose(BOLETOS)

    def resultados(self) -> None:
        """One lost answer among others, and what the screen then says."""
        self.page.list.detail_button.click()
        self.search(Situacao.PENDENTE)
        self.check(5)
        faults = self.demo.simulator.bank.faults
        faults.inject(Fault(kind="status", phase="after", route="emissao", status=504))
        faults.inject(Fault(kind="status", phase="before", route="consulta", status=503, times=0))
        self.act(REGISTRAR)
        self.studio.dialog(RegistrarDialog).yes_button.click()
        results = self.studio.dialog(ResultsDialog)
        self.studio.shoot("resultados", results)
        results.reject()
        self.page.show_a_confirmar()
        self.studio.settle(lambda: self.page.list.model.total == 1)
        QTest.qWait(PAUSE_MS)
        self.select(Situacao.PENDENTE)
        self.studio.shoot("a-confirmar", self.window)
        faults.clear()
        self.page.list.detail_button.click()

    def receber(self) -> None:
        ContasAReceber(self.studio, self.window, self.program).walk()
        self.window.open_screen(INTEGRACAO)

    def importar(self) -> None:
        model = (ROOT / "docs" / "modelo-titulos.csv").read_text(encoding="utf-8")
        known = model.replace("\n10", "\n20")  # numbers the demo does not have
        first, *rest = known.splitlines()
        source = self.folder / "titulos-novembro.csv"
        source.write_text("\n".join([first, rest[0]]), encoding="utf-8")
        services, conta = self.program.services, self.page.conta
        tipo = services.busca.tipos_cobranca(conta.id)[0]
        services.importacao.importar(services.importacao.ler([source], conta), tipo.id)
        changed = rest[0].replace("23/12/2026", "28/12/2026")
        wrong = rest[1].replace("2001;2", "2003;1").replace(";22/01/2027;", ";31/02/2027;").replace("ERP-5521-2", "")
        source.write_text("\n".join([first, changed, *rest[1:], wrong]), encoding="utf-8")
        page = self.window.open_screen(IMPORTACAO)
        self.studio.settle(lambda: page.target.count() > 0)
        page.open([source])
        self.studio.settle(lambda: page.previa is not None)
        self.studio.shoot("importar-titulos", self.window)

    def exportar(self) -> None:
        page = self.window.open_screen(TITULOS)
        self.studio.settle(lambda: page.list.model.total > 0)
        page.list.model.check(range(3), True)
        export = page.findChild(ListExport)
        menu = export.menu()
        menu.ensurePolished()
        menu.resize(menu.sizeHint())
        QTest.qWait(PAUSE_MS)
        picture = QPixmap(self.window.grab())
        corner = export.button.mapTo(self.window, export.button.rect().bottomLeft())
        painter = QPainter(picture)
        painter.drawPixmap(corner.x() + export.button.width() - menu.width(), corner.y() + 2, menu.grab())
        painter.end()
        save(picture.toImage(), PICTURES / "exportar.png")

    def conta(self) -> None:
        page = self.window.open_screen(CONTA)
        self.studio.settle(lambda: page.form.conta is not None)
        self.studio.shoot("conta", self.window)
        page.form.tabs.setCurrentIndex(1)
        self.studio.shoot("conta-api", self.window)
        card = page.form.api.certificate
        card.test_button.click()
        test = self.studio.dialog(TesteDialog)
        self.studio.settle(lambda: test.verdict.text().startswith("Tudo certo"))
        self.studio.shoot("testar-conexao", test)
        test.reject()
        self.importar_certificado(card.import_button)
        self.assistente(card.wizard_button)

    def importar_certificado(self, button: QPushButton) -> None:
        conta = next(c for c in self.program.services.busca.contas() if c.mnemonico == MNEMONICO)
        own = self.folder / "certificado"
        own.mkdir()
        self.program.services.certificado.exportar(conta, own, frozenset({"crt", "key"}), "")
        os.chdir(own)  # so that the fields show names and not where this script happens to write
        button.click()
        dialog = self.studio.dialog(ImportarDialog)
        for name, suffix in ((CHAVE_PUBLICA, "crt"), (CHAVE_PRIVADA, "key")):
            dialog.fields[name].setText(next(own.glob(f"*.{suffix}")).name)
        self.studio.settle(lambda: dialog.found.startswith("✓"))
        self.studio.shoot("importar-certificado", dialog)
        dialog.reject()
        os.chdir(ROOT)

    def assistente(self, button: QPushButton) -> None:
        button.click()
        wizard = self.studio.dialog(Assistente)
        self.studio.shoot("assistente-dados", wizard)
        for passo in (Passo.CHAVE, Passo.ENVIO):
            wizard.confirm_button.click()
            self.studio.settle(lambda passo=passo: wizard.passo is passo and wizard.confirm_button.isEnabled())
        wizard.fields.edits[TOKEN].setText("um token de mentira")
        self.studio.shoot("assistente-envio", wizard)
        wizard.reject()

    def pagamentos(self) -> None:
        Payments(self.studio, self.desk, self.demo).walk()

    # What every chapter does

    def search(self, *situacoes: Situacao, por: TipoPeriodo = TipoPeriodo.VENCIMENTO) -> None:
        page, today = self.page, QDate.currentDate()
        for situacao, box in page.filters.boxes.items():
            box.setChecked(situacao in situacoes)
        page.filters.a_confirmar.setChecked(False)
        page.filters.periodo.setCurrentIndex(page.filters.periodo.findData(por))
        page.filters.de.set_value(today.addDays(-30).toPython())
        page.filters.ate.set_value(today.addDays(60).toPython())
        page.search()
        QTest.qWait(PAUSE_MS)
        self.studio.settle(lambda: page.list.model.rowCount() > 0)
        page.list.model.uncheck_all()

    def check(self, count: int) -> None:
        """Check the first rows the list has."""
        self.page.list.model.check(range(count), True)
        self.studio.settle(lambda: len(self.page.list.checked) == count)

    def select(self, situacao: Situacao) -> None:
        """Make the first título of a status the current one, with its detail."""
        model = self.page.list.model
        rows = [(position, model.row(position)) for position in range(model.rowCount())]
        at, chosen = next((at, row) for at, row in rows if row is not None and row.situacao is situacao)
        self.page.list.table.selectRow(at)
        self.studio.settle(lambda: self.page.detail.titulo_id == chosen.id)

    def act(self, action: BankAction) -> None:
        button = self.page.actions_bar.buttons[action]
        self.studio.settle(button.isEnabled)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def first_run(studio: Studio, session: Session) -> None:
    """What a new user sees."""
    window = MainWindow(jobs=session.jobs, theme=session.theme, settings=session.settings, screens=())
    window.show_home(FirstRunPage(session.jobs, experimentar=lambda: None, parent=window))
    window.resize(*FIRST)
    window.show()
    studio.shoot("primeira-vez", window)
    window.close()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bancointegra-manual-") as name:
        folder = Path(name)
        for old in PICTURES.glob("*.png"):
            old.unlink()
        studio = Studio(folder / "boletos")
        with Session(folder / "config") as session:
            sys.excepthook = sys.__excepthook__  # nobody is there to read the program's own dialog
            session.theme.choose(ThemeChoice.CLARO)
            first_run(studio, session)
            demo = Demo(folder / "demo", quem="Carla", on_bank_time=True)
            session.keep(demo.close)
            Day(studio, session, demo, folder).walk()
    sizes = [path.stat().st_size for path in PICTURES.glob("*.png")]
    print(f"{len(sizes)} pictures, {sum(sizes):,} bytes")
    return int(max(sizes) > LARGEST)


if __name__ == "__main__":
    raise SystemExit(main())
