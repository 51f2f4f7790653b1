"""Títulos a Receber by keyboard: write, change, repeat, copy and delete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.cadastros import rascunho as pagador
from bancointegra.ui.cadastros.pagador_dialog import PagadorDialog
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.titulos import rascunho as nomes
from bancointegra.ui.titulos.encargos import MULTA
from bancointegra.ui.titulos.parcelar_dialog import ParcelarDialog
from bancointegra.ui.titulos.titulo_dialog import TituloDialog

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def new_dialog(mesa) -> TituloDialog:
    mesa.press(mesa.page, Qt.Key.Key_N, CONTROL)
    return mesa.dialog(TituloDialog)


def write(mesa, dialog: TituloDialog, **texts: str) -> None:
    """Type into the fields, as far as they are asked for."""
    for name, text in texts.items():
        edit = dialog.form.fields.edits[name]
        edit.setFocus()
        edit.selectAll()
        mesa.qtbot.keyClicks(edit, text)


def choose_pagador(mesa, dialog: TituloDialog, words: str) -> None:
    edit = dialog.pagador.edit
    edit.setFocus()
    with mesa.qtbot.waitSignal(edit.chosen, check_params_cb=lambda choice: choice is not None):
        mesa.qtbot.keyClicks(edit, words)
        mesa.qtbot.waitUntil(lambda: edit._results.rowCount() == 1)
        mesa.qtbot.keyClick(edit, Qt.Key.Key_Return)


def a_titulo(mesa, dialog: TituloDialog, **others: str) -> None:
    write(mesa, dialog, **{nomes.NUMERO: "2001", nomes.VENCIMENTO: "31/01/2027", nomes.VALOR: "100,00"} | others)
    choose_pagador(mesa, dialog, "aurora")


def test_what_is_to_be_received_is_listed_at_once_with_its_total(mesa):
    mesa.qtbot.waitUntil(lambda: mesa.page.list.found_text == "3 títulos · R$\u00a03.745,30")
    assert not mesa.page.filters.boxes[Situacao.LIQUIDADO].isChecked()


def test_a_new_titulo_is_found_in_the_list_afterwards(mesa, new_dialog):
    a_titulo(mesa, new_dialog)
    mesa.press(new_dialog, Qt.Key.Key_S, CONTROL)
    mesa.wait_list("1001/1", "1002/1", "1003/2", "2001")
    mesa.qtbot.waitUntil(lambda: mesa.page.list.current is not None and mesa.page.list.current.titulo == "2001")
    titulo = mesa.office.busca.titulo(mesa.page.list.current.id)
    assert (titulo.vencimento, titulo.valor, titulo.sacado.nome) == (
        date(2027, 1, 31),
        Reais(10_000),
        "MERCADO AURORA LTDA",
    )
    assert titulo.encargos == mesa.conta.encargos_padrao


def test_salvar_e_novo_begins_again_in_the_same_form(mesa, new_dialog):
    a_titulo(mesa, new_dialog)
    mesa.press(new_dialog, Qt.Key.Key_Return, CONTROL)
    mesa.qtbot.waitUntil(lambda: new_dialog.form.fields.edits[nomes.NUMERO].text() == "")
    assert not new_dialog.is_dirty
    assert new_dialog.form.rascunho.conta.mnemonico == "ITAU-MATRIZ"
    new_dialog.reject()


def test_own_charges_take_the_place_of_the_accounts(mesa, new_dialog):
    new_dialog.form.encargos.da_conta.setChecked(False)
    new_dialog.form.encargos.multa.setCurrentIndex(0)
    a_titulo(mesa, new_dialog, **{MULTA: "2,5"})
    new_dialog.submit()
    mesa.wait_list("1001/1", "1002/1", "1003/2", "2001")
    [row] = mesa.office.busca.por_numero(mesa.conta.id, [("2001", "")]).values()
    assert mesa.office.busca.titulo(row.id).encargos.multa.descricao == "2,5%"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (nomes.NUMERO, "", "Falta preencher Número"),
        (nomes.VENCIMENTO, "31/02/2027", "não é uma data"),
        (nomes.VENCIMENTO, "01/11/2026", "anterior à emissão"),
        (nomes.VALOR, "mil", "não é um valor em reais"),
        (nomes.PAGADOR, "zebedeu", "não foi escolhido na lista"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(mesa, new_dialog, field, text, sentence):
    a_titulo(mesa, new_dialog)
    new_dialog.form.fields.edits[field].clear()
    write(mesa, new_dialog, **{field: text})
    new_dialog.submit()
    assert sentence in new_dialog.form.fields.note_of(field)
    assert new_dialog.form.fields.edits[field].property("wrong")
    assert new_dialog.isVisible()


def test_tab_goes_as_the_eye_does(mesa, new_dialog):
    new_dialog.form.conta.setFocus()
    names = []
    for _ in range(8):
        names.append(QApplication.focusWidget().accessibleName())
        mesa.press(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert names == [
        nomes.CONTA,
        nomes.TIPO,
        nomes.NUMERO,
        nomes.PARCELA,
        nomes.ESPECIE,
        nomes.PAGADOR,
        "Cadastrar um pagador (Ctrl+P)",
        nomes.EMISSAO,
    ]


def test_leaving_what_was_written_is_asked_about(mesa, new_dialog):
    write(mesa, new_dialog, **{nomes.NUMERO: "2001"})
    mesa.press(new_dialog, Qt.Key.Key_Escape)
    question = mesa.dialog(MessageDialog)
    question.reject()
    assert new_dialog.isVisible()
    mesa.press(new_dialog, Qt.Key.Key_Escape)
    [discard] = [b for b in mesa.dialog(MessageDialog).findChildren(QPushButton) if b.text() == "&Descartar"]
    mesa.press(discard, Qt.Key.Key_Space)
    mesa.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_parcelas_are_shown_and_stored_only_when_the_clerk_agrees(mesa, new_dialog):
    a_titulo(mesa, new_dialog)
    mesa.press(new_dialog, Qt.Key.Key_P, CONTROL | SHIFT)
    dialog = mesa.dialog(ParcelarDialog)
    dialog.quantidade.setValue(3)
    mesa.qtbot.waitUntil(lambda: dialog.confirm_button.text() == "Gravar 3 títulos")
    rows = [[dialog.table.item(row, column).text() for column in range(4)] for row in range(3)]
    assert rows[1] == ["2001/2", "28/02/2027, domingo", "33,33", "pago até 01/03/2027, segunda"]
    assert rows[2][2] == "33,34"
    assert mesa.office.busca.por_numero(mesa.conta.id, [("2001", "1")]) == {}
    dialog.submit()
    mesa.wait_list("1001/1", "1002/1", "1003/2", "2001/1", "2001/2", "2001/3")


def test_parcelas_that_are_there_cannot_be_stored(mesa, new_dialog):
    a_titulo(mesa, new_dialog, **{nomes.NUMERO: "1001"})
    new_dialog.parcelar_button.click()
    dialog = mesa.dialog(ParcelarDialog)
    mesa.qtbot.waitUntil(lambda: dialog.problem != "")
    assert "Já existem nesta conta: 1001/1" in dialog.problem
    assert not dialog.confirm_button.isEnabled()
    dialog.reject()
    new_dialog._leave()


def test_a_pagador_is_registered_without_leaving(mesa, new_dialog):
    write(mesa, new_dialog, **{nomes.PAGADOR: "OFICINA NOVA"})
    mesa.press(new_dialog, Qt.Key.Key_P, CONTROL)
    dialog = mesa.dialog(PagadorDialog)
    assert dialog.fields.edits[pagador.NOME].text() == "OFICINA NOVA"
    for name, text in (
        (pagador.DOCUMENTO, "00.000.000/0001-91"),
        (pagador.ENDERECO, "Rua Um, 10"),
        (pagador.BAIRRO, "Centro"),
        (pagador.CIDADE, "Campinas"),
        (pagador.UF, "sp"),
        (pagador.CEP, "13010-000"),
    ):
        mesa.qtbot.keyClicks(dialog.fields.edits[name], text)
    mesa.press(dialog, Qt.Key.Key_Return)
    mesa.qtbot.waitUntil(lambda: new_dialog.pagador.sacado is not None)
    assert new_dialog.form.fields.note_of(nomes.PAGADOR) == "00.000.000/0001-91 · Campinas/SP"
    new_dialog._leave()


def test_a_known_documento_is_offered_as_the_same_person(mesa, new_dialog):
    new_dialog.pagador.register()
    dialog = mesa.dialog(PagadorDialog)
    mesa.qtbot.keyClicks(dialog.fields.edits[pagador.DOCUMENTO], "12abc34501de35")
    mesa.qtbot.waitUntil(dialog.use_button.isVisible)
    assert dialog.known_label.text().startswith("Já existe: PADARIA SÃO JORGE ME")
    mesa.qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    mesa.qtbot.waitUntil(lambda: new_dialog.pagador.sacado is not None)
    new_dialog._leave()


class TestStored:
    def test_a_pending_one_is_changed(self, mesa):
        mesa.choose("1002/1")
        mesa.press(mesa.page.list.table, Qt.Key.Key_Return)
        dialog = mesa.dialog(TituloDialog)
        assert not dialog.confirm_button.isEnabled()
        write(mesa, dialog, **{nomes.VALOR: "400,00"})
        mesa.press(dialog, Qt.Key.Key_Return)
        mesa.qtbot.waitUntil(lambda: mesa.page.list.current.valor == Reais(400_00))
        assert mesa.said[-1] == "Título salvo."

    def test_a_registered_one_leads_to_the_bank_and_keeps_its_note(self, mesa):
        mesa.page.open_titulo(mesa.ids["1003/2"])
        dialog = mesa.dialog(TituloDialog)
        assert not dialog.form.vencimento.isEnabled()
        assert "Enviar Alteração" in dialog.reason.text()
        write(mesa, dialog, **{nomes.OBSERVACAO: "ligar na sexta"})
        mesa.qtbot.mouseClick(dialog.bank_button, Qt.MouseButton.LeftButton)
        mesa.qtbot.waitUntil(lambda: mesa.at_the_bank == [("1003/2", True)])
        assert mesa.office.busca.titulo(mesa.ids["1003/2"]).observacao == "ligar na sexta"

    def test_one_registered_meanwhile_says_so_and_is_shown_as_it_is(self, mesa):
        mesa.page.open_titulo(mesa.ids["1001/1"])
        dialog = mesa.dialog(TituloDialog)
        write(mesa, dialog, **{nomes.VALOR: "1,00"})
        mesa.office.registro.registrar(mesa.ids["1001/1"], gerar_pdf=False)
        dialog.submit()
        message = mesa.dialog(MessageDialog)
        assert "está registrado" in message.message
        message.accept()
        mesa.qtbot.waitUntil(lambda: dialog.chip.status == "REGISTRADO")
        assert dialog.form.fields.edits[nomes.VALOR].text() == "1.250,00"
        dialog.reject()

    def test_one_changed_meanwhile_is_read_again(self, mesa):
        mesa.page.open_titulo(mesa.ids["1001/1"])
        dialog = mesa.dialog(TituloDialog)
        seen = mesa.office.titulos.abrir(mesa.ids["1001/1"]).dados
        mesa.office.titulos.alterar(mesa.ids["1001/1"], seen, replace(seen, valor=Reais(5_00)))
        write(mesa, dialog, **{nomes.VALOR: "1,00"})
        dialog.submit()
        message = mesa.dialog(MessageDialog)
        assert "mudou desde que você o abriu" in message.message
        message.accept()
        mesa.qtbot.waitUntil(lambda: dialog.form.fields.edits[nomes.VALOR].text() == "5,00")
        dialog.reject()

    def test_duplicar_begins_a_new_one_without_its_number(self, mesa):
        mesa.choose("1003/2")
        mesa.press(mesa.page, Qt.Key.Key_D, CONTROL)
        dialog = mesa.dialog(TituloDialog)
        written = dialog.form.rascunho
        assert (written.numero, written.parcela, written.valor) == ("", "", "2.114,90")
        assert (written.emissao, written.sacado.nome) == (date(2026, 11, 23), "PADARIA SÃO JORGE ME")
        dialog._leave()

    def test_only_what_never_went_to_the_bank_is_deleted(self, mesa):
        mesa.page.list.model.check_all()
        mesa.qtbot.waitUntil(lambda: len(mesa.page.list.checked) == 3)
        mesa.press(mesa.page.list.table, Qt.Key.Key_Delete)
        question = mesa.dialog(MessageDialog)
        assert "Excluir 3 títulos (1001/1, 1002/1, 1003/2)?" in question.message
        question.accept()
        mesa.wait_list("1003/2")
        assert "O título 1003/2 está REGISTRADO" in mesa.dialog(MessageDialog).message
        QApplication.activeModalWidget().accept()
