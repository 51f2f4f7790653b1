"""Paying bills by clicks, on the simulated Celcoin: every way a payment can go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.domain.transacao_pagamento import FUSO_CELCOIN
from bancointegra.simulator import Simulator
from bancointegra.simulator.celcoin.celcoin import OPENING_BALANCE
from bancointegra.ui.pagamento.actions import AGENDAR, COMPROVANTE, CONFIRMAR, ESTORNAR, PAGAR, VERIFICAR
from bancointegra.ui.pagamento.agendar_dialog import AgendarDialog
from bancointegra.ui.pagamento.comprovante_dialog import ComprovanteDialog
from bancointegra.ui.pagamento.conta_dialog import CERTIFICADO, CHAVE, ContaPagamentoDialog
from tests.end_to_end.paying_clerk import PayingClerk

S = SituacaoPagamento
PLAIN = "00197700070000000001800000000000100000000000000"
LOSES_RESERVE = "34197700070000000011700000000000500000000000000"
LOSES_CAPTURE = "03397700000000000012500000000000100000000000000"
COMES_BACK = "75697700060000000015800000000000400000000000000"
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=FUSO_CELCOIN)


@pytest.fixture(scope="module")
def shared_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(tmp_path_factory.mktemp("celcoin")) as simulator:
        yield simulator


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, shared_bank: Simulator, tmp_path: Path) -> Iterator[PayingClerk]:
    """Wednesday at ten, a client of its own, the screen open."""
    shared_bank.bank.clock.set(WEDNESDAY)
    clerk = PayingClerk(qtbot, qapp, shared_bank, tmp_path).start()
    yield clerk
    clerk.leave()


def test_consult_reserve_confirm_receipt_and_at_last_devolvido_another_is_scheduled(clerk: PayingClerk) -> None:
    clerk.consult(COMES_BACK)
    clerk.see(S.CONSULTADO)
    assert clerk.page.card.total.text() == "R$\u00a0155,00"
    assert clerk.page.card.janela.text() == "Janela 07:00–23:00 · liquida hoje"
    clerk.press(PAGAR)
    clerk.see(S.AGUARDANDO_CONFIRMACAO)
    assert clerk.balance == OPENING_BALANCE - 155_00 and clerk.captured(COMES_BACK) == 0
    clerk.press(CONFIRMAR)
    paid = clerk.see(S.PAGO)
    assert clerk.captured(COMES_BACK) == 1
    clerk.wait(lambda: clerk.statuses() == ["Pago"])
    reverse = clerk.page.pagamentos.buttons[ESTORNAR]
    clerk.wait(lambda: "dentro do horário de liquidação" in reverse.toolTip())
    assert not reverse.isEnabled()
    clerk.press(COMPROVANTE)
    clerk.wait(lambda: isinstance(QApplication.activeModalWidget(), ComprovanteDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ComprovanteDialog)
    assert paid.transacao in dialog.text.toPlainText() and "155,00" in dialog.text.toPlainText()
    dialog.accept()
    clerk.bank.bank.clock.advance(days=2)
    clerk.page.tabs.setCurrentWidget(clerk.page.ocorrencias)
    clerk.click(clerk.page.ocorrencias.fetch_button)
    clerk.wait(lambda: clerk.page.ocorrencias.found_text == "1 ocorrência · R$\u00a0155,00 devolvidos")
    assert "foi devolvido" in clerk.desk.window.status.message
    clerk.page.tabs.setCurrentWidget(clerk.page.pagamentos)
    clerk.wait(lambda: clerk.statuses() == ["Devolvido"])
    assert clerk.balance == OPENING_BALANCE
    clerk.consult(PLAIN)
    clerk.press(AGENDAR)
    clerk.wait(lambda: isinstance(QApplication.activeModalWidget(), AgendarDialog))
    agendar = QApplication.activeModalWidget()
    assert isinstance(agendar, AgendarDialog)
    agendar.data.setText("hoje")
    clerk.click(agendar.confirm_button)
    clerk.wait(lambda: clerk.desk.window.status.message.startswith("Agendado para 27/11/2026."))
    clerk.desk.verify_doubtful()  # what the window does each minute
    clerk.wait(lambda: clerk.statuses() == ["Pago", "Devolvido"])
    assert clerk.desk.window.status.message.startswith("Pagamento agendado de MOCK BENEFICIARIO")
    clerk.see(S.PAGO)
    assert clerk.captured(PLAIN) == 1


def test_thirty_minutes_pass_and_the_reserve_is_undone_another_survives_the_program(clerk: PayingClerk) -> None:
    clerk.consult(PLAIN)
    clerk.press(PAGAR)
    clerk.see(S.AGUARDANDO_CONFIRMACAO)
    clerk.bank.bank.clock.advance(seconds=31 * 60)
    clerk.see(S.DESFEITO)  # the card's own countdown asked
    assert clerk.balance == OPENING_BALANCE
    clerk.wait(lambda: clerk.statuses() == ["Desfeito"])
    clerk.consult(PLAIN)
    clerk.press(PAGAR)
    clerk.see(S.AGUARDANDO_CONFIRMACAO)
    clerk.leave()
    clerk.bank.bank.clock.advance(seconds=10 * 60)
    clerk.start()
    clerk.see(S.AGUARDANDO_CONFIRMACAO)
    assert clerk.page.card.countdown.text() <= "20:00 para confirmar"
    clerk.press(CONFIRMAR)
    clerk.see(S.PAGO)
    assert clerk.captured(PLAIN) == 1


def test_with_a_certificate_confirmed_outside_the_hours_it_is_reversed(clerk: PayingClerk, tmp_path: Path) -> None:
    celcoin = clerk.bank.bank.celcoin
    celcoin.switch(mtls_required=True)
    try:
        import_certificate(clerk, tmp_path)
        pay_and_reverse(clerk)
    finally:
        celcoin.reset_switches()


def import_certificate(clerk: PayingClerk, folder: Path) -> None:
    """The pair as Celcoin hands it out, its key open; the program keeps a copy that only the vault opens."""
    clerk.click(clerk.page.conta_bar.settings_button)
    clerk.wait(lambda: isinstance(QApplication.activeModalWidget(), ContaPagamentoDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ContaPagamentoDialog)
    clerk.click(dialog.test_button)
    clerk.wait(lambda: bool(dialog.problem))  # Celcoin wants a certificate
    for name, content in ((CERTIFICADO, clerk.credentials.certificate_pem), (CHAVE, clerk.credentials.key_pem)):
        path = folder / f"{name}.pem"
        path.write_bytes(content)
        dialog.edits[name].setText(str(path))
    clerk.click(dialog.test_button)
    clerk.wait(lambda: dialog.said.text().startswith("Conexão feita."))
    kept = Path(dialog.edits[CHAVE].text())
    assert kept.parent != folder and b"ENCRYPTED" in kept.read_bytes()
    dialog.reject()


def pay_and_reverse(clerk: PayingClerk) -> None:
    clerk.bank.bank.clock.set(WEDNESDAY.replace(hour=23, minute=10))
    clerk.consult(PLAIN)
    clerk.see(S.CONSULTADO)
    assert "liquida no próximo dia útil, 26/11" in clerk.page.card.janela.text()
    clerk.press(PAGAR)
    clerk.press(CONFIRMAR)
    clerk.see(S.PAGO)
    clerk.press_in_list(ESTORNAR)
    assert "Deseja estornar" in clerk.read_message()
    clerk.wait(lambda: clerk.statuses() == ["Estornado"])
    clerk.bank.bank.clock.advance(seconds=60)  # the simulated Celcoin takes its time to undo
    assert clerk.balance == OPENING_BALANCE


def test_lost_answers_are_found_by_verificar_agora(clerk: PayingClerk) -> None:
    for linha in (LOSES_RESERVE, LOSES_CAPTURE):
        clerk.consult(linha)
        clerk.press(PAGAR)
        if linha == LOSES_CAPTURE:
            clerk.press(CONFIRMAR)
        clerk.read_message()
        clerk.see(S.A_CONFIRMAR)
        clerk.press(VERIFICAR)
        if linha == LOSES_RESERVE:
            clerk.see(S.AGUARDANDO_CONFIRMACAO)
            clerk.press(CONFIRMAR)
        clerk.see(S.PAGO)
        assert clerk.captured(linha) == len(clerk.taken(linha)) == 1
