"""The clerk's main job in the real window, by clicks and keys, on the simulated bank and real data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from bancointegra.bootstrap.desk import Desk
from bancointegra.bootstrap.program import Program
from bancointegra.simulator import Fault, Simulator
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.integracao.actions import CONSULTAR, REGISTRAR, VERIFICAR, BankAction
from bancointegra.ui.integracao.registrar_dialog import RegistrarDialog
from bancointegra.ui.integracao.results_dialog import ResultsDialog
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.theme import Theme
from tests.end_to_end.office import Office

WAIT_MS = 20_000


class Clerk:
    """Sits at the window; does only what hands can do, and sees only what is on the screen."""

    def __init__(self, qtbot: QtBot, desk: Desk, program: Program) -> None:
        self.qtbot, self.desk, self.program = qtbot, desk, program
        self.page = desk.integracao

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def search(self) -> None:
        self.wait(lambda: self.page.conta is not None)
        self.qtbot.keyClick(self.page, Qt.Key.Key_F5)
        self.wait(lambda: self.page.list.model.rowCount() > 0 and self.page.list.current is not None)

    def check(self, count: int) -> None:
        table = self.page.list.table
        table.setFocus()
        for row in range(count):
            table.setCurrentIndex(self.page.list.model.index(row, 0))
            self.qtbot.keyClick(table, Qt.Key.Key_Space)
        self.wait(lambda: len(self.page.list.checked) == count)

    def press(self, action: BankAction) -> None:
        button = self.page.actions_bar.buttons[action]
        self.wait(button.isEnabled)
        self.click(button)

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def dialog(self, kind: type[QDialog]) -> QDialog:
        def shown() -> list[QDialog]:
            return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

        self.wait(lambda: len(shown()) == 1)
        return shown()[0]

    def read_and_close(self) -> str:
        dialog = self.dialog(MessageDialog)
        text = dialog.message
        dialog.accept()
        return text

    def register(self, count: int) -> None:
        self.check(count)
        self.press(REGISTRAR)
        self.click(self.dialog(RegistrarDialog).yes_button)

    def statuses(self) -> list[str]:
        """The status chips, from the first row down."""
        model = self.page.list.model
        rows = [model.row(position) for position in range(model.rowCount())]
        return ["A CONFIRMAR" if row.a_confirmar else row.situacao.value for row in rows if row]


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, office: Office, tmp_path: Path) -> Iterator[Clerk]:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    jobs = Jobs()
    with office.program() as program:
        program.use_boleto_folder(tmp_path / "boletos")
        desk = Desk(program, jobs=jobs, theme=Theme(qapp, settings), settings=settings)
        desk.open()
        yield Clerk(qtbot, desk, program)
        desk.window.close()
        jobs.shutdown()
        desk.window.deleteLater()


def test_register_three_with_pdf_and_learn_who_paid(clerk: Clerk, bank: Simulator, tmp_path: Path) -> None:
    clerk.search()
    clerk.register(3)
    assert clerk.read_and_close() == "Boletos registrados com sucesso!"
    assert clerk.statuses() == ["REGISTRADO"] * 3
    assert len(list((tmp_path / "boletos").glob("*.pdf"))) == 3
    assert len(bank.bank.boletos()) == 3

    first = clerk.program.services.busca.titulo(1)
    assert first.boleto is not None
    bank.bank.pay(first.boleto.nosso_numero)
    clerk.check(3)
    clerk.press(CONSULTAR)
    assert clerk.read_and_close() == "Boletos consultados com sucesso!"
    assert clerk.statuses() == ["LIQUIDADO", "REGISTRADO", "REGISTRADO"]
    clerk.wait(lambda: "Boletos consultados com sucesso!" in clerk.desk.window.status.message)


def test_a_lost_answer_is_shown_as_a_confirmar_and_settled_by_verificar_agora(clerk: Clerk, bank: Simulator) -> None:
    bank.bank.faults.inject(Fault(kind="status", phase="after", route="emissao", status=500))
    clerk.search()
    clerk.register(1)
    results = clerk.dialog(ResultsDialog)
    assert "1 a confirmar." in [text.text() for text in results.findChildren(QLabel)]
    results.accept()
    assert clerk.statuses() == ["A CONFIRMAR", "PENDENTE", "PENDENTE"]
    clerk.wait(lambda: clerk.page.actions_bar.buttons[VERIFICAR].isEnabled())
    assert not clerk.page.actions_bar.buttons[REGISTRAR].isEnabled()
    assert not clerk.page.actions_bar.buttons[CONSULTAR].isEnabled()

    clerk.press(VERIFICAR)
    assert clerk.read_and_close() == "1 título confirmado."
    assert clerk.statuses() == ["REGISTRADO", "PENDENTE", "PENDENTE"]
    assert len(bank.bank.boletos()) == 1
