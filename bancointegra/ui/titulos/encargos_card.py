"""The card of charges: the account's or the título's own, with discount and abatimento."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from bancointegra.domain.encargos import Encargos
from bancointegra.ui.conta.fields import FormFields, card, choice
from bancointegra.ui.integracao.alteracao import ATE, FORMULARIOS, SEM_VALOR, TipoAlteracao
from bancointegra.ui.style import named
from bancointegra.ui.titulos.encargos import ABATIMENTO, DESCONTO, JUROS, MULTA, EncargosEscritos
from bancointegra.ui.widgets.date_edit import DateEdit
from bancointegra.ui.widgets.date_text import parse_date

_UNIT_WIDTH = 148


class EncargosCard(QWidget):
    """Its text fields are in ``fields``, shared with the rest of the form."""

    changed = Signal()

    def __init__(self, fields: FormFields, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fields, self._today = fields, today
        self.da_conta = named(QCheckBox("Multa e juros da conta"), "Multa e juros da conta")
        self.multa = _unit("Tipo da multa", TipoAlteracao.MULTA)
        self.juros = _unit("Tipo dos juros", TipoAlteracao.JUROS)
        self.desconto = _unit("Tipo do desconto", TipoAlteracao.DESCONTO)
        self.ate = DateEdit(today)
        self._arrange()
        self.da_conta.toggled.connect(self._edited)
        for unit in (self.multa, self.juros, self.desconto):
            unit.currentIndexChanged.connect(self._edited)
        self._edited()

    def show_padrao(self, padrao: Encargos) -> None:
        """Say what the account charges."""
        multa, juros = padrao.multa.descricao, padrao.juros.descricao
        self.da_conta.setText(f"Multa e juros da conta: {multa}, {juros}")

    def show_escritos(self, escritos: EncargosEscritos) -> None:
        for unit, value in (
            (self.multa, escritos.multa),
            (self.juros, escritos.juros),
            (self.desconto, escritos.desconto),
        ):
            unit.setCurrentIndex(unit.findData(value))
        for name, text in (
            (MULTA, escritos.multa_texto),
            (JUROS, escritos.juros_texto),
            (DESCONTO, escritos.desconto_texto),
            (ABATIMENTO, escritos.abatimento_texto),
        ):
            self._fields.edits[name].setText(text)
        self.ate.set_value(escritos.desconto_ate)
        self.da_conta.setChecked(escritos.da_conta)

    @property
    def escritos(self) -> EncargosEscritos:
        """What is written now."""
        texts = {name: self._fields.edits[name].text().strip() for name in (MULTA, JUROS, DESCONTO, ABATIMENTO)}
        return EncargosEscritos(
            da_conta=self.da_conta.isChecked(),
            multa=self.multa.currentData(),
            multa_texto=texts[MULTA],
            juros=self.juros.currentData(),
            juros_texto=texts[JUROS],
            desconto=self.desconto.currentData(),
            desconto_texto=texts[DESCONTO],
            desconto_ate=parse_date(self.ate.text(), self._today()),
            abatimento_texto=texts[ABATIMENTO],
        )

    def _edited(self) -> None:
        """Only what will be charged can be written."""
        own = not self.da_conta.isChecked()
        for unit, name, asked in (
            (self.multa, MULTA, own),
            (self.juros, JUROS, own),
            (self.desconto, DESCONTO, True),
        ):
            unit.setEnabled(asked)
            self._fields.edits[name].setEnabled(asked and unit.currentData() not in SEM_VALOR)
        self.ate.setEnabled(self.desconto.currentData() not in SEM_VALOR)
        self.changed.emit()

    def _arrange(self) -> None:
        result, grid = card("Encargos", columns=1)
        grid.addWidget(self.da_conta, 0, 0)
        grid.addWidget(self._fields.place(MULTA, QLineEdit(), before=self.multa), 1, 0)
        grid.addWidget(self._fields.place(JUROS, QLineEdit(), before=self.juros), 2, 0)
        discount = QGridLayout()
        discount.setHorizontalSpacing(12)
        discount.setColumnStretch(0, 1)
        discount.addWidget(self._fields.place(DESCONTO, QLineEdit(), before=self.desconto), 0, 0)
        discount.addWidget(self._fields.place(ATE, self.ate), 0, 1)
        grid.addLayout(discount, 3, 0)
        grid.addWidget(self._fields.place(ABATIMENTO, QLineEdit(placeholderText="0,00")), 4, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(result)


def _unit(name: str, tipo: TipoAlteracao) -> QComboBox:
    result = choice(name, {words: unit for words, unit in FORMULARIOS[tipo].unidades})
    result.setFixedWidth(_UNIT_WIDTH)
    return result
