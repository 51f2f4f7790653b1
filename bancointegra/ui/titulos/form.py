"""The form of one título: account, number, payer, dates, value, charges. It stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QLineEdit, QVBoxLayout, QWidget

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import InputError
from bancointegra.domain.itau import ESPECIES
from bancointegra.ui.conta.fields import FormFields, card, choice
from bancointegra.ui.style import field_label, named
from bancointegra.ui.titulos import rascunho as nomes
from bancointegra.ui.titulos.encargos import ABATIMENTO, DESCONTO, JUROS, MULTA
from bancointegra.ui.titulos.encargos_card import EncargosCard
from bancointegra.ui.titulos.pagador_field import PagadorField
from bancointegra.ui.titulos.rascunho import ContaComTipos, RascunhoTitulo
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.date_edit import DateEdit
from bancointegra.ui.widgets.date_text import parse_date

_WIDEST = 16_777_215
_DATE_WIDTH = 124


class TituloForm(QWidget):
    """Two cards side by side; ``right`` takes more below the charges."""

    changed = Signal()
    conta_changed = Signal()
    vencimento_changed = Signal()

    def __init__(
        self,
        contas: Sequence[ContaComTipos],
        pagador: PagadorField,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._contas, self._today = contas, today
        self.fields = FormFields(self)
        self.pagador = pagador
        self.conta = choice(nomes.CONTA, {conta.mnemonico: conta.id for conta, _ in contas})
        self.tipo = choice(nomes.TIPO, {})
        self.especie = choice(nomes.ESPECIE, {f"{code}  {name}": code for code, name in ESPECIES.items()})
        self.aceite = named(QCheckBox("Aceite"), "Aceite")
        self.aceite.setToolTip("O sacado aceitou o título (na duplicata, assinou)")
        self.emissao, self.vencimento = _date_edit(today), _date_edit(today)
        self.main = self._main_card()
        self.encargos = EncargosCard(self.fields, today)
        self.right = QVBoxLayout()
        self.right.setSpacing(12)
        self.right.addWidget(self.encargos)
        self.right.addStretch(1)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        left = QVBoxLayout()
        left.addWidget(self.main)
        left.addStretch(1)
        row.addLayout(left, 5)
        row.addLayout(self.right, 4)
        self._order_tabs()
        self._connect()

    @property
    def conta_escolhida(self) -> ContaBancaria | None:
        """The account chosen."""
        at = self.conta.currentIndex()
        return self._contas[at][0] if 0 <= at < len(self._contas) else None

    @property
    def rascunho(self) -> RascunhoTitulo:
        """What is written now; asking for it does not write out a date that is still being typed."""
        text = {name: edit.text().strip() for name, edit in self.fields.edits.items()}
        return RascunhoTitulo(
            conta=self.conta_escolhida,
            tipo_id=self.tipo.currentData(),
            numero=text[nomes.NUMERO],
            parcela=text[nomes.PARCELA],
            sacado=self.pagador.sacado,
            sacado_texto=text[nomes.PAGADOR],
            emissao=parse_date(text[nomes.EMISSAO], self._today()),
            emissao_texto=text[nomes.EMISSAO],
            vencimento=parse_date(text[nomes.VENCIMENTO], self._today()),
            vencimento_texto=text[nomes.VENCIMENTO],
            valor=text[nomes.VALOR],
            encargos=self.encargos.escritos,
            especie=self.especie.currentData(),
            aceite=self.aceite.isChecked(),
            observacao=text[nomes.OBSERVACAO],
        )

    def show_rascunho(self, shown: RascunhoTitulo) -> None:
        """Fill the form."""
        self.fields.forgive()
        ids = [conta.id for conta, _ in self._contas]
        with QSignalBlocker(self.conta):
            self.conta.setCurrentIndex(ids.index(shown.conta.id) if shown.conta and shown.conta.id in ids else -1)
        self._offer_tipos(shown.tipo_id)
        for name, text in (
            (nomes.NUMERO, shown.numero),
            (nomes.PARCELA, shown.parcela),
            (nomes.VALOR, shown.valor),
            (nomes.OBSERVACAO, shown.observacao),
        ):
            self.fields.edits[name].setText(text)
            self.fields.edits[name].setCursorPosition(0)
        self.pagador.show_sacado(shown.sacado)
        self.emissao.set_value(shown.emissao)
        self.vencimento.set_value(shown.vencimento)
        self._offer_especie(shown.especie)
        self.aceite.setChecked(shown.aceite)
        self.encargos.show_escritos(shown.encargos)
        self._tell()

    def allow(self, *, dados: bool, conta: bool) -> None:
        """What may be written; observação always may."""
        for name in (nomes.NUMERO, nomes.PARCELA, nomes.EMISSAO, nomes.VENCIMENTO, nomes.VALOR):
            self.fields.edits[name].setEnabled(dados)
        self.pagador.set_enabled(dados)
        for widget in (self.tipo, self.especie, self.aceite, self.encargos):
            widget.setEnabled(dados)
        self.conta.setEnabled(conta)

    def show_problem(self, error: InputError) -> bool:
        """Say what is wrong at its field; False when the error is about none of them."""
        name = nomes.field_of(error)
        if name:
            self.fields.show_problem(name, str(error))
        elif error.field in (nomes.CONTA, nomes.TIPO):
            (self.conta if error.field == nomes.CONTA else self.tipo).setFocus()
        return bool(name)

    def note_vencimento(self, sentence: str) -> None:
        """What the bank's calendar says of the due date."""
        self.fields.hint(nomes.VENCIMENTO, sentence)

    # Following what is written

    def _connect(self) -> None:
        self.conta.currentIndexChanged.connect(self._take_conta)
        self.fields.changed.connect(self._edited)
        self.emissao.changed.connect(lambda _value: self._edited())
        self.vencimento.changed.connect(lambda _value: self.vencimento_changed.emit())
        self.pagador.changed.connect(self._edited)
        self.encargos.changed.connect(self.changed)
        self.aceite.toggled.connect(self.changed)
        for box in (self.tipo, self.especie):
            box.currentIndexChanged.connect(self.changed)

    def _edited(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self.fields.hint(nomes.PAGADOR, nomes.nota_do_sacado(self.pagador.sacado))
        emissao = parse_date(self.emissao.text(), self._today())  # ``value`` would write it out while it is typed
        self.fields.hint(nomes.EMISSAO, nomes.nota_da_emissao(emissao, self._today()), "warning")

    def _take_conta(self) -> None:
        self._offer_tipos(None)
        self.conta_changed.emit()
        self.changed.emit()

    def _offer_tipos(self, chosen: int | None) -> None:
        at = self.conta.currentIndex()
        tipos = self._contas[at][1] if at >= 0 else ()
        with QSignalBlocker(self.tipo):
            self.tipo.clear()
            for tipo in tipos:
                self.tipo.addItem(tipo.nome, tipo.id)
            self.tipo.setCurrentIndex(self.tipo.findData(chosen) if chosen is not None else min(0, len(tipos) - 1))
        conta = self.conta_escolhida
        if conta:
            self.encargos.show_padrao(conta.encargos_padrao)

    def _offer_especie(self, code: str) -> None:
        """An imported código the list does not have is kept, not replaced."""
        if self.especie.findData(code) < 0:
            self.especie.addItem(code, code)
        self.especie.setCurrentIndex(self.especie.findData(code))

    # Building

    def _order_tabs(self) -> None:
        """As the eye goes: the fields were made in another order."""
        edits, right = self.fields.edits, self.encargos
        order: list[QWidget] = [self.conta, self.tipo, edits[nomes.NUMERO], edits[nomes.PARCELA], self.especie]
        order += [self.pagador.edit, self.pagador.new_button, self.pagador.edit_button]
        order += [self.emissao, self.vencimento, edits[nomes.VALOR], edits[nomes.OBSERVACAO], self.aceite]
        order += [right.da_conta, right.multa, edits[MULTA], right.juros, edits[JUROS]]
        order += [right.desconto, edits[DESCONTO], right.ate, edits[ABATIMENTO]]
        for first, second in pairwise(order):
            self.setTabOrder(first, second)

    def _main_card(self) -> Card:
        result, grid = card("", columns=12)
        place = self.fields.place
        for column, box in ((0, self.conta), (6, self.tipo)):
            cell = QVBoxLayout()
            cell.setSpacing(4)
            cell.addWidget(field_label(box.accessibleName(), box))
            cell.addWidget(box)
            grid.addLayout(cell, 0, column, 1, 6)
        grid.addWidget(place(nomes.NUMERO, QLineEdit(placeholderText="1001")), 1, 0, 1, 4)
        grid.addWidget(place(nomes.PARCELA, QLineEdit(placeholderText="1")), 1, 4, 1, 2)
        especie = QVBoxLayout()
        especie.setSpacing(4)
        especie.addWidget(field_label(nomes.ESPECIE, self.especie))
        especie.addWidget(self.especie)
        especie.addStretch(1)
        grid.addLayout(especie, 1, 6, 1, 6)
        grid.addWidget(place(nomes.PAGADOR, self.pagador.edit, after=self.pagador.buttons), 2, 0, 1, 12)
        grid.addWidget(place(nomes.EMISSAO, self.emissao), 3, 0, 1, 4)
        grid.addWidget(place(nomes.VENCIMENTO, self.vencimento), 3, 4, 1, 4)
        grid.addWidget(place(nomes.VALOR, QLineEdit(placeholderText="1.250,00")), 3, 8, 1, 4)
        grid.addWidget(place(nomes.OBSERVACAO, QLineEdit(placeholderText="fica aqui; não vai ao banco")), 4, 0, 1, 12)
        grid.addWidget(self.aceite, 5, 0, 1, 12)
        return result


def _date_edit(today: Callable[[], date]) -> DateEdit:
    result = DateEdit(today)
    result.setMinimumWidth(_DATE_WIDTH)
    result.setMaximumWidth(_WIDEST)
    return result
