"""Enviar Alteração, click by click: Seleção de Instrução, the check, the preview, and what the bank received."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bancointegra.domain.encargos import Desconto, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.instrucao import (
    AlterarAbatimento,
    AlterarDataLimite,
    AlterarDesconto,
    AlterarJuros,
    AlterarMulta,
    AlterarSeuNumero,
    AlterarValor,
    AlterarVencimento,
)
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.integracao.actions import ALTERAR, VERIFICAR
from bancointegra.ui.integracao.alteracao import ALEM_DO_MANUAL, DO_MANUAL, TipoAlteracao
from bancointegra.ui.integracao.alterar_dialog import AlterarDialog
from bancointegra.ui.integracao.results_dialog import ResultsDialog

NOVO = date(2026, 12, 4)


@pytest.fixture
def registrados(mesa):
    """1001/1 and 1002/1 REGISTRADO, found and checked."""
    for titulo in ("1001/1", "1002/1"):
        mesa.office.registro.registrar(mesa.ids[titulo], gerar_pdf=False)
    mesa.pesquisar(Situacao.REGISTRADO)
    mesa.marcar("1001/1", "1002/1")
    return mesa


@pytest.fixture
def dialog(registrados):
    mesa = registrados
    mesa.qtbot.mouseClick(mesa.page.actions_bar.buttons[ALTERAR], Qt.MouseButton.LeftButton)
    opened = mesa.dialog()
    assert isinstance(opened, AlterarDialog)
    yield opened
    mesa.qtbot.waitUntil(lambda: not mesa.page.is_busy)
    while (left := QApplication.activeModalWidget()) is not None:
        left.close()
        QApplication.processEvents()


def fill(mesa, dialog, tipo, *, texto="", unidade="", data=""):
    """Choose an instruction and type its value, as a clerk does."""
    mesa.qtbot.keyClick(dialog.radios[tipo], Qt.Key.Key_Space)
    if unidade:
        dialog.fields.unidade.setCurrentText(unidade)
    if texto:
        mesa.qtbot.keyClicks(dialog.fields.texto, texto)
    if data:
        mesa.qtbot.keyClicks(dialog.fields.data, data)


def press_ok(mesa, dialog):
    mesa.qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)


def finish(mesa):
    """Wait for the end of the batch; returns the message."""
    mesa.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MessageDialog | ResultsDialog))
    return QApplication.activeModalWidget()


CASES = [
    (TipoAlteracao.VENCIMENTO, {"data": "04122026"}, AlterarVencimento(NOVO)),
    (TipoAlteracao.MULTA, {"texto": "10"}, AlterarMulta(Multa(TipoMulta.PERCENTUAL, percentual=Decimal(10)))),
    (TipoAlteracao.MULTA, {"texto": "10,00", "unidade": "R$"}, AlterarMulta(Multa(TipoMulta.VALOR, Reais(1000)))),
    (TipoAlteracao.MULTA, {"unidade": "sem multa"}, AlterarMulta(Multa())),
    (
        TipoAlteracao.JUROS,
        {"texto": "1,5"},
        AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal("1.5"))),
    ),
    (
        TipoAlteracao.JUROS,
        {"texto": "0,40", "unidade": "R$ por dia"},
        AlterarJuros(Juros(TipoJuros.VALOR_POR_DIA, Reais(40))),
    ),
    (
        TipoAlteracao.DESCONTO,
        {"texto": "20", "data": "25/11/2026"},
        AlterarDesconto(TipoDesconto.VALOR_ATE_DATA, (Desconto(date(2026, 11, 25), Reais(2000)),)),
    ),
    (TipoAlteracao.ABATIMENTO, {"texto": "30"}, AlterarAbatimento(Reais(3000))),
    (TipoAlteracao.DATA_LIMITE, {"data": "31/01/2027"}, AlterarDataLimite(date(2027, 1, 31))),
    (TipoAlteracao.VALOR, {"texto": "500,00"}, AlterarValor(Reais(50000))),
]


@pytest.mark.parametrize(("tipo", "typed", "wanted"), CASES)
def test_each_instruction_reaches_the_bank_for_every_boleto(registrados, dialog, tipo, typed, wanted):
    mesa = registrados
    fill(mesa, dialog, tipo, **typed)
    press_ok(mesa, dialog)
    message = finish(mesa)
    assert isinstance(message, MessageDialog), [line.message for line in message.lines]
    assert message.message == "Boletos alterados com sucesso!"
    assert sorted(mesa.office.bank.instrucoes, key=lambda sent: sent[0]) == [("1001/1", wanted), ("1002/1", wanted)]
    assert mesa.status("1001/1") == "REGISTRADO"


def test_the_list_is_the_manuals_and_what_is_beyond_it_stands_apart(dialog):
    assert [tipo.value for tipo in DO_MANUAL] == ["Data (vencimento)", "Multa", "Juros", "Desconto"]
    tops = [dialog.radios[tipo].y() for tipo in (*DO_MANUAL, *ALEM_DO_MANUAL)]
    assert tops == sorted(tops)
    gap = dialog.radios[ALEM_DO_MANUAL[0]].y() - dialog.radios[DO_MANUAL[-1]].y()
    assert gap > 1.5 * (tops[1] - tops[0])
    assert dialog.radios[TipoAlteracao.VENCIMENTO].isChecked()
    assert not dialog.pdf.isChecked()


def test_the_preview_tells_what_the_payer_owes_then(registrados, dialog):
    mesa = registrados
    fill(mesa, dialog, TipoAlteracao.VENCIMENTO, data="04122026")
    mesa.qtbot.waitUntil(lambda: bool(dialog.preview.amounts))
    assert dialog.preview.title.text() == "Quanto o sacado paga · título 1001/1"
    assert dialog.preview.amounts[0] == ("no vencimento", "27/11/2026   1.250,00", "04/12/2026   1.250,00")
    assert [line[0] for line in dialog.preview.amounts] == ["no vencimento", "7 dias depois", "30 dias depois"]
    fill(mesa, dialog, TipoAlteracao.DESCONTO, texto="100", data="25112026")
    mesa.qtbot.waitUntil(lambda: len(dialog.preview.amounts) == 4)
    assert dialog.preview.amounts[0] == ("com desconto", "25/11/2026   1.250,00", "25/11/2026   1.150,00")
    assert mesa.office.bank.instrucoes == []


def test_what_cannot_be_changed_is_named_and_left_out(registrados, dialog):
    """R$ 400,00 of abatimento fit 1001/1 (1.250,00) and not 1002/1 (380,40)."""
    mesa = registrados
    fill(mesa, dialog, TipoAlteracao.ABATIMENTO, texto="400,00")
    press_ok(mesa, dialog)
    mesa.qtbot.waitUntil(lambda: bool(dialog.problem))
    assert dialog.problem == "Confira os boletos que ficam de fora e clique em OK de novo."
    assert dialog.preview.left_out_title.text() == "1 de 2 boletos não pode ser alterado e fica de fora:"
    assert dialog.preview.left_out.toPlainText() == "1002/1: O abatimento passa de 90% do valor do título."
    assert mesa.office.bank.instrucoes == []
    press_ok(mesa, dialog)
    finish(mesa)
    assert mesa.office.bank.instrucoes == [("1001/1", AlterarAbatimento(Reais(40000)))]


@pytest.mark.parametrize(
    ("tipo", "typed", "says"),
    [
        (TipoAlteracao.VENCIMENTO, {"data": "01/11/2026"}, "já passou"),
        (TipoAlteracao.VENCIMENTO, {"data": "27/11/2026"}, "é o que o boleto já tem"),
        (TipoAlteracao.VENCIMENTO, {"data": "31/12/9999"}, ""),
        (TipoAlteracao.VENCIMENTO, {"data": "xyz"}, "não é uma data"),
        (TipoAlteracao.VENCIMENTO, {}, "Informe uma data"),
        (TipoAlteracao.MULTA, {"texto": "100"}, "não é um percentual"),
        (TipoAlteracao.MULTA, {"texto": "0"}, "maior que 0"),
        (TipoAlteracao.MULTA, {}, "Preencha o campo Valor da multa"),
        (TipoAlteracao.DESCONTO, {"texto": "10"}, "Informe uma data"),
        (TipoAlteracao.DESCONTO, {"texto": "10", "data": "30/12/2026"}, "depois do vencimento"),
        (TipoAlteracao.SEU_NUMERO, {"texto": "NF77"}, "O mesmo seu número iria para 2 boletos"),
        (TipoAlteracao.VALOR, {"texto": "-5"}, "não pode ser negativo"),
        (TipoAlteracao.VALOR, {"texto": "0"}, "maior que zero"),
        (TipoAlteracao.DATA_LIMITE, {"data": "01/11/2026"}, "anterior ao vencimento"),
    ],
)
def test_what_cannot_be_sent_is_a_sentence(registrados, dialog, tipo, typed, says):
    mesa = registrados
    fill(mesa, dialog, tipo, **typed)
    press_ok(mesa, dialog)
    mesa.qtbot.waitUntil(lambda: bool(dialog.problem))
    assert says in dialog.problem
    assert dialog.isVisible() and mesa.office.bank.instrucoes == []


def test_seu_numero_goes_to_one_boleto_at_a_time(registrados):
    mesa = registrados
    mesa.page.list.model.check([mesa.page.list.model.position_of(mesa.ids["1002/1"])], False)
    mesa.qtbot.waitUntil(lambda: mesa.page.actions_bar.selection_text.startswith("1 "))
    mesa.page.actions_bar.buttons[ALTERAR].click()
    dialog = mesa.dialog()
    fill(mesa, dialog, TipoAlteracao.SEU_NUMERO, texto="nota 7")
    press_ok(mesa, dialog)
    mesa.qtbot.waitUntil(lambda: "até 10 letras e números" in dialog.problem)
    dialog.fields.texto.clear()
    mesa.qtbot.keyClicks(dialog.fields.texto, "NF77")
    press_ok(mesa, dialog)
    finish(mesa)
    assert [sent for _, sent in mesa.office.bank.instrucoes] == [AlterarSeuNumero("NF77")]


def test_an_approval_that_is_missing_is_pending_and_not_done(registrados, dialog):
    mesa = registrados
    mesa.office.bank.aguardando.add("1002/1")
    fill(mesa, dialog, TipoAlteracao.VENCIMENTO, data="04/12/2026")
    press_ok(mesa, dialog)
    results = finish(mesa)
    assert isinstance(results, ResultsDialog)
    assert [(line.titulo, line.word) for line in results.lines] == [
        ("1002/1", "Aguardando aprovação"),
        ("1001/1", "Alterado"),
    ]
    assert mesa.said[-1] == "1 boleto alterado com sucesso. 1 aguardando aprovação."
    assert mesa.status("1002/1") == "AGUARDANDO APROVAÇÃO"
    assert not results.denied_button.isVisible()


def test_a_denied_approval_is_closed_once_the_bank_was_asked(registrados, dialog):
    mesa = registrados
    mesa.office.bank.aguardando.update(("1001/1", "1002/1"))
    fill(mesa, dialog, TipoAlteracao.VENCIMENTO, data="04/12/2026")
    press_ok(mesa, dialog)
    finish(mesa).close_button.click()
    mesa.marcar("1001/1", "1002/1")
    assert "AGUARDANDO APROVAÇÃO" in mesa.page.actions_bar.buttons[ALTERAR].toolTip()
    mesa.page.actions_bar.buttons[VERIFICAR].click()
    results = finish(mesa)
    assert "“Não foi aprovado”" in results.lines[0].message
    results.denied_button.click()
    question = mesa.dialog()
    assert question.plan.question == "A aprovação de 2 pedidos foi negada?"
    question.yes_button.click()
    closed = finish(mesa)
    assert [line.word for line in closed.lines] == ["Não aprovado", "Não aprovado"]
    assert mesa.said[-1] == "2 encerrados sem aprovação."
    assert mesa.status("1002/1") == "REGISTRADO"
    assert len(mesa.office.bank.instrucoes) == 2, "nothing was repeated"


def test_the_pdf_is_made_again_when_asked(registrados, dialog):
    mesa = registrados
    fill(mesa, dialog, TipoAlteracao.VALOR, texto="333")
    dialog.pdf.click()
    press_ok(mesa, dialog)
    message = finish(mesa)
    assert "2 PDFs gravados" in message.hint
    assert len(list(mesa.office.pasta.glob("*.pdf"))) == 2


def test_esc_sends_nothing(registrados, dialog):
    mesa = registrados
    fill(mesa, dialog, TipoAlteracao.VALOR, texto="333")
    mesa.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert mesa.office.bank.instrucoes == [] and not mesa.page.is_busy


def test_keyboard_alone(registrados, dialog):
    """Arrows choose the instruction, Tab goes to the value, Enter is OK."""
    mesa = registrados
    dialog.radios[TipoAlteracao.VENCIMENTO].setFocus()
    mesa.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert dialog.radios[TipoAlteracao.MULTA].isChecked()
    mesa.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.fields.texto
    mesa.qtbot.keyClicks(QApplication.focusWidget(), "5")
    mesa.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    finish(mesa)
    assert len(mesa.office.bank.instrucoes) == 2
