"""Every field of Conta Bancária and of its dialogs, tried with whatever can be pasted into it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from bancointegra.domain.certificado import Passo
from bancointegra.domain.errors import AppError
from bancointegra.ui.conta import rascunho as nomes
from bancointegra.ui.conta.assistente import Assistente
from bancointegra.ui.conta.exportar_dialog import ExportarDialog
from bancointegra.ui.conta.importar_dialog import ImportarDialog
from bancointegra.ui.master_password import MasterPasswordDialog
from tests.ui.hostile import ACCEPTED, walks


def test_the_form_of_an_account(qtbot, walker, mesa):
    form = mesa.page.form
    form.api.hosts_button.setChecked(True)

    def opened_tab(tab):
        def opened():
            qtbot.waitUntil(lambda: form.save_button.isVisible() and form.fields.edits[nomes.MNEMONICO].isEnabled())
            form.tabs.setCurrentWidget(tab)
            return form

        return opened

    def told(_form):
        return form.problem or ("" if form.is_dirty else ACCEPTED)

    def save(_form):
        qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    sentences = set()
    for tab in (form.dados, form.api):
        sentences |= walker.walk(opened_tab(tab), save, told)
    assert any("CEP tem 8 dígitos" in each for each in sentences)
    assert any("https://" in each for each in sentences)
    assert len(mesa.program.services.conta.todas()) == 2


def test_the_search_in_the_list_of_accounts(walker, mesa):
    walker.walk(lambda: mesa.page.contas, lambda _list: None, lambda _list: ACCEPTED)
    assert mesa.page.contas.list.count() == 2


@walks(ImportarDialog)
def test_importar_certificado(walker, mesa):
    before = mesa.stored("ITAU-MATRIZ")
    for is_pfx in (False, True):

        def opened(is_pfx=is_pfx):
            services = mesa.program.services
            dialog = ImportarDialog(None, mesa.page._jobs, services.certificado, mesa.program.clock, before)
            dialog.is_pfx.setChecked(is_pfx)
            return walker.show(dialog)

        sentences = walker.walk(opened)
        assert any("Não foi possível ler" in each for each in sentences)
    assert mesa.stored("ITAU-MATRIZ") == before


@walks(ExportarDialog)
def test_exportar_certificado(walker, mesa, tmp_path):
    conta, service = mesa.stored("ITAU-MATRIZ"), mesa.program.services.certificado
    refused = []

    def export(pedido):
        if pedido.pasta == tmp_path and len(pedido.senha) < 200:
            return  # an ordinary copy
        try:
            service.exportar(conta, pedido.pasta, frozenset({"crt"}), pedido.senha)
        except AppError as error:
            refused.append(str(error))

    def opened():
        dialog = ExportarDialog(None, export)
        dialog.folder.setText(str(tmp_path))
        return walker.show(dialog)

    sentences = walker.walk(opened)
    assert {"Falta a pasta.", "As duas senhas são diferentes."} < sentences
    assert any("não diz em que disco fica" in each for each in sentences)
    assert refused and all(len(sentence) < 400 for sentence in refused)


@walks(Assistente)
@pytest.mark.parametrize("passo", [Passo.DADOS, Passo.ENVIO])
def test_the_assistant(qtbot, walker, mesa, passo):
    conta = mesa.stored("ITAU-FILIAL")
    flow = mesa.program.services.assistente

    def opened():
        wizard = walker.show(Assistente(None, mesa.page._jobs, flow(), conta))
        qtbot.waitUntil(wizard.confirm_button.isEnabled)
        while passo is Passo.ENVIO and wizard.passo is not Passo.ENVIO:
            walker.click(wizard.confirm_button)
            qtbot.waitUntil(wizard.confirm_button.isEnabled)
        return wizard

    def told(wizard):
        if not wizard.confirm_button.isEnabled():
            return ""
        if wizard.passo is not passo:
            wizard._flow.descartar()
            wizard.close()
            return ACCEPTED
        notes = [wizard.fields.note_of(name) for name in wizard.fields.edits]
        return wizard.problem or next((note for note in notes if note), "")

    assert walker.walk(opened, told=told)


@walks(MasterPasswordDialog)
@pytest.mark.parametrize("new", [True, False])
def test_the_master_password(walker, new):
    dialogs = []

    def opened():
        dialogs.append(MasterPasswordDialog(None, new=new))
        return walker.show(dialogs[-1])

    assert walker.walk(opened)
    assert all(
        edit.echoMode() == QLineEdit.EchoMode.Password for one in dialogs for edit in one.findChildren(QLineEdit)
    )
    for dialog in dialogs:
        dialog.deleteLater()


def test_secret_fields_hide_what_is_typed(mesa):
    secret = mesa.page.form.fields.edits[nomes.CLIENT_SECRET]
    assert secret.echoMode() == QLineEdit.EchoMode.Password
