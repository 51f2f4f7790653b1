"""The choice of a pagador: searched while typing, with “+” to register a new one and a pencil to correct him."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.errors import AppError
from bancointegra.domain.pagador import Pagador
from bancointegra.services.pagador import PagadorService
from bancointegra.ui.cadastros.pagador_dialog import PagadorDialog
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import tool_button
from bancointegra.ui.titulos.rascunho import nota_do_sacado
from bancointegra.ui.widgets.search_field import Choice, SearchField

_SHOWN = 30


class PagadorField(QObject):
    """``edit`` is for a form's ``place``; ``buttons`` go after it. ``sacado`` is who was chosen, or None."""

    changed = Signal()
    failed = Signal(AppError)
    stored = Signal()
    """Somebody was registered or corrected."""

    def __init__(self, jobs: Jobs, pagadores: PagadorService, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._pagadores, self._window = jobs, pagadores, window
        self.edit = SearchField(jobs, self._choices, "Pesquisar Pagador", window)
        self.edit.setPlaceholderText("nome ou CPF/CNPJ")
        self.new_button = tool_button("plus", "Cadastrar um pagador (Ctrl+P)")
        self.edit_button = tool_button("pencil", "Abrir o cadastro deste pagador")
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.new_button)
        row.addWidget(self.edit_button)
        self.new_button.clicked.connect(self.register)
        self.edit_button.clicked.connect(self._open)
        self.edit.chosen.connect(self._chosen)
        self.edit.failed.connect(self.failed)
        self._chosen(None)

    @property
    def sacado(self) -> Sacado | None:
        choice = self.edit.choice
        return choice.key if choice and isinstance(choice.key, Sacado) else None

    def show_sacado(self, sacado: Sacado | None) -> None:
        """Choose somebody without searching."""
        self.edit.set_choice(_choice_of(sacado) if sacado else None)
        self.edit.setCursorPosition(0)

    def set_enabled(self, enabled: bool) -> None:
        self.edit.setEnabled(enabled)
        self.buttons.setVisible(enabled)

    def register(self) -> None:
        """Open an empty form with what was typed; who is stored is chosen."""
        if self.edit.isEnabled():
            self._ask(None, "" if self.sacado else self.edit.text())

    def _open(self) -> None:
        sacado = self.sacado
        if sacado is not None:
            self._jobs.run(
                lambda _ctx: self._pagadores.por_documento(sacado.documento.numero),
                owner=self,
                done=lambda found: self._ask(found, ""),
                failed=self.failed.emit,
            )

    def _ask(self, pagador: Pagador | None, typed: str) -> None:
        dialog = PagadorDialog(self._jobs, self._pagadores, pagador, self._window, typed=typed)
        dialog.saved.connect(self._take)
        dialog.open()

    def _take(self, pagador: Pagador) -> None:
        self.show_sacado(pagador.sacado)
        self.edit.setFocus()
        self.stored.emit()

    def _choices(self, words: str) -> Sequence[Choice]:
        return [_choice_of(pagador.sacado) for pagador in self._pagadores.buscar(words, _SHOWN)]

    def _chosen(self, choice: Choice | None) -> None:
        self.edit_button.setEnabled(choice is not None)
        self.changed.emit()


def _choice_of(sacado: Sacado) -> Choice:
    return Choice(sacado, sacado.nome, nota_do_sacado(sacado))
