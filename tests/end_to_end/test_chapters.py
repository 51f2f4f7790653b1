"""The manual's other chapters, click by click: on the screen, and in what the bank received."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from bancointegra.domain.situacao import Situacao
from bancointegra.simulator import Simulator
from bancointegra.ui.integracao.actions import ALTERAR, BAIXAR, CANCELAR_PROTESTO, CONSULTAR, PROTESTAR
from bancointegra.ui.integracao.alteracao import TipoAlteracao
from bancointegra.ui.integracao.alterar_dialog import AlterarDialog
from bancointegra.ui.integracao.confirm_dialog import ConfirmDialog
from bancointegra.ui.integracao.protesto_dialogs import CancelarProtestoDialog, ProtestarDialog
from bancointegra.ui.integracao.results_dialog import ResultsDialog
from bancointegra.ui.integracao.sections import BOLETOS, PROTESTO
from tests.end_to_end.clerk import Clerk

HOJE = date.today()


@pytest.fixture
def registered(clerk: Clerk) -> Clerk:
    """Three títulos REGISTRADO, in the list."""
    clerk.search()
    clerk.register(3)
    clerk.read_and_close()
    return clerk


def type_into(clerk: Clerk, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    clerk.qtbot.keyClicks(field, text)


def instructions(bank: Simulator) -> list[str]:
    return [request.path.rsplit("/", 1)[-1] for request in bank.bank.requests("instrucao")]


def at_the_bank(bank: Simulator, field: str) -> list[object]:
    return [boleto[field] for boleto in bank.bank.boletos()]


def test_envio_de_alteracao_de_boleto_registrado(registered: Clerk, bank: Simulator) -> None:
    novo = HOJE + timedelta(days=12)
    registered.check(2)
    registered.press(ALTERAR)
    dialog = registered.dialog(AlterarDialog)
    dialog.choose(TipoAlteracao.VENCIMENTO)
    type_into(registered, dialog.fields.data, f"{novo:%d/%m/%Y}")
    registered.click(dialog.confirm_button)
    assert registered.read_and_close() == "Boletos alterados com sucesso!"
    assert instructions(bank) == ["data_vencimento", "data_vencimento"]
    changed = [registered.program.services.busca.titulo(titulo_id) for titulo_id in (1, 2, 3)]
    assert [titulo.vencimento for titulo in changed] == [novo, novo, HOJE]
    assert {titulo.boleto.linha_digitavel for titulo in changed if titulo.boleto} == set(
        at_the_bank(bank, "linha_digitavel")
    )


def test_alteracao_de_multa_em_reais_e_em_percentual(registered: Clerk, bank: Simulator) -> None:
    for value, unit in (("10,00", "R$"), ("10", "%")):
        registered.check(1)
        registered.press(ALTERAR)
        dialog = registered.dialog(AlterarDialog)
        dialog.choose(TipoAlteracao.MULTA)
        dialog.fields.unidade.setCurrentIndex(dialog.fields.unidade.findText(unit))
        type_into(registered, dialog.fields.texto, value)
        registered.click(dialog.confirm_button)
        assert registered.read_and_close() == "Boletos alterados com sucesso!"
    sent = [json.loads(request.body)["multa"] for request in bank.bank.requests("instrucao")]
    assert sent[0]["valor_multa"] == "10.00"
    assert sent[1]["percentual_multa"] == "10.00000"


def test_realizar_a_baixa_consulting_first(registered: Clerk, bank: Simulator) -> None:
    registered.check(2)
    registered.press(BAIXAR)
    registered.click(registered.dialog(ConfirmDialog).yes_button)
    registered.answer(
        "Sim", containing="Deseja consultar o boleto referente ao título 1001/1 antes de realizar a baixa?"
    )
    registered.answer(
        "Não", containing="Deseja consultar o boleto referente ao título 1002/1 antes de realizar a baixa?"
    )
    assert registered.read_and_close() == "Boletos baixados com sucesso!"
    assert registered.statuses() == ["BAIXADO", "BAIXADO", "REGISTRADO"]
    assert instructions(bank) == ["baixa", "baixa"]
    assert len(bank.bank.requests("consulta")) >= 1


def test_baixa_answered_nao_changes_nothing(registered: Clerk, bank: Simulator) -> None:
    registered.check(1)
    registered.press(BAIXAR)
    registered.click(registered.dialog(ConfirmDialog).no_button)
    assert registered.statuses() == ["REGISTRADO"] * 3
    assert instructions(bank) == []


def test_a_paid_boleto_is_not_written_off(registered: Clerk, bank: Simulator) -> None:
    paid = registered.program.services.busca.titulo(1)
    assert paid.boleto is not None
    bank.bank.pay(paid.boleto.nosso_numero)
    registered.check(1)
    registered.press(BAIXAR)
    registered.click(registered.dialog(ConfirmDialog).yes_button)
    registered.answer("Sim", containing="Deseja consultar")
    registered.dialog(ResultsDialog).accept()
    assert registered.statuses() == ["LIQUIDADO", "REGISTRADO", "REGISTRADO"]
    assert instructions(bank) == []


def test_protesto_and_its_cancellation(registered: Clerk, bank: Simulator) -> None:
    registered.go_to(PROTESTO)
    registered.search()
    registered.check(1)
    registered.press(PROTESTAR)
    registered.click(registered.dialog(ConfirmDialog).yes_button)
    dialog = registered.dialog(ProtestarDialog)
    type_into(registered, dialog.data, f"{HOJE + timedelta(days=10):%d/%m/%Y}")
    registered.qtbot.keyClicks(dialog.escritorio.new_name, "Escritorio Exemplo")
    registered.qtbot.keyClick(dialog.escritorio.new_name, Qt.Key.Key_Return)
    registered.wait(lambda: dialog.escritorio.value == "Escritorio Exemplo")
    registered.click(dialog.confirm_button)
    assert registered.read_and_close() == "Boletos alterados com sucesso!"
    assert registered.statuses()[0] == "PROTESTADO"
    assert instructions(bank) == ["protesto"]

    registered.check(1)
    registered.press(CANCELAR_PROTESTO)
    registered.click(registered.dialog(ConfirmDialog).yes_button)
    cancelling = registered.dialog(CancelarProtestoDialog)
    type_into(registered, cancelling.motivo, "pago ao credor")
    registered.click(cancelling.confirm_button)
    assert registered.read_and_close() == "Boletos alterados com sucesso!"
    assert registered.statuses()[0] == "CANCELAMENTO ENVIADO"
    assert instructions(bank) == ["protesto", "protesto"]

    registered.check(1)
    registered.press(CONSULTAR)
    assert registered.read_and_close() == "Boletos consultados com sucesso!"
    assert registered.program.services.busca.titulo(1).situacao is Situacao.REGISTRADO
    registered.go_to(BOLETOS)


def test_another_section_begins_with_an_empty_list(registered: Clerk) -> None:
    registered.go_to(PROTESTO)
    shown = [text.text() for text in registered.page.list.findChildren(QLabel) if text.isVisible()]
    assert not any("títulos" in text and text[0].isdigit() for text in shown)
