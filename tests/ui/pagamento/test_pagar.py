"""Consult, reserve, confirm or give up, by clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout

from bancointegra.domain.errors import BankRefused, BankUnavailable, OutcomeUnknown
from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.ui.pagamento.actions import CANCELAR, COMPROVANTE, CONFIRMAR, PAGAR, VERIFICAR
from bancointegra.ui.pagamento.comprovante_dialog import ComprovanteDialog
from tests.services.small_celcoin import ABERTURA, AGUA, FICHA, FICHA_ALTERAVEL

S = SituacaoPagamento


def test_the_consulted_bill_says_all_that_is_to_be_checked(mesa):
    mesa.consultar(FICHA)
    mesa.wait_for(S.CONSULTADO)
    card = mesa.page.card
    assert card.beneficiario.text() == "FORNECEDOR EXEMPLO LTDA"
    assert card.documento.text() == "11.222.333/0001-81"
    assert card.detalhes.text().startswith("Pagador: EMPRESA EXEMPLO LTDA · 12.ABC.345/01DE-35")
    assert card.valores.value_of("Vencimento") == "28/11/2026"
    assert card.total.text() == "R$\u00a0150,00" and not card.valor_field.isVisible()
    assert card.janela.text() == "Janela 07:00–23:00 · liquida hoje"
    mesa.qtbot.waitUntil(lambda: card.saldo.text() == f"Saldo {ABERTURA.com_simbolo}")
    assert any("Primeiro pagamento a este beneficiário" in text for text in card.avisos_texts)
    assert card.buttons[PAGAR].hasFocus()


def test_consult_reserve_confirm_receipt(mesa):
    mesa.consultar(FICHA)
    mesa.click(PAGAR)
    mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)
    assert mesa.office.celcoin.balance == Reais(ABERTURA.centavos - 15_000)
    assert mesa.office.celcoin.payment_count(FICHA) == 0
    assert mesa.page.card.countdown.text() == "30:00 para confirmar"
    assert not mesa.page.card.buttons[CONFIRMAR].hasFocus()
    mesa.click(CONFIRMAR)
    mesa.wait_for(S.PAGO)
    assert mesa.office.celcoin.payment_count(FICHA) == 1
    mesa.wait_rows("Pago")
    mesa.click(COMPROVANTE)
    dialog = mesa.dialog(ComprovanteDialog)
    assert "PROTOCOLO" in dialog.text.toPlainText()
    mesa.qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    mesa.qtbot.waitUntil(lambda: len(mesa.opened) == 1)
    assert mesa.opened[0].name.startswith("COMPROVANTE FORNECEDOR EXEMPLO LTDA 23-11-2026")
    dialog.accept()


def test_a_reserve_is_given_up(mesa):
    mesa.consultar(FICHA)
    mesa.click(PAGAR)
    mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)
    mesa.click(CANCELAR)
    mesa.wait_for(S.CANCELADO)
    assert mesa.office.celcoin.balance == ABERTURA
    assert mesa.page.card.heading.text().startswith("Nada foi pago")


def test_by_keyboard_alone(mesa):
    mesa.page.code.field.setFocus()
    mesa.qtbot.keyClicks(mesa.page.code.field, FICHA)
    mesa.qtbot.keyClick(mesa.page.code.field, Qt.Key.Key_Return)
    mesa.wait_for(S.CONSULTADO)
    mesa.qtbot.keyClick(mesa.page.card.buttons[PAGAR], Qt.Key.Key_Space)
    mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)
    focused = mesa.page.focusWidget()
    mesa.qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert mesa.shown is S.AGUARDANDO_CONFIRMACAO  # a key held too long confirms nothing
    mesa.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert mesa.page.card.buttons[CONFIRMAR].hasFocus()
    mesa.qtbot.keyClick(mesa.page.card.buttons[CONFIRMAR], Qt.Key.Key_Space)
    mesa.wait_for(S.PAGO)
    mesa.qtbot.keyClick(mesa.page.card, Qt.Key.Key_Escape)
    assert mesa.page.card.isHidden() and mesa.page.code.field.hasFocus() and not mesa.page.code.field.text()


def test_an_amount_is_typed_only_within_its_limits(mesa):
    mesa.consultar(FICHA_ALTERAVEL)
    mesa.wait_for(S.CONSULTADO)
    card = mesa.page.card
    assert card.valor_field.isVisible() and card.valor_field.text() == "250,00"
    assert card.limits.text() == "Pode ser alterado: de R$\u00a010,00 a R$\u00a0500,00."
    card.valor_field.setText("9,99")
    mesa.click(PAGAR)
    assert "entre R$\u00a010,00 e R$\u00a0500,00" in card.limits.text()
    card.valor_field.selectAll()
    mesa.qtbot.keyClicks(card.valor_field, "300")
    mesa.click(PAGAR)
    mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)
    assert mesa.office.celcoin.balance == Reais(ABERTURA.centavos - 30_000)
    assert card.total.text() == "R$\u00a0300,00"


def test_the_countdown_ends_and_the_program_finds_out(mesa):
    mesa.consultar(FICHA)
    mesa.click(PAGAR)
    mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)
    mesa.office.clock.advance(minutes=29, seconds=1)
    mesa.page.card.tick(mesa.office.clock.now())
    assert mesa.page.card.countdown.text() == "00:59 para confirmar"
    mesa.office.clock.advance(minutes=1)
    mesa.page.card.tick(mesa.office.clock.now())
    mesa.wait_for(S.DESFEITO)
    assert not mesa.page.card.buttons[CONFIRMAR].isVisible()
    assert mesa.office.celcoin.balance == ABERTURA


def test_while_celcoin_undoes_it_is_not_asked_without_end(mesa):
    celcoin = mesa.office.celcoin
    celcoin.undoes_slowly = True
    mesa.consultar(FICHA)
    mesa.click(PAGAR)
    mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)
    mesa.office.clock.advance(minutes=31)
    mesa.page.card.tick(mesa.office.clock.now())
    mesa.qtbot.waitUntil(lambda: "desfazendo" in mesa.said[-1])
    for _ in range(3):
        mesa.page.card.tick(mesa.office.clock.now())
    mesa.qtbot.waitUntil(lambda: not mesa.page.is_busy)
    assert celcoin.requests.count("consultar_pagamento") == 1
    celcoin.finish_undoing()
    mesa.click(VERIFICAR)
    mesa.wait_for(S.DESFEITO)


@pytest.mark.parametrize("lost", ["reservar", "confirmar"])
def test_a_lost_answer_is_a_confirmar_until_celcoin_is_asked(mesa, lost):
    celcoin = mesa.office.celcoin
    celcoin.fail_next(lost, OutcomeUnknown("A resposta não chegou."), committed=True)
    mesa.consultar(FICHA)
    mesa.click(PAGAR)
    if lost == "confirmar":
        mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)
        mesa.click(CONFIRMAR)
    mesa.read_message()
    mesa.wait_for(S.A_CONFIRMAR)
    shown = {action for action, button in mesa.page.card.buttons.items() if button.isVisible()}
    assert shown == {VERIFICAR}
    mesa.click(VERIFICAR)
    mesa.wait_for(S.PAGO if lost == "confirmar" else S.AGUARDANDO_CONFIRMACAO)
    assert celcoin.balance == Reais(ABERTURA.centavos - 15_000)


def test_the_same_line_in_two_windows_is_stopped_and_explained(mesa, new_mesa):
    mesa.consultar(FICHA)
    mesa.click(PAGAR)
    mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)
    other = new_mesa("joana").ready()
    other.page.close_card()
    other.consultar(FICHA)
    other.wait_for(S.AGUARDANDO_CONFIRMACAO)
    assert any("já está na lista de pagamentos: Aguardando confirmação" in text for text in other.said)
    assert mesa.office.celcoin.requests.count("reservar") == 1


def test_a_pending_reserve_is_offered_when_the_screen_opens_again(mesa, new_mesa):
    mesa.consultar(FICHA)
    mesa.click(PAGAR)
    mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)
    mesa.office.clock.advance(minutes=10)
    again = new_mesa().ready()
    again.wait_for(S.AGUARDANDO_CONFIRMACAO)
    assert again.page.card.countdown.text() == "20:00 para confirmar"
    again.click(CONFIRMAR)
    again.wait_for(S.PAGO)


def test_a_bill_paid_before_is_asked_about(mesa):
    mesa.office.paid(AGUA)
    mesa.office.clock.advance(days=30)
    mesa.consultar(AGUA)
    mesa.wait_for(S.CONSULTADO)
    assert any("Esta conta já foi paga em 23/11/2026" in text for text in mesa.page.card.avisos_texts)
    mesa.click(PAGAR)
    assert "já foi paga em 23/11/2026" in mesa.answer(yes=False)
    assert mesa.office.celcoin.payment_count(AGUA) == 1
    mesa.click(PAGAR)
    mesa.answer(yes=True)
    mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BankRefused("Saldo insuficiente.", code="recusado.S40"), "Saldo insuficiente"),
        (BankUnavailable("A Celcoin não respondeu."), "A Celcoin não respondeu."),
    ],
)
def test_what_celcoin_refuses_leaves_the_bill_as_it_was(mesa, error, said):
    mesa.office.celcoin.fail_next("reservar", error)
    mesa.consultar(FICHA)
    mesa.click(PAGAR)
    assert said in mesa.read_message()
    mesa.wait_for(S.CONSULTADO)
    mesa.click(PAGAR)
    mesa.wait_for(S.AGUARDANDO_CONFIRMACAO)


def test_a_consult_that_fails_says_why(mesa):
    mesa.office.celcoin.fail_next("consultar", BankRefused("BOLETO NAO REGISTRADO PARA TESTES.", code="recusado.999"))
    mesa.consultar(FICHA)
    assert "BOLETO NAO REGISTRADO" in mesa.read_message()
    assert mesa.page.card.isHidden()


def test_on_a_low_screen_the_bill_in_hand_keeps_its_amount_and_its_buttons(mesa):
    mesa.consultar(FICHA)
    mesa.wait_for(S.CONSULTADO)
    as_it_should_be = mesa.page.card.height()
    mesa.page.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # as a tab, which asks for no room
    mesa.page.setMinimumSize(0, 0)
    mesa.page.resize(940, 340)
    mesa.qtbot.wait(50)
    assert mesa.page.card.height() >= as_it_should_be
    button = mesa.page.card.buttons[PAGAR]
    assert button.visibleRegion().boundingRect().size() == button.size()
