"""Errors, messages and questions as the clerk sees them."""

import logging
import re
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from bancointegra.domain.errors import BankRefused, JobCancelled, OutcomeUnknown, Refusal
from bancointegra.ui import feedback


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    return window


def texts(dialog):
    return " | ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def click(qtbot, dialog, caption):
    [target] = [b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == caption]
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)


def test_a_refusal_shows_the_banks_words_and_copies_them(qtbot, window):
    error = BankRefused("O Itaú recusou o boleto 1001/1.", refusals=(Refusal("data_vencimento", "menor que hoje"),))
    dialog = feedback.show_error(window, error)
    assert (
        "O Itaú recusou o boleto 1001/1.\n• data_vencimento: menor que hoje | Corrija o que o banco apontou"
        in texts(dialog)
    )
    click(qtbot, dialog, "Copiar")
    assert "data_vencimento: menor que hoje" in QGuiApplication.clipboard().text()


def test_enter_and_escape_close_it(qtbot, window):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog = feedback.show_error(window, OutcomeUnknown("O banco não confirmou o boleto 1001/1."))
        with qtbot.waitSignal(dialog.finished):
            qtbot.keyClick(dialog, key)


def test_a_bug_is_shown_with_the_number_it_has_in_the_log(qtbot, window, caplog):
    with caplog.at_level(logging.ERROR):
        dialog = feedback.show_error(window, ValueError("segredo do programador"))
    number = re.search(r"número ([0-9A-F]{8})", texts(dialog))[1]
    assert number in caplog.text
    assert "segredo" not in texts(dialog) and "segredo" in dialog.details


def test_a_stop_is_silence(window):
    assert feedback.show_error(window, JobCancelled()) is None


@pytest.mark.parametrize(
    ("key", "expected"),
    [(Qt.Key.Key_Return, ["sim"]), (Qt.Key.Key_Escape, ["não"])],
)
def test_a_question_is_answered_by_keys(qtbot, window, key, expected):
    answers = []
    dialog = feedback.ask(
        window,
        "Deseja realizar a baixa do boleto?",
        on_yes=lambda _: answers.append("sim"),
        on_no=lambda _: answers.append("não"),
    )
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, key)
    assert answers == expected


def test_an_answer_may_hold_for_all(qtbot, window):
    answers = []
    dialog = feedback.ask(
        window,
        "Deseja consultar o boleto referente ao título 1001/1 antes de realizar a baixa?",
        on_yes=answers.append,
        apply_to_all="Aplicar a todos",
    )
    dialog.check.click()
    click(qtbot, dialog, "Sim")
    assert answers == [True]


def test_a_message_of_the_manual(qtbot, window):
    dialog = feedback.show_message(window, "Boletos registrados com sucesso!")
    assert "Boletos registrados com sucesso!" in texts(dialog)
    with qtbot.waitSignal(dialog.finished):
        click(qtbot, dialog, "OK")


def test_unforeseen_exceptions_are_shown_one_at_a_time(qtbot, window, monkeypatch, caplog):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    feedback.install_excepthook()
    before = set(QApplication.topLevelWidgets())
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            try:
                raise ZeroDivisionError
            except ZeroDivisionError:
                sys.excepthook(*sys.exc_info())
    [dialog] = set(QApplication.topLevelWidgets()) - before
    assert "Falha do programa" in texts(dialog)
    assert len(caplog.records) == 3
