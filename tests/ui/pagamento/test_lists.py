"""The lists: status, search, history, approval, batch, schedule, receipts refused, occurrences, convênios."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bancointegra.domain.conta_pagamento import Alcadas
from bancointegra.domain.convenio import Convenio
from bancointegra.domain.errors import OutcomeUnknown
from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.ui.pagamento.actions import (
    ABRIR,
    AGENDAR,
    APROVAR,
    COMPROVANTE,
    DECIDIR,
    ESTORNAR,
    PAGAR,
    PAGAR_MARCADOS,
    RETIRAR,
    VERIFICAR,
)
from bancointegra.ui.pagamento.agendar_dialog import AgendarDialog
from bancointegra.ui.pagamento.conta_dialog import CLIENT_ID, DOCUMENTO, SECRET, ContaPagamentoDialog
from bancointegra.ui.pagamento.decidir_dialog import DecidirDialog
from bancointegra.ui.pagamento.filter_bar import RECORTES
from bancointegra.ui.pagamento.lote_dialog import LoteDialog
from bancointegra.ui.pagamento.results_dialog import ResultadosDialog
from tests.services.pay_office import PayOffice
from tests.services.small_celcoin import AGUA, FICHA, FICHA_ALTERAVEL, FICHA_GRANDE

S = SituacaoPagamento


@pytest.fixture
def filled(office: PayOffice, new_mesa):
    """One paid, one cancelled, one consulted; newest first in the list."""
    office.paid(AGUA)
    office.window.pagamento.cancelar(office.reserved(FICHA))
    office.consulted(FICHA_ALTERAVEL)
    return new_mesa().ready()


def choose(mesa, name: str) -> None:
    names = [recorte.nome for recorte in RECORTES]
    mesa.page.pagamentos.filters.recorte.setCurrentIndex(names.index(name))


def test_the_list_is_filtered_by_status_and_words(filled):
    filled.wait_rows("Consultado", "Cancelado", "Pago")
    assert filled.page.pagamentos.found_text == "3 pagamentos · R$\u00a0487,45"
    choose(filled, "Pago")
    filled.wait_rows("Pago")
    choose(filled, "Todos os status")
    filled.wait_rows("Consultado", "Cancelado", "Pago")
    filled.page.pagamentos.filters.focus_text()
    filled.qtbot.keyClicks(filled.page.pagamentos.filters.texto, "aguas")
    filled.wait_rows("AGUAS DO RIO 4 RJ", column="beneficiario")
    filled.qtbot.keyClicks(filled.page.pagamentos.filters.texto, "xyz")
    filled.qtbot.waitUntil(lambda: filled.page.pagamentos.list.empty.title == "Nenhum pagamento neste período")


def test_each_button_says_why_it_cannot_act_and_the_detail_has_the_history(filled):
    filled.wait_rows("Consultado", "Cancelado", "Pago")
    buttons, detail = filled.page.pagamentos.buttons, filled.page.pagamentos.detail
    assert {action for action, each in buttons.items() if each.isEnabled()} == {ABRIR, RETIRAR}
    assert "Só um pagamento Pago tem comprovante" in buttons[COMPROVANTE].toolTip()
    assert "Nada saiu para a Celcoin" in buttons[VERIFICAR].toolTip()
    filled.page.pagamentos.list.select(1)
    filled.qtbot.waitUntil(buttons[COMPROVANTE].isEnabled)
    assert "já foi liberado" in buttons[ESTORNAR].toolTip()
    filled.qtbot.keyClick(filled.page.pagamentos.list.table, Qt.Key.Key_Return)  # nothing to decide: its detail opens
    filled.qtbot.waitUntil(lambda: detail.beneficiario_label.text() == "AGUAS DO RIO 4 RJ")
    assert detail.chip.status == "Pago" and detail.facts.value_of("Autenticação") == "1913"
    filled.page.pagamentos.list.select(3)
    filled.click_in_list(RETIRAR)
    assert "Deseja retirar da lista" in filled.answer()
    filled.wait_rows("Cancelado", "Cancelado", "Pago")


def test_a_second_person_approves_above_the_limit(tmp_path, office, new_mesa):
    office.store.contas_pagamento.save(_with_limit(office, Reais(10_000)))
    office.consulted(FICHA)
    maria = new_mesa("maria").ready()
    maria.click_in_list(ABRIR)
    maria.click(PAGAR)
    assert "precisam da aprovação de outra pessoa" in maria.read_message()
    maria.click_in_list(APROVAR)
    maria.answer()
    assert "Quem preparou o pagamento não pode aprová-lo" in maria.read_message()
    joana = new_mesa("joana").ready()
    joana.click_in_list(APROVAR)
    assert "Incluído por maria" in joana.dialog_hint()
    joana.answer()
    joana.qtbot.waitUntil(lambda: office.pagamento(1).aprovacao is not None)
    maria.click(PAGAR)
    maria.wait_for(S.AGUARDANDO_CONFIRMACAO)


def test_what_celcoin_said_by_telephone_is_recorded(mesa):
    reserved = mesa.office.reserved(FICHA)
    mesa.office.celcoin.fail_next("confirmar", OutcomeUnknown("A resposta não chegou."))
    mesa.office.window.pagamento.confirmar(reserved)
    mesa.page.refresh()
    mesa.wait_rows("A CONFIRMAR")
    mesa.click_in_list(DECIDIR)
    dialog = mesa.dialog(DecidirDialog)
    assert [dialog.situacao.itemText(row) for row in range(2)] == ["Pago", "Desfeito"]
    dialog.confirm_button.click()
    assert "Diga quem informou" in dialog.problem
    dialog.situacao.setCurrentIndex(1)
    dialog.motivo.setText("Ana, protocolo 77")
    dialog.confirm_button.click()
    mesa.wait_rows("Desfeito")
    assert "registrado por decisão do usuário" in mesa.office.said(reserved)[-1]
    assert not mesa.page.pagamentos.buttons[DECIDIR].isVisible()


def test_many_bills_are_pasted_consulted_reviewed_and_paid(mesa):
    celcoin = mesa.office.celcoin
    celcoin.totals[FICHA_GRANDE] = Reais(99_000_000)
    mesa.qtbot.mouseClick(mesa.page.code.lote_button, Qt.MouseButton.LeftButton)
    dialog = mesa.dialog(LoteDialog)
    dialog.text.setPlainText("\n".join([FICHA, AGUA, FICHA_GRANDE, FICHA[:-1] + "1"]))
    mesa.qtbot.waitUntil(lambda: dialog.said.text() == "3 contas prontas · 1 não pode ser consultada")
    mesa.qtbot.mouseClick(dialog.consult_button, Qt.MouseButton.LeftButton)
    mesa.qtbot.waitUntil(lambda: dialog.said.text().startswith("3 contas consultadas."))
    dialog.close_button.click()
    mesa.qtbot.waitUntil(lambda: len(mesa.page.pagamentos.list.checked) == 3)
    mesa.click_in_list(PAGAR_MARCADOS)
    assert mesa.answer().startswith("Deseja pagar 3 contas, R$\u00a0990.237,45 ao todo?")
    results = mesa.dialog(ResultadosDialog)
    words = [results.table.item(row, 2).text() for row in range(3)]
    assert words == ["Recusado", "Pago", "Pago"]
    results.accept()
    assert celcoin.payment_count(FICHA) == celcoin.payment_count(AGUA) == 1
    mesa.qtbot.waitUntil(lambda: mesa.said[-1] == "2 contas pagas. 1 recusada.")


def test_a_list_is_imported_from_a_file(mesa, tmp_path):
    path = tmp_path / "contas.csv"
    path.write_text(f"fornecedor;linha\nAGUAS;{AGUA}\nPAPEL;{FICHA}\n", encoding="utf-8")
    mesa.page.open_lote()
    dialog = mesa.dialog(LoteDialog)
    dialog.import_file(path)
    mesa.qtbot.waitUntil(lambda: dialog.said.text() == "2 contas prontas")
    dialog.import_file(tmp_path / "sumiu.csv")
    mesa.qtbot.waitUntil(lambda: "sumiu.csv" in dialog.said.text())
    assert not dialog.consult_button.isEnabled()
    dialog.reject()


def test_a_bill_is_scheduled_with_a_clear_warning(mesa):
    mesa.consultar(FICHA)
    mesa.click(AGENDAR)
    dialog = mesa.dialog(AgendarDialog)
    assert "só acontece se o BancoIntegra estiver aberto" in dialog.warning.text()
    dialog.data.setText("20/11/2026")
    dialog.confirm_button.click()
    assert "A data já passou" in dialog.problem
    dialog.data.setText("27/11/2026")
    dialog.confirm_button.click()
    mesa.qtbot.waitUntil(lambda: mesa.said[-1].startswith("Agendado para 27/11/2026."))
    assert any(text.startswith("Agendada para 27/11/2026") for text in mesa.page.card.avisos_texts)
    choose(mesa, "Agendados")
    mesa.wait_rows("Consultado")
    mesa.click(AGENDAR)
    mesa.dialog(AgendarDialog).remove_button.click()
    mesa.qtbot.waitUntil(lambda: mesa.said[-1] == "Agendamento retirado.")
    assert mesa.office.pagamento(1).agendado_para is None


def test_occurrences_are_told_counted_and_lead_to_their_payment(filled):
    office = filled.office
    office.celcoin.give_back(office.pagamento(1).transacao)
    page = filled.page
    filled.qtbot.mouseClick(page.ocorrencias.fetch_button, Qt.MouseButton.LeftButton)
    filled.qtbot.waitUntil(lambda: page.tabs.tabText(1) == "Ocorrências (1)")
    assert "R$\u00a087,45 voltaram ao saldo" in filled.said[-1]
    filled.wait_rows("Consultado", "Cancelado", "Devolvido")
    page.tabs.setCurrentWidget(page.ocorrencias)
    filled.qtbot.waitUntil(lambda: page.tabs.tabText(1) == "Ocorrências")
    filled.qtbot.keyClick(page.ocorrencias.list.table, Qt.Key.Key_Return)
    filled.qtbot.waitUntil(lambda: page.pagamentos.detail.chip.status == "Devolvido")
    assert page.tabs.currentWidget() is page.pagamentos


def test_convenios_are_fetched_searched_and_matched_to_the_line(mesa):
    mesa.office.celcoin.convenant_list = (
        Convenio("ÁGUAS DO RIO 4 RJ", "82______________1699____________________________", time(19)),
        Convenio("CONSIGAZ - SP", "83______________0221____________________________", time(19)),
    )
    tab = mesa.page.convenios
    mesa.qtbot.keyClicks(mesa.page.code.field, AGUA)
    mesa.page.tabs.setCurrentWidget(tab)
    mesa.qtbot.waitUntil(lambda: tab.da_linha.text() == "A linha digitada é de ÁGUAS DO RIO 4 RJ, até 19:00")
    mesa.qtbot.waitUntil(lambda: tab.list.model.rowCount() == 2)
    mesa.qtbot.keyClicks(tab.field, "consig")
    mesa.qtbot.waitUntil(lambda: tab.list.model.rowCount() == 1)
    mesa.qtbot.keyClicks(tab.field, "x")
    mesa.qtbot.waitUntil(lambda: tab.list.empty.title == "Nenhum convênio com essas palavras")


def test_the_account_is_set_and_tested(mesa):
    mesa.qtbot.mouseClick(mesa.page.conta_bar.settings_button, Qt.MouseButton.LeftButton)
    dialog = mesa.dialog(ContaPagamentoDialog)
    assert dialog.edits[CLIENT_ID].text() == "cliente-1"
    dialog.edits[DOCUMENTO].setText("11.222.333/0001-80")
    dialog.confirm_button.click()
    assert dialog.problem and dialog.edits[DOCUMENTO].property("wrong")
    dialog.edits[DOCUMENTO].setText("11.222.333/0001-81")
    dialog.edits[SECRET].setText("segredo")
    dialog.test_button.click()
    mesa.qtbot.waitUntil(lambda: dialog.said.text() == "Conexão feita. Saldo disponível: R$\u00a010.000,00.")
    dialog.confirm_button.click()
    mesa.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_without_an_account_the_page_says_what_to_do(office, new_mesa, monkeypatch):
    monkeypatch.setattr(office.store.contas_pagamento, "all", lambda: ())
    desk = new_mesa()
    desk.qtbot.waitUntil(lambda: desk.page.no_conta.isVisible())
    assert desk.page.no_conta.title == "Nenhuma conta na Celcoin"
    desk.page.no_conta.action_button.click()
    dialog = desk.dialog(ContaPagamentoDialog)
    dialog.confirm_button.click()
    assert "Informe o CPF ou CNPJ" in dialog.problem
    dialog.reject()


def _with_limit(office, limit):
    return replace(office.conta, alcadas=Alcadas(sem_aprovacao=limit))
