"""The tree at the left: “+” and “−”, Boletos and PROTESTO, each with its buttons and its own filters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bancointegra.domain.situacao import Situacao
from bancointegra.ui.integracao.actions import PROTESTAR
from bancointegra.ui.integracao.sections import BOLETOS, PROTESTO


def click(mesa, item):
    tree = mesa.page.sections
    mesa.qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(item).center())


def test_mais_and_menos_beside_cobranca_show_and_hide_the_sections(mesa, new_page):
    tree = mesa.page.sections
    assert tree.root.text(0) == "Cobrança" and tree.root.isExpanded()
    click(mesa, tree.root)
    assert not tree.root.isExpanded()
    again = new_page()
    assert not again.page.sections.root.isExpanded()
    click(mesa, tree.root)
    click(mesa, tree.item_of(PROTESTO))
    assert [shown.text() for shown in mesa.page.actions_bar.shown] == [
        "Protestar",
        "Cancelar Protesto",
        "Consultar",
        "Verificar agora",
    ]
    assert all(shown.isVisible() for shown in mesa.page.actions_bar.shown)
    assert not mesa.page.actions_bar.gerar_pdf.isVisible()


def test_boletos_has_the_buttons_of_the_manual(mesa):
    assert [shown.text() for shown in mesa.page.actions_bar.shown] == [
        "Registrar",
        "Enviar Alteração",
        "Consultar",
        "Baixar",
        "Verificar agora",
    ]


def test_each_section_keeps_its_filters_and_its_list(mesa):
    mesa.office.registro.registrar(mesa.ids["1001/1"], gerar_pdf=False)
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.page.sections.choose(PROTESTO)
    filters = mesa.page.filters
    assert filters.criterios.situacoes == {Situacao.REGISTRADO}
    assert filters.conta is not None
    assert mesa.page.list.empty.isVisible() and mesa.page.list.empty.title == "Pronto para pesquisar"
    mesa.pesquisar(Situacao.REGISTRADO, Situacao.PROTESTADO)
    assert mesa.status("1001/1") == "REGISTRADO"

    with mesa.qtbot.waitSignal(mesa.page.list.model.order_known):
        mesa.page.sections.choose(BOLETOS)
    assert filters.criterios.situacoes == {Situacao.PENDENTE}
    assert mesa.page.list.model.position_of(mesa.ids["1001/1"]) is None
    with mesa.qtbot.waitSignal(mesa.page.list.model.order_known):
        mesa.page.sections.choose(PROTESTO)
    assert filters.criterios.situacoes == {Situacao.REGISTRADO, Situacao.PROTESTADO}


def test_the_keys_of_another_section_do_nothing(mesa):
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1")
    said = len(mesa.said)
    mesa.qtbot.keyClick(mesa.page.list.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert len(mesa.said) == said
    assert not mesa.page.actions_bar.buttons[PROTESTAR].isEnabled()


def test_keyboard_alone(mesa):
    tree = mesa.page.sections
    tree.setFocus()
    mesa.qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert mesa.page.actions_bar.shown[0].text() == "Protestar"
    mesa.qtbot.keyClicks(tree, "-")
    assert not tree.root.isExpanded()
    mesa.qtbot.keyClicks(tree, "+")
    assert tree.root.isExpanded()


def test_a_narrow_window_shows_icons_with_their_words_in_tooltips(mesa):
    mesa.page.resize(1093, 560)
    QApplication.processEvents()
    item = mesa.page.sections.item_of(PROTESTO)
    assert item.text(0) == "" and item.toolTip(0).startswith("PROTESTO: Protestar · Cancelar Protesto")
    mesa.page.resize(1500, 800)
    assert item.text(0) == "PROTESTO"


def test_another_section_may_be_opened_during_a_batch(mesa):
    mesa.office.bank.door.clear()
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1", "1002/1")
    mesa.qtbot.keyClick(mesa.page.list.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    mesa.dialog().accept()
    mesa.qtbot.waitUntil(lambda: mesa.page.is_busy)
    mesa.page.sections.choose(PROTESTO)
    mesa.qtbot.waitUntil(mesa.page.actions_bar.progress.isVisible)
    assert not any(shown.isVisible() for shown in mesa.page.actions_bar.shown)
    mesa.office.bank.door.set()
    mesa.qtbot.waitUntil(lambda: mesa.said[-1] == "Boletos registrados com sucesso!")
    mesa.dialog().close()
    assert all(shown.isVisible() for shown in mesa.page.actions_bar.shown)
    mesa.pesquisar(Situacao.REGISTRADO)
    assert mesa.status("1001/1") == "REGISTRADO"
