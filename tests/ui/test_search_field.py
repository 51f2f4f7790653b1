"""Pesquisar: type-to-search and the magnifier."""

import threading

import pytest
from PySide6.QtCore import Qt

from bancointegra.domain.errors import StoreError
from bancointegra.ui.widgets.search_field import Choice, SearchDialog, SearchField

CONTAS = (
    Choice(1, "ITAU-MATRIZ", "Itaú 341 · Ag. 1500"),
    Choice(2, "ITAU-FILIAL", "Itaú 341 · Ag. 0262"),
    Choice(3, "RESERVA", "Itaú 341 · Ag. 8888"),
)


def search(words):
    return [c for c in CONTAS if words.casefold() in f"{c.text} {c.detail}".casefold()]


@pytest.fixture
def field(qtbot, jobs):
    field = SearchField(jobs, search, "Pesquisar Mnemônico")
    qtbot.addWidget(field)
    field.resize(300, 30)
    field.show()
    qtbot.waitActive(field)
    field.setFocus()
    return field


def test_typing_drops_down_results_and_enter_chooses(qtbot, field):
    qtbot.keyClicks(field, "itau-")
    qtbot.waitUntil(field.popup.isVisible)
    assert field.popup.model().rowCount() == 2
    with qtbot.waitSignal(field.chosen) as chosen:
        qtbot.keyClick(field.popup, Qt.Key.Key_Down)
        qtbot.keyClick(field.popup, Qt.Key.Key_Down)
        qtbot.keyClick(field.popup, Qt.Key.Key_Return)
    assert chosen.args == [CONTAS[1]]
    assert field.text() == "ITAU-FILIAL" and field.choice == CONTAS[1]


def test_a_click_chooses(qtbot, field):
    qtbot.keyClicks(field, "8888")
    qtbot.waitUntil(field.popup.isVisible)
    row = field.popup.visualRect(field.popup.model().index(0, 0))
    with qtbot.waitSignal(field.chosen):
        qtbot.mouseClick(field.popup.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert field.choice == CONTAS[2]


def test_enter_takes_the_only_result(qtbot, field):
    qtbot.keyClicks(field, "reserva")
    qtbot.waitUntil(field.popup.isVisible)
    field.popup.hide()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.choice == CONTAS[2] and field.text() == "RESERVA"


def test_typing_again_forgets_the_choice(qtbot, field):
    field.set_choice(CONTAS[0])
    with qtbot.waitSignal(field.chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert chosen.args == [None] and field.choice is None


def test_the_magnifier_opens_the_same_search_as_a_list(qtbot, field):
    qtbot.keyClick(field, Qt.Key.Key_F4)
    dialog = field.findChild(SearchDialog)
    qtbot.waitUntil(lambda: dialog.list.model().rowCount() == 3)
    qtbot.keyClicks(dialog.field, "itau-")
    qtbot.waitUntil(lambda: dialog.list.model().rowCount() == 2)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.chosen) as chosen:
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert chosen.args == [CONTAS[1]]


def test_a_slow_old_answer_never_replaces_a_new_one(qtbot, jobs):
    slow = threading.Event()

    def uneven(words):
        if words == "i":
            assert slow.wait(5)
        return search(words)

    field = SearchField(jobs, uneven, "Pesquisar Mnemônico")
    qtbot.addWidget(field)
    field.show()
    qtbot.waitActive(field)
    field._results.look_for("i")
    with qtbot.waitSignal(field._results.arrived):
        field._results.look_for("reserva")
    slow.set()
    jobs.shutdown()
    assert field.popup.model().rowCount() == 1


def test_a_failed_search_is_told(qtbot, jobs):
    def broken(words):
        raise StoreError("O arquivo de dados está ocupado.")

    field = SearchField(jobs, broken, "Pesquisar Mnemônico")
    qtbot.addWidget(field)
    field.show()
    with qtbot.waitSignal(field.failed) as failed:
        qtbot.keyClicks(field, "x")
    assert failed.args[0].message == "O arquivo de dados está ocupado."
