"""The certificate: imported from files, asked for step by step, tested, renewed and copied out."""

import uuid
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_pem_private_key, pkcs12
from cryptography.x509 import load_pem_x509_certificate
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bancointegra.domain.certificado import Passo
from bancointegra.simulator import Fault
from bancointegra.ui.conta import rascunho as nomes
from bancointegra.ui.conta.assistente import TOKEN, UF, Assistente
from bancointegra.ui.conta.exportar_dialog import ExportarDialog
from bancointegra.ui.conta.importar_dialog import CHAVE_PRIVADA, CHAVE_PUBLICA, PFX, SENHA, ImportarDialog
from bancointegra.ui.conta.teste_dialog import TesteDialog
from bancointegra.ui.feedback import MessageDialog
from tests.ui.conta.escritorio import criar_conta
from tests.ui.conta.test_conta_form import press, write


@pytest.fixture
def files(tmp_path, credentials):
    """The pair of the account, as a clerk has it on disk."""
    (tmp_path / "conta.crt").write_bytes(b"Secret: segredo-do-arquivo\n" + credentials.certificate_pem)
    (tmp_path / "conta.key").write_bytes(credentials.key_pem)
    key = load_pem_private_key(credentials.key_pem, None)
    certificate = load_pem_x509_certificate(credentials.certificate_pem)
    pfx = pkcs12.serialize_key_and_certificates(b"conta", key, certificate, None, BestAvailableEncryption(b"s3nha"))
    (tmp_path / "conta.pfx").write_bytes(pfx)
    return tmp_path


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def open_dialog(qtbot, mesa, button_name, kind):
    """Press a button of the certificate card and wait for its dialog."""
    form = mesa.page.form
    form.tabs.setCurrentWidget(form.api)
    click(qtbot, getattr(form.api.certificate, button_name))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def type_path(qtbot, dialog, name, path):
    dialog.fields[name].clear()
    qtbot.keyClicks(dialog.fields[name], str(path))


# Importar Certificado


def test_the_secret_of_the_file_is_only_an_offer(qtbot, mesa, files, credentials):
    dialog = open_dialog(qtbot, mesa, "import_button", ImportarDialog)
    type_path(qtbot, dialog, CHAVE_PUBLICA, files / "conta.crt")
    type_path(qtbot, dialog, CHAVE_PRIVADA, files / "conta.key")
    qtbot.waitUntil(lambda: dialog.use_secret.isVisible())
    dialog.use_secret.setFocus()
    qtbot.keyClick(dialog.use_secret, Qt.Key.Key_Space)
    click(qtbot, dialog.confirm_button)
    qtbot.waitUntil(lambda: mesa.said[-1:] == ["Certificado da conta ITAU-MATRIZ gravado."])
    assert mesa.program.vault.get(f"{credentials.client_id}/client_secret") == credentials.client_secret


def test_a_pfx_opens_with_its_password(qtbot, mesa, files):
    dialog = open_dialog(qtbot, mesa, "import_button", ImportarDialog)
    dialog.is_pfx.setFocus()
    qtbot.keyClick(dialog.is_pfx, Qt.Key.Key_Space)
    assert dialog.fields[PFX].isVisible() and not dialog.fields[CHAVE_PRIVADA].isVisible()
    type_path(qtbot, dialog, PFX, files / "conta.pfx")
    qtbot.waitUntil(lambda: "tem senha" in dialog.found)
    qtbot.keyClicks(dialog.fields[SENHA], "errada")
    click(qtbot, dialog.confirm_button)
    qtbot.waitUntil(lambda: "senha não abre" in dialog.problem)
    assert dialog.fields[SENHA].property("wrong") is True
    dialog.fields[SENHA].clear()
    qtbot.keyClicks(dialog.fields[SENHA], "s3nha")
    qtbot.waitUntil(lambda: dialog.found.startswith("✓"))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: mesa.said[-1:] == ["Certificado da conta ITAU-MATRIZ gravado."])


@pytest.mark.parametrize(
    ("certificate", "key", "field", "words"),
    [
        ("", "conta.key", CHAVE_PUBLICA, "Falta o arquivo"),
        ("conta.crt", "", CHAVE_PRIVADA, "Falta o arquivo"),
        ("nao-existe.crt", "conta.key", CHAVE_PUBLICA, "Não foi possível ler"),
        ("video.crt", "conta.key", CHAVE_PUBLICA, "grande demais"),
        ("programa.exe", "conta.key", CHAVE_PUBLICA, "."),
        ("conta.crt", "conta.crt", CHAVE_PRIVADA, "contém um certificado"),
        ("conta.crt", "other.key", "", "não é a deste certificado"),
        ("x" * 10_000, "conta.key", CHAVE_PUBLICA, "Não foi possível ler"),
    ],
)
def test_files_that_cannot_be_used_are_refused_with_a_sentence(
    qtbot, mesa, files, bank, certificate, key, field, words
):
    if certificate == "video.crt":
        (files / "video.crt").write_bytes(b"\0" * 50_000_000)
    (files / "programa.exe").write_bytes(b"MZ\x90\0" + bytes(range(256)) * 40)
    (files / "other.key").write_bytes(bank.provision(client_id="outro-cliente").key_pem)
    before = mesa.stored("ITAU-MATRIZ")
    dialog = open_dialog(qtbot, mesa, "import_button", ImportarDialog)
    dialog.fields[CHAVE_PUBLICA].setText(str(files / certificate) if certificate else "")
    dialog.fields[CHAVE_PRIVADA].setText(str(files / key) if key else "")
    click(qtbot, dialog.confirm_button)
    qtbot.waitUntil(lambda: words in dialog.problem)
    if field:
        assert dialog.fields[field].property("wrong") is True
    assert mesa.stored("ITAU-MATRIZ") == before and dialog.isVisible()


def test_the_certificate_of_another_client_is_refused(qtbot, mesa, files, bank, credentials):
    stranger = bank.credentials.wrong_name(credentials.client_id)
    (files / "conta.crt").write_bytes(stranger.certificate_pem)
    (files / "conta.key").write_bytes(stranger.key_pem)
    dialog = open_dialog(qtbot, mesa, "import_button", ImportarDialog)
    dialog.fields[CHAVE_PUBLICA].setText(str(files / "conta.crt"))
    dialog.fields[CHAVE_PRIVADA].setText(str(files / "conta.key"))
    qtbot.waitUntil(lambda: "é de outro ClientID" in dialog.found)
    click(qtbot, dialog.confirm_button)
    qtbot.waitUntil(lambda: "é de outro ClientID" in dialog.problem)


# Testar conexão


def test_a_step_that_fails_says_its_remedy_and_the_rest_waits(qtbot, mesa, credentials):
    mesa.program.vault.set(f"{credentials.client_id}/client_secret", "outro")
    dialog = open_dialog(qtbot, mesa, "test_button", TesteDialog)
    qtbot.waitUntil(lambda: dialog.verdict.text() == "A conta ainda não fala com o banco.")
    results = dialog.panel.results
    assert results["Certificado"].startswith("Válido até") and "ClientSecret" in results["Token de acesso"]
    assert results["Consulta"] == "não chegou a ser feito"
    mesa.program.vault.set(f"{credentials.client_id}/client_secret", credentials.client_secret)
    click(qtbot, dialog.confirm_button)
    qtbot.waitUntil(lambda: dialog.verdict.text().startswith("Tudo certo"))


def test_what_was_written_is_stored_before_the_bank_is_asked(qtbot, mesa):
    write(qtbot, mesa, {nomes.NOME: "Outro Nome"})
    open_dialog(qtbot, mesa, "test_button", TesteDialog)
    assert mesa.stored("ITAU-MATRIZ").beneficiario.nome == "Outro Nome"


# Assistente de Certificado


@pytest.fixture
def new_client(mesa, bank, program):
    """An account whose ClientID has no certificate yet; the form shows it."""
    client_id = str(uuid.uuid4())
    bank.register(client_id, agencia="0262", conta="81234")
    conta = mesa.stored("ITAU-FILIAL")
    program.services.conta.salvar(replace(conta, client_id=client_id), None)
    mesa.page.contas.list.setCurrentRow(0)
    mesa.wait_shown("ITAU-FILIAL")
    return client_id


def step(qtbot, wizard, passo):
    """Confirm, and wait until the wizard is there."""
    click(qtbot, wizard.confirm_button)
    qtbot.waitUntil(lambda: wizard.passo is passo and wizard.confirm_button.isEnabled())


def open_wizard(qtbot, mesa):
    wizard = open_dialog(qtbot, mesa, "wizard_button", Assistente)
    qtbot.waitUntil(wizard.confirm_button.isEnabled)
    return wizard


def paste_token(qtbot, wizard, token):
    wizard.fields.edits[TOKEN].clear()
    QApplication.clipboard().setText(token)
    wizard.fields.edits[TOKEN].paste()


def test_the_wizard_goes_on_where_it_stopped(qtbot, mesa, bank, new_client):
    wizard = open_wizard(qtbot, mesa)
    step(qtbot, wizard, Passo.CHAVE)
    step(qtbot, wizard, Passo.ENVIO)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    wizard = open_wizard(qtbot, mesa)
    assert wizard.passo is Passo.ENVIO
    paste_token(qtbot, wizard, bank.temporary_token(new_client))
    step(qtbot, wizard, Passo.RECEBIDO)


def test_a_lost_answer_is_told_and_the_request_kept(qtbot, mesa, bank, new_client):
    wizard = open_wizard(qtbot, mesa)
    step(qtbot, wizard, Passo.CHAVE)
    step(qtbot, wizard, Passo.ENVIO)
    bank.bank.faults.inject(Fault("dropped_connection", route="certificado"))
    token = bank.temporary_token(new_client)
    paste_token(qtbot, wizard, token)
    click(qtbot, wizard.confirm_button)
    qtbot.waitUntil(lambda: "resposta do banco não chegou" in wizard.problem)
    bank.bank.faults.clear()
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    wizard = open_wizard(qtbot, mesa)
    assert wizard.passo is Passo.ENVIO and "ficou sem resposta" in wizard.note
    paste_token(qtbot, wizard, token)
    step(qtbot, wizard, Passo.RECEBIDO)


def test_a_token_the_bank_does_not_know_is_refused_in_words(qtbot, mesa, new_client):
    wizard = open_wizard(qtbot, mesa)
    step(qtbot, wizard, Passo.CHAVE)
    step(qtbot, wizard, Passo.ENVIO)
    paste_token(qtbot, wizard, "token-que-ninguem-deu")
    click(qtbot, wizard.confirm_button)
    qtbot.waitUntil(lambda: wizard.problem != "" and wizard.confirm_button.isEnabled())
    assert wizard.passo is Passo.ENVIO


def test_what_is_wrong_in_the_dados_is_said_at_the_field(qtbot, mesa, new_client):
    wizard = open_wizard(qtbot, mesa)
    wizard.fields.edits[UF].setText("XX")
    click(qtbot, wizard.confirm_button)
    assert "sigla do estado" in wizard.fields.note_of(UF) and wizard.passo is Passo.DADOS


def test_a_request_is_discarded_after_a_question(qtbot, mesa, new_client):
    wizard = open_wizard(qtbot, mesa)
    assert not wizard.discard_button.isVisible()
    step(qtbot, wizard, Passo.CHAVE)
    click(qtbot, wizard.discard_button)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MessageDialog))
    press(qtbot, QApplication.activeModalWidget(), "Sim")
    qtbot.waitUntil(lambda: wizard.passo is Passo.DADOS)


# Renovar, exportar, avisos


def test_a_certificate_near_its_end_warns_and_is_renewed(qtbot, new_page, program, bank):
    credentials = bank.provision(client_id=str(uuid.uuid4()), valid_days=12)
    criar_conta(program, bank, credentials)
    mesa = new_page()
    mesa.wait_shown("ITAU-MATRIZ")
    form = mesa.page.form
    assert "vence em 11 dias" in form.warning.text() and form.warning.isVisible()
    assert "vence em 11 dias" in mesa.page.contas.list.item(0).text()
    assert any("vence em 11 dias" in said for said in mesa.said)
    before = mesa.stored("ITAU-MATRIZ").certificate_path
    form.tabs.setCurrentWidget(form.api)
    click(qtbot, form.api.certificate.renew_button)
    press(qtbot, mesa.dialog(), "Sim")
    qtbot.waitUntil(lambda: getattr(QApplication.activeModalWidget(), "message", "").startswith("Certificado renovado"))
    QApplication.activeModalWidget().accept()
    qtbot.waitUntil(lambda: form.api.certificate.state == "vence em 364 dias")
    assert mesa.stored("ITAU-MATRIZ").certificate_path != before and not form.warning.isVisible()


def test_a_renewal_too_early_says_when_it_opens(qtbot, mesa):
    form = mesa.page.form
    form.tabs.setCurrentWidget(form.api)
    click(qtbot, form.api.certificate.renew_button)
    press(qtbot, mesa.dialog(), "Sim")
    qtbot.waitUntil(lambda: "cedo para renovar" in getattr(QApplication.activeModalWidget(), "message", ""))
    assert form.api.certificate.renew_button.isEnabled()


def test_a_copy_is_saved_where_the_clerk_wants_it(qtbot, mesa, tmp_path):
    folder = tmp_path / "cópia"
    folder.mkdir()
    dialog = open_dialog(qtbot, mesa, "export_button", ExportarDialog)
    dialog.folder.setText(str(folder))
    dialog.boxes["pfx"].setFocus()
    qtbot.keyClick(dialog.boxes["pfx"], Qt.Key.Key_Space)
    qtbot.keyClicks(dialog.password, "s3nha")
    click(qtbot, dialog.confirm_button)
    assert "duas senhas são diferentes" in dialog.problem
    qtbot.keyClicks(dialog.repeated, "s3nha")
    click(qtbot, dialog.confirm_button)
    qtbot.waitUntil(lambda: getattr(QApplication.activeModalWidget(), "message", "") == "Cópia gravada.")
    assert sorted(path.suffix for path in folder.iterdir()) == [".crt", ".key", ".pfx"]
    [key] = folder.glob("*.key")
    assert b"ENCRYPTED" in key.read_bytes()


def test_no_secret_is_written_on_the_screen(mesa, credentials):
    form = mesa.page.form
    shown = [edit.text() for edit in form.fields.edits.values()]
    assert credentials.client_secret not in shown
    assert credentials.client_secret not in repr(form.read())
