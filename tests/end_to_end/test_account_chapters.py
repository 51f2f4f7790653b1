"""Conta Bancária, Importar Certificado and the assistant by clicks and keys; and all of it, from an empty machine."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bancointegra.domain.situacao import Situacao
from bancointegra.simulator import Simulator
from bancointegra.ui.conta.assistente import Assistente
from bancointegra.ui.conta.importar_dialog import CHAVE_PRIVADA, CHAVE_PUBLICA, ImportarDialog
from bancointegra.ui.conta.teste_dialog import TesteDialog
from bancointegra.ui.integracao.actions import ALTERAR, BAIXAR, CANCELAR_PROTESTO, CONSULTAR, PROTESTAR
from bancointegra.ui.integracao.alteracao import TipoAlteracao
from bancointegra.ui.integracao.alterar_dialog import AlterarDialog
from bancointegra.ui.integracao.confirm_dialog import ConfirmDialog
from bancointegra.ui.integracao.protesto_dialogs import CancelarProtestoDialog, ProtestarDialog
from bancointegra.ui.integracao.sections import BOLETOS, PROTESTO
from tests.end_to_end.account_clerk import AccountClerk
from tests.end_to_end.clerk import seated
from tests.end_to_end.office import Office

HOJE = date.today()
SHEET = (
    "numero;parcela;vencimento;valor;sacado;documento;logradouro;bairro;cidade;uf;cep\n"
    f"1001;1;{HOJE:%d/%m/%Y};1.250,00;MERCADO AURORA LTDA;94.920.084/0001-25;"
    "Avenida Paulista, 1317;Bela Vista;São Paulo;SP;01310-100\n"
)
SEGREDO = "segredo-que-veio-no-arquivo"


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, bank: Simulator) -> Iterator[AccountClerk]:
    """At a program without an account."""
    office = Office(tmp_path / "dados", bank)
    with office.program() as program, seated(AccountClerk, qtbot, qapp, program, tmp_path) as clerk:
        yield clerk


def test_conta_bancaria_and_importar_certificado(clerk: AccountClerk, bank: Simulator, tmp_path: Path) -> None:
    credentials = bank.provision(client_id=str(uuid.uuid4()))
    certificate, key = tmp_path / "conta.crt", tmp_path / "conta.key"
    certificate.write_bytes(f"Secret: {credentials.client_secret}\n".encode() + credentials.certificate_pem)
    key.write_bytes(credentials.key_pem)
    clerk.open_conta()
    clerk.write_conta(bank, credentials.client_id)
    assert bank.bank.requests("token") == []

    dialog = clerk.open_from_card(clerk.form.api.certificate.import_button, ImportarDialog)
    clerk.write(dialog.fields[CHAVE_PUBLICA], str(certificate))
    clerk.write(dialog.fields[CHAVE_PRIVADA], str(key))
    clerk.wait(lambda: dialog.found.startswith("✓"))
    assert dialog.use_secret.isChecked(), "the Secret: line is offered as the ClientSecret"
    assert dialog.holder.text() == credentials.client_id
    clerk.click(dialog.confirm_button)
    clerk.wait(lambda: clerk.desk.window.status.message == "Certificado da conta ITAU gravado.")
    clerk.wait(lambda: clerk.form.api.certificate.state.startswith("vence em"))

    test = clerk.open_from_card(clerk.form.api.certificate.test_button, TesteDialog)
    clerk.wait(lambda: test.verdict.text() == "Tudo certo: a conta fala com o banco.")
    assert (len(bank.bank.requests("token")), len(bank.bank.requests("consulta"))) == (1, 1)
    assert bank.bank.requests("emissao") == bank.bank.requests("instrucao") == []


def test_from_an_empty_machine_to_a_paid_boleto(clerk: AccountClerk, bank: Simulator, tmp_path: Path) -> None:
    client_id = str(uuid.uuid4())
    bank.register(client_id)
    clerk.open_conta()
    clerk.write_conta(bank, client_id)
    wizard = clerk.open_from_card(clerk.form.api.certificate.wizard_button, Assistente)
    clerk.follow_wizard(wizard, bank.temporary_token(client_id))
    clerk.wait(lambda: clerk.form.api.certificate.state.startswith("vence em"))
    assert len(bank.bank.requests("certificado")) == 1

    sheet = tmp_path / "titulos.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    clerk.choose_from_menu("Financeiro", "Contas a Receber", "Importar títulos")
    importing = clerk.desk.window.open_screen("importacao")
    clerk.wait(lambda: importing.target.count() == 1)
    clerk.click(importing.files_button)
    clerk.choose_file(sheet)
    clerk.wait(importing.import_button.isEnabled)
    clerk.click(importing.import_button)
    assert clerk.read_and_close() == "1 título importado."

    clerk.desk.window.open_screen("integracao")
    for situacao in (Situacao.REGISTRADO, Situacao.BAIXADO):
        clerk.click(clerk.page.filters.boxes[situacao])
    clerk.search()
    assert clerk.statuses() == ["PENDENTE"]
    clerk.register(1)
    assert clerk.read_and_close() == "Boletos registrados com sucesso!"

    _change_the_value(clerk)
    _protest_and_cancel(clerk)
    clerk.go_to(BOLETOS)
    clerk.search()
    clerk.check(1)
    clerk.press(BAIXAR)
    clerk.click(clerk.dialog(ConfirmDialog).yes_button)
    clerk.answer("Sim", containing="Deseja consultar o boleto referente ao título 1001/1")
    assert clerk.read_and_close() == "Boletos baixados com sucesso!"
    assert clerk.statuses() == ["BAIXADO"]

    clerk.register(1)
    assert clerk.read_and_close() == "Boletos registrados com sucesso!"
    bank.bank.pay("00000002")
    clerk.check(1)
    clerk.press(CONSULTAR)
    assert clerk.read_and_close() == "Boletos consultados com sucesso!"
    assert clerk.statuses() == ["LIQUIDADO"]
    asked = [request.path.rsplit("/", 1)[-1] for request in bank.bank.requests("instrucao")]
    assert asked == ["valor_nominal", "protesto", "protesto", "baixa"]
    assert [bank.bank.registration_count(number) for number in ("00000001", "00000002")] == [1, 1]


def _change_the_value(clerk: AccountClerk) -> None:
    before = clerk.program.services.busca.titulo(1).boleto
    clerk.check(1)
    clerk.press(ALTERAR)
    dialog = clerk.dialog(AlterarDialog)
    clerk.click(dialog.radios[TipoAlteracao.VALOR])
    clerk.write(dialog.fields.texto, "1.300,00")
    clerk.click(dialog.confirm_button)
    assert clerk.read_and_close() == "Boletos alterados com sucesso!"
    after = clerk.program.services.busca.titulo(1).boleto
    assert before and after and before.linha_digitavel != after.linha_digitavel


def _protest_and_cancel(clerk: AccountClerk) -> None:
    clerk.go_to(PROTESTO)
    clerk.search()
    clerk.check(1)
    clerk.press(PROTESTAR)
    clerk.click(clerk.dialog(ConfirmDialog).yes_button)
    protest = clerk.dialog(ProtestarDialog)
    clerk.write(protest.data, f"{HOJE + timedelta(days=10):%d/%m/%Y}")
    clerk.qtbot.keyClicks(protest.escritorio.new_name, "Escritorio Exemplo")
    clerk.qtbot.keyClick(protest.escritorio.new_name, Qt.Key.Key_Return)
    clerk.wait(lambda: protest.escritorio.value == "Escritorio Exemplo")
    clerk.click(protest.confirm_button)
    assert clerk.read_and_close() == "Boletos alterados com sucesso!"
    assert clerk.statuses() == ["PROTESTADO"]
    clerk.check(1)
    clerk.press(CANCELAR_PROTESTO)
    clerk.click(clerk.dialog(ConfirmDialog).yes_button)
    cancelling = clerk.dialog(CancelarProtestoDialog)
    clerk.write(cancelling.motivo, "pago ao credor")
    clerk.click(cancelling.confirm_button)
    assert clerk.read_and_close() == "Boletos alterados com sucesso!"
    clerk.check(1)
    clerk.press(CONSULTAR)
    assert clerk.read_and_close() == "Boletos consultados com sucesso!"
    assert clerk.program.services.busca.titulo(1).situacao is Situacao.REGISTRADO
