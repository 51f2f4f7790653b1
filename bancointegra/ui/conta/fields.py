"""The fields of a form by name: label above, and below a line for what is wrong or good to know."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from bancointegra.ui.style import field_label, icon_action, label, named, set_property
from bancointegra.ui.widgets.card import Card

COLUMNS = 6
_GAP = 12


class FormFields(QObject):
    """Places fields and says what is wrong at each; ``edits`` has them by name."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.edits: dict[str, QLineEdit] = {}
        self._notes: dict[str, QLabel] = {}
        self._wrong: str = ""

    def line(self, name: str, example: str = "", *, mono: bool = False) -> QWidget:
        """A new text field below its label."""
        edit = QLineEdit(placeholderText=example)
        if mono:
            edit.setProperty("role", "mono")
        return self.place(name, edit)

    def place(
        self, name: str, edit: QLineEdit, *, before: QWidget | None = None, after: QWidget | None = None
    ) -> QWidget:
        """An own field below its label, with a choice of its unit before it or a button after it."""
        self.edits[name] = edit
        edit.textChanged.connect(lambda: self._edited(name))
        return self._cell(name, edit, [each for each in (before, edit, after) if each is not None])

    def note(self, name: str, text: str, role: str = "small") -> None:
        """Write below a field, in the colour of ``role``."""
        note = self._notes[name]
        set_property(note, "role", role)
        note.setText(text)
        note.setVisible(bool(text))
        self.edits[name].setAccessibleDescription(text)

    def note_of(self, name: str) -> str:
        """What is written below a field."""
        return self._notes[name].text()

    def hint(self, name: str, text: str, role: str = "small") -> None:
        """``note``, unless what is wrong stands there."""
        if name != self._wrong:
            self.note(name, text, role)

    def show_problem(self, name: str, sentence: str) -> None:
        """Mark a field as wrong, say why below it, and go there."""
        self.forgive()
        edit = self.edits[name]
        self._wrong = name
        set_property(edit, "wrong", True)
        self.note(name, sentence, "danger")
        edit.setFocus()
        edit.selectAll()

    def forgive(self) -> None:
        """Take the mark away."""
        if self._wrong:
            set_property(self.edits[self._wrong], "wrong", False)
            self.note(self._wrong, "")
            self._wrong = ""

    def _edited(self, name: str) -> None:
        if name == self._wrong:
            self.forgive()
        self.changed.emit()

    def _cell(self, name: str, edit: QLineEdit, parts: list[QWidget]) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field_label(name, edit))
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in parts:
            row.addWidget(part, 1 if part is edit else 0)
        column.addLayout(row)
        note = label("", "small", wrap=True)
        note.hide()
        column.addWidget(note)
        column.addStretch(1)
        self._notes[name] = note
        return cell


def card(title: str, columns: int = COLUMNS) -> tuple[Card, QGridLayout]:
    """A card with a title, maybe none, and a grid of equal columns."""
    result = Card()
    if title:
        result.body.addWidget(label(title, "strong"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(_GAP)
    grid.setVerticalSpacing(8)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    result.body.addLayout(grid)
    return result, grid


def password_field(example: str = "") -> QLineEdit:
    """A masked field with an eye to look."""
    edit = QLineEdit(placeholderText=example)
    edit.setEchoMode(QLineEdit.EchoMode.Password)

    def toggle() -> None:
        hidden = edit.echoMode() == QLineEdit.EchoMode.Password
        edit.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)

    edit.addAction(icon_action(edit, "eye", "Mostrar ou esconder", toggle), QLineEdit.ActionPosition.TrailingPosition)
    return edit


def choice(name: str, options: dict[str, object]) -> QComboBox:
    """A choice of words, each with the value it stands for."""
    box = named(_Choice(), name)
    for words, value in options.items():
        box.addItem(words, value)
    return box


class _Choice(QComboBox):
    """The wheel scrolls the form; it never changes by accident where orders go."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
