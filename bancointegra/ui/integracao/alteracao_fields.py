"""The field below Seleção de Instrução: a date, an amount with its unit, or a text, as the instruction needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bancointegra.domain.errors import InputError
from bancointegra.domain.instrucao import Alteracao
from bancointegra.ui.integracao.alteracao import ATE, FORMULARIOS, SEM_VALOR, TipoAlteracao, read_alteracao
from bancointegra.ui.style import label, named
from bancointegra.ui.widgets.date_edit import DateEdit
from bancointegra.ui.widgets.date_text import parse_date

_AMOUNT_WIDTH, _UNIT_WIDTH = 124, 148
_SHOWN = 40


class AlteracaoFields(QWidget):
    """Shows what ``set_tipo`` needs; ``read`` gives the instruction."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._tipo = TipoAlteracao.VENCIMENTO
        self._name = label("", "label")
        self.data = DateEdit(today)
        self.texto = QLineEdit()
        self.texto.setFixedWidth(_AMOUNT_WIDTH)
        self.unidade = named(QComboBox(), "Unidade")
        self.unidade.setFixedWidth(_UNIT_WIDTH)
        self._until = label("até", "label")
        self._help = label("", "small", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.texto, self.unidade, self._until, self.data):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addLayout(row)
        column.addWidget(self._help)
        self.data.changed.connect(lambda _value: self.changed.emit())
        self.data.textEdited.connect(lambda _text: self.changed.emit())
        self.texto.textEdited.connect(lambda _text: self.changed.emit())
        self.unidade.currentIndexChanged.connect(lambda _index: self._take_unit())
        self.set_tipo(self._tipo)

    def set_tipo(self, tipo: TipoAlteracao) -> None:
        """Ask for another instruction, with an empty field."""
        self._tipo = tipo
        form = FORMULARIOS[tipo]
        with QSignalBlocker(self.unidade):
            self.unidade.clear()
            for words, unit in form.unidades:
                self.unidade.addItem(words, unit)
        with QSignalBlocker(self.data):
            self.data.set_value(None)
        self.texto.clear()
        self.texto.setPlaceholderText(form.exemplo)
        self._name.setText(form.campo)
        self._help.setText(form.ajuda)
        self.texto.setAccessibleName(form.campo)
        self.data.setAccessibleName(form.campo if form.is_data else ATE)
        self._name.setBuddy(self.focus_target)
        self._take_unit()

    @property
    def focus_target(self) -> QLineEdit:
        """Where typing begins."""
        return self.data if FORMULARIOS[self._tipo].is_data else self.texto

    def read(self) -> Alteracao:
        """The instruction typed. Raises ``InputError`` naming the field."""
        date_name = FORMULARIOS[self._tipo].campo if FORMULARIOS[self._tipo].is_data else ATE
        if self.data.isVisibleTo(self) and not self.data.is_valid:
            wrong = self.data.text().strip()[:_SHOWN]
            raise InputError(f"“{wrong}” não é uma data.", field=date_name, hint="Escreva como 23/11/2026.")
        typed = parse_date(self.data.text(), self._today())  # ``value`` would write it out under the clerk's hands
        return read_alteracao(self._tipo, self.unidade.currentData(), self.texto.text(), typed)

    def edit_of(self, error: InputError) -> QLineEdit:
        """The field an error is about."""
        if FORMULARIOS[self._tipo].is_data or error.field == ATE:
            return self.data
        return self.texto

    def _take_unit(self) -> None:
        form = FORMULARIOS[self._tipo]
        takes_value = self.unidade.currentData() not in SEM_VALOR
        self.unidade.setVisible(bool(form.unidades))
        self.texto.setVisible(not form.is_data and takes_value)
        dated_discount = self._tipo is TipoAlteracao.DESCONTO and takes_value
        self._until.setVisible(dated_discount)
        self.data.setVisible(form.is_data or dated_discount)
        self.changed.emit()
