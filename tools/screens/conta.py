"""The screen Conta Bancária in all its states: a real program on the simulated bank."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bancointegra.bootstrap.program import Program
from bancointegra.domain.certificado import Passo
from bancointegra.simulator import Simulator
from bancointegra.ui.conta import rascunho as nomes
from bancointegra.ui.conta.assistente import TOKEN, Assistente
from bancointegra.ui.conta.importar_dialog import CHAVE_PRIVADA, CHAVE_PUBLICA, ImportarDialog
from bancointegra.ui.conta.page import ContaPage
from bancointegra.ui.conta.services import ContaServices
from bancointegra.ui.conta.teste_dialog import TesteDialog
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.screens import ScreenEntry
from tests.ui.conta.escritorio import CLIENT_ID, criar_conta, open_program
from tools.screens.stage import Screen, Stage

_PAUSE_MS = 250
_LONG = "CONSTRUTORA E INCORPORADORA HORIZONTE DO BRASIL PARTICIPAÇÕES LTDA"
_folders = itertools.count(1)


@cache
def _bank(folder: Path) -> Simulator:
    bank = Simulator(folder / "banco")
    bank.start()
    return bank


class _Demo:
    """Three accounts: in order, near its end, and without certificate."""

    def __init__(self, stage: Stage, *, filled: bool = True) -> None:
        self.stage = stage
        self.bank = _bank(stage.folder)
        self.folder = stage.folder / f"contas-{next(_folders)}"
        self.program: Program = open_program(self.folder)
        if filled:
            self._fill()
        services = self.program.services
        self.page = ContaPage(
            jobs=stage.jobs,
            services=ContaServices(services.conta, services.certificado, services.assistente, services.teste_conexao),
            clock=self.program.clock,
        )

    def window(self) -> MainWindow:
        entry = ScreenEntry("conta", ("Financeiro", "Banco"), "Conta Bancária", "landmark", lambda _window: self.page)
        window = MainWindow(jobs=self.stage.jobs, theme=self.stage.theme, settings=self.stage.settings, screens=[entry])
        self.page.status_changed.connect(window.say)
        window.open_screen("conta")
        window.demo = self  # type: ignore[attr-defined]  # lives as long as its window
        return window

    def show(self, row: int, mnemonico: str) -> None:
        """Open one account of the list."""
        self.stage.wait_until(lambda: self.page.contas.list.count() == 3 and self.page.form.conta is not None)
        self.page.contas.list.setCurrentRow(row)
        self.stage.wait_until(lambda: self.page.form.title.text() == mnemonico)
        QTest.qWait(_PAUSE_MS)

    def show_api(self, row: int, mnemonico: str) -> None:
        self.show(row, mnemonico)
        self.page.form.tabs.setCurrentWidget(self.page.form.api)

    def _fill(self) -> None:
        credentials = self.bank.provision(client_id=CLIENT_ID)
        soon = self.bank.provision(client_id=str(uuid.uuid5(uuid.NAMESPACE_DNS, "filial")), valid_days=12)
        criar_conta(self.program, self.bank, credentials)
        criar_conta(self.program, self.bank, soon, mnemonico="ITAU-FILIAL", agencia="0262", conta="81234")
        third = criar_conta(self.program, self.bank, credentials, mnemonico="ITAU-LOJA", agencia="0262", conta="00045")
        client_id = str(uuid.uuid4())
        self.bank.register(client_id, agencia="0262", conta="00045")
        self.program.services.conta.salvar(replace(third, client_id=client_id), None)


def _window(stage: Stage) -> QWidget:
    return _Demo(stage).window()


def _empty(stage: Stage) -> QWidget:
    return _Demo(stage, filled=False).window()


def _account(window: QWidget, stage: Stage) -> None:
    window.demo.show(1, "ITAU-LOJA")  # type: ignore[attr-defined]  # the stage knows its widget
    window.demo.show(2, "ITAU-MATRIZ")  # type: ignore[attr-defined]  # the stage knows its widget


def _api(window: QWidget, stage: Stage) -> None:
    window.demo.show_api(2, "ITAU-MATRIZ")  # type: ignore[attr-defined]  # the stage knows its widget


def _ending(window: QWidget, stage: Stage) -> None:
    window.demo.show(1, "ITAU-LOJA")  # type: ignore[attr-defined]  # the stage knows its widget
    window.demo.show_api(0, "ITAU-FILIAL")  # type: ignore[attr-defined]  # the stage knows its widget


def _no_certificate(window: QWidget, stage: Stage) -> None:
    window.demo.show_api(1, "ITAU-LOJA")  # type: ignore[attr-defined]  # the stage knows its widget


def _advanced(window: QWidget, stage: Stage) -> None:
    _api(window, stage)
    window.demo.page.form.api.hosts_button.setChecked(True)  # type: ignore[attr-defined]  # the stage knows its widget


def _nothing(window: QWidget, stage: Stage) -> None:
    QTest.qWait(_PAUSE_MS)


def _wrong(window: QWidget, stage: Stage) -> None:
    _account(window, stage)
    form = window.demo.page.form  # type: ignore[attr-defined]  # the stage knows its widget
    form.fields.edits[nomes.NOME].setText(_LONG)
    form.fields.edits[nomes.BAIRRO].setText("Jardim das Bandeiras")
    form.fields.edits[nomes.DAC].setText("7")
    form.save_button.click()


def _refused(window: QWidget, stage: Stage) -> None:
    _account(window, stage)
    window.demo.page.form._problem.setText(  # type: ignore[attr-defined]  # the stage knows its widget
        "A conta ITAU-MATRIZ já tem boletos no banco (SIMULAÇÃO, Itaú 341 · Ag. 1500 · C/C 05206-1 · carteira 109); o "
        "ambiente, a agência e a conta não podem mais mudar. Cadastre outra conta bancária com outro mnemônico."
    )
    window.demo.page.form._problem.show()  # type: ignore[attr-defined]  # the stage knows its widget


def _narrow(window: QWidget, stage: Stage) -> None:
    """A 1366 × 768 display at 125 %."""
    window.resize(1093, 574)
    _advanced(window, stage)


def _dialog(row: int, mnemonico: str, button: str) -> Callable[[Stage], QWidget]:
    def make(stage: Stage) -> QWidget:
        demo = _Demo(stage)
        window = demo.window()
        window.resize(*stage.window_size)
        window.show()
        demo.show_api(row, mnemonico)
        getattr(demo.page.form.api.certificate, button).click()
        stage.wait_until(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        dialog.demo, dialog.window_behind = demo, window  # type: ignore[attr-defined]  # the stage knows its widget
        return dialog

    return make


def _files(dialog: QWidget, stage: Stage, *, pair: bool = True) -> None:
    assert isinstance(dialog, ImportarDialog)
    demo: _Demo = dialog.demo  # type: ignore[attr-defined]  # the stage knows its widget
    credentials = demo.bank.provision(client_id=CLIENT_ID)
    key = credentials.key_pem if pair else demo.bank.provision(client_id="outro").key_pem
    (demo.folder / "itau.crt").write_bytes(b"Secret: 0a1b\n" + credentials.certificate_pem)
    (demo.folder / "itau.key").write_bytes(key)
    dialog.fields[CHAVE_PUBLICA].setText(str(demo.folder / "itau.crt"))
    dialog.fields[CHAVE_PRIVADA].setText(str(demo.folder / "itau.key"))
    if pair:
        stage.wait_until(lambda: dialog.found.startswith("✓"))
    else:
        dialog.submit()
        stage.wait_until(lambda: dialog.problem != "")


def _wrong_files(dialog: QWidget, stage: Stage) -> None:
    _files(dialog, stage, pair=False)


def _tested(dialog: QWidget, stage: Stage) -> None:
    assert isinstance(dialog, TesteDialog)
    stage.wait_until(lambda: "Falando" not in dialog.verdict.text())


def _wizard_at(passo: Passo, *, finished: bool = False) -> Callable[[QWidget, Stage], None]:
    def walk(wizard: QWidget, stage: Stage) -> None:
        assert isinstance(wizard, Assistente)
        demo: _Demo = wizard.demo  # type: ignore[attr-defined]  # the stage knows its widget
        stage.wait_until(wizard.confirm_button.isEnabled)
        while wizard.passo is not passo:
            before = wizard.passo
            if before is Passo.ENVIO:
                client_id = demo.page.form.conta.client_id  # type: ignore[union-attr]
                wizard.fields.edits[TOKEN].setText(demo.bank.temporary_token(client_id))
            wizard.submit()
            stage.wait_until(lambda before=before: wizard.passo is not before and wizard.confirm_button.isEnabled())
        if finished:
            wizard.submit()
            stage.wait_until(wizard.confirm_button.isEnabled)
        QTest.qWait(_PAUSE_MS)

    return walk


_importar = _dialog(2, "ITAU-MATRIZ", "import_button")
_assistente = _dialog(1, "ITAU-LOJA", "wizard_button")

SCREENS = (
    Screen("conta-bancaria", _window, _account, is_window=True),
    Screen("conta-bancaria-nova", _empty, _nothing, is_window=True),
    Screen("conta-bancaria-errada", _window, _wrong, is_window=True),
    Screen("conta-bancaria-recusada", _window, _refused, is_window=True),
    Screen("conta-bancaria-api", _window, _api, is_window=True),
    Screen("conta-bancaria-api-vence", _window, _ending, is_window=True),
    Screen("conta-bancaria-api-sem-certificado", _window, _no_certificate, is_window=True),
    Screen("conta-bancaria-api-avancado", _window, _advanced, is_window=True),
    Screen("conta-bancaria-estreita", _window, _narrow, is_window=True),
    Screen("conta-importar", _importar),
    Screen("conta-importar-lido", _importar, _files),
    Screen("conta-importar-recusado", _importar, _wrong_files),
    Screen("conta-testar", _dialog(2, "ITAU-MATRIZ", "test_button"), _tested),
    Screen("conta-exportar", _dialog(2, "ITAU-MATRIZ", "export_button")),
    *(Screen(f"conta-assistente-{passo.name.lower()}", _assistente, _wizard_at(passo)) for passo in Passo),
    Screen("conta-assistente-pronto", _assistente, _wizard_at(Passo.TESTE, finished=True)),
)
