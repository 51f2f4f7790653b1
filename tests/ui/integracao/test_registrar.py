"""Registrar, Consultar and Verificar agora, click by click, as the manual tells them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from shiboken6 import delete

from bancointegra.domain.errors import BankRefused, BankUnavailable, OutcomeUnknown
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.integracao.actions import CONSULTAR, REGISTRAR, VERIFICAR
from bancointegra.ui.integracao.registrar_dialog import RegistrarDialog
from bancointegra.ui.integracao.results_dialog import ResultsDialog
from bancointegra.ui.tokens import A_CONFIRMAR
from tests.ui.integracao.escritorio import many


def press(mesa, action):
    mesa.qtbot.mouseClick(mesa.page.actions_bar.buttons[action], Qt.MouseButton.LeftButton)


def say_yes(mesa):
    dialog = mesa.dialog()
    assert isinstance(dialog, RegistrarDialog)
    mesa.qtbot.mouseClick(dialog.yes_button, Qt.MouseButton.LeftButton)


def raising(error):
    def fault():
        raise error

    return fault


def close(dialog):
    dialog.close()
    QApplication.processEvents()


def test_three_titulos_are_registered_with_their_pdfs(mesa):
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1", "1002/1", "1003/2")
    assert mesa.page.actions_bar.selection_text == "3 selecionados R$\u00a03.745,30"

    press(mesa, REGISTRAR)
    say_yes(mesa)
    message = mesa.dialog()

    assert isinstance(message, MessageDialog)
    assert message.message == "Boletos registrados com sucesso!"
    assert "3 PDFs gravados" in message.hint and str(mesa.office.pasta) in message.hint
    assert [mesa.status(t) for t in ("1001/1", "1002/1", "1003/2", "1010/1")] == [
        "REGISTRADO",
        "REGISTRADO",
        "REGISTRADO",
        "PENDENTE",
    ]
    assert sorted(mesa.office.bank.received) == ["1001/1", "1002/1", "1003/2"]
    assert len(list(mesa.office.pasta.glob("*.pdf"))) == 3
    assert mesa.said[-1] == "Boletos registrados com sucesso!"
    assert mesa.page.list.checked == ()
    close(message)


def test_without_the_box_no_pdf_is_made_and_the_choice_is_kept(mesa):
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.qtbot.waitUntil(mesa.page.actions_bar.gerar_pdf.isEnabled)
    mesa.page.actions_bar.gerar_pdf.click()
    mesa.qtbot.waitUntil(lambda: not mesa.preferences.wanted)
    mesa.marcar("1001/1")
    press(mesa, REGISTRAR)
    say_yes(mesa)
    close(mesa.dialog())
    assert mesa.status("1001/1") == "REGISTRADO"
    assert not mesa.office.pasta.exists()


def test_nao_sends_nothing(mesa):
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1")
    press(mesa, REGISTRAR)
    mesa.qtbot.keyClick(mesa.dialog(), Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not mesa.page.is_busy
    assert mesa.office.bank.received == []
    assert mesa.status("1001/1") == "PENDENTE"


def test_a_payment_at_the_bank_shows_after_consultar(mesa):
    mesa.office.registro.registrar(mesa.ids["1001/1"], gerar_pdf=False)
    mesa.office.registro.registrar(mesa.ids["1002/1"], gerar_pdf=False)
    mesa.office.bank.pagos.add("1002/1")
    mesa.pesquisar(Situacao.REGISTRADO)
    mesa.marcar("1001/1", "1002/1")

    press(mesa, CONSULTAR)
    message = mesa.dialog()

    assert message.message == "Boletos consultados com sucesso!"
    assert message.hint == "Mudou de status: 1 LIQUIDADO."
    assert (mesa.status("1001/1"), mesa.status("1002/1")) == ("REGISTRADO", "LIQUIDADO")
    close(message)


def test_refused_and_doubtful_are_listed_and_the_doubtful_verified(mesa):
    bank = mesa.office.bank
    bank.before["1001/1"] = raising(BankRefused("CEP do pagador inválido."))
    bank.after["1002/1"] = raising(OutcomeUnknown("O banco não respondeu a tempo."))
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1", "1002/1", "1010/1")
    press(mesa, REGISTRAR)
    say_yes(mesa)

    results = mesa.dialog()
    assert isinstance(results, ResultsDialog)
    assert mesa.said[-1] == "1 boleto registrado com sucesso. 1 recusado, 1 a confirmar."
    assert [(line.titulo, line.word) for line in results.lines] == [
        ("1002/1", A_CONFIRMAR),
        ("1001/1", "Recusado"),
        ("1010/1", "Registrado"),
    ]
    assert mesa.status("1002/1") == A_CONFIRMAR
    assert {row.titulo for row in mesa.page.list.checked} == {"1001/1", "1002/1"}
    mesa.qtbot.waitUntil(lambda: mesa.a_confirmar[-1:] == [1])
    results.copy_button.click()
    assert "\n1001/1\tMERCADO AURORA LTDA\tRecusado\tCEP do pagador inválido." in QApplication.clipboard().text()

    mesa.qtbot.mouseClick(results.verify_button, Qt.MouseButton.LeftButton)
    mesa.qtbot.waitUntil(lambda: mesa.said[-1] == "1 título confirmado.")

    assert mesa.status("1002/1") == "REGISTRADO"
    assert bank.received.count("1002/1") == 1
    mesa.qtbot.waitUntil(lambda: mesa.a_confirmar[-1:] == [0])
    close(mesa.dialog())


def test_a_titulo_a_confirmar_offers_verificar_agora_and_nothing_else(mesa):
    mesa.office.bank.after["1001/1"] = raising(OutcomeUnknown("O banco não respondeu a tempo."))
    mesa.office.registro.registrar(mesa.ids["1001/1"], gerar_pdf=False)
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1")

    enabled = [action for action, shown in mesa.page.actions_bar.buttons.items() if shown.isEnabled()]
    assert enabled == [VERIFICAR]
    assert mesa.page.actions_bar.buttons[VERIFICAR].property("primary") is True
    press(mesa, VERIFICAR)
    close(mesa.dialog())
    assert mesa.status("1001/1") == "REGISTRADO"


def test_a_failing_bank_is_a_sentence_for_each_titulo(mesa):
    mesa.office.registro.registrar(mesa.ids["1001/1"], gerar_pdf=False)
    mesa.office.bank.consultar = raising_query(BankUnavailable("O banco está fora do ar."))
    mesa.pesquisar(Situacao.REGISTRADO)
    mesa.marcar("1001/1")
    press(mesa, CONSULTAR)
    results = mesa.dialog()
    assert isinstance(results, ResultsDialog)
    assert results.lines[0].word == "Não consultado"
    assert results.lines[0].message.startswith("O banco está fora do ar.")
    close(results)


def raising_query(error):
    def consultar(carteira, nosso_numero):
        raise error

    return consultar


def test_a_mixed_selection_names_what_is_left_out(mesa):
    mesa.office.registro.registrar(mesa.ids["1003/2"], gerar_pdf=False)
    mesa.pesquisar(Situacao.PENDENTE, Situacao.REGISTRADO)
    mesa.marcar("1001/1", "1003/2")
    press(mesa, REGISTRAR)
    dialog = mesa.dialog()
    assert dialog.plan.question == "Registrar 1 boleto?"
    assert dialog.plan.left_out == "Fica de fora 1: 1 REGISTRADO."
    assert dialog.plan.ambiente_explained.startswith("banco simulado")
    close(dialog)


@pytest.mark.parametrize("how", ["click", "Esc"])
def test_parar_stops_after_what_was_already_sent(mesa, how):
    conta = mesa.page.filters.conta
    mesa.ids.update(mesa.office.add_titulos(conta, many(30)))
    mesa.office.bank.door.clear()
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.page.list.model.check_all()
    mesa.qtbot.waitUntil(lambda: mesa.page.actions_bar.selection_text.startswith("34"))
    press(mesa, REGISTRAR)
    say_yes(mesa)
    bar = mesa.page.actions_bar
    mesa.qtbot.waitUntil(bar.progress.isVisible)
    assert not any(shown.isVisible() for shown in bar.shown)
    mesa.qtbot.waitUntil(lambda: len(mesa.office.bank.received) == 8)

    if how == "click":
        mesa.qtbot.mouseClick(bar.progress.stop_button, Qt.MouseButton.LeftButton)
    else:
        mesa.qtbot.keyClick(mesa.page.list.table, Qt.Key.Key_Escape)
    assert not bar.progress.stop_button.isEnabled()
    mesa.office.bank.door.set()

    results = mesa.dialog()
    assert mesa.said[-1] == "8 boletos registrados com sucesso. 26 não iniciados."
    assert len(mesa.office.bank.received) == 8
    assert all(shown.isVisible() for shown in bar.shown)
    close(results)


def test_while_a_batch_runs_nothing_else_may_start(mesa):
    mesa.office.bank.door.clear()
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1")
    press(mesa, REGISTRAR)
    say_yes(mesa)
    mesa.qtbot.waitUntil(lambda: mesa.page.is_busy)
    assert not any(shown.isEnabled() for shown in mesa.page.actions_bar.buttons.values())
    mesa.qtbot.keyClick(mesa.page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert mesa.said[-1] == "Aguarde o fim do lote em andamento."
    mesa.office.bank.door.set()
    close(mesa.dialog())


def test_a_page_closed_during_a_batch_loses_nothing(mesa, jobs):
    mesa.office.bank.door.clear()
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1")
    press(mesa, REGISTRAR)
    say_yes(mesa)
    mesa.qtbot.waitUntil(lambda: mesa.office.bank.received == ["1001/1"])
    delete(mesa.page)
    with mesa.qtbot.waitSignal(jobs.idle):
        mesa.office.bank.door.set()
    [row] = mesa.office.busca.rows([mesa.ids["1001/1"]])
    assert row.situacao is Situacao.REGISTRADO


@pytest.mark.parametrize("action", [REGISTRAR, CONSULTAR, VERIFICAR])
def test_every_button_has_a_key_and_says_what_it_does(mesa, action):
    shown = mesa.page.actions_bar.buttons[action]
    assert isinstance(shown, QPushButton)
    assert shown.text() == action.label
    assert shown.toolTip() == "Selecione um título na lista."
