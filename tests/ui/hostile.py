"""Whatever a person could paste into a field, put into every field of a window in turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from bancointegra.ui.widgets.file_field import FileField

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
_LONGEST_BLOCK_S = 3.0
"""For which the window may not answer: measured on a machine that does other things as well."""


def walks(*dialogs: type[QDialog]) -> pytest.MarkDecorator:
    """Says of a test which dialogs it walks through; ``test_hostile_complete`` asks for all of them."""
    return pytest.mark.walks.with_args(*dialogs)


def hostile_files(folder: Path) -> tuple[Path, ...]:
    """Files that nobody should have chosen."""
    folder.mkdir(exist_ok=True)
    program = folder / "programa.exe"
    program.write_bytes(b"MZ\x90\x00" + bytes(range(256)) * 40)
    disguised = folder / "boleto.pdf"
    disguised.write_bytes(program.read_bytes())
    large = folder / "enorme.csv"
    with large.open("wb") as file:
        file.truncate(51 * 1024 * 1024)  # sparse: it takes no room
    empty = folder / "vazio.xlsx"
    empty.touch()
    return program, disguised, large, empty, folder, folder / "não existe"


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


def require_plain(said: str, why: object) -> None:
    """What a person reads is a sentence, not what the program tripped over."""
    assert 0 < len(said) < _LONGEST_SENTENCE, (why, said[:200])
    assert "Falha do programa" not in said and "Traceback" not in said and "Error" not in said, (why, said)
    assert not any(ord(char) < 32 and char != "\n" for char in said), (why, said)


def problem_of(window: Any) -> str:
    """What a form says is wrong, below or at one of its fields."""
    fields = getattr(getattr(window, "form", window), "fields", None)
    edits = getattr(fields, "edits", {})
    at_fields = [fields.note_of(name) for name, edit in edits.items() if edit.property("wrong")]
    return window.problem or next((note for note in at_fields if note), "")


class Walker:
    """Tries every text in every field; ``walked`` are the dialogs it has been through."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot = qtbot
        self.files = hostile_files(folder)
        self.walked: set[type[QDialog]] = set()

    def show(self, dialog: Any) -> Any:
        """Open it without standing in the way of others."""
        dialog.setModal(False)
        dialog.show()
        return dialog

    def confirm(self, window: Any) -> None:
        self.click(window.confirm_button)

    def click(self, button: QWidget) -> None:
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def walk(
        self,
        open_window: Callable[[], Any],
        confirm: Callable[[Any], None] | None = None,
        told: Callable[[Any], str] = problem_of,
    ) -> set[str]:
        """Returns the sentences a person read.

        ``told`` is empty while nothing was said yet, ``ACCEPTED`` once what was typed was taken. A dialog that closes
        was content; it is opened again, as it is for each field: what the last one left behind does not count.
        """
        sentences: set[str] = set()
        window = open_window()
        fields = typed_fields(window)
        names = [field.accessibleName() for field in fields]
        assert names
        for index, name in enumerate(names):
            if index:
                _leave(window)
            for text in self._texts(fields[index]):
                if not _is_open(window):
                    window = open_window()
                    fields = typed_fields(window)
                field = fields[index]
                assert field.accessibleName() == name
                good = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
                started = time.perf_counter()
                put(field, text)
                (confirm or self.confirm)(window)
                assert time.perf_counter() - started < _LONGEST_BLOCK_S, (name, text[:40])
                self._qtbot.waitUntil(lambda shown=window: not _is_open(shown) or bool(told(shown)))
                if isinstance(window, QDialog):
                    self.walked.add(type(window))
                if not _is_open(window):
                    continue
                said = told(window)
                if said != ACCEPTED:
                    require_plain(said, (name, text[:40]))
                    sentences.add(said)
                put(field, good)
        _leave(window)
        return sentences

    def _texts(self, field: QWidget) -> tuple[str, ...]:
        return (*HOSTILE, *map(str, self.files)) if isinstance(field, FileField) else HOSTILE


def _leave(window: QWidget) -> None:
    """Without the questions that leaving may ask; a page stays."""
    if _is_open(window) and isinstance(window, QDialog):
        window.done(0)


def _is_open(window: QWidget) -> bool:
    return isValid(window) and window.isVisible()
