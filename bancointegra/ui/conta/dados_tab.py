"""The first tab of the form: the account, who receives, the range of nosso número and the tipos de cobrança."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from bancointegra.ui.conta import rascunho as nomes
from bancointegra.ui.conta.columns import TwoColumns
from bancointegra.ui.conta.fields import FormFields, card
from bancointegra.ui.conta.tipos_card import TiposCard
from bancointegra.ui.style import label
from bancointegra.ui.widgets.card import Card


class DadosTab(TwoColumns):
    """``fields`` are shared with the other tab."""

    def __init__(self, fields: FormFields, parent: QWidget | None = None) -> None:
        self._fields = fields
        self.tipos = TiposCard()
        super().__init__((self._conta_card(), self._faixa_card()), (self._beneficiario_card(), self.tipos), parent)
        for name in (nomes.AGENCIA, nomes.CONTA, nomes.DAC):
            fields.edits[name].textChanged.connect(self._check_dac)
        for name in nomes.LETRAS_NO_BANCO:
            fields.edits[name].textChanged.connect(self._limit_checker(name))

    def show_as_new(self, is_new: bool) -> None:
        """The last number used can be told for a new account only; afterwards the program counts."""
        ultimo = self._fields.edits[nomes.ULTIMO]
        ultimo.setReadOnly(not is_new)
        ultimo.setToolTip(
            "0 quando a carteira nunca teve boletos."
            if is_new
            else "O programa conta sozinho: nenhum número se repete."
        )
        hint = "se outro programa já registrou boletos, o último número dele" if is_new else "contado pelo programa"
        self._fields.note(nomes.ULTIMO, hint)
        self._check_dac()

    def _conta_card(self) -> Card:
        result, grid = card("Conta no Itaú")
        line = self._fields.line
        banco = QLineEdit("341 · Itaú Unibanco", readOnly=True)
        banco.setToolTip("O Itaú é o banco que este programa conhece.")
        grid.addWidget(line(nomes.MNEMONICO, "como você chama a conta"), 0, 0, 1, 3)
        grid.addWidget(self._fields.place(nomes.BANCO, banco), 0, 3, 1, 3)
        grid.addWidget(line(nomes.AGENCIA, "1500"), 1, 0, 1, 2)
        grid.addWidget(line(nomes.CONTA, "05206"), 1, 2, 1, 2)
        grid.addWidget(line(nomes.DAC, "1"), 1, 4, 1, 2)
        grid.addWidget(line(nomes.CARTEIRA, "109"), 2, 0, 1, 2)
        why = "O Itaú não usa número de convênio: agência, conta e carteira bastam."
        grid.addWidget(label(why, "small", wrap=True), 2, 2, 1, 4, Qt.AlignmentFlag.AlignBottom)
        return result

    def _faixa_card(self) -> Card:
        result, grid = card("Nosso número")
        line = self._fields.line
        why = "Cada boleto recebe o número seguinte ao último usado, dentro da faixa combinada com o banco."
        grid.addWidget(label(why, "small", wrap=True), 0, 0, 1, 6)
        grid.addWidget(line(nomes.FAIXA_DE), 1, 0, 1, 2)
        grid.addWidget(line(nomes.FAIXA_ATE), 1, 2, 1, 2)
        grid.addWidget(line(nomes.ULTIMO), 1, 4, 1, 2)
        return result

    def _beneficiario_card(self) -> Card:
        result, grid = card("Beneficiário", columns=12)
        line = self._fields.line
        grid.addWidget(line(nomes.NOME, "razão social, como está no banco"), 0, 0, 1, 7)
        grid.addWidget(line(nomes.DOCUMENTO, "11.222.333/0001-81"), 0, 7, 1, 5)
        grid.addWidget(line(nomes.ENDERECO, "rua, número e complemento"), 1, 0, 1, 7)
        grid.addWidget(line(nomes.BAIRRO), 1, 7, 1, 5)
        grid.addWidget(line(nomes.CIDADE), 2, 0, 1, 5)
        grid.addWidget(line(nomes.UF, "SP"), 2, 5, 1, 2)
        grid.addWidget(line(nomes.CEP, "01310-100"), 2, 7, 1, 5)
        return result

    def _check_dac(self) -> None:
        edits = self._fields.edits
        agencia, conta, dac = (edits[name].text() for name in (nomes.AGENCIA, nomes.CONTA, nomes.DAC))
        fits, sentence = nomes.dac_verdict(agencia, conta, dac)
        self._fields.note(nomes.DAC, sentence, {True: "success", False: "danger", None: "small"}[fits])

    def _limit_checker(self, name: str) -> Callable[[str], None]:
        return lambda text: self._fields.note(name, nomes.limit_note(name, text))
