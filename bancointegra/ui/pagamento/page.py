"""The page Pagamento de Contas: the code above, the bill in hand below it, and the lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import AppError
from bancointegra.domain.leitura_codigo import LeituraCodigo
from bancointegra.domain.pagamento import Pagamento, SituacaoPagamento
from bancointegra.domain.ports import Clock
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import OcorrenciaGuardada
from bancointegra.ui.feedback import Tone, show_error
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.pagamento.actions import BY_BUTTON, CONFIRMAR, LOTE, PaymentAction
from bancointegra.ui.pagamento.agendar_dialog import AgendarDialog
from bancointegra.ui.pagamento.code_card import CodeCard
from bancointegra.ui.pagamento.conta_bar import ContaBar
from bancointegra.ui.pagamento.convenios_tab import ConveniosTab
from bancointegra.ui.pagamento.flow import PagamentoFlow
from bancointegra.ui.pagamento.list_operations import ListOperations
from bancointegra.ui.pagamento.lote_dialog import LoteDialog
from bancointegra.ui.pagamento.ocorrencias_tab import OcorrenciasTab
from bancointegra.ui.pagamento.pagamento_card import PagamentoCard
from bancointegra.ui.pagamento.pagamentos_tab import PagamentosTab
from bancointegra.ui.pagamento.services import PagamentoServices
from bancointegra.ui.pagamento.texts import ocorrencias_line
from bancointegra.ui.style import set_primary
from bancointegra.ui.widgets.calm_tabs import CalmTabs
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.empty_state import EmptyState

_SECOND_MS = 1000
_MARGIN = 12
_LOWEST_LIST = 176
_OCORRENCIAS = "Ocorrências"


def _takes_what_is_left() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    policy.setHeightForWidth(False)
    return policy


class PagamentoPage(QWidget):
    """Every service call runs in the background; what it answers is dropped when the page is gone."""

    status_changed = Signal(str, Tone)
    """The result of the last operation, for the status line."""
    conta_changed = Signal(object)
    """The ``ContaPagamento`` chosen, or None."""
    orders_changed = Signal()
    """Something was asked of Celcoin."""

    def __init__(
        self,
        *,
        jobs: Jobs,
        services: PagamentoServices,
        clock: Clock,
        settings: QSettings,
        open_path: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs, self._services, self._clock = jobs, services, clock
        self.conta_bar = ContaBar(jobs, services, settings)
        self.code = CodeCard(jobs, services.leitura, clock.today, self.conta_bar)
        self.card = PagamentoCard()
        self.flow = PagamentoFlow(jobs, services, self)
        self.operations = ListOperations(jobs, services, self.flow, open_path, self)
        self.pagamentos = PagamentosTab(jobs, services.busca, clock, settings)
        self.ocorrencias = OcorrenciasTab(jobs, services.ocorrencias, settings)
        self.convenios = ConveniosTab(jobs, services.convenios, settings)
        self.tabs = CalmTabs(documentMode=True)
        self.no_conta = EmptyState()
        self._second = QTimer(self, interval=_SECOND_MS)
        self._avisos: tuple[str, ...] = ()
        self._focus_due = False
        self._arrange()
        self._connect()
        self.conta_bar.load()

    @property
    def conta(self) -> ContaPagamento | None:
        """The account chosen."""
        return self.conta_bar.conta

    @property
    def is_busy(self) -> bool:
        """Whether an operation is under way."""
        return self.flow.is_busy

    def refresh(self) -> None:
        """Something changed outside this page: look again at the lists and at the bill in hand."""
        self.pagamentos.refresh()
        self.ocorrencias.reload()
        if self.card.pagamento and not self.card.isHidden():
            self.flow.reload(self.card.pagamento)

    def open_lote(self) -> None:
        """Paste or import many codes; what can be paid of them is then checked in the list."""
        if self.conta is None:
            return
        dialog = LoteDialog(self.conta, self._jobs, self._services.lote, self)
        dialog.consulted.connect(self.pagamentos.show_checked)
        dialog.open()

    def show_a_confirmar(self) -> None:
        """List what waits for Celcoin's word."""
        self.tabs.setCurrentWidget(self.pagamentos)
        self.pagamentos.filters.show_only(frozenset({SituacaoPagamento.A_CONFIRMAR}))

    # Building

    def _arrange(self) -> None:
        self.card.hide()
        self.tabs.addTab(self.pagamentos, "Pagamentos")
        self.tabs.addTab(self.ocorrencias, _OCORRENCIAS)
        self.tabs.addTab(self.convenios, "Convênios")
        lists = Card(margin=0)
        lists.body.addWidget(self.tabs)
        lists.setMinimumHeight(_LOWEST_LIST)
        lists.setSizePolicy(_takes_what_is_left())
        inside = QWidget()
        inside.setProperty("role", "transparent")
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        column.setSpacing(8)
        column.addWidget(self.code)
        column.addWidget(self.card)
        column.addWidget(lists, 1)
        self.no_conta.show_state(
            "landmark",
            "Nenhuma conta na Celcoin",
            "Para pagar contas, informe o ClientID e o ClientSecret que a Celcoin enviou ao escritório.",
            action="Configurar conta Celcoin",
            on_action=self.conta_bar.open_settings,
        )
        # On a low screen the bill in hand keeps its height, for it has the amount and Confirmar: the page scrolls.
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(scroll)
        self._stack.addWidget(self.no_conta)

    def _connect(self) -> None:
        self.conta_bar.conta_changed.connect(self._take_conta)
        self.conta_bar.saldo_changed.connect(lambda _saldo: self._show_again())
        self.conta_bar.failed.connect(self._show_error)
        self.code.consultar_wanted.connect(self._consultar)
        self.code.lote_button.clicked.connect(self.open_lote)
        self.code.changed.connect(self._name_convenio)
        self.code.failed.connect(self._show_error)
        self._connect_card()
        self.operations.said.connect(self._say)
        self.operations.changed.connect(self._orders_changed)
        self.operations.pay_many.started.connect(self._watch_batch)
        self.operations.pay_many.ended.connect(lambda: self._set_busy(False))
        self.pagamentos.wanted.connect(self._act)
        self.pagamentos.failed.connect(self._say_error)
        self.ocorrencias.unseen_changed.connect(self._badge)
        self.ocorrencias.fetched.connect(self._tell_ocorrencias)
        self.ocorrencias.pagamento_wanted.connect(self._show_in_list)
        self.ocorrencias.failed.connect(self._say_error)
        self.convenios.failed.connect(self._say_error)
        self.tabs.currentChanged.connect(self._tab_opened)
        self._second.timeout.connect(lambda: self.card.tick(self._clock.now()))
        for keys, run in (
            ("F5", self.code.consultar),
            ("Ctrl+O", self.code.reading.choose_file),
            (LOTE.shortcut, self.open_lote),
            ("Ctrl+F", self.pagamentos.filters.focus_text),
            ("Ctrl+D", lambda: self.pagamentos.toggle_detail(not self.pagamentos.filters.detail_button.isChecked())),
            ("Ctrl+Return", lambda: self._press(CONFIRMAR)),
            *((action.shortcut, _presser(self, action)) for action in BY_BUTTON if action.shortcut != "Enter"),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    def _connect_card(self) -> None:
        card, flow = self.card, self.flow
        card.pagar_wanted.connect(lambda valor: flow.pagar(_shown(card), valor))
        card.agendar_wanted.connect(self._schedule)
        card.confirmar_wanted.connect(lambda: flow.confirmar(_shown(card)))
        card.cancelar_wanted.connect(lambda: flow.cancelar(_shown(card)))
        card.verificar_wanted.connect(lambda: flow.verificar(_shown(card)))
        card.prazo_acabou.connect(lambda: flow.verificar(_shown(card), quietly=True))
        card.comprovante_wanted.connect(lambda: self.operations.show_comprovante(_shown(card)))
        card.fechar_wanted.connect(self.close_card)
        flow.shown.connect(self._show_pagamento)
        flow.started.connect(self._watch)
        flow.finished.connect(lambda: self._set_busy(False))
        flow.said.connect(self._say)
        flow.changed.connect(self._orders_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.card.isHidden() and not self.is_busy:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.conta_changed.emit(self.conta)
        if not self.isAncestorOf(self.window().focusWidget() or self.window()):
            self.code.field.setFocus()

    # The account

    def _take_conta(self, conta: ContaPagamento | None) -> None:
        self._stack.setCurrentIndex(0 if conta else 1)
        self.close_card()
        self.pagamentos.set_conta(conta)
        self.ocorrencias.set_conta(conta)
        self.convenios.set_conta(conta)
        if self.isVisible():
            self.conta_changed.emit(conta)
        if conta:
            self.flow.offer_pending(conta)
            self.flow.tell_orphans(conta)

    # The bill in hand

    def close_card(self) -> None:
        """Put the bill away; it stays in the list."""
        had_focus = self.card.isAncestorOf(self.focusWidget() or self)
        self._second.stop()
        self.card.hide()
        set_primary(self.code.consultar_button, True)
        if had_focus or not self.code.field.text():
            self.code.clear()
        self.code.field.setFocus()

    def _consultar(self, leitura: LeituraCodigo) -> None:
        if self.conta and not self.is_busy:
            self.flow.consultar(self.conta, leitura)

    def _show_pagamento(self, pagamento: Pagamento, avisos: tuple[str, ...]) -> None:
        appears = self.card.isHidden() or self.card.pagamento is None or self.card.pagamento.id != pagamento.id
        moved = self.card.pagamento is not None and self.card.pagamento.situacao is not pagamento.situacao
        self._avisos = avisos
        self.card.show_pagamento(pagamento, agora=self._clock.now(), saldo=self.conta_bar.saldo, avisos=avisos)
        self.card.show()
        self._second.start()
        set_primary(self.code.consultar_button, False)
        if appears or moved:
            self._focus_due = True
            self._focus_card()

    def _focus_card(self) -> None:
        """Once nothing runs: a button that cannot be pressed takes no keyboard."""
        if self._focus_due and not self.is_busy:
            self._focus_due = False
            self.card.take_focus()

    def _show_again(self) -> None:
        """The balance came after the bill."""
        if self.card.pagamento and not self.card.isHidden():
            self._show_pagamento(self.card.pagamento, self._avisos)

    def _schedule(self, valor: Reais) -> None:
        pagamento = _shown(self.card)
        dialog = AgendarDialog(pagamento, valor, self._clock.today, self)
        dialog.chosen.connect(lambda dia: self.flow.agendar(pagamento, valor, dia))
        dialog.open()

    def _watch(self, handle: JobHandle, text: str) -> None:
        self._set_busy(True)
        progress = self.code.progress if self.card.isHidden() else self.card.progress
        progress.watch(handle, text, can_stop=False)

    def _watch_batch(self, handle: JobHandle, text: str) -> None:
        self._set_busy(True)
        self.pagamentos.progress.watch(handle, text)

    def _set_busy(self, busy: bool) -> None:
        self.card.set_busy(busy)
        self.pagamentos.set_busy(busy)
        self.code.consultar_button.setEnabled(not busy)
        if not busy:
            self._focus_card()

    def _orders_changed(self) -> None:
        self.pagamentos.refresh(self.card.pagamento.id if self.card.pagamento and not self.card.isHidden() else None)
        self.conta_bar.ask_saldo(quietly=True)
        self.orders_changed.emit()

    # The lists

    def _act(self, action: PaymentAction, rows: tuple[Pagamento, ...]) -> None:
        self.operations.run(action, rows)

    def _press(self, action: PaymentAction) -> None:
        """A key: the bill in hand comes before the list."""
        self.card.press(action) or self.pagamentos.press(action)

    def _tab_opened(self, _index: int) -> None:
        shown = self.tabs.currentWidget()
        if shown is self.ocorrencias:
            self.ocorrencias.mark_seen()
        elif shown is self.convenios:
            self.convenios.look()

    def _name_convenio(self) -> None:
        leitura = self.code.field.leitura
        self.convenios.set_linha(leitura.linha_digitavel or "" if leitura else "")

    def _badge(self, unseen: int) -> None:
        if unseen and self.tabs.currentWidget() is self.ocorrencias and self.isVisible():
            self.ocorrencias.mark_seen()
            return
        title = f"{_OCORRENCIAS} ({unseen})" if unseen else _OCORRENCIAS
        self.tabs.setTabText(self.tabs.indexOf(self.ocorrencias), title)

    def _tell_ocorrencias(self, new: tuple[OcorrenciaGuardada, ...]) -> None:
        if not new:
            self._say("Nenhuma ocorrência nova.")
            return
        self._say(ocorrencias_line(new), Tone.WARNING)
        self._orders_changed()

    def _show_in_list(self, pagamento_id: int) -> None:
        self.tabs.setCurrentWidget(self.pagamentos)
        self.pagamentos.show_one(pagamento_id)

    # Telling

    def _say(self, text: str, tone: Tone = Tone.INFO) -> None:
        self.status_changed.emit(text, tone)

    def _say_error(self, error: AppError) -> None:
        self._say(str(error), Tone.WARNING)

    def _show_error(self, error: AppError) -> None:
        self._say_error(error)
        show_error(self, error)


def _shown(card: PagamentoCard) -> Pagamento:
    """What the card shows; its buttons cannot be pressed without it."""
    assert card.pagamento is not None
    return card.pagamento


def _presser(page: PagamentoPage, action: PaymentAction) -> Callable[[], None]:
    return lambda: page._press(action)
