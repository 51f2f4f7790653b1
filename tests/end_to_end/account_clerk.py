"""The clerk at Conta Bancária, at the certificate's dialogs, and in the menu."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu, QWidget

from bancointegra.domain.certificado import Passo
from bancointegra.simulator import Simulator
from bancointegra.ui.conta import rascunho as nomes
from bancointegra.ui.conta.assistente import TOKEN, Assistente
from bancointegra.ui.conta.form import ContaForm
from bancointegra.ui.conta.page import ContaPage
from tests.end_to_end.clerk import Clerk

Opened = TypeVar("Opened", bound=QDialog)

DADOS = {
    nomes.MNEMONICO: "itau",
    nomes.AGENCIA: "1500",
    nomes.CONTA: "05206",
    nomes.DAC: "1",
    nomes.NOME: "EMPRESA EXEMPLO LTDA",
    nomes.DOCUMENTO: "11.222.333/0001-81",
    nomes.ENDERECO: "Rua das Palmeiras, 341",
    nomes.BAIRRO: "Centro",
    nomes.CIDADE: "Campinas",
    nomes.UF: "SP",
    nomes.CEP: "01310-100",
}


class AccountClerk(Clerk):
    """Begins without an account."""

    @property
    def form(self) -> ContaForm:
        page = self.desk.window.tabs.currentWidget()
        assert isinstance(page, ContaPage)
        return page.form

    def open_conta(self) -> None:
        """Financeiro → Banco → Conta Bancária, by its key."""
        self.qtbot.keyClick(
            self.desk.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        self.wait(lambda: isinstance(self.desk.window.tabs.currentWidget(), ContaPage))

    def write(self, field: QLineEdit, text: str) -> None:
        """Type into a field, in place of what it holds."""
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)

    def write_conta(self, bank: Simulator, client_id: str) -> None:
        """A new account at the simulated bank, and Ctrl+S."""
        self.wait(self.form.fields.edits[nomes.MNEMONICO].hasFocus)
        self._write_fields(DADOS)
        self.open_api_tab()
        self.form.api.ambiente.setFocus()
        self.qtbot.keyClick(self.form.api.ambiente, Qt.Key.Key_End)
        self.click(self.form.api.hosts_button)
        self._write_fields(
            {
                nomes.CLIENT_ID: client_id,
                nomes.HOST_TOKEN: bank.hosts.token,
                nomes.HOST_EMISSAO: bank.hosts.emissao,
                nomes.HOST_CONSULTA: bank.hosts.consulta,
                nomes.CA: str(bank.ca_path),
            }
        )
        self.qtbot.keyClick(self.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.wait(lambda: self.desk.window.status.message == "Conta ITAU salva.")

    def open_api_tab(self) -> None:
        bar = self.form.tabs.tabBar()
        place = bar.tabRect(self.form.tabs.indexOf(self.form.api)).center()
        self.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)

    def open_from_card(self, button: QWidget, kind: type[Opened]) -> Opened:
        """Press a button of the certificate's card."""
        self.wait(button.isEnabled)
        self.click(button)
        return self.dialog(kind)

    def follow_wizard(self, wizard: Assistente, token: str) -> None:
        """From the dados to a connection that works."""
        self._step(wizard, Passo.CHAVE)
        self._step(wizard, Passo.ENVIO)
        QApplication.clipboard().setText(f"Bearer {token}\n")
        wizard.fields.edits[TOKEN].setFocus()
        self.qtbot.keyClick(wizard.fields.edits[TOKEN], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        self._step(wizard, Passo.RECEBIDO)
        self._step(wizard, Passo.TESTE)
        self.click(wizard.confirm_button)
        self.wait(lambda: wizard.confirm_button.text() == "Concluir")
        self.qtbot.keyClick(wizard, Qt.Key.Key_Return)

    def choose_from_menu(self, *titles: str) -> None:
        """Click through the menu bar."""
        bar = self.desk.window.menuBar()
        place: QWidget = bar
        for title in titles:
            [action] = [a for a in place.actions() if a.text().replace("&", "") == title]
            geometry = bar.actionGeometry(action) if place is bar else place.actionGeometry(action)  # type: ignore[attr-defined]
            self.qtbot.mouseClick(place, Qt.MouseButton.LeftButton, pos=geometry.center())
            if title is not titles[-1]:
                menu = action.menu()
                assert isinstance(menu, QMenu)
                self.wait(menu.isVisible)
                place = menu

    def choose_file(self, path: Path) -> None:
        """Paste the name into the file dialog."""
        dialog = self.dialog(QFileDialog)
        name = dialog.findChild(QLineEdit)
        assert name is not None
        QApplication.clipboard().setText(str(path))
        name.clear()
        name.paste()
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.hide()  # what the dialog offers to complete takes the next key
        self.qtbot.keyClick(name, Qt.Key.Key_Return)

    def _write_fields(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self.write(self.form.fields.edits[name], value)

    def _step(self, wizard: Assistente, passo: Passo) -> None:
        self.wait(wizard.confirm_button.isEnabled)
        self.click(wizard.confirm_button)
        self.wait(lambda: wizard.passo is passo and wizard.confirm_button.isEnabled())
