"""The card of charges: the account's or the título's own, with discount and abatimento."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from bancointegra.domain.edicao_titulo import describe_encargos
from bancointegra.domain.encargos import Encargos
from bancointegra.ui.conta.fields import FormFields, card, choice
from bancointegra.ui.integracao.alteracao import ATE, FORMULARIOS, SEM_VALOR, TipoAlteracao
from bancointegra.ui.style import named
from bancointegra.ui.titulos.encargos import ABATIMENTO, DESCONTO, JUROS, MULTA, EncargosEscritos, escritos_de
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
        self._padrao = Encargos()
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
        """What the account charges: said beside the box, and written in the fields while it is checked."""
        self._padrao = padrao
        self.da_conta.setText(f"Multa e juros da conta: {describe_encargos(padrao)}")
        self._edited()

    def show_escritos(self, escritos: EncargosEscritos) -> None:
        self.da_conta.setChecked(escritos.da_conta)
        self._write_multa_e_juros(escritos)
        self.desconto.setCurrentIndex(self.desconto.findData(escritos.desconto))
        self._fields.edits[DESCONTO].setText(escritos.desconto_texto)
        self._fields.edits[ABATIMENTO].setText(escritos.abatimento_texto)
        self.ate.set_value(escritos.desconto_ate)
        self._edited()

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

    def _write_multa_e_juros(self, escritos: EncargosEscritos) -> None:
        for unit, value in ((self.multa, escritos.multa), (self.juros, escritos.juros)):
            with QSignalBlocker(unit):
                unit.setCurrentIndex(unit.findData(value))
        self._fields.edits[MULTA].setText(escritos.multa_texto)
        self._fields.edits[JUROS].setText(escritos.juros_texto)

    def _edited(self) -> None:
        """Only what will be charged can be written."""
        own = not self.da_conta.isChecked()
        if not own:
            self._write_multa_e_juros(escritos_de(self._padrao, self._padrao))
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
