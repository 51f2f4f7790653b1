"""The clerk's main job in the real window, by clicks and keys, on the simulated bank and real data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel

from bancointegra.simulator import Fault, Simulator
from bancointegra.ui.integracao.actions import CONSULTAR, REGISTRAR, VERIFICAR
from bancointegra.ui.integracao.results_dialog import ResultsDialog
from tests.end_to_end.clerk import Clerk


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
