"""Protestar and Cancelar Protesto, click by click, as the manual tells them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bancointegra.domain.boleto import ProtestoNoBanco
from bancointegra.domain.instrucao import CancelarProtesto, Protestar
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.integracao.actions import CANCELAR_PROTESTO, CONSULTAR, PROTESTAR
from bancointegra.ui.integracao.confirm_dialog import ConfirmDialog
from bancointegra.ui.integracao.protesto_dialogs import CancelarProtestoDialog, ProtestarDialog
from bancointegra.ui.integracao.sections import PROTESTO
from tests.ui.integracao.escritorio import novo

HOJE = date(2026, 11, 23)


@pytest.fixture
def vencidos(mesa):
    """Two overdue títulos REGISTRADO besides one not yet due, in the section PROTESTO."""
    overdue = [
        novo(900, "POSTO DEVEDOR LTDA", "35.370.214/0001-34", "900,00", vencimento=date(2026, 11, 10)),
        novo(901, "BAR DA ESQUINA", "31.555.810/0001-38", "100,00", vencimento=date(2026, 11, 12)),
    ]
    mesa.ids.update(mesa.office.add_titulos(mesa.page.filters.conta, overdue))
    for titulo in ("900/1", "901/1", "1001/1"):
        mesa.office.registro.registrar(mesa.ids[titulo], gerar_pdf=False)
    mesa.page.sections.choose(PROTESTO)
    mesa.pesquisar(Situacao.REGISTRADO)
    yield mesa
    mesa.qtbot.waitUntil(lambda: not mesa.page.is_busy)
    while (left := QApplication.activeModalWidget()) is not None:
        left.close()
        QApplication.processEvents()


def click(mesa, widget):
    mesa.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(mesa, action, form):
    """Click the button, say Sim, and wait for the form."""
    click(mesa, mesa.page.actions_bar.buttons[action])
    question = mesa.dialog()
    assert isinstance(question, ConfirmDialog)
    click(mesa, question.yes_button)
    mesa.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), form))
    return QApplication.activeModalWidget()


def add_escritorio(mesa, dialog, nome):
    mesa.qtbot.keyClicks(dialog.escritorio.new_name, nome)
    click(mesa, dialog.escritorio.add_button)
    mesa.qtbot.waitUntil(lambda: bool(dialog.escritorio.value) or bool(dialog.problem))


def success(mesa):
    mesa.qtbot.waitUntil(lambda: mesa.said[-1] == "Boletos alterados com sucesso!")
    message = mesa.dialog()
    assert isinstance(message, MessageDialog)
    assert message.message == "Boletos alterados com sucesso!"
    return message


def test_the_whole_way_from_registrado_to_cancelled(vencidos):
    mesa = vencidos
    mesa.marcar("900/1", "901/1")
    dialog = press(mesa, PROTESTAR, ProtestarDialog)
    assert dialog.data.value == HOJE
    add_escritorio(mesa, dialog, "Silva & Souza  Cobrancas")
    assert dialog.escritorio.value == "Silva & Souza Cobrancas"
    assert mesa.office.escritorios.todos() == ("Silva & Souza Cobrancas",)
    click(mesa, dialog.confirm_button)
    message = success(mesa)
    assert "o cartório ainda não protestou" in message.hint
    assert [mesa.status(t) for t in ("900/1", "901/1")] == ["PROTESTADO"] * 2
    wanted = Protestar(HOJE, "Silva & Souza Cobrancas")
    assert sorted(mesa.office.bank.instrucoes) == [("900/1", wanted), ("901/1", wanted)]
    message.close()
    QApplication.processEvents()

    mesa.pesquisar(Situacao.PROTESTADO)
    mesa.marcar("900/1")
    cancel = press(mesa, CANCELAR_PROTESTO, CancelarProtestoDialog)
    mesa.qtbot.keyClicks(cancel.motivo, "pago na empresa")
    mesa.qtbot.keyClick(cancel.motivo, Qt.Key.Key_Return)
    success(mesa).close()
    QApplication.processEvents()
    assert mesa.status("900/1") == "CANCELAMENTO ENVIADO"
    assert mesa.office.bank.instrucoes[-1] == ("900/1", CancelarProtesto(HOJE, "pago na empresa"))

    mesa.pesquisar(Situacao.CANCELAMENTO_ENVIADO)
    mesa.marcar("900/1")
    click(mesa, mesa.page.actions_bar.buttons[CONSULTAR])
    mesa.qtbot.waitUntil(lambda: mesa.said[-1] == "Boletos consultados com sucesso!")
    assert mesa.status("900/1") == "REGISTRADO"


@pytest.mark.parametrize("how", ["Não", "Esc"])
def test_nao_changes_nothing(vencidos, how):
    mesa = vencidos
    mesa.marcar("900/1", "901/1")
    click(mesa, mesa.page.actions_bar.buttons[PROTESTAR])
    question = mesa.dialog()
    assert question.plan.question == "Deseja protestar 2 títulos?"
    assert question.plan.total.com_simbolo == "R$\u00a01.000,00"
    assert question.plan.conta.mnemonico == "ITAU-MATRIZ" and question.plan.ambiente_explained
    if how == "Não":
        click(mesa, question.no_button)
    else:
        mesa.qtbot.keyClick(question, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None
    assert mesa.office.bank.instrucoes == [] and mesa.status("900/1") == "REGISTRADO"


def test_what_is_not_due_yet_is_left_out(vencidos):
    mesa = vencidos
    mesa.office.escritorios.incluir("Silva")
    mesa.marcar("900/1", "1001/1")
    dialog = press(mesa, PROTESTAR, ProtestarDialog)
    assert dialog.escritorio.value == "Silva"
    assert dialog.not_due.text() == "1001/1 vence em 27/11/2026 e fica de fora."
    click(mesa, dialog.confirm_button)
    success(mesa)
    assert [titulo for titulo, _ in mesa.office.bank.instrucoes] == ["900/1"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("22/11/2026", "já passou"),
        ("", "Informe uma data"),
        ("9" * 10_000, "não é uma data"),
        ("😀", "não é uma data"),
        ("hoje", "Escolha o Escritório de Cobrança"),
    ],
)
def test_what_cannot_be_saved_is_a_sentence(vencidos, typed, says):
    mesa = vencidos
    mesa.marcar("900/1")
    dialog = press(mesa, PROTESTAR, ProtestarDialog)
    dialog.data.setText(typed)
    click(mesa, dialog.confirm_button)
    assert says in dialog.problem and len(dialog.problem) < 200
    assert mesa.office.bank.instrucoes == []


def test_a_titulo_not_due_cannot_be_protested_at_all(vencidos):
    mesa = vencidos
    mesa.office.escritorios.incluir("Silva")
    mesa.marcar("1001/1")
    dialog = press(mesa, PROTESTAR, ProtestarDialog)
    click(mesa, dialog.confirm_button)
    assert dialog.problem == "O título vence em 27/11/2026. Só se protesta depois do vencimento."


@pytest.mark.parametrize("nome", ["", "x" * 10_000, "a\x00b\u202e", "Silva"])
def test_a_bad_name_of_an_escritorio_is_a_sentence(vencidos, nome):
    mesa = vencidos
    mesa.office.escritorios.incluir("Silva")
    mesa.marcar("900/1")
    dialog = press(mesa, PROTESTAR, ProtestarDialog)
    click(mesa, dialog.escritorio.new_button)
    dialog.escritorio.new_name.setText(nome)
    click(mesa, dialog.escritorio.add_button)
    mesa.qtbot.waitUntil(lambda: bool(dialog.problem))
    assert len(dialog.problem) < 200 and mesa.office.escritorios.todos() == ("Silva",)


@pytest.mark.parametrize("motivo", ["", "   ", "x" * 10_000, "a\x07b", "\u202eodagap"])
def test_a_bad_reason_is_a_sentence(vencidos, motivo):
    mesa = vencidos
    mesa.office.instrucao.executar(mesa.ids["900/1"], Protestar(HOJE, "Silva"))
    mesa.office.bank.instrucoes.clear()
    mesa.pesquisar(Situacao.PROTESTADO)
    mesa.marcar("900/1")
    dialog = press(mesa, CANCELAR_PROTESTO, CancelarProtestoDialog)
    dialog.motivo.setText(motivo)
    click(mesa, dialog.confirm_button)
    assert "motivo" in dialog.problem and len(dialog.problem) < 200
    assert mesa.office.bank.instrucoes == []


def test_the_detail_keeps_request_and_protest_apart(vencidos):
    mesa = vencidos
    mesa.office.instrucao.executar(mesa.ids["900/1"], Protestar(HOJE, "Silva"))
    mesa.pesquisar(Situacao.PROTESTADO)
    mesa.page.list.table.selectRow(0)
    detail = mesa.page.detail
    mesa.qtbot.waitUntil(lambda: detail.titulo_id == mesa.ids["900/1"])
    assert detail.situacao_label.text().startswith("Título EM PROTESTO · segundo ")
    assert detail.protesto_label.text() == "Pedido de protesto enviado; o cartório ainda não protestou."
    [numero] = mesa.office.bank.protestos
    mesa.office.bank.protestos[numero] = ProtestoNoBanco.PROTESTADO
    click(mesa, mesa.page.actions_bar.buttons[CONSULTAR])
    mesa.qtbot.waitUntil(lambda: detail.protesto_label.text() == "Protestado em cartório.")
    assert detail.situacao_label.text().startswith("Título EM PROTESTO · segundo o banco em 23/11/2026")
