"""Conta Bancária in the real window: from the menu, and what the other screen sees of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from shiboken6 import delete

from bancointegra.bootstrap.desk import CONTA, Desk
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
