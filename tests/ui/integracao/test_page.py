"""The page: filters, list and detail, by mouse and by keyboard alone."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog

from bancointegra.domain.errors import OutcomeUnknown, StoreError
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TipoPeriodo
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.integracao.actions import ACTIONS, CONSULTAR
from bancointegra.ui.integracao.registrar_dialog import RegistrarDialog
from bancointegra.ui.integracao.results_dialog import ResultsDialog
from bancointegra.ui.widgets.search_field import SearchDialog
from tests.ui.integracao.escritorio import Escritorio, PreferencesInMemory, many

CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(mesa) -> list[str]:
    """The títulos in the list, top to bottom."""
    model = mesa.page.list.model
    return [model.index(position, 1).data() for position in range(model.rowCount())]


def type_filter(mesa, words: str) -> None:
    with mesa.qtbot.waitSignal(mesa.page.list.model.order_known):
        mesa.qtbot.keyClicks(mesa.page.list.filter_field, words)


def focused():
    return QApplication.focusWidget()


def test_before_the_first_search_the_list_says_how_to_begin(mesa):
    assert mesa.page.list.empty.isVisible()
    assert mesa.page.list.empty.title == "Pronto para pesquisar"
    assert mesa.page.list.chosen == ()


def test_the_only_account_is_chosen_and_the_counts_are_shown(mesa):
    filters = mesa.page.filters
    assert filters.conta_summary.full_text == "Itaú 341 · Ag. 1500 · C/C 05206-1 · carteira 109"
    mesa.qtbot.waitUntil(lambda: filters.boxes[Situacao.PENDENTE].text() == "PENDENTE  4")
    mesa.qtbot.waitUntil(lambda: [filters.cobranca.itemText(i) for i in range(2)] == ["Todas", "BOLETO ITAÚ"])


def test_pesquisar_lists_and_totals(mesa):
    mesa.pesquisar(Situacao.PENDENTE)
    tester = QAbstractItemModelTester(
        mesa.page.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal, mesa.page
    )
    assert shown(mesa) == ["1001/1", "1002/1", "1003/2", "1010/1"]
    mesa.qtbot.waitUntil(lambda: mesa.page.list.found_text == "4 títulos · R$\u00a03.957,65")
    mesa.page.list.model.check_all()
    mesa.marcar("1001/1", "1002/1", "1003/2", "1010/1")
    tester.deleteLater()


def test_nothing_found_says_what_was_looked_for(mesa):
    mesa.pesquisar(Situacao.PROTESTADO)
    assert mesa.page.list.empty.title == "Nenhum título encontrado"
    assert mesa.page.list.chosen == ()


def test_typing_filters_the_list_and_esc_brings_it_back(mesa):
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1")
    type_filter(mesa, "jose joao")
    assert mesa.page.list.empty.title == "Nenhum título com essas palavras"
    with mesa.qtbot.waitSignal(mesa.page.list.model.order_known):
        mesa.qtbot.keyClick(mesa.page.list.filter_field, Qt.Key.Key_Escape)
    type_filter(mesa, "joao")
    assert shown(mesa) == ["1002/1"]
    assert mesa.page.list.checked == ()


def test_sorting_keeps_what_is_checked(mesa):
    mesa.ids.update(mesa.office.add_titulos(mesa.page.filters.conta, many(500)))
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1", "1003/2")
    with mesa.qtbot.waitSignal(mesa.page.list.model.order_known):
        mesa.page.list.model.sort(6, Qt.SortOrder.AscendingOrder)
    assert {row.titulo for row in mesa.page.list.checked} == {"1001/1", "1003/2"}
    assert mesa.page.actions_bar.selection_text == "2 selecionados R$\u00a03.364,90"


def test_liquidacao_is_offered_with_liquidado_alone(mesa):
    filters = mesa.page.filters
    filters.boxes[Situacao.PENDENTE].setChecked(False)
    filters.boxes[Situacao.LIQUIDADO].setChecked(True)
    filters.periodo.setCurrentIndex(filters.periodo.findData(TipoPeriodo.LIQUIDACAO))
    assert filters.criterios.tipo_periodo is TipoPeriodo.LIQUIDACAO
    filters.boxes[Situacao.BAIXADO].setChecked(True)
    assert filters.criterios.tipo_periodo is TipoPeriodo.VENCIMENTO


def test_the_quick_periods_set_the_dates(mesa):
    hoje, semana, _mes = mesa.page.filters.atalhos
    mesa.qtbot.mouseClick(hoje, Qt.MouseButton.LeftButton)
    assert (mesa.page.filters.de.value, mesa.page.filters.ate.value) == (date(2026, 11, 23), date(2026, 11, 23))
    semana.setFocus()
    mesa.qtbot.keyClick(semana, Qt.Key.Key_Return)
    assert mesa.page.filters.ate.value == date(2026, 11, 29)


def test_a_period_that_ends_before_it_begins_is_a_sentence(mesa):
    mesa.page.filters.de.set_value(date(2026, 12, 1))
    mesa.page.search()
    message = mesa.dialog()
    assert isinstance(message, MessageDialog)
    assert "depois do fim" in message.message
    message.close()


def test_without_an_account_the_sentence_says_where_to_choose_one(new_page):
    mesa = new_page()
    mesa.qtbot.waitUntil(lambda: mesa.page.list.empty.title == "Nenhuma conta com API Bancária")
    mesa.page.search()
    message = mesa.dialog()
    assert "Pesquisar Mnemônico" in message.hint
    message.close()


def test_the_magnifier_lists_the_accounts(new_page, office):
    office.add_conta("ITAU-MATRIZ")
    office.add_conta("ITAU-FILIAL", conta="12345", dac="2")
    mesa = new_page()
    field = mesa.page.filters.conta_field
    mesa.qtbot.keyClick(field, Qt.Key.Key_F4)
    dialog = mesa.dialog()
    assert isinstance(dialog, SearchDialog)
    assert dialog.windowTitle() == "Pesquisar Mnemônico"
    mesa.qtbot.waitUntil(lambda: dialog.list.model().rowCount() == 2)
    mesa.qtbot.keyClicks(dialog.field, "filial")
    mesa.qtbot.waitUntil(lambda: dialog.list.model().rowCount() == 1 and dialog.list.currentIndex().isValid())
    mesa.qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert mesa.page.filters.conta is not None and mesa.page.filters.conta.mnemonico == "ITAU-FILIAL"


def test_another_account_empties_the_list(mesa):
    other = mesa.office.add_conta("ITAU-FILIAL", conta="12345", dac="2")
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1")
    mesa.page.filters.choose_conta(other)
    assert mesa.page.list.checked == () and mesa.page.list.empty.isVisible()
    mesa.qtbot.waitUntil(lambda: not any(b.isEnabled() for b in mesa.page.actions_bar.buttons.values()))


def test_the_filter_and_the_detail_are_remembered(mesa, new_page):
    mesa.page.filters.de.set_value(date(2026, 11, 27))
    mesa.pesquisar(Situacao.REGISTRADO, Situacao.LIQUIDADO)
    mesa.page.list.detail_button.click()
    detail_shown = mesa.page.detail.isVisible()

    again = new_page()

    assert again.page.filters.criterios.situacoes == {Situacao.REGISTRADO, Situacao.LIQUIDADO}
    assert again.page.filters.de.value == date(2026, 11, 27)
    assert again.page.detail.isVisible() is detail_shown
    again.qtbot.waitUntil(lambda: again.page.filters.conta is not None)


def test_the_detail_tells_everything_about_the_current_titulo(mesa):
    mesa.office.registro.registrar(mesa.ids["1003/2"], gerar_pdf=False)
    mesa.pesquisar(Situacao.REGISTRADO)
    mesa.page.list.table.selectRow(0)
    detail = mesa.page.detail
    mesa.qtbot.waitUntil(lambda: detail.titulo_id == mesa.ids["1003/2"])
    assert detail.valor_label.text() == "R$\u00a02.114,90"
    assert detail.sacado_label.text() == "PADARIA SÃO JORGE ME"
    assert detail.documento_label.text() == "12.ABC.345/01DE-35"
    assert detail.vencimento_label.text() == "vence sexta, 27/11/2026 · 109/00000412-5"
    detail.linha.copy()
    assert len(QApplication.clipboard().text()) == 47

    mesa.qtbot.mouseClick(detail.pdf_button, Qt.MouseButton.LeftButton)
    mesa.qtbot.waitUntil(lambda: len(mesa.opened) == 1)
    mesa.qtbot.waitUntil(lambda: detail.pdf_button.text() == "Abrir PDF" and detail.pdf_button.isEnabled())
    mesa.qtbot.mouseClick(detail.pdf_button, Qt.MouseButton.LeftButton)
    mesa.qtbot.waitUntil(lambda: len(mesa.opened) == 2)
    assert mesa.opened[0] == mesa.opened[1]


def test_the_detail_of_a_titulo_a_confirmar_asks_the_bank(mesa):
    def lost():
        raise OutcomeUnknown("O banco não respondeu a tempo.")

    mesa.office.bank.after["1001/1"] = lost
    mesa.office.registro.registrar(mesa.ids["1001/1"], gerar_pdf=False)
    mesa.page.show_a_confirmar()
    mesa.qtbot.waitUntil(lambda: shown(mesa) == ["1001/1"])
    mesa.page.list.table.selectRow(0)
    mesa.qtbot.waitUntil(lambda: mesa.page.detail.verify_button.isVisible())
    mesa.qtbot.mouseClick(mesa.page.detail.verify_button, Qt.MouseButton.LeftButton)
    mesa.dialog().close()
    assert mesa.status("1001/1") == "REGISTRADO"
    mesa.qtbot.waitUntil(lambda: not mesa.page.detail.verify_button.isVisible())


def test_keyboard_only(mesa):
    """From the filter to three registered boletos without a mouse."""
    qtbot, page = mesa.qtbot, mesa.page
    page.filters.boxes[Situacao.PENDENTE].setFocus()
    with qtbot.waitSignal(page.list.model.order_known):
        qtbot.keyClick(focused(), Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: focused() is page.list.table)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.actions_bar.selection_text.startswith("2 selecionados"))
    qtbot.keyClick(focused(), Qt.Key.Key_A, CONTROL)
    qtbot.waitUntil(lambda: page.actions_bar.selection_text.startswith("4 selecionados"))
    qtbot.keyClick(focused(), Qt.Key.Key_F, CONTROL)
    assert focused() is page.list.filter_field
    qtbot.keyClicks(focused(), "papelaria")
    with qtbot.waitSignal(page.list.model.order_known):
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is page.list.table
    qtbot.keyClick(focused(), Qt.Key.Key_R, CONTROL)
    question = mesa.dialog()
    assert isinstance(question, RegistrarDialog)
    assert question.plan.question == "Registrar 1 boleto?"
    qtbot.waitUntil(lambda: focused() is question.yes_button)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MessageDialog))
    message = mesa.dialog()
    qtbot.waitUntil(lambda: message.isAncestorOf(focused()))
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert mesa.status("1010/1") == "REGISTRADO"
    page.activateWindow()  # a window manager does this; the offscreen platform does not
    qtbot.waitUntil(lambda: focused() is page.list.table)
    qtbot.keyClick(focused(), Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(lambda: mesa.said[-1] == "Boletos consultados com sucesso!")
    mesa.dialog().close()


def test_tab_follows_the_eye(mesa):
    mesa.pesquisar(Situacao.PENDENTE)
    page = mesa.page
    page.filters.conta_field.setFocus()
    seen = []
    for _ in range(40):
        seen.append(focused())
        mesa.qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    filters, cards = page.filters, page.list
    wanted = [
        filters.conta_field,
        filters.cobranca,
        filters.periodo,
        filters.de,
        filters.ate,
        filters.boxes[Situacao.PENDENTE],
        filters.search_button,
        cards.filter_field,
        cards.table,
        page.actions_bar.gerar_pdf,
        page.actions_bar.folder_button,
    ]
    assert [widget for widget in seen[: seen.index(page.actions_bar.folder_button) + 1] if widget in wanted] == wanted
    assert all(widget.accessibleName() or widget.text() for widget in set(seen))


def test_a_locked_data_file_refuses_each_titulo_with_a_sentence(new_page, tmp_path, jobs):
    office = Escritorio(tmp_path / "outro", busy_timeout=0.05)
    office.add_titulos(office.add_conta(), many(3))
    mesa = new_page(office=office)
    mesa.qtbot.waitUntil(lambda: mesa.page.filters.conta is not None)
    mesa.pesquisar(Situacao.PENDENTE)
    lock = sqlite3.connect(tmp_path / "outro" / "dados.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    mesa.page.list.model.check_all()
    mesa.qtbot.waitUntil(lambda: mesa.page.actions_bar.selection_text.startswith("3"))
    mesa.qtbot.keyClick(mesa.page.list.table, Qt.Key.Key_R, CONTROL)
    mesa.dialog().accept()
    mesa.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ResultsDialog))
    results = mesa.dialog()
    assert {line.word for line in results.lines} == {"Não enviado"}
    assert "em uso" in results.lines[0].message
    assert office.bank.received == []
    results.close()
    lock.close()
    jobs.shutdown()
    office.close()


def test_a_search_that_fails_says_so_and_can_be_tried_again(mesa, jobs, tmp_path):
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1")
    # A connection in use would remember the file as it was: first the detail and the counts are read.
    mesa.qtbot.waitUntil(lambda: mesa.page.detail.titulo_id is not None)
    mesa.qtbot.waitUntil(lambda: not (mesa.page.filters._count_pause.isActive() or jobs._running))
    mesa.office.store.close()
    data_file = tmp_path / "dados.db"
    good = data_file.read_bytes()
    data_file.write_bytes(b"x" * len(good))
    mesa.page.search()
    mesa.qtbot.waitUntil(lambda: mesa.page.list.empty.title == "Dados locais")
    assert mesa.page.list.chosen == () and mesa.page.list.found_text == ""
    mesa.qtbot.waitUntil(lambda: not (mesa.page.filters._count_pause.isActive() or jobs._running))
    mesa.office.store.close()
    data_file.write_bytes(good)
    with mesa.qtbot.waitSignal(mesa.page.list.model.order_known):
        mesa.qtbot.mouseClick(mesa.page.list.empty.action_button, Qt.MouseButton.LeftButton)
    assert len(shown(mesa)) == 4


def test_the_totals_come_back_after_a_slow_sort(mesa):
    totals = "4 títulos · R$\u00a03.957,65"
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.qtbot.waitUntil(lambda: mesa.page.list.found_text == totals)
    mesa.page.list._loading_shown.timeout.emit()  # the rows take longer than an eye waits
    assert "Pesquisando" in mesa.page.list.found_text
    mesa.page.list.model.reload()  # what sorting does
    mesa.qtbot.waitUntil(lambda: mesa.page.list.found_text == totals)


def test_a_key_pressed_in_vain_says_why(mesa):
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.marcar("1001/1")
    mesa.qtbot.keyClick(mesa.page.list.table, Qt.Key.Key_K, CONTROL)
    assert mesa.said[-1].startswith("Consultar aceita apenas REGISTRADO, PROTESTADO ou CANCELAMENTO ENVIADO")


@pytest.mark.parametrize("width", [1366, 1093])
def test_the_bar_and_the_filters_fit_a_small_screen(mesa, width):
    mesa.page.resize(width, 560)
    mesa.pesquisar(Situacao.PENDENTE)
    assert mesa.page.minimumSizeHint().width() <= width
    assert not mesa.page.detail.isVisible()
    for action in ACTIONS:
        shown_button = mesa.page.actions_bar.buttons[action]
        # Which one has the accent, and so how wide it is, may only just have been decided.
        mesa.qtbot.waitUntil(lambda button=shown_button: button.width() >= button.sizeHint().width())
    assert mesa.page.actions_bar.buttons[CONSULTAR].toolTip()


def test_another_folder_is_kept_and_shown(mesa, tmp_path):
    chosen = tmp_path / "outra pasta"
    chosen.mkdir()
    mesa.qtbot.mouseClick(mesa.page.actions_bar.folder_button, Qt.MouseButton.LeftButton)
    dialog = mesa.dialog()
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(chosen))
    mesa.qtbot.waitUntil(lambda: mesa.page.actions_bar.folder_button.toolTip().endswith("outra pasta"))
    assert mesa.preferences.chosen_folder == chosen
    dialog.close()


def test_preferences_that_cannot_be_read_ask_for_no_pdf(new_page, office, monkeypatch):
    def unreadable(self):
        raise StoreError("Não foi possível ler as preferências.")

    monkeypatch.setattr(PreferencesInMemory, "gerar_pdf", unreadable)
    office.add_conta()
    mesa = new_page()
    message = mesa.dialog()
    assert message.message == "Não foi possível ler as preferências."
    assert not mesa.page.actions_bar.gerar_pdf.isEnabled() and not mesa.page.actions_bar.gerar_pdf.isChecked()
    message.close()


def test_what_is_settled_elsewhere_shows_in_the_list(mesa):
    mesa.pesquisar(Situacao.PENDENTE)
    mesa.office.registro.registrar(mesa.ids["1002/1"], gerar_pdf=False)
    mesa.page.refresh_rows([mesa.ids["1002/1"]])
    mesa.qtbot.waitUntil(lambda: mesa.status("1002/1") == "REGISTRADO")
    mesa.qtbot.waitUntil(lambda: mesa.page.filters.boxes[Situacao.REGISTRADO].text() == "REGISTRADO  1")
