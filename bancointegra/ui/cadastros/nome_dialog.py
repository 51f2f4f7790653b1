"""The form of a register whose rows are only a name, of an account or of none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError
from bancointegra.ui.cadastros.register_page import LANE
from bancointegra.ui.conta.fields import choice
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import field_label, label

_WIDTH = 460

Store = Callable[[str, int], str]
"""Store a name, of the account with this id (0: of none); returns it as stored. Blocks, and raises ``AppError``."""


class NomeDialog(FormDialog):
    """``contas`` are offered for a new name that belongs to one of them."""

    stored = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        title: str,
        campo: str,
        store: Store,
        parent: QWidget | None = None,
        *,
        nome: str = "",
        contas: Sequence[ContaBancaria] = (),
        note: str = "",
    ) -> None:
        super().__init__(parent, title, confirm="Salvar")
        self.setMinimumWidth(_WIDTH)
        self.grow_with_texts()
        self._jobs, self._store = jobs, store
        self.conta = choice("Conta Bancária", {conta.mnemonico: conta.id for conta in contas})
        self.nome = QLineEdit(nome)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        if contas:
            form.addRow(field_label("Conta Bancária", self.conta), self.conta)
        form.addRow(field_label(campo, self.nome), self.nome)
        self.body.addLayout(form)
        if note:
            self.body.addWidget(label(note, "small", wrap=True))
        self.body.addStretch(1)
        self.nome.selectAll()
        self.nome.setFocus()

    def submit(self) -> None:
        nome, conta_id = self.nome.text(), int(self.conta.currentData() or 0)
        self.set_busy(True)
        self._jobs.run(
            lambda _ctx: self._store(nome, conta_id), owner=self, done=self._stored, failed=self._refused, lane=LANE
        )

    def _stored(self, nome: str) -> None:
        self.accept()
        self.stored.emit(nome)

    def _refused(self, error: AppError) -> None:
        self.set_busy(False)
        self.show_problem(error, self.nome)
