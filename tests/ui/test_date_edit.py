"""The field for dates: what it reads, and its keys."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QVBoxLayout, QWidget

from bancointegra.ui.widgets.date_edit import DateEdit
from bancointegra.ui.widgets.date_text import format_date, parse_date

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("23/11", date(2026, 11, 23)),
        ("5/1", date(2026, 1, 5)),
        ("23112026", date(2026, 11, 23)),
        ("231126", date(2026, 11, 23)),
        ("2311", date(2026, 11, 23)),
        ("07", date(2026, 11, 7)),
        ("23/11/2026", date(2026, 11, 23)),
        ("23-11-26", date(2026, 11, 23)),
        ("23.11.2026", date(2026, 11, 23)),
        (" +5 ", date(2026, 11, 28)),
        ("-23", date(2026, 10, 31)),
        ("hoje", TODAY),
        ("Hoje", TODAY),
        ("amanhã", date(2026, 11, 24)),
        ("ontem", date(2026, 11, 22)),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_reads_what_a_clerk_types(typed, expected):
    assert parse_date(typed, TODAY) == expected


@pytest.mark.parametrize("typed", ["", "31/02", "29/02", "99", "23/13", "abc", "23/11/20266", "+", "1/1/1/1", "00/00"])
def test_anything_else_is_no_date(typed):
    assert parse_date(typed, TODAY) is None


def test_written_out_in_full():
    assert format_date(date(2026, 3, 1)) == "01/03/2026"
    assert format_date(None) == ""


@pytest.fixture
def page(qtbot):
    page = QWidget()
    page.edit = DateEdit(lambda: TODAY)
    page.other = QLineEdit()
    column = QVBoxLayout(page)
    column.addWidget(page.edit)
    column.addWidget(page.other)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitActive(page)
    page.edit.setFocus()
    return page


def test_tab_writes_the_date_out(qtbot, page):
    with qtbot.waitSignal(page.edit.changed) as changed:
        qtbot.keyClicks(page.edit, "+5")
        qtbot.keyClick(page.edit, Qt.Key.Key_Tab)
    assert changed.args == [date(2026, 11, 28)]
    assert page.edit.text() == "28/11/2026"
    assert page.other.hasFocus()


def test_a_wrong_date_is_marked_until_typed_again(qtbot, page):
    qtbot.keyClicks(page.edit, "31/02")
    qtbot.keyClick(page.edit, Qt.Key.Key_Return)
    assert page.edit.property("wrong") is True and "não é uma data" in page.edit.toolTip()
    assert page.edit.value is None and not page.edit.is_valid
    qtbot.keyClick(page.edit, Qt.Key.Key_Backspace)
    assert page.edit.property("wrong") is False


def test_arrows_change_the_day(qtbot, page):
    page.edit.set_value(date(2026, 11, 30))
    qtbot.keyClick(page.edit, Qt.Key.Key_Up)
    assert page.edit.text() == "01/12/2026"
    qtbot.keyClick(page.edit, Qt.Key.Key_Down)
    qtbot.keyClick(page.edit, Qt.Key.Key_Down)
    assert page.edit.text() == "29/11/2026"


def test_the_calendar_gives_a_date(qtbot, page):
    qtbot.keyClick(page.edit, Qt.Key.Key_F4)
    calendar = page.edit.findChild(QCalendarWidget)
    assert calendar.isVisible() and calendar.selectedDate() == QDate(2026, 11, 23)
    calendar.setSelectedDate(QDate(2026, 12, 24))
    calendar.activated.emit(calendar.selectedDate())
    assert page.edit.text() == "24/12/2026" and not calendar.isVisible()


def test_emptying_the_field_is_a_change(qtbot, page):
    page.edit.set_value(TODAY)
    page.edit.selectAll()
    with qtbot.waitSignal(page.edit.changed) as changed:
        qtbot.keyClick(page.edit, Qt.Key.Key_Delete)
        qtbot.keyClick(page.edit, Qt.Key.Key_Return)
    assert changed.args == [None]
