"""Certificate files dropped on the window, or double-clicked: the import begins with them filled in."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from bancointegra.cli.main import is_certificate
from bancointegra.ui.conta.certificate_files import CertificateFiles, EscolherContaDialog
from bancointegra.ui.conta.importar_dialog import CHAVE_PRIVADA, CHAVE_PUBLICA, PFX, ImportarDialog
from bancointegra.ui.conta.services import ContaServices
from bancointegra.ui.feedback import MessageDialog
from tests.ui.conta.escritorio import criar_conta

ACTIONS, LEFT, NO_KEY = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot, jobs, program):
    """A window that takes certificates, over a program without accounts."""
    window = QMainWindow()
    qtbot.addWidget(window)
    services = program.services
    window.files = CertificateFiles(
        window,
        jobs,
        ContaServices(services.conta, services.certificado, services.assistente, services.teste_conexao),
        program.clock,
    )
    window.show()
    return window


@pytest.fixture
def files(tmp_path, credentials):
    folder = tmp_path / "Área de Trabalho"
    folder.mkdir()
    (folder / "conta.crt").write_bytes(credentials.certificate_pem)
    (folder / "conta.key").write_bytes(credentials.key_pem)
    (folder / "chave.pem").write_bytes(credentials.key_pem)
    (folder / "conta.pfx").write_bytes(b"")
    (folder / "carta.txt").write_text("")
    return folder


def drop(window, *paths):
    """Drag files onto the window; returns whether they were welcome."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), ACTIONS, data, LEFT, NO_KEY)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), ACTIONS, data, LEFT, NO_KEY))
    return enter.isAccepted()


def dialog_of(qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def test_without_an_account_it_says_what_to_do_first(qtbot, window, files):
    assert drop(window, files / "conta.crt")
    assert "ainda não há nenhuma" in dialog_of(qtbot, MessageDialog).message
    dialog_of(qtbot, MessageDialog).accept()


def test_a_certificate_brings_the_key_beside_it_and_is_stored(qtbot, window, files, program, bank, credentials):
    criar_conta(program, bank, credentials)
    assert drop(window, files / "conta.crt")
    dialog = dialog_of(qtbot, ImportarDialog)
    assert dialog.fields[CHAVE_PUBLICA].text() == str(files / "conta.crt")
    assert dialog.fields[CHAVE_PRIVADA].text() == str(files / "conta.key")
    qtbot.waitUntil(lambda: "formam um par" in dialog.found)
    with qtbot.waitSignal(window.files.stored):
        qtbot.mouseClick(dialog.confirm_button, LEFT)


def test_among_several_accounts_the_clerk_names_one(qtbot, window, files, program, bank, credentials):
    criar_conta(program, bank, credentials)
    criar_conta(program, bank, credentials, mnemonico="ITAU-FILIAL", agencia="0262", conta="81234")
    window.files.start([files / "conta.pfx"])
    choice = dialog_of(qtbot, EscolherContaDialog)
    assert choice.conta.count() == 2
    qtbot.keyClick(choice, Qt.Key.Key_Return)
    dialog = dialog_of(qtbot, ImportarDialog)
    assert dialog.is_pfx.isChecked()
    assert dialog.fields[PFX].text() == str(files / "conta.pfx")
    dialog.reject()


def test_a_pem_says_by_its_words_what_it_is(qtbot, window, files, program, bank, credentials):
    criar_conta(program, bank, credentials)
    assert drop(window, files / "chave.pem", files / "conta.crt", files / "carta.txt")
    assert dialog_of(qtbot, ImportarDialog).fields[CHAVE_PRIVADA].text() == str(files / "chave.pem")
    dialog_of(qtbot, ImportarDialog).reject()


def test_other_files_are_not_welcome(window, files):
    assert not drop(window, files / "carta.txt")
    assert not drop(window, files / "sumiu.crt")


def test_a_command_line_of_certificates_opens_the_window():
    assert is_certificate([r"C:\Users\João\conta.PFX"])
    assert not is_certificate([])
    assert not is_certificate(["titulos", "listar"])
    assert not is_certificate(["conta.pfx", "--dados"])
