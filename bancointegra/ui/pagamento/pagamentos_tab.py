"""The tab Pagamentos: filters, list, what can be done with the current one, and its detail."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import AppError
from bancointegra.domain.pagamento import Pagamento, PagamentoFilter, PagamentoSort, SituacaoPagamento
from bancointegra.domain.ports import Clock
from bancointegra.domain.titulo import HistoryEntry, Totais
from bancointegra.services.pagamento_busca import PagamentoBuscaService
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.pagamento.actions import (
    ABRIR,
    APROVAR,
    DECIDIR,
    LIST_ACTIONS,
    PAGAR_MARCADOS,
    RETIRAR,
    Availability,
    PaymentAction,
    Situation,
    availability,
)
from bancointegra.ui.pagamento.columns import PAGAMENTOS
from bancointegra.ui.pagamento.detail_panel import PagamentoDetailPanel
from bancointegra.ui.pagamento.filter_bar import FilterBar
from bancointegra.ui.pagamento.records_list import RecordsList
from bancointegra.ui.pagamento.texts import limite_line, marcados_line, pagamentos_line
from bancointegra.ui.style import button, hairline, set_primary
from bancointegra.ui.table.view import menu_below
from bancointegra.ui.widgets.inline_progress import InlineProgress
from bancointegra.ui.widgets.labels import ElidedLabel

_DETAIL = "pagamentos/detalhe"
_SHOWN, _HIDDEN = "aberto", "fechado"
_PAUSE_MS = 60
_SHOWN_WHEN_ABLE = (APROVAR, DECIDIR, RETIRAR)
"""Few payments need them: they take no room before."""


class _Source:
    """The rows of one search; every method blocks and is called by worker threads."""

    def __init__(self, busca: PagamentoBuscaService, filtro: PagamentoFilter) -> None:
        self._busca, self._filtro = busca, filtro

    def count(self) -> int:
        return self._busca.totais(self._filtro).quantidade

    def page(self, sort: PagamentoSort, descending: bool, offset: int, limit: int) -> Sequence[Pagamento]:
        return self._busca.rows(self.ids(sort, descending)[offset : offset + limit])

    def ids(self, sort: PagamentoSort, descending: bool) -> Sequence[int]:
        return self._busca.ids(self._filtro, sort, descending=descending)

    def rows(self, ids: Sequence[int]) -> Sequence[Pagamento]:
        return self._busca.rows(ids)


class PagamentosTab(QWidget):
    """Lists the payments of one account; what the clerk wants goes out as ``wanted``."""

    wanted = Signal(object, tuple)
    """A ``PaymentAction``, and the ``Pagamento`` records it is for."""
    failed = Signal(AppError)

    def __init__(self, jobs: Jobs, busca: PagamentoBuscaService, clock: Clock, settings: QSettings) -> None:
        super().__init__()
        self._jobs, self._busca, self._clock, self._settings = jobs, busca, clock, settings
        self._conta: ContaPagamento | None = None
        self._busy = False
        self._totais_text = ""
        self._go_to: int | None = None
        self._to_check: tuple[int, ...] = ()
        self._reading: JobHandle | None = None
        self._totais: JobHandle | None = None
        self.filters = FilterBar(clock.today)
        self.list: RecordsList[Pagamento] = RecordsList(
            jobs,
            settings,
            name="pagamentos",
            title="Pagamentos",
            columns=PAGAMENTOS,
            key=lambda row: row.id,
            checkable=True,
        )
        self.detail = PagamentoDetailPanel()
        self.progress = InlineProgress(keeps_place=False)
        self.buttons = {action: button(action.label, action.icon) for action in LIST_ACTIONS}
        for each in self.buttons.values():
            each.setProperty("manualPage", "pagamentos")
        self._selection_due = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._arrange()
        self._connect()
        self._show_selection()

    @property
    def found_text(self) -> str:
        """``128 pagamentos · R$ 92.114,37``."""
        return self._found.full_text

    def set_conta(self, conta: ContaPagamento | None) -> None:
        """List the payments of another account."""
        self._conta = conta
        self.search()

    def set_busy(self, busy: bool) -> None:
        """While an order is under way no other can be given."""
        self._busy = busy
        self._show_selection()

    def search(self) -> None:
        """Look again, with the filters as they are."""
        if self._conta is None:
            self.list.say("receipt-text", "Nenhum pagamento", "Os pagamentos aparecem aqui quando houver uma conta.")
            return
        filtro = self.filters.filtro(self._conta.id)
        sort, descending = self.list.model.sorted_by
        source = _Source(self._busca, filtro)
        if sort is None:
            self.list.load(source, PagamentoSort.INCLUSAO, descending=True, on_empty=self._say_empty)
        else:
            self.list.load(source, sort, descending=descending, on_empty=self._say_empty)
        self._load_totais(filtro)

    def show_one(self, pagamento_id: int) -> None:
        """List everything, and go to this one with its detail open."""
        self.filters.forget_filters()
        self._go_to = pagamento_id
        self.toggle_detail(True)

    def show_checked(self, ids: Sequence[int]) -> None:
        """List what is Consultado, and check these."""
        self._to_check = tuple(ids)
        self.filters.show_only(frozenset({SituacaoPagamento.CONSULTADO}))

    def refresh(self, pagamento_id: int | None = None) -> None:
        """What is listed changed; boxes and place stay as far as they can, unless there is one to go to."""
        if self._conta is None:
            return
        current = self.list.current
        self.list.model.reload()
        self._load_totais(self.filters.filtro(self._conta.id))
        self._go_to = pagamento_id or (current.id if current else None)

    def press(self, action: PaymentAction) -> bool:
        """What the key of ``action`` does; False when its button is not there to be clicked."""
        target = self.buttons.get(action)
        if target is None or not target.isEnabled() or not target.isVisible():
            return False
        target.click()
        return True

    def toggle_detail(self, shown: bool) -> None:
        self._settings.setValue(_DETAIL, _SHOWN if shown else _HIDDEN)
        self.filters.detail_button.setChecked(shown)
        self.detail.setVisible(shown)
        self._selection_due.start()

    # Building

    def _arrange(self) -> None:
        self._found = ElidedLabel("", "muted")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(8)
        bar.addWidget(self._found, 1)
        bar.addWidget(self.progress)
        for each in self.buttons.values():
            bar.addWidget(each)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.filters)
        left.addWidget(self.list, 1)
        left.addWidget(hairline())
        left.addLayout(bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.detail)
        shown = str(self._settings.value(_DETAIL)) == _SHOWN
        self.filters.detail_button.setChecked(shown)
        self.detail.setVisible(shown)

    def _connect(self) -> None:
        self.filters.changed.connect(self.search)
        self.list.model.loaded.connect(self._arrive)
        self.list.model.order_known.connect(self._check_wanted)
        self.filters.detail_button.toggled.connect(self.toggle_detail)
        self.filters.columns_button.clicked.connect(lambda: menu_below(self.list.table, self.filters.columns_button))
        self.list.current_changed.connect(self._show_selection)
        self.list.current_changed.connect(self._selection_due.start)
        self.list.opened.connect(lambda: self._want(ABRIR))
        self._selection_due.timeout.connect(self._follow)
        self.detail.retry_requested.connect(self._follow)
        for action, each in self.buttons.items():
            each.clicked.connect(lambda _checked=False, action=action: self._want(action))
        discard = QShortcut(QKeySequence(RETIRAR.shortcut), self.list.table)
        discard.setContext(Qt.ShortcutContext.WidgetShortcut)
        discard.activated.connect(lambda: self._want(RETIRAR))

    # The current row

    def _want(self, action: PaymentAction) -> None:
        able = self._availability(action)
        if able.enabled:
            self.wanted.emit(action, able.rows)
        elif self.list.current is not None and action is ABRIR:
            self.toggle_detail(True)  # a finished payment has nothing to decide: its detail is what there is to see

    def _availability(self, action: PaymentAction) -> Availability:
        situation = Situation(self._clock.now(), self._conta, self._busy)
        return availability(action, self.list.checked, self.list.current, situation)

    def _show_selection(self) -> None:
        checked = self.list.checked
        self._found.set_text(marcados_line(checked) if checked else self._totais_text)
        for action, each in self.buttons.items():
            able = self._availability(action)
            each.setEnabled(able.enabled)
            each.setToolTip(able.tooltip)
            each.setAccessibleDescription(able.tooltip)
            of_current = action is not PAGAR_MARCADOS and (action not in _SHOWN_WHEN_ABLE or able.enabled)
            # With rows checked, sum and button are about them; without, the buttons are about the current row.
            each.setVisible(action is PAGAR_MARCADOS if checked else of_current)
            set_primary(each, able.enabled and action is PAGAR_MARCADOS)

    def _arrive(self, _quantity: int) -> None:
        """The list was read again: go to the payment it was read for."""
        wanted, self._go_to = self._go_to, None
        if wanted is not None:
            self.list.select(wanted)

    def _check_wanted(self) -> None:
        """The order of the list is known: what a lote left is checked."""
        wanted, self._to_check = self._to_check, ()
        positions = [at for at in map(self.list.model.position_of, wanted) if at is not None]
        if positions:
            self.list.model.check(positions, True)

    def _follow(self) -> None:
        current = self.list.current
        if self._reading:
            self._reading.abandon()
            self._reading = None
        if current is None or self.detail.isHidden():
            self.detail.show_nothing()
            return
        pagamento = current

        def show(history: Sequence[HistoryEntry]) -> None:
            self._reading = None
            self.detail.show_pagamento(pagamento, history, limite_line(pagamento, self._clock.now()))

        self._reading = self._jobs.run(
            lambda _ctx: self._busca.history(pagamento.id),
            owner=self,
            done=show,
            failed=lambda error: self.detail.show_error(str(error)),
        )

    # Totals and emptiness

    def _load_totais(self, filtro: PagamentoFilter) -> None:
        if self._totais:
            self._totais.abandon()

        def show(totais: Totais) -> None:
            self._totais = None
            self._totais_text = " · ".join(pagamentos_line(totais))
            self._show_selection()

        self._totais = self._jobs.run(
            lambda _ctx: self._busca.totais(filtro), owner=self, done=show, failed=self.failed.emit
        )

    def _say_empty(self) -> None:
        self.list.say(
            "receipt-text",
            "Nenhum pagamento neste período",
            "Consulte uma conta no campo acima, ou mude o status e o período.",
            action="Mostrar todos",
            on_action=self.filters.forget_filters,
        )
