"""Real secrets travel through every dialog that takes one; afterwards they are looked for everywhere they could be."""

from __future__ import annotations

import gc
import logging
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_pem_private_key, pkcs12
from cryptography.x509 import load_pem_x509_certificate
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from bancointegra.banks.token import Token
from bancointegra.simulator import Simulator
from bancointegra.ui.conta import rascunho as nomes
from bancointegra.ui.conta.assistente import Assistente
from bancointegra.ui.conta.exportar_dialog import ExportarDialog
from bancointegra.ui.conta.importar_dialog import PFX, SENHA, ImportarDialog
from bancointegra.ui.conta.teste_dialog import TesteDialog
from bancointegra.ui.feedback import MessageDialog
from tests.end_to_end.account_clerk import AccountClerk
from tests.end_to_end.clerk import seated
from tests.end_to_end.office import MASTER_PASSWORD, Office

TYPED_SECRET = "5egredo-digitado-9f8e7d6c"
PFX_PASSWORD = "s3nha-do-pfx-41b2"
COPY_PASSWORD = "s3nha-da-copia-77aa"


class WatchfulClerk(AccountClerk):
    """Looks at every window before each click."""

    secrets: set[str] = set()

    def click(self, widget: QWidget) -> None:
        self.look()
        super().click(widget)

    def look(self) -> None:
        shown = "\n".join(text for widget in QApplication.allWidgets() for text in words_of(widget))
        assert [secret for secret in self.secrets if secret in shown] == []


def words_of(widget: QWidget) -> Iterator[str]:
    """All that a person, a screen reader or a picture could get from a widget."""
    yield from (widget.toolTip(), widget.statusTip(), widget.whatsThis(), widget.windowTitle())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLineEdit():
            yield from (widget.displayText(), widget.placeholderText())
        case QPlainTextEdit() | QTextEdit():
            yield widget.toPlainText()
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QComboBox():
            yield from (widget.itemText(index) for index in range(widget.count()))
        case QAbstractItemView() if widget.model() is not None:
            model = widget.model()
            for row in range(min(model.rowCount(QModelIndex()), 20)):
                for column in range(widget.horizontalHeader().count() if isinstance(widget, QTableView) else 1):
                    index = model.index(row, column)
                    yield from (str(index.data(role)) for role in (0, Qt.ItemDataRole.ToolTipRole))


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, bank: Simulator) -> Iterator[WatchfulClerk]:
    office = Office(tmp_path / "dados", bank)
    with office.program() as program, seated(WatchfulClerk, qtbot, qapp, program, tmp_path / "janela") as clerk:
        yield clerk


def test_no_secret_is_left_or_shown_anywhere(
    clerk: WatchfulClerk, bank: Simulator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client_id = str(uuid.uuid4())
    bank.register(client_id)
    token = bank.temporary_token(client_id)
    clerk.secrets = {TYPED_SECRET, PFX_PASSWORD, COPY_PASSWORD, MASTER_PASSWORD, token}
    clerk.open_conta()
    clerk.write_conta(bank, client_id)
    clerk.write(clerk.form.fields.edits[nomes.CLIENT_SECRET], TYPED_SECRET)
    clerk.click(clerk.form.save_button)
    clerk.wait(lambda: not clerk.form.is_dirty)

    card = clerk.form.api.certificate
    clerk.follow_wizard(clerk.open_from_card(card.wizard_button, Assistente), token)
    clerk.wait(lambda: card.state.startswith("vence em"))
    vault = clerk.program.vault
    clerk.secrets |= {str(vault.get(f"{client_id}/{name}")) for name in ("client_secret", "key_passphrase")}

    _import(clerk, _pfx(clerk, tmp_path))
    _test(clerk)
    _export(clerk, tmp_path / "copia")
    [conta] = clerk.program.services.conta.todas()
    assert clerk.program.banks.for_conta(conta).consultar("109", "00000001") is None
    tokens = {one.value for one in gc.get_objects() if isinstance(one, Token)}
    assert tokens
    clerk.secrets |= tokens
    details = _crash(clerk, client_id)
    assert "ZeroDivisionError" in details

    assert len(clerk.secrets) >= 8 and "None" not in clerk.secrets
    clerk.look()
    clerk.desk.window.close()
    clerk.desk._settings.sync()
    places = {"o registro de teste": caplog.text, "os detalhes da falha": details, **_files(tmp_path), **_reprs()}
    assert [(secret, name) for name, text in places.items() for secret in clerk.secrets if secret in text] == []


def _pfx(clerk: AccountClerk, folder: Path) -> Path:
    """The account's own pair, as a clerk has it from elsewhere."""
    [conta] = clerk.program.services.conta.todas()
    certificate = load_pem_x509_certificate(Path(conta.certificate_path).read_bytes())
    passphrase = str(clerk.program.vault.get(f"{conta.client_id}/key_passphrase")).encode()
    key = load_pem_private_key(Path(conta.key_path).read_bytes(), passphrase)
    path = folder / "conta.pfx"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"conta",
            key,  # type: ignore[arg-type]
            certificate,
            None,
            BestAvailableEncryption(PFX_PASSWORD.encode()),
        )
    )
    return path


def _import(clerk: AccountClerk, pfx: Path) -> None:
    dialog = clerk.open_from_card(clerk.form.api.certificate.import_button, ImportarDialog)
    dialog.is_pfx.setFocus()
    clerk.qtbot.keyClick(dialog.is_pfx, Qt.Key.Key_Space)
    clerk.write(dialog.fields[PFX], str(pfx))
    clerk.write(dialog.fields[SENHA], PFX_PASSWORD)
    clerk.wait(lambda: dialog.found.startswith("✓"))
    clerk.click(dialog.confirm_button)
    clerk.wait(lambda: clerk.desk.window.status.message == "Certificado da conta ITAU gravado.")


def _test(clerk: AccountClerk) -> None:
    dialog = clerk.open_from_card(clerk.form.api.certificate.test_button, TesteDialog)
    clerk.wait(lambda: dialog.verdict.text().startswith("Tudo certo"))
    dialog.reject()


def _export(clerk: AccountClerk, folder: Path) -> None:
    folder.mkdir()
    dialog = clerk.open_from_card(clerk.form.api.certificate.export_button, ExportarDialog)
    clerk.write(dialog.folder, str(folder))
    clerk.write(dialog.password, COPY_PASSWORD)
    clerk.write(dialog.repeated, COPY_PASSWORD)
    clerk.click(dialog.confirm_button)
    assert clerk.read_and_close() == "Cópia gravada."


def _crash(clerk: AccountClerk, client_id: str) -> str:
    """A defect in the middle of work that holds a secret; returns the report shown to the clerk."""

    def defect(_ctx: object) -> object:
        secret = clerk.program.vault.get(f"{client_id}/client_secret")
        return len(str(secret)) / 0

    clerk.desk.integracao._jobs.run(defect, owner=clerk.desk.integracao, failed=clerk.desk.integracao._show_error)
    dialog = clerk.dialog(MessageDialog)
    [unfold] = [each for each in dialog.findChildren(QPushButton) if each.text().startswith("Mostrar")]
    clerk.click(unfold)
    details = dialog.details
    dialog.accept()
    return details


def _files(folder: Path) -> dict[str, str]:
    """Every file the program wrote, read as bytes: database, log, settings, key files, requests, vault."""
    ours = [path for part in ("dados", "janela", "copia") for path in (folder / part).rglob("*") if path.is_file()]
    assert {".sqlite3", ".log", ".ini", ".key"} <= {path.suffix for path in ours}
    return {str(path.relative_to(folder)): path.read_bytes().decode("latin-1") for path in ours}


def _reprs() -> dict[str, str]:
    """How every object of the program would look in a log or a debugger."""
    ours = [
        one
        for one in gc.get_objects()
        if str(type(one).__module__).startswith("bancointegra.") and not isinstance(one, Shiboken.Object)
    ]
    return {f"repr de {type(one).__qualname__} {number}": repr(one) for number, one in enumerate(ours)}
