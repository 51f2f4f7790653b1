"""Type-to-search: results drop down while typing, and the magnifier opens the same search as a list (Pesquisar)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from bancointegra.domain.errors import AppError
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.style import icon_action, label, named

_TYPING_PAUSE_MS = 150
_KEY_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Choice:
    """One result: ``key`` is opaque to the field, ``text`` goes into it, ``detail`` helps to choose."""

    key: object
    text: str
    detail: str = ""


Search = Callable[[str], Sequence[Choice]]
"""Runs in the background: the words typed → the choices, best first."""


class _Results(QStandardItemModel):
    """The choices of the last search; a slower, older answer never replaces a newer one."""

    arrived = Signal(list)
    failed = Signal(AppError)

    def __init__(self, jobs: Jobs, search: Search, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._search = search
        self._pending: JobHandle | None = None

    def look_for(self, words: str) -> None:
        self.drop()
        self._pending = self._jobs.run(
            lambda _ctx: tuple(self._search(words)), owner=self, done=self._fill, failed=self._fail
        )

    def drop(self) -> None:
        """Forget a search under way."""
        if self._pending:
            self._pending.abandon()
            self._pending = None

    def _fill(self, choices: Sequence[Choice]) -> None:
        self._pending = None
        self.clear()
        for choice in choices:
            item = QStandardItem(f"{choice.text}   {choice.detail}" if choice.detail else choice.text)
            item.setEditable(False)
            item.setData(choice, _KEY_ROLE)
            self.appendRow(item)
        self.arrived.emit(list(choices))

    def _fail(self, error: AppError) -> None:
        self._pending = None
        self.clear()
        self.failed.emit(error)


class SearchField(QLineEdit):
    """``choice`` is what was chosen, None while the text is only typed."""

    chosen = Signal(object)
    """A ``Choice``, or None when the clerk began to type something else."""
    failed = Signal(AppError)

    def __init__(self, jobs: Jobs, search: Search, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._search, self._title = jobs, search, title
        self._choice: Choice | None = None
        self._results = _Results(jobs, search, self)
        self._results.arrived.connect(self._drop_down)
        self._results.failed.connect(self.failed)
        self._completer = QCompleter(self._results, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._completer.popup().setProperty("role", "popup")
        self._completer.setWidget(self)
        self._completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]  # chooses the overload
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._results.look_for(self.text()))
        self.textEdited.connect(self._typed)
        self.list_action = icon_action(self, "search", f"{title} (F4)", self.open_list)
        self.addAction(self.list_action, QLineEdit.ActionPosition.TrailingPosition)
        self.setToolTip(f"Digite para pesquisar; F4 abre {title}.")

    @property
    def choice(self) -> Choice | None:
        return self._choice

    @property
    def popup(self) -> QListView:
        """The list that drops down."""
        popup = self._completer.popup()
        assert isinstance(popup, QListView)
        return popup

    def set_choice(self, choice: Choice | None) -> None:
        """Choose without searching."""
        self._pause.stop()
        self._results.drop()
        self._choice = choice
        self.setText(choice.text if choice else "")
        self.chosen.emit(choice)

    def open_list(self) -> None:
        """The magnifier: the same search as a list."""
        self._pause.stop()
        self.popup.hide()
        dialog = SearchDialog(self._jobs, self._search, self._title, "" if self._choice else self.text(), self)
        dialog.chosen.connect(self.set_choice)
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_F4:
            self.open_list()
        elif key == Qt.Key.Key_Down:
            self._results.look_for("" if self._choice else self.text())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._take_only_result():
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_only_result()
        super().focusOutEvent(event)

    def _typed(self) -> None:
        if self._choice:
            self._choice = None
            self.chosen.emit(None)
        self._pause.start()

    def _drop_down(self, choices: list[Choice]) -> None:
        if choices and self.hasFocus():
            self._completer.complete()
        else:
            self.popup.hide()

    def _activated(self, index: QModelIndex) -> None:
        self.set_choice(index.data(_KEY_ROLE))

    def _take_only_result(self) -> bool:
        """Take the result the typed text names exactly, or the only one there is."""
        if self._choice or not self.text().strip() or self._pause.isActive():
            return False
        choices: list[Choice] = [self._results.item(row).data(_KEY_ROLE) for row in range(self._results.rowCount())]
        typed = self.text().strip().casefold()
        exact = [choice for choice in choices if choice.text.casefold() == typed] or choices
        if len(exact) != 1:
            return False
        self.popup.hide()
        self.set_choice(exact[0])
        return True


class SearchDialog(FormDialog):
    """A field and the list of results; Enter or double click chooses, Esc leaves."""

    chosen = Signal(object)

    def __init__(self, jobs: Jobs, search: Search, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, title, confirm="Escolher")
        self.resize(600, 400)
        self._results = _Results(jobs, search, self)
        self.field = named(QLineEdit(words, placeholderText="Digite para pesquisar"), title)
        self.list = named(QListView(), "Resultados")
        self.list.setModel(self._results)
        self._note = label("", "muted")
        for widget in (self.field, self.list, self._note):
            self.body.addWidget(widget)
        self.field.textEdited.connect(self._results.look_for)
        self.field.installEventFilter(self)
        self.list.doubleClicked.connect(self.submit)
        self._results.arrived.connect(self._show)
        self._results.failed.connect(self.show_problem)
        self.confirm_button.setEnabled(False)
        self.field.setFocus()
        self._results.look_for(words)

    def submit(self) -> None:
        choice = self.list.currentIndex().data(_KEY_ROLE)
        if choice:
            self.accept()
            self.chosen.emit(choice)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while one types."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = max(0, min(self.list.currentIndex().row() + step, self._results.rowCount() - 1))
                self.list.setCurrentIndex(self._results.index(row, 0))
                return True
        return super().eventFilter(watched, event)

    def _show(self, choices: list[Choice]) -> None:
        self.confirm_button.setEnabled(bool(choices))
        self._note.setText("" if choices else "Nada encontrado com estas palavras.")
        if choices:
            self.list.setCurrentIndex(self._results.index(0, 0))
