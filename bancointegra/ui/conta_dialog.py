"""The form of one Conta Bancária at Itaú. It asks, checks what it can, and hands over a ``NovaConta``."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from bancointegra.domain.conta import Ambiente, Beneficiario, Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.itau import dac_conta
from bancointegra.services.conta import NovaConta
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.style import field_label, icon_action, label
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.file_field import FileField

_CARTEIRA = "109"
_CEP_DIGITS = 8


class ContaDialog(FormDialog):
    """``submitted`` carries what was filled in; the dialog stays open until ``accept`` or ``refuse`` answers it."""

    submitted = Signal(NovaConta)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Configurar minha conta", confirm="Salvar conta")
        self.fields: dict[str, QLineEdit] = {}
        page = QWidget()
        page.setProperty("role", "transparent")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (self._conta_card(), self._beneficiario_card(), self._api_card()):
            column.addWidget(card)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        self.body.addWidget(area)
        self.resize(760, 640)
        self.fields["Mnemônico"].setFocus()

    def refuse(self, error: AppError) -> None:
        """What was filled in cannot be used: say why, at the field it is about."""
        self.set_busy(False)
        named = {name.casefold(): field for name, field in self.fields.items()}
        self.show_problem(error, named.get(error.field.casefold()) if isinstance(error, InputError) else None)

    def submit(self) -> None:
        try:
            nova = self._read()
        except InputError as error:
            self.refuse(error)
            return
        self.set_busy(True)
        self.submitted.emit(nova)

    def _read(self) -> NovaConta:
        return NovaConta(
            mnemonico=self._required("Mnemônico"),
            agencia=self._required("Agência"),
            conta=self._required("Conta"),
            dac=self._required("Dígito"),
            carteira=self._required("Carteira"),
            primeiro_nosso_numero=self._primeiro_nosso_numero(),
            beneficiario=Beneficiario(
                self._required("Nome"), Documento.parse(self._required("CPF/CNPJ")), self._endereco()
            ),
            ambiente=Ambiente.PRODUCAO,
            client_id=self._required("ClientID"),
            client_secret=self._required("ClientSecret"),
            certificate=self._certificate.read(),
            key=self._key.read(),
            key_password=self.fields["Senha da chave"].text(),
        )

    def _endereco(self) -> Endereco:
        cep = "".join(c for c in self._required("CEP") if c.isdigit())
        if len(cep) != _CEP_DIGITS:
            raise InputError("O CEP tem 8 dígitos.", field="CEP")
        return Endereco(
            self._required("Endereço"),
            self._required("Bairro"),
            self._required("Cidade"),
            self._required("UF").upper(),
            cep,
        )

    def _primeiro_nosso_numero(self) -> int:
        text = self._required("Nosso número")
        if not (text.isascii() and text.isdigit()):
            raise InputError("O nosso número tem só algarismos.", field="Nosso número")
        return int(text)

    def _required(self, name: str) -> str:
        text = self.fields[name].text().strip()
        if not text:
            raise InputError(f"Falta preencher {name}.", field=name)
        return text

    # Building

    def _conta_card(self) -> Card:
        card, grid = _card("Conta no Itaú")
        self._add(grid, 0, 0, "Mnemônico", "como você chama a conta", width=3)
        self._add(grid, 1, 0, "Agência", "1500", longest=4)
        self._add(grid, 1, 1, "Conta", "05206", longest=5)
        self._add(grid, 1, 2, "Dígito", "1", longest=1)
        self._add(grid, 2, 0, "Carteira", _CARTEIRA, longest=3).setText(_CARTEIRA)
        self._add(grid, 2, 1, "Nosso número", longest=8, shown="Primeiro nosso número").setText("1")
        self._dac_note = label("", "small")
        grid.addWidget(self._dac_note, 4, 2, Qt.AlignmentFlag.AlignTop)
        for name in ("Agência", "Conta", "Dígito"):
            self.fields[name].textChanged.connect(self._check_dac)
        return card

    def _beneficiario_card(self) -> Card:
        card, grid = _card("Beneficiário")
        self._add(grid, 0, 0, "Nome", "razão social, como está no banco", width=2)
        self._add(grid, 0, 2, "CPF/CNPJ", "11.222.333/0001-81")
        self._add(grid, 1, 0, "Endereço", "rua, número e complemento", width=2)
        self._add(grid, 1, 2, "Bairro")
        self._add(grid, 2, 0, "Cidade")
        self._add(grid, 2, 1, "UF", "SP", longest=2)
        self._add(grid, 2, 2, "CEP", "01001-000", longest=9)
        return card

    def _api_card(self) -> Card:
        card, grid = _card("API Bancária")
        self._add(grid, 0, 0, "ClientID", width=3)
        secret = self._add(grid, 1, 0, "ClientSecret", width=3)
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        secret.addAction(
            icon_action(secret, "eye", "Mostrar ou esconder", lambda: _toggle_echo(secret)),
            QLineEdit.ActionPosition.TrailingPosition,
        )
        self._certificate = FileField("Certificado", "Certificado (*.crt *.cer *.pem)")
        self._key = FileField("Chave privada", "Chave privada (*.key *.pem)")
        self._put(grid, 2, 0, "Certificado", self._certificate, width=3)
        self._put(grid, 3, 0, "Chave privada", self._key, width=3)
        password = self._add(grid, 4, 0, "Senha da chave", "só se a chave tiver senha", width=3)
        password.setEchoMode(QLineEdit.EchoMode.Password)
        return card

    def _add(
        self,
        grid: QGridLayout,
        row: int,
        column: int,
        name: str,
        example: str = "",
        *,
        width: int = 1,
        longest: int = 80,
        shown: str = "",
    ) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(example)
        field.setMaxLength(longest)
        self._put(grid, row, column, name, field, width=width, shown=shown)
        return field

    def _put(
        self, grid: QGridLayout, row: int, column: int, name: str, field: QLineEdit, *, width: int = 1, shown: str = ""
    ) -> None:
        """Place a field below its label; ``name`` is what errors call it, ``shown`` a clearer label."""
        grid.addWidget(field_label(shown or name, field), 2 * row, column, 1, width)
        grid.addWidget(field, 2 * row + 1, column, 1, width)
        self.fields[name] = field

    def _check_dac(self) -> None:
        """Say at once whether the digit fits, while the numbers are still in front of the clerk."""
        dac = self.fields["Dígito"].text()
        try:
            expected = dac_conta(self.fields["Agência"].text(), self.fields["Conta"].text())
        except InputError:
            self._dac_note.clear()
            return
        verdict = "✓ o dígito confere" if dac == expected else f"com esses números o dígito seria {expected}"
        self._dac_note.setText(verdict if dac else "")


def _card(title: str) -> tuple[Card, QGridLayout]:
    card = Card()
    card.body.addWidget(label(title, "strong"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for column in range(3):
        grid.setColumnStretch(column, 1)
    card.body.addLayout(grid)
    return card, grid


def _toggle_echo(field: QLineEdit) -> None:
    hidden = field.echoMode() == QLineEdit.EchoMode.Password
    field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
