"""The forms after the question: date and Escritório de Cobrança of a protest, date and reason of its cancellation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from bancointegra.domain.errors import InputError
from bancointegra.domain.instrucao import CancelarProtesto
from bancointegra.domain.reais import Reais
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.integracao.confirmacao import Confirmacao
from bancointegra.ui.integracao.escritorio_field import EscritorioField, Incluir
from bancointegra.ui.integracao.protesto import (
    DATA_CANCELAMENTO,
    DATA_PROTESTO,
    ESCRITORIO,
    MOTIVO,
    PedidoProtesto,
    not_due_yet,
    read_cancelamento,
    read_protesto,
)
from bancointegra.ui.integracao.texts import titulos
from bancointegra.ui.style import field_label, hairline, label
from bancointegra.ui.widgets.date_edit import DateEdit

_WIDTH = 560
_SALVAR = "Salvar"


class ProtestarDialog(FormDialog):
    """Calls no service itself: ``incluir`` does."""

    saved = Signal(PedidoProtesto)

    def __init__(
        self,
        plan: Confirmacao,
        escritorios: Sequence[str],
        incluir: Incluir,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "Protestar", confirm=_SALVAR)
        self.setFixedWidth(_WIDTH)
        self._rows, self._today = plan.rows, today
        self.data = DateEdit(today, today())
        self.escritorio = EscritorioField(escritorios, incluir)
        self.not_due = label("", "warning", wrap=True)
        _begin(self.body, plan, f"Protestar {titulos(len(plan.rows))}")
        form = _form()
        form.addRow(field_label(DATA_PROTESTO, self.data), self.data)
        form.addRow(field_label(ESCRITORIO, self.escritorio.combo), self.escritorio)
        self.body.addLayout(form)
        self.body.addWidget(self.not_due)
        note = "O escritório acompanha o protesto e fica no histórico do título; o banco não o recebe."
        self.body.addWidget(label(note, "small", wrap=True))
        self.body.addStretch(1)
        self.data.changed.connect(lambda _date: self._look_at_dates())
        self.escritorio.failed.connect(lambda error: self.show_problem(error, self.escritorio.new_name))
        self.escritorio.changed.connect(self.clear_problem)
        self._look_at_dates()
        self.data.setFocus()

    def submit(self) -> None:
        if self.escritorio.is_adding:
            self.escritorio.add()  # a name typed and not yet included: not lost, and chosen
            return
        try:
            _require_valid(self.data, DATA_PROTESTO)
            pedido = read_protesto(self._rows, self.data.value, self.escritorio.value, self._today())
        except InputError as error:
            self._show(error)
            return
        self.accept()
        self.saved.emit(pedido)

    def _show(self, error: InputError) -> None:
        self.show_problem(error, self.data if error.field == DATA_PROTESTO else None)
        if error.field == ESCRITORIO:
            self.escritorio.combo.setFocus()

    def _look_at_dates(self) -> None:
        text = not_due_yet(self._rows, self.data.value)
        self.not_due.setText(text)
        self.not_due.setVisible(bool(text))


class CancelarProtestoDialog(FormDialog):
    """Asks for what the history keeps of a cancellation."""

    saved = Signal(CancelarProtesto)

    def __init__(self, plan: Confirmacao, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent, "Cancelar Protesto", confirm=_SALVAR)
        self.setFixedWidth(_WIDTH)
        self.data = DateEdit(today, today())
        self.motivo = QLineEdit(placeholderText="por exemplo: pago diretamente à empresa")
        _begin(self.body, plan, f"Cancelar o protesto de {titulos(len(plan.rows))}")
        form = _form()
        form.addRow(field_label(DATA_CANCELAMENTO, self.data), self.data)
        form.addRow(field_label(MOTIVO, self.motivo), self.motivo)
        self.body.addLayout(form)
        note = "O banco responde mais tarde: até lá o título fica CANCELAMENTO ENVIADO. Consultar traz a resposta."
        self.body.addWidget(label(note, "small", wrap=True))
        self.body.addStretch(1)
        self.motivo.setFocus()

    def submit(self) -> None:
        try:
            _require_valid(self.data, DATA_CANCELAMENTO)
            cancelamento = read_cancelamento(self.data.value, self.motivo.text())
        except InputError as error:
            self.show_problem(error, self.motivo if error.field == MOTIVO else self.data)
            return
        self.accept()
        self.saved.emit(cancelamento)


def _begin(body: QVBoxLayout, plan: Confirmacao, title: str) -> None:
    body.addWidget(label(title, "heading"))
    total = Reais.total(row.valor for row in plan.rows).com_simbolo
    names = ", ".join(row.titulo for row in plan.rows[:3]) + (" …" if len(plan.rows) > 3 else "")
    about = f"{names} · {total} · {plan.conta.mnemonico} · {plan.conta.ambiente.value}"
    body.addWidget(label(about, "muted", wrap=True))
    body.addWidget(hairline())


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(12)
    return form


def _require_valid(edit: DateEdit, campo: str) -> None:
    if not edit.is_valid:
        raise InputError(f"“{edit.text().strip()[:40]}” não é uma data.", field=campo, hint="Escreva como 23/11/2026.")
