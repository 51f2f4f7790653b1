"""The first page: the simulation, or one's own account, typed and checked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import CredentialError, InputError, StoreError
from bancointegra.ui.conta_dialog import ContaDialog
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.first_run import FirstRunPage
from bancointegra.ui.widgets.file_field import FileField

TYPED = {
    "Mnemônico": "ITAU-MATRIZ",
    "Agência": "1500",
    "Conta": "05206",
    "Dígito": "1",
    "Nome": "Comercial Exemplo Ltda",
    "CPF/CNPJ": "11.222.333/0001-81",
    "Endereço": "Rua Um, 10",
    "Bairro": "Centro",
    "Cidade": "Campinas",
    "UF": "sp",
    "CEP": "01001-000",
    "ClientID": "a1b2",
    "ClientSecret": "segredo-que-ninguem-ve",
}


class Backend:
    """What the composition root gives the page; fails with ``error`` when it is set."""

    def __init__(self):
        self.error = None
        self.novas = []

    def experimentar(self):
        return self._answer("simulada")

    def criar_conta(self, nova):
        self.novas.append(nova)
        return self._answer("conta")

    def _answer(self, result):
        if self.error:
            raise self.error
        return result


@pytest.fixture
def backend():
    return Backend()


@pytest.fixture
def page(qtbot, jobs, backend):
    page = FirstRunPage(jobs, experimentar=backend.experimentar, criar_conta=backend.criar_conta)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitActive(page)
    return page


@pytest.fixture
def files(tmp_path):
    (tmp_path / "conta.crt").write_bytes(b"certificado")
    (tmp_path / "conta.key").write_bytes(b"chave")
    return {"Certificado": str(tmp_path / "conta.crt"), "Chave privada": str(tmp_path / "conta.key")}


def fill(qtbot, dialog, values):
    for name, value in values.items():
        dialog.fields[name].clear()
        qtbot.keyClicks(dialog.fields[name], value)


def test_the_simulation_is_one_click_away(qtbot, page):
    with qtbot.waitSignal(page.ready) as ready:
        qtbot.mouseClick(page.try_button, Qt.MouseButton.LeftButton)
        assert not page.try_button.isEnabled()
    assert ready.args == ["simulada"]


def test_a_simulation_that_does_not_start_says_why(qtbot, page, backend):
    backend.error = StoreError("O disco está cheio.")
    qtbot.mouseClick(page.try_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(MessageDialog) is not None)
    assert page.findChild(MessageDialog).message == "O disco está cheio."
    assert page.try_button.isEnabled()


def test_an_account_is_typed_and_handed_over(qtbot, page, backend, files):
    qtbot.mouseClick(page.conta_button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(ContaDialog)
    fill(qtbot, dialog, TYPED | files)
    with qtbot.waitSignal(page.ready) as ready:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert ready.args == ["conta"]
    [nova] = backend.novas
    assert (nova.agencia, nova.conta, nova.dac, nova.carteira) == ("1500", "05206", "1", "109")
    assert nova.ambiente is Ambiente.PRODUCAO and nova.primeiro_nosso_numero == 1
    assert nova.beneficiario.documento == Documento("11222333000181")
    assert (nova.beneficiario.endereco.uf, nova.beneficiario.endereco.cep) == ("SP", "01001000")
    assert (nova.certificate, nova.key) == (b"certificado", b"chave")
    assert "segredo" not in repr(nova)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"Mnemônico": ""}, "Mnemônico", "Falta preencher Mnemônico"),
        ({"CPF/CNPJ": "11.222.333/0001-82"}, "CPF/CNPJ", "dígitos do CNPJ não conferem"),
        ({"CEP": "0100"}, "CEP", "8 dígitos"),
        ({"Certificado": ""}, "Certificado", "Falta o arquivo"),
        ({"Chave privada": "/nao/existe.key"}, "Chave privada", "Não foi possível ler existe.key"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(qtbot, page, files, change, field, words):
    dialog = page.open_conta()
    qtbot.waitActive(dialog)
    fill(qtbot, dialog, TYPED | files | change)
    qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)
    assert words in dialog.problem
    assert dialog.focusWidget() is dialog.fields[field] and dialog.fields[field].property("wrong") is True
    qtbot.keyClicks(dialog.fields[field], "x")
    assert dialog.problem == "" and dialog.fields[field].property("wrong") is False


def test_what_the_service_refuses_keeps_the_form(qtbot, page, backend, files):
    backend.error = InputError("O dígito da conta não confere.", field="conta")
    dialog = page.open_conta()
    qtbot.waitActive(dialog)
    fill(qtbot, dialog, TYPED | files)
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.problem != "")
    assert dialog.isVisible() and dialog.focusWidget() is dialog.fields["Conta"]
    backend.error = CredentialError("O certificado e a chave não formam um par.")
    dialog.submit()
    qtbot.waitUntil(lambda: "não formam um par" in dialog.problem)
    backend.error = None
    with qtbot.waitSignal(page.ready):
        dialog.submit()


def test_the_digit_is_checked_while_typing(qtbot, page):
    dialog = page.open_conta()
    fill(qtbot, dialog, {"Agência": "1500", "Conta": "05206", "Dígito": "2"})
    notes = [shown.text() for shown in dialog.findChildren(QLabel)]
    assert "com esses números o dígito seria 1" in notes
    fill(qtbot, dialog, {"Dígito": "1"})
    assert "✓ o dígito confere" in [shown.text() for shown in dialog.findChildren(QLabel)]


def test_the_magnifier_finds_a_file(qtbot, tmp_path):
    field = FileField("Certificado", "Certificado (*.crt)")
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_F4)
    dialog = field.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "conta.crt"))
    assert field.text() == str(tmp_path / "conta.crt")


def test_a_file_much_too_large_is_refused(qtbot, tmp_path):
    path = tmp_path / "video.crt"
    path.write_bytes(b"x" * 1_000_001)
    field = FileField("Certificado", "Certificado (*.crt)")
    qtbot.addWidget(field)
    field.setText(str(path))
    with pytest.raises(InputError, match="grande demais"):
        field.read()
