"""Looking for accounts, writing one, and being told at the field what is wrong."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.encargos import TipoJuros, TipoMulta
from bancointegra.domain.reais import Reais
from bancointegra.ui.conta import rascunho as nomes
from bancointegra.ui.feedback import MessageDialog

TYPED = {
    nomes.MNEMONICO: "itau-loja",
    nomes.AGENCIA: "1500",
    nomes.CONTA: "05206",
    nomes.DAC: "1",
    nomes.NOME: "Comercial Exemplo Ltda",
    nomes.DOCUMENTO: "11.222.333/0001-81",
    nomes.ENDERECO: "Rua Um, 10",
    nomes.BAIRRO: "Centro",
    nomes.CIDADE: "Campinas",
    nomes.UF: "sp",
    nomes.CEP: "01001-000",
}


def write(qtbot, mesa, values):
    """Type into fields, what was there replaced."""
    for name, value in values.items():
        edit = mesa.page.form.fields.edits[name]
        edit.selectAll()
        if len(value) > 100 or not (value.isascii() and value.isprintable()):
            QApplication.clipboard().setText(value)
            edit.paste()
        elif value:
            qtbot.keyClicks(edit, value)
        else:
            qtbot.keyClick(edit, Qt.Key.Key_Delete)


def press(qtbot, dialog, text):
    """Click the button of a message that reads so."""
    [found] = [each for each in dialog.findChildren(QPushButton) if each.text().replace("&", "") == text]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def save(qtbot, mesa):
    qtbot.mouseClick(mesa.page.form.save_button, Qt.MouseButton.LeftButton)


def test_the_list_is_searched_while_typing(qtbot, mesa):
    contas = mesa.page.contas
    assert contas.list.count() == 2
    qtbot.keyClicks(contas.field, "filial")
    qtbot.waitUntil(lambda: contas.list.count() == 1)
    assert contas.list.item(0).text().startswith("ITAU-FILIAL")
    assert mesa.page.form.title.text() == "ITAU-MATRIZ", "searching does not leave the account"
    qtbot.keyClick(contas.field, Qt.Key.Key_Down)
    mesa.wait_shown("ITAU-FILIAL")
    contas.field.selectAll()
    qtbot.keyClicks(contas.field, "nada disso")
    qtbot.waitUntil(lambda: contas.list.count() == 0)
    assert contas.empty.title == "Nada encontrado"


def test_a_new_account_is_written_by_keyboard_and_stored(qtbot, mesa):
    form = mesa.page.form
    qtbot.keyClick(mesa.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert form.conta is None and form.fields.edits[nomes.MNEMONICO].hasFocus()
    write(qtbot, mesa, TYPED | {nomes.ULTIMO: "41", nomes.CLIENT_ID: "a1b2-c3", nomes.CLIENT_SECRET: "segredo-123"})
    qtbot.keyClicks(form.dados.tipos.new_name, "BOLETO LOJA")
    qtbot.keyClick(form.dados.tipos.new_name, Qt.Key.Key_Return)
    qtbot.keyClick(mesa.page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    mesa.wait_shown("ITAU-LOJA")
    stored = mesa.stored("ITAU-LOJA")
    assert (stored.agencia, stored.conta, stored.dac, stored.carteira) == ("1500", "05206", "1", "109")
    assert stored.ultimo_nosso_numero == 41 and stored.ambiente is Ambiente.PRODUCAO
    assert stored.beneficiario.endereco.uf == "SP"
    tipos = [tipo.nome for tipo in mesa.program.services.conta.tipos_cobranca(stored)]
    assert tipos == ["BOLETO ITAÚ", "BOLETO LOJA"]
    assert mesa.program.vault.get("a1b2-c3/client_secret") == "segredo-123"
    assert form.fields.edits[nomes.CLIENT_SECRET].text() == ""
    assert form.fields.edits[nomes.CLIENT_SECRET].placeholderText() == "guardado no cofre"
    assert mesa.said[-1] == "Conta ITAU-LOJA salva." and mesa.changed
    qtbot.waitUntil(lambda: mesa.page.contas.list.count() == 3)


def test_the_digit_is_checked_while_typing(qtbot, mesa):
    fields = mesa.page.form.fields
    assert fields.note_of(nomes.DAC) == "✓ o dígito confere"
    write(qtbot, mesa, {nomes.DAC: "7"})
    assert fields.note_of(nomes.DAC) == "não confere: o dígito é 1"
    save(qtbot, mesa)
    assert "o dígito é 1" in mesa.page.form.problem and fields.edits[nomes.DAC].hasFocus()
    write(qtbot, mesa, {nomes.DAC: "1"})
    assert fields.note_of(nomes.DAC) == "✓ o dígito confere" and mesa.page.form.problem == ""


def test_what_the_bank_would_cut_is_said_but_allowed(qtbot, mesa):
    write(qtbot, mesa, {nomes.BAIRRO: "Jardim das Bandeiras"})
    assert mesa.page.form.fields.note_of(nomes.BAIRRO) == "o banco guarda só 15 letras; aqui há 20"
    save(qtbot, mesa)
    mesa.wait_shown("ITAU-MATRIZ")
    assert mesa.stored("ITAU-MATRIZ").beneficiario.endereco.bairro == "Jardim das Bandeiras"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({nomes.MNEMONICO: ""}, "Falta preencher Mnemônico"),
        ({nomes.MNEMONICO: "itau-filial"}, "Já existe uma conta com o mnemônico ITAU-FILIAL"),
        ({nomes.AGENCIA: "15"}, "Agência tem 4 dígitos"),
        ({nomes.CONTA: "１２３４５"}, "Conta tem 5 dígitos"),
        ({nomes.CARTEIRA: "abc"}, "Carteira tem 3 dígitos"),
        ({nomes.NOME: "x" * 10_000}, "Nome tem até 120"),
        ({nomes.NOME: "Loja 😀"}, "que o banco não imprime"),
        ({nomes.NOME: "Loja\u202e\u0007 Um"}, "que o banco não imprime"),
        ({nomes.DOCUMENTO: "11.222.333/0001-82"}, "dígitos do CNPJ não conferem"),
        ({nomes.UF: "XX"}, "sigla do estado"),
        ({nomes.CEP: "0100"}, "CEP tem 8 dígitos"),
        ({nomes.FAIXA_DE: "-1"}, "Primeiro número é um número"),
        ({nomes.FAIXA_DE: "500", nomes.FAIXA_ATE: "400"}, "fim da faixa"),
        ({nomes.CLIENT_ID: "'; DROP TABLE conta; --"}, "ClientID tem só letras"),
        ({nomes.CLIENT_ID: "9" * 10_000}, "ClientID tem só letras"),
        ({nomes.HOST_TOKEN: "http://banco"}, "precisa começar com https://"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(qtbot, mesa, change, words):
    write(qtbot, mesa, change)
    save(qtbot, mesa)
    form = mesa.page.form
    qtbot.waitUntil(lambda: words in form.problem)
    field = next(reversed(change))
    edit = form.fields.edits[field]
    assert edit.property("wrong") is True and edit.hasFocus() and edit.isVisible()
    assert form.is_dirty and form.save_button.isEnabled()
    qtbot.keyClicks(edit, "x")
    assert form.problem == ""


@pytest.mark.parametrize("secret", ["a" * 10_000, "com espaço", "açúcar", "x\u0007y"])
def test_a_hostile_secret_is_refused_without_being_repeated(qtbot, mesa, secret):
    form = mesa.page.form
    form.tabs.setCurrentWidget(form.api)
    qtbot.mouseClick(form.api.replace_button, Qt.MouseButton.LeftButton)
    write(qtbot, mesa, {nomes.CLIENT_SECRET: secret})
    form.fields.edits[nomes.CLIENT_SECRET].setText(secret)
    save(qtbot, mesa)
    qtbot.waitUntil(lambda: "ClientSecret não tem a forma" in form.problem)
    assert secret not in form.problem


def test_encargos_are_read_as_reais_or_percent(qtbot, mesa):
    form = mesa.page.form
    form.tabs.setCurrentWidget(form.api)
    for box, words in ((form.api.multa, "R$ fixo"), (form.api.juros, "% ao mês")):
        box.setFocus()
        qtbot.keyClicks(box, words[:2])
        assert box.currentText() == words
    write(qtbot, mesa, {nomes.MULTA: "10,50", nomes.JUROS: "1,5"})
    save(qtbot, mesa)
    mesa.wait_shown("ITAU-MATRIZ")
    encargos = mesa.stored("ITAU-MATRIZ").encargos_padrao
    assert (encargos.multa.tipo, encargos.multa.valor) == (TipoMulta.VALOR, Reais(1050))
    assert encargos.juros.tipo is TipoJuros.PERCENTUAL_AO_MES and str(encargos.juros.percentual) == "1.5"
    assert form.fields.edits[nomes.MULTA].text() == "10,50" and form.fields.edits[nomes.JUROS].text() == "1,5"
    for text, words in (("0", "maior que zero"), ("", "Falta o valor de Multa"), ("1e9", "não é um valor em reais")):
        write(qtbot, mesa, {nomes.MULTA: text})
        save(qtbot, mesa)
        assert words in form.problem
    write(qtbot, mesa, {nomes.MULTA: "10,50", nomes.JUROS: "101"})
    save(qtbot, mesa)
    assert "vai até 100" in form.problem


def test_the_api_tab_is_there_only_when_the_box_is_checked(qtbot, mesa):
    form = mesa.page.form
    api = form.tabs.indexOf(form.api)
    assert form.tabs.isTabVisible(api)
    qtbot.mouseClick(form.api_box, Qt.MouseButton.LeftButton, pos=form.api_box.rect().center())
    assert not form.tabs.isTabVisible(api) and form.tabs.currentWidget() is form.dados
    save(qtbot, mesa)
    mesa.wait_shown("ITAU-MATRIZ")
    assert not mesa.stored("ITAU-MATRIZ").api_bancaria
    assert [c.mnemonico for c in mesa.program.services.busca.contas()] == ["ITAU-FILIAL"]
    qtbot.waitUntil(lambda: "sem API Bancária" in mesa.page.contas.list.item(1).text())


def test_production_is_asked_about(qtbot, mesa):
    form = mesa.page.form
    form.tabs.setCurrentWidget(form.api)
    box = form.api.ambiente

    def choose_production():
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Home)
        return mesa.dialog()

    dialog = choose_production()
    assert "Deseja passar esta conta para PRODUÇÃO?" in dialog.message
    press(qtbot, dialog, "Não")
    assert box.currentData() is Ambiente.SIMULACAO and not form.is_dirty
    press(qtbot, choose_production(), "Sim")
    assert box.currentData() is Ambiente.PRODUCAO and form.is_dirty


def test_unsaved_changes_are_asked_about_before_leaving(qtbot, mesa):
    page = mesa.page
    write(qtbot, mesa, {nomes.NOME: "Outro Nome"})
    page.contas.list.setFocus()
    qtbot.keyClick(page.contas.list, Qt.Key.Key_Up)
    dialog = mesa.dialog()
    assert isinstance(dialog, MessageDialog) and "ITAU-MATRIZ não foram salvas" in dialog.message
    press(qtbot, dialog, "Voltar")
    assert page.form.title.text() == "ITAU-MATRIZ" and page.contas.list.currentRow() == 1
    qtbot.keyClick(page.contas.list, Qt.Key.Key_Up)
    press(qtbot, mesa.dialog(), "Salvar")
    mesa.wait_shown("ITAU-FILIAL")
    assert mesa.stored("ITAU-MATRIZ").beneficiario.nome == "Outro Nome"
    write(qtbot, mesa, {nomes.NOME: "Nunca Gravado"})
    qtbot.mouseClick(page.contas.new_button, Qt.MouseButton.LeftButton)
    press(qtbot, mesa.dialog(), "Descartar")
    assert page.form.conta is None
    assert mesa.stored("ITAU-FILIAL").beneficiario.nome == "EMPRESA EXEMPLO LTDA"


def test_closing_the_program_asks_too(qtbot, mesa):
    write(qtbot, mesa, {nomes.NOME: "Outro Nome"})
    mesa.page.window().close()
    press(qtbot, mesa.dialog(), "Voltar")
    assert mesa.page.isVisible() and mesa.page.form.is_dirty
    mesa.page.window().close()
    press(qtbot, mesa.dialog(), "Salvar")
    qtbot.waitUntil(lambda: not mesa.page.isVisible())
    assert mesa.stored("ITAU-MATRIZ").beneficiario.nome == "Outro Nome"


def test_discarding_shows_what_is_stored(qtbot, mesa):
    form = mesa.page.form
    assert not form.discard_button.isEnabled()
    write(qtbot, mesa, {nomes.NOME: "Outro Nome"})
    qtbot.mouseClick(form.discard_button, Qt.MouseButton.LeftButton)
    assert form.fields.edits[nomes.NOME].text() == "EMPRESA EXEMPLO LTDA" and not form.is_dirty


def test_a_tipo_de_cobranca_is_renamed_in_place(qtbot, mesa):
    tipos = mesa.page.form.dados.tipos
    tipos.list.setCurrentRow(0)
    tipos.list.setFocus()
    qtbot.keyClick(tipos.list, Qt.Key.Key_F2)
    editor = tipos.list.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "BOLETO MATRIZ")
    # Ctrl+S while the name is still being written takes it as it stands
    qtbot.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: mesa.said[-1:] == ["Conta ITAU-MATRIZ salva."])
    stored = mesa.program.services.conta.tipos_cobranca(mesa.stored("ITAU-MATRIZ"))
    assert [tipo.nome for tipo in stored] == ["BOLETO MATRIZ"]


@pytest.mark.parametrize(
    ("nome", "words"),
    [
        ("boleto itaú", "escrito duas vezes"),
        ("Boleto 😀", "que o banco não imprime"),
        ("x" * 10_000, "tem até 60 caracteres"),
    ],
)
def test_a_tipo_that_cannot_be_is_said_there(qtbot, mesa, nome, words):
    tipos = mesa.page.form.dados.tipos
    tipos.new_name.setText(nome)
    qtbot.mouseClick(tipos.add_button, Qt.MouseButton.LeftButton)
    save(qtbot, mesa)
    assert words in tipos.problem and tipos.list.hasFocus()


def test_every_field_and_button_has_a_name(mesa):
    form = mesa.page.form
    for index in range(form.tabs.count()):
        form.tabs.setCurrentIndex(index)
        for kind in (QLineEdit, QPushButton):
            for widget in form.findChildren(kind):
                if widget.isVisible() and not widget.objectName().startswith("qt_"):
                    assert widget.accessibleName() or (isinstance(widget, QPushButton) and widget.text())


def test_the_wheel_changes_nothing_and_ctrl_tab_changes_the_tab(qtbot, mesa):
    form = mesa.page.form
    form.fields.edits[nomes.MNEMONICO].setFocus()
    qtbot.keyClick(form.fields.edits[nomes.MNEMONICO], Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert form.tabs.currentWidget() is form.api
    box = form.api.multa
    centre = QPointF(box.rect().center())
    turn = QWheelEvent(
        centre,
        box.mapToGlobal(centre),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert box.currentIndex() == 0 and not form.is_dirty


def test_leaving_the_tab_with_changes_says_so(qtbot, mesa):
    write(qtbot, mesa, {nomes.NOME: "Outro Nome"})
    mesa.page.hide()
    assert mesa.said[-1] == "Conta Bancária: há alterações não salvas."


def test_a_new_account_stays_while_one_searches(qtbot, mesa):
    qtbot.mouseClick(mesa.page.contas.new_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(mesa.page.contas.field, "matriz")
    qtbot.waitUntil(lambda: mesa.page.contas.list.count() == 1)
    mesa.page.contas.field.clear()
    qtbot.keyClick(mesa.page.contas.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: mesa.page.contas.list.count() == 2)
    assert mesa.page.form.conta is None
