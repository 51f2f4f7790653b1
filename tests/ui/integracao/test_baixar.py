"""Baixar, click by click, as the manual tells it: both questions, both answers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bancointegra.domain.errors import BankRefused, BankUnavailable
from bancointegra.domain.instrucao import Baixar
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.integracao.actions import BAIXAR
from bancointegra.ui.integracao.confirm_dialog import ConfirmDialog
from bancointegra.ui.integracao.results_dialog import ResultsDialog

SECOND = "Deseja consultar o boleto referente ao título {} antes de realizar a baixa?"


@pytest.fixture
def registrados(mesa):
    """Three títulos REGISTRADO, found and checked."""
    for titulo in ("1001/1", "1002/1", "1003/2"):
        mesa.office.registro.registrar(mesa.ids[titulo], gerar_pdf=False)
    mesa.pesquisar(Situacao.REGISTRADO)
    mesa.marcar("1001/1", "1002/1", "1003/2")
    mesa.office.bank.queried.clear()
    return mesa


def press_baixar(mesa):
    mesa.qtbot.mouseClick(mesa.page.actions_bar.buttons[BAIXAR], Qt.MouseButton.LeftButton)
    first = mesa.dialog()
    assert isinstance(first, ConfirmDialog)
    return first


def second_question(mesa, titulo):
    question = SECOND.format(titulo)
    mesa.qtbot.waitUntil(lambda: getattr(QApplication.activeModalWidget(), "message", "") == question)
    return QApplication.activeModalWidget()


def click(mesa, dialog, words):
    wanted = next(shown for shown in dialog.findChildren(type(dialog.copy_button)) if shown.text() == words)
    mesa.qtbot.mouseClick(wanted, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def written_off(mesa):
    return sorted(titulo for titulo, instrucao in mesa.office.bank.instrucoes if instrucao == Baixar())


def test_sim_and_sim_to_all_queries_and_writes_off(registrados):
    mesa = registrados
    first = press_baixar(mesa)
    assert first.plan.question == "Deseja realizar a baixa de 3 boletos?"
    mesa.qtbot.mouseClick(first.yes_button, Qt.MouseButton.LeftButton)
    second = second_question(mesa, "1001/1")
    assert second.check.text() == "Aplicar a todos (3 títulos)"
    mesa.qtbot.keyClick(second.check, Qt.Key.Key_Space)
    click(mesa, second, "&Sim")
    mesa.qtbot.waitUntil(lambda: mesa.said[-1] == "Boletos baixados com sucesso!")
    message = mesa.dialog()
    assert isinstance(message, MessageDialog)
    assert message.message == "Boletos baixados com sucesso!"
    assert [mesa.status(t) for t in ("1001/1", "1002/1", "1003/2")] == ["BAIXADO"] * 3
    assert written_off(mesa) == ["1001/1", "1002/1", "1003/2"]
    assert set(mesa.office.bank.queried) == {"1001/1", "1002/1", "1003/2"}
    message.close()


@pytest.mark.parametrize("how", ["Não", "Esc"])
def test_nao_to_the_first_question_changes_nothing(registrados, how):
    mesa = registrados
    first = press_baixar(mesa)
    if how == "Não":
        mesa.qtbot.mouseClick(first.no_button, Qt.MouseButton.LeftButton)
    else:
        mesa.qtbot.keyClick(first, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None and not mesa.page.is_busy
    assert written_off(mesa) == [] and mesa.office.bank.queried == []
    assert mesa.status("1001/1") == "REGISTRADO"


def test_each_titulo_is_asked_about_and_nao_is_not_queried_before(registrados):
    mesa = registrados
    mesa.office.bank.pagos.update({"1001/1", "1002/1"})
    mesa.qtbot.mouseClick(press_baixar(mesa).yes_button, Qt.MouseButton.LeftButton)
    click(mesa, second_question(mesa, "1001/1"), "&Sim")
    click(mesa, second_question(mesa, "1002/1"), "&Não")
    click(mesa, second_question(mesa, "1003/2"), "&Sim")
    mesa.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ResultsDialog))
    results = mesa.dialog()
    # 1001/1 was found paid and left alone; 1002/1 was written off without a look, as asked.
    assert written_off(mesa) == ["1002/1", "1003/2"]
    line = next(line for line in results.lines if line.titulo == "1001/1")
    assert line.word == "LIQUIDADO"
    assert line.message.startswith("O boleto está LIQUIDADO e não pode ser baixado.")
    assert mesa.status("1001/1") == "LIQUIDADO"
    assert "liquidado" in mesa.said[-1] and "recusado" not in mesa.said[-1]
    results.close()


@pytest.mark.parametrize("how", ["Cancelar", "Esc"])
def test_leaving_the_second_question_writes_nothing_off(registrados, how):
    mesa = registrados
    mesa.qtbot.mouseClick(press_baixar(mesa).yes_button, Qt.MouseButton.LeftButton)
    click(mesa, second_question(mesa, "1001/1"), "&Sim")
    second = second_question(mesa, "1002/1")
    if how == "Esc":
        mesa.qtbot.keyClick(second, Qt.Key.Key_Escape)
    else:
        click(mesa, second, "Cancelar")
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None and not mesa.page.is_busy
    assert written_off(mesa) == [] and mesa.office.bank.queried == []


def test_a_refusal_and_a_bank_out_of_reach_are_told_apart(registrados):
    mesa = registrados

    def raising(error):
        def fault():
            raise error

        return fault

    mesa.office.bank.before["1001/1"] = raising(BankRefused("Boleto em cartório."))
    mesa.office.bank.before["1002/1"] = raising(BankUnavailable("O banco está fora do ar."))
    mesa.qtbot.mouseClick(press_baixar(mesa).yes_button, Qt.MouseButton.LeftButton)
    second = second_question(mesa, "1001/1")
    second.check.click()
    click(mesa, second, "&Não")
    mesa.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ResultsDialog))
    results = mesa.dialog()
    assert [(line.titulo, line.word) for line in results.lines] == [
        ("1001/1", "Recusado"),
        ("1002/1", "Não baixado"),
        ("1003/2", "Baixado"),
    ]
    assert [mesa.status(t) for t in ("1001/1", "1002/1", "1003/2")] == ["REGISTRADO", "REGISTRADO", "BAIXADO"]
    results.close()


def test_one_titulo_has_no_box_to_apply_to_all(mesa):
    mesa.office.registro.registrar(mesa.ids["1001/1"], gerar_pdf=False)
    mesa.pesquisar(Situacao.REGISTRADO)
    mesa.marcar("1001/1")
    first = press_baixar(mesa)
    assert first.plan.question == "Deseja realizar a baixa de 1 boleto?"
    mesa.qtbot.keyClick(first.yes_button, Qt.Key.Key_Return)
    second = second_question(mesa, "1001/1")
    assert not second.check.isVisible()
    second.reject()
