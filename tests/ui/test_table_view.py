"""The list under the clerk's hands: keys, clicks, header, remembered columns."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from bancointegra.domain.reais import Reais
from bancointegra.ui.table.column import Column, money
from bancointegra.ui.table.model import PagedTableModel
from bancointegra.ui.table.view import TableView

COLUMNS = (
    Column("nome", "Sacado", lambda row: row[1], sort="nome", stretch=True, width=120),
    money("valor", "Valor", lambda row: Reais(row[2]), sort="valor"),
    Column("status", "Status", lambda row: row[3], chip=True, width=190),
)


class Source:
    def __init__(self, count):
        self.all = [(n, f"SACADO {n:04}", n * 100, "REGISTRADO" if n % 2 else "PENDENTE") for n in range(count)]

    def count(self):
        return len(self.all)

    def page(self, sort, descending, offset, limit):
        key = {"nome": 1, "valor": 2}.get(sort, 0)
        return sorted(self.all, key=lambda row: row[key], reverse=descending)[offset : offset + limit]

    def ids(self, sort, descending):
        return [row[0] for row in self.page(sort, descending, 0, len(self.all))]

    def rows(self, ids):
        return [self.all[row_id] for row_id in ids]


@pytest.fixture
def make_view(qtbot, jobs, settings):
    def make(count=30):
        model = PagedTableModel(COLUMNS, lambda row: row[0], jobs)
        view = TableView(model, settings, "titulos")
        model.setParent(view)
        qtbot.addWidget(view)
        view.resize(700, 400)
        view.show()
        qtbot.waitActive(view)
        view.setFocus()
        with qtbot.waitSignal(model.order_known):
            model.load(Source(count), "nome")
        return view

    return make


@pytest.fixture
def view(make_view):
    return make_view()


def ids(view):
    return [row[0] for row in view.rows.checked_rows()]


def test_space_checks_the_current_row_and_unchecks_it(qtbot, view):
    view.setCurrentIndex(view.rows.index(2, 1))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert ids(view) == [2]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert ids(view) == []


def test_space_checks_a_range_selected_with_shift(qtbot, view):
    view.setCurrentIndex(view.rows.index(0, 1))
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert ids(view) == [0, 1, 2, 3]


def test_ctrl_a_checks_all(qtbot, view):
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert ids(view) == list(range(30))


def test_a_click_anywhere_in_the_box_cell_checks(qtbot, view):
    cell = view.visualRect(view.rows.index(4, 0))
    for point in (cell.topLeft() + QPoint(2, 2), cell.center()):
        before = ids(view)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert ids(view) != before
    assert ids(view) == []


def test_the_header_box_checks_and_unchecks_all(qtbot, view):
    header = view.horizontalHeader()
    point = QPoint(header.sectionPosition(0) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert len(ids(view)) == 30
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert ids(view) == []


def test_a_click_on_a_header_sorts_and_again_turns_round(qtbot, view):
    header = view.horizontalHeader()
    point = QPoint(header.sectionViewportPosition(2) + 30, header.height() // 2)
    for descending, first in ((False, "SACADO 0000"), (True, "SACADO 0029")):
        with qtbot.waitSignal(view.rows.order_known):
            qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert view.rows.sorted_by == ("valor", descending)
        assert view.rows.index(0, 1).data() == first
        assert header.isSortIndicatorShown() and header.sortIndicatorSection() == 2


def test_the_current_record_is_told(qtbot, view):
    with qtbot.waitSignal(view.current_changed) as told:
        view.setCurrentIndex(view.rows.index(3, 1))
    assert told.args == [(3, "SACADO 0003", 300, "REGISTRADO")]
    with qtbot.waitSignal(view.current_changed) as told:
        view.rows.replace([(3, "SACADO 0003", 300, "LIQUIDADO")])
    assert told.args[0][3] == "LIQUIDADO"


def test_enter_and_double_click_open_a_row(qtbot, view):
    view.setCurrentIndex(view.rows.index(5, 1))
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [5]
    with qtbot.waitSignal(view.opened) as opened:
        place = view.visualRect(view.rows.index(6, 1)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [6]


def test_rows_are_copied_as_they_read(qtbot, view):
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "SACADO 0001\t1,00\tREGISTRADO"


def actions(menu: QMenu):
    return {action.text(): action for action in menu.actions()}


def test_columns_are_hidden_moved_and_remembered(make_view):
    view = make_view()
    actions(view.columns_menu())["Status"].setChecked(False)
    view.setColumnWidth(2, 155)
    view.horizontalHeader().moveSection(2, 1)
    again = make_view()
    assert again.isColumnHidden(3) and again.columnWidth(2) == 155
    assert again.horizontalHeader().visualIndex(2) == 1
    actions(again.columns_menu())["Restaurar colunas"].trigger()
    assert not again.isColumnHidden(3) and again.columnWidth(2) == 100
    assert again.horizontalHeader().visualIndex(2) == 2


def test_the_last_column_cannot_be_hidden(view):
    for title in ("Sacado", "Valor", "Status"):
        actions(view.columns_menu())[title].setChecked(False)
    assert [view.isColumnHidden(section) for section in (1, 2, 3)] == [True, True, False]


@pytest.mark.parametrize("broken", ["", "{}", "[1]", '[{"key": "nome"}]', "null"])
def test_unreadable_settings_are_forgotten(make_view, settings, broken):
    settings.setValue("tabelas/titulos", broken)
    assert not make_view().isColumnHidden(1)


def test_one_column_takes_the_room_that_is_left(qtbot, view):
    view.resize(1200, 400)
    qtbot.waitUntil(lambda: view.horizontalHeader().length() == view.viewport().width())
    view.resize(300, 400)
    qtbot.waitUntil(lambda: view.columnWidth(1) == 120)


def test_scrolling_far_down_fills_the_rows(qtbot, make_view):
    view = make_view(5_000)
    view.scrollToBottom()
    qtbot.waitUntil(lambda: view.rows.index(4_999, 1).data() == "SACADO 4999")
    view.grab()
