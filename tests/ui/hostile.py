"""Whatever a person could paste into a field, put into every field of a window in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

HOSTILE = (
    "",
    "9" * 10_000,
    "/a\x00b",
    "a\x07\x1b[31m\u202e\u200b\tb\nc",
    "😀🏴‍☠️" * 30,
    "'; DROP TABLE titulo; --",
    "<b>oi</b><img src=x onerror=alert(1)>%s{0}",
    "~ninguem/programa.exe",
)
ACCEPTED = "aceito"
_LONGEST_SENTENCE = 400


def typed_fields(window: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    """Every field one can type into now."""
    kinds = (*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit))
    return [each for each in kinds if each.isVisibleTo(window) and each.isEnabled() and not each.isReadOnly()]


def put(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Replace what the field holds, as a paste does."""
    field.setFocus()
    field.selectAll()
    if isinstance(field, QPlainTextEdit):
        field.insertPlainText(text)
        return
    # The clipboard would drop some of it.
    field.setText(text)
    field.textEdited.emit(field.text())


def walk(
    qtbot: QtBot, open_window: Callable[[], Any], confirm: Callable[[Any], None], told: Callable[[Any], str]
) -> set[str]:
    """Try every text in every field; returns the sentences a person read.

    ``told`` is empty while nothing was said yet, ``ACCEPTED`` once what was typed was taken. A window that closes was
    content; it is opened again.
    """
    sentences = set()
    window = open_window()
    fields = typed_fields(window)
    names = [field.accessibleName() for field in fields]
    assert names
    for index, name in enumerate(names):
        for text in HOSTILE:
            if not _is_open(window):
                window = open_window()
                fields = typed_fields(window)
            field = fields[index]
            assert field.accessibleName() == name
            good = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
            put(field, text)
            confirm(window)
            qtbot.waitUntil(lambda shown=window: not _is_open(shown) or bool(told(shown)))
            if not _is_open(window):
                continue
            said = told(window)
            if said != ACCEPTED:
                assert len(said) < _LONGEST_SENTENCE, (name, text[:40], said[:200])
                assert "Falha do programa" not in said and "Traceback" not in said, (name, text[:40], said)
                assert "\x00" not in said and "\x1b" not in said, (name, said)
                sentences.add(said)
            put(field, good)
    if _is_open(window) and isinstance(window, QDialog):
        window.close()
        QApplication.processEvents()
    return sentences


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _is_open(window: QWidget) -> bool:
    return isValid(window) and window.isVisible()
