"""Conta Bancária in the real window: from the menu, and what the other screen sees of it."""

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from bancointegra.bootstrap.desk import CONTA, Desk
from bancointegra.bootstrap.receber import TIPOS
from bancointegra.ui.cadastros.nome_dialog import NomeDialog
from bancointegra.ui.conta import rascunho as nomes
from tests.ui.conta.escritorio import criar_conta


@pytest.fixture
def desk(qtbot, jobs, settings, program, theme):
    desk = Desk(program, jobs=jobs, theme=theme, settings=settings)
    yield desk
    jobs.shutdown()
    delete(desk.window)


def test_the_menu_names_conta_bancaria_before_integracao(desk):
    titles = [action.text().replace("&", "") for action in desk.window.menuBar().findChildren(QAction)]
    assert titles.index("Conta Bancária") < titles.index("Integração Bancária")


def test_a_changed_account_reaches_the_other_screen(qtbot, desk, program, bank, credentials):
    criar_conta(program, bank, credentials)
    desk.open()
    integracao = desk.integracao
    qtbot.waitUntil(lambda: integracao.conta is not None)
    page = desk.window.open_screen(CONTA)
    qtbot.waitUntil(lambda: page.form.title.text() == "ITAU-MATRIZ")
    page.form.fields.edits[nomes.MNEMONICO].selectAll()
    qtbot.keyClicks(page.form.fields.edits[nomes.MNEMONICO], "ITAU-SEDE")
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: integracao.conta is not None and integracao.conta.mnemonico == "ITAU-SEDE")


def test_a_tipo_of_the_register_reaches_the_other_screens(qtbot, desk, program, bank, credentials):
    conta = criar_conta(program, bank, credentials)
    desk.open()
    form = desk.window.open_screen(CONTA).form
    qtbot.waitUntil(lambda: form.title.text() == "ITAU-MATRIZ")
    register = desk.window.open_screen(TIPOS)
    register.ask_new()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), NomeDialog))
    dialog = QApplication.activeModalWidget()
    dialog.nome.setText("ALUGUEL")
    dialog.submit()
    qtbot.waitUntil(lambda: "ALUGUEL" in [tipo.nome for tipo in form.dados.tipos.tipos])
    cobranca = desk.integracao.filters.cobranca
    qtbot.waitUntil(lambda: cobranca.findText("ALUGUEL") > 0)
    assert [tipo.nome for tipo in program.services.busca.tipos_cobranca(conta.id)] == ["ALUGUEL", "BOLETO ITAÚ"]


def test_a_certificate_near_its_end_is_said_when_the_work_opens(qtbot, desk, program, bank):
    criar_conta(program, bank, bank.provision(client_id=str(uuid.uuid4()), valid_days=12))
    desk.open()
    qtbot.waitUntil(lambda: "O certificado vence em 11 dias" in desk.window.status.message)
    assert desk.window.status.message.startswith("ITAU-MATRIZ: ")
