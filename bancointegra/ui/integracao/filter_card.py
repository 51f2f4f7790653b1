"""The card of filters: Conta Bancária, Cobrança, Status, Período and Pesquisar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TipoPeriodo
from bancointegra.services.busca import BuscaService
from bancointegra.ui.integracao.criterios import Atalho, Criterios, tipos_periodo
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.style import button, field_label, label, link_button, named
from bancointegra.ui.tokens import A_CONFIRMAR
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.date_edit import DateEdit
from bancointegra.ui.widgets.flow_layout import FlowLayout
from bancointegra.ui.widgets.labels import ElidedLabel
from bancointegra.ui.widgets.search_field import Choice, SearchField

TODAS = "Todas"
_FIELD_WIDTH = 188
_PERIOD_WIDTH = 136
_BOXES_TOP, _STATUS_TOP = 3, 7
"""So that the first line of boxes and its label are level with Pesquisar."""
_COUNT_PAUSE_MS = 200

Contas = Callable[[str], Sequence[ContaBancaria]]
"""The words typed → the accounts they mean."""


class FilterCard(Card):
    """Reads accounts and counts by itself; what to list is said by ``search_requested``."""

    search_requested = Signal(Criterios)
    conta_changed = Signal(object)
    """A ``ContaBancaria``, or None."""
    contas_loaded = Signal(int)
    """How many accounts there are to choose from, told once."""
    failed = Signal(AppError)

    def __init__(
        self,
        jobs: Jobs,
        busca: BuscaService,
        today: Callable[[], date],
        criterios: Criterios,
        parent: QWidget,
        *,
        contas: Contas | None = None,
    ) -> None:
        """``contas`` finds the accounts to choose from; by default those with API Bancária."""
        super().__init__(parent, margin=12)
        self._jobs, self._busca, self._today = jobs, busca, today
        self._contas: Contas = contas or busca.contas
        self._conta: ContaBancaria | None = None
        self._remembered = criterios
        self._counting: JobHandle | None = None
        self._build()
        self._restore(criterios)
        self._connect()

    @property
    def conta(self) -> ContaBancaria | None:
        return self._conta

    @property
    def criterios(self) -> Criterios:
        """What the card asks for now."""
        return Criterios(
            conta_id=self._conta.id if self._conta else None,
            tipo_cobranca_id=self.cobranca.currentData(),
            situacoes=self._situacoes(),
            tipo_periodo=self.periodo.currentData(),
            de=self.de.value,
            ate=self.ate.value,
            somente_a_confirmar=self.a_confirmar.isChecked(),
        )

    def restore(self, criterios: Criterios) -> None:
        """Show other criteria; the account stays the one chosen."""
        self._remembered = criterios
        self.a_confirmar.setChecked(False)
        self._restore(criterios)
        self.cobranca.setCurrentIndex(max(0, self.cobranca.findData(criterios.tipo_cobranca_id)))
        self._count_pause.start()

    def load_contas(self) -> None:
        """Choose the account remembered, or the only one there is."""
        self._jobs.run(
            lambda _ctx: self._contas(""), owner=self, done=self._choose_first_conta, failed=self.failed.emit
        )

    def refresh_tipos(self) -> None:
        """Offer the tipos de cobrança as they are now; the one chosen stays."""
        if self._conta:
            self._remembered = replace(self._remembered, tipo_cobranca_id=self.cobranca.currentData())
            self._load_tipos(self._conta.id)

    def choose_conta(self, conta: ContaBancaria) -> None:
        self.conta_field.set_choice(_choice_of(conta))

    def search(self) -> None:
        """What Pesquisar does."""
        for field, name in ((self.de, "de"), (self.ate, "até")):
            field.settle()
            if not field.is_valid:
                field.setFocus()
                self.failed.emit(InputError(f"“{field.text()}” não é uma data.", field=f"Período {name}"))
                return
        if self._conta is None:
            self.conta_field.setFocus()
        self.search_requested.emit(self.criterios)

    def show_somente_a_confirmar(self) -> None:
        """List what the bank has to be asked about, whatever its status and date."""
        self.a_confirmar.setVisible(True)
        self.a_confirmar.setChecked(True)
        self.search()

    def refresh_counts(self) -> None:
        """Write beside each status how many títulos it has in the period."""
        if self._counting:
            self._counting.abandon()
            self._counting = None
        try:
            filtro = replace(self.criterios, somente_a_confirmar=False).to_filter()
            in_doubt = replace(self.criterios, somente_a_confirmar=True).to_filter()
        except InputError:
            self._show_counts({}, 0)
            return
        self._counting = self._jobs.run(
            lambda _ctx: (self._busca.contagem(filtro), self._busca.totais(in_doubt).quantidade),
            owner=self,
            done=lambda counts: self._show_counts(*counts),
            failed=lambda _error: self._show_counts({}, 0),  # the search itself says what is wrong
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.conta_field = SearchField(self._jobs, self._choices, "Pesquisar Mnemônico", self)
        self.conta_field.setPlaceholderText("Pesquisar Mnemônico")
        self.conta_field.setFixedWidth(_FIELD_WIDTH)
        self.conta_summary = ElidedLabel("", "muted")
        self.cobranca = QComboBox()
        self.cobranca.setFixedWidth(_FIELD_WIDTH)
        self.periodo = QComboBox()
        self.periodo.setMinimumWidth(_PERIOD_WIDTH)
        self.de, self.ate = DateEdit(self._today), DateEdit(self._today)
        self.boxes = {situacao: QCheckBox(situacao.value) for situacao in Situacao}
        self.a_confirmar = QCheckBox(A_CONFIRMAR)
        self.a_confirmar.setToolTip("Mostra só o que ainda precisa ser confirmado com o banco, de qualquer data")
        self.search_button = button("Pesquisar  F5", "search", primary=True, tooltip="Pesquisar (F5 ou Enter)")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(field_label("Conta Bancária", self.conta_field), 0, 0)
        grid.addWidget(self.conta_field, 0, 1)
        grid.addWidget(self.conta_summary, 0, 2)
        grid.addWidget(field_label("Cobrança", self.cobranca), 1, 0)
        grid.addWidget(self.cobranca, 1, 1)
        grid.addLayout(self._period_row(), 1, 2)
        status = label("Status", "label")
        status.setContentsMargins(0, _STATUS_TOP, 0, 0)
        grid.addWidget(status, 2, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._status_row(), 2, 1, 1, 2)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self._set_tipos(())
        self._order_tabs()

    def _period_row(self) -> QLayout:
        self.atalhos = [self._shortcut_button(atalho) for atalho in Atalho]
        row = FlowLayout(spacing=4)
        row.addWidget(_group(field_label("Período", self.periodo), self.periodo))
        for text, field in (("de", self.de), ("até", self.ate)):
            row.addWidget(_group(field_label(text, field), named(field, f"Período, {text}")))
        row.addWidget(_group(*self.atalhos, spacing=0))
        return row

    def _status_row(self) -> QLayout:
        boxes = FlowLayout(spacing=8)
        for box in (*self.boxes.values(), self.a_confirmar):
            boxes.addWidget(box)
        lowered = QVBoxLayout()
        lowered.addSpacing(_BOXES_TOP)
        lowered.addLayout(boxes)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(lowered, 1)
        row.addWidget(self.search_button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _order_tabs(self) -> None:
        order = [self.conta_field, self.cobranca, self.periodo, self.de, self.ate, *self.atalhos]
        order += [*self.boxes.values(), self.a_confirmar, self.search_button]
        for first, second in pairwise(order):
            self.setTabOrder(first, second)

    def _shortcut_button(self, atalho: Atalho) -> QPushButton:
        result = named(link_button(atalho.value), f"Período: {atalho.value}")
        result.setAutoDefault(True)  # Enter presses it instead of searching

        def set_period() -> None:
            de, ate = atalho.periodo(self._today())
            self.de.set_value(de)
            self.ate.set_value(ate)

        result.clicked.connect(set_period)
        return result

    def _restore(self, criterios: Criterios) -> None:
        for situacao, box in self.boxes.items():
            box.setChecked(situacao in criterios.situacoes)
        self.a_confirmar.hide()
        self._offer_periods(criterios.tipo_periodo)
        self.de.set_value(criterios.de)
        self.ate.set_value(criterios.ate)

    def _connect(self) -> None:
        self._count_pause = QTimer(self, singleShot=True, interval=_COUNT_PAUSE_MS)
        self._count_pause.timeout.connect(self.refresh_counts)
        self.conta_field.chosen.connect(self._take_conta)
        self.conta_field.failed.connect(self.failed)
        self.search_button.clicked.connect(self.search)
        self.a_confirmar.toggled.connect(self._only_a_confirmar)
        for box in self.boxes.values():
            box.toggled.connect(lambda _checked: self._offer_periods(self.periodo.currentData()))
        for combo in (self.cobranca, self.periodo):
            combo.currentIndexChanged.connect(lambda _index: self._count_pause.start())
        for field in (self.de, self.ate):
            field.changed.connect(lambda _value: self._count_pause.start())

    def _situacoes(self) -> frozenset[Situacao]:
        return frozenset(situacao for situacao, box in self.boxes.items() if box.isChecked())

    def _offer_periods(self, chosen: TipoPeriodo) -> None:
        offered = tipos_periodo(self._situacoes())
        if [self.periodo.itemData(index) for index in range(self.periodo.count())] == list(offered):
            return
        with QSignalBlocker(self.periodo):
            self.periodo.clear()
            for tipo in offered:
                self.periodo.addItem(tipo.value, tipo)
            self.periodo.setCurrentIndex(offered.index(chosen) if chosen in offered else 0)

    def _only_a_confirmar(self, only: bool) -> None:
        for widget in (*self.boxes.values(), self.cobranca, self.periodo, self.de, self.ate, *self.atalhos):
            widget.setEnabled(not only)

    def _choices(self, words: str) -> Sequence[Choice]:
        return [_choice_of(conta) for conta in self._contas(words)]

    def _choose_first_conta(self, contas: Sequence[ContaBancaria]) -> None:
        if self._conta is None and not self.conta_field.text():
            remembered = [conta for conta in contas if conta.id == self._remembered.conta_id]
            candidates = remembered or list(contas)
            if len(candidates) == 1:
                self.choose_conta(candidates[0])
        self.contas_loaded.emit(len(contas))

    def _take_conta(self, choice: Choice | None) -> None:
        self._conta = choice.key if choice and isinstance(choice.key, ContaBancaria) else None
        self.conta_summary.set_text(self._conta.resumo if self._conta else "")
        self._set_tipos(())
        self.conta_changed.emit(self._conta)
        if self._conta:
            self._load_tipos(self._conta.id)
        self._count_pause.start()

    def _load_tipos(self, conta_id: int) -> None:
        def fill(tipos: Sequence[TipoCobranca]) -> None:
            if self._conta and self._conta.id == conta_id:
                self._set_tipos(tipos)

        self._jobs.run(
            lambda _ctx: self._busca.tipos_cobranca(conta_id), owner=self, done=fill, failed=self.failed.emit
        )

    def _set_tipos(self, tipos: Sequence[TipoCobranca]) -> None:
        with QSignalBlocker(self.cobranca):
            self.cobranca.clear()
            self.cobranca.addItem(TODAS, None)
            for tipo in tipos:
                self.cobranca.addItem(tipo.nome, tipo.id)
            self.cobranca.setCurrentIndex(max(0, self.cobranca.findData(self._remembered.tipo_cobranca_id)))

    def _show_counts(self, counts: Mapping[Situacao, int], in_doubt: int) -> None:
        self._counting = None
        for situacao, box in self.boxes.items():
            box.setText(f"{situacao.value}  {_thousands(counts[situacao])}" if situacao in counts else situacao.value)
        self.a_confirmar.setText(f"{A_CONFIRMAR}  {_thousands(in_doubt)}" if in_doubt else A_CONFIRMAR)
        self.a_confirmar.setVisible(in_doubt > 0 or self.a_confirmar.isChecked())


def _group(*widgets: QWidget, spacing: int = 6) -> QWidget:
    """Widgets that stay together when the row breaks into two lines."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return group


def _choice_of(conta: ContaBancaria) -> Choice:
    return Choice(conta, conta.mnemonico, conta.resumo)


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
