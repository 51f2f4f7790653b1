"""The page Integração Bancária: filters, list, actions and detail, and what happens between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.order import Desfecho
from bancointegra.domain.ports import Clock
from bancointegra.domain.titulo import TituloRow
from bancointegra.ui.feedback import MessageDialog, Tone, show_error
from bancointegra.ui.integracao.action_bar import ActionBar
from bancointegra.ui.integracao.actions import ACTIONS, BUSY, CONSULTAR, REGISTRAR, VERIFICAR, BankAction, availability
from bancointegra.ui.integracao.batch import Batch, BatchItem, BatchReport, Work
from bancointegra.ui.integracao.boleto_options import BoletoOptions
from bancointegra.ui.integracao.criterios import Criterios
from bancointegra.ui.integracao.detail_loader import DetailLoader
from bancointegra.ui.integracao.detail_panel import DetailPanel
from bancointegra.ui.integracao.filter_card import FilterCard
from bancointegra.ui.integracao.list_card import ListCard
from bancointegra.ui.integracao.preferences import BoletoPreferences
from bancointegra.ui.integracao.registrar_dialog import RegistrarDialog
from bancointegra.ui.integracao.registrar_plan import RegistrarPlan
from bancointegra.ui.integracao.results_dialog import ResultsDialog
from bancointegra.ui.integracao.services import IntegracaoServices
from bancointegra.ui.integracao.texts import contar
from bancointegra.ui.jobs import Jobs

SHORTCUTS = (
    ("F5", "Pesquisar"),
    ("Ctrl+F", "Filtrar na lista"),
    *((action.shortcut, action.label) for action in ACTIONS),
    ("Ctrl+D", "Mostrar ou esconder o detalhe"),
    ("Esc", "Parar o lote em andamento, após os que já foram enviados"),
)
"""The page's own keys, for the help."""

_CRITERIOS = "integracao/criterios"
_DETAIL = "integracao/detalhe"
_SHOWN, _HIDDEN = "aberto", "fechado"
_ROOM_FOR_DETAIL = 1440
"""Width from which the detail is open until the clerk decides."""
_MARGIN = 12

_UNDER_WAY = {REGISTRAR: "Registrando", CONSULTAR: "Consultando", VERIFICAR: "Verificando"}


class IntegracaoPage(QWidget):
    """Every service call runs in the background; what it answers is dropped when the page is gone."""

    status_changed = Signal(str, Tone)
    """The result of the last operation, for the status line."""
    a_confirmar_changed = Signal(int)
    """How many títulos wait for the bank's word."""
    conta_changed = Signal(object)
    """The account chosen: a ``ContaBancaria``, or None."""

    def __init__(
        self,
        *,
        jobs: Jobs,
        services: IntegracaoServices,
        clock: Clock,
        settings: QSettings,
        preferences: BoletoPreferences,
        open_path: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs, self._services, self._clock = jobs, services, clock
        self._settings, self._open_path = settings, open_path
        self._conta: ContaBancaria | None = None
        self._batch: Batch | None = None
        self._followed: TituloRow | None = None
        self._selection_due = QTimer(self, singleShot=True, interval=0)
        remembered = Criterios.from_json(str(settings.value(_CRITERIOS, "")), clock.today())
        self.filters = FilterCard(jobs, services.busca, clock.today, remembered, self)
        self.list = ListCard(jobs, services.busca, settings)
        self.actions_bar = ActionBar(ACTIONS, self)
        self._boleto_options = BoletoOptions(self.actions_bar, jobs, preferences, self)
        self.detail = DetailPanel(self)
        self._detail_loader = DetailLoader(
            self.detail, jobs, services.busca, services.impressao, clock.today, open_path
        )
        self._arrange()
        self._connect()
        self._show_selection()
        self.filters.load_contas()
        self.refresh_a_confirmar()

    @property
    def is_busy(self) -> bool:
        """Whether a batch is under way."""
        return self._batch is not None

    @property
    def conta(self) -> ContaBancaria | None:
        """The account chosen."""
        return self._conta

    def search(self) -> None:
        """What F5 does."""
        self.filters.search()

    def refresh(self) -> None:
        """Something changed outside this page: look again for accounts, counts and what waits for the bank."""
        self.filters.load_contas()
        self.filters.refresh_counts()
        self.refresh_a_confirmar()

    def refresh_a_confirmar(self) -> None:
        """Count again what waits for the bank's word."""
        self._jobs.run(
            lambda _ctx: len(self._services.reconciliacao.a_confirmar()),
            owner=self,
            done=self.a_confirmar_changed.emit,
            failed=self._say_error,
        )

    def show_a_confirmar(self) -> None:
        """List the títulos A CONFIRMAR: of the account chosen or, when it has none, of the first that has."""

        def find() -> ContaBancaria | None:
            waiting = [order.conta_id for order in self._services.reconciliacao.a_confirmar()]
            if not waiting or (self._conta and self._conta.id in waiting):
                return self._conta
            contas = {conta.id: conta for conta in self._services.busca.contas()}
            return next((contas[conta_id] for conta_id in waiting if conta_id in contas), self._conta)

        def show(conta: ContaBancaria | None) -> None:
            if conta and conta != self._conta:
                self.filters.choose_conta(conta)
            self.filters.show_somente_a_confirmar()

        self._jobs.run(lambda _ctx: find(), owner=self, done=show, failed=self._show_error)

    # Building

    def _arrange(self) -> None:
        self.list.body.addWidget(self.actions_bar)
        left = QVBoxLayout()
        left.setSpacing(_MARGIN)
        left.addWidget(self.filters)
        left.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        row.setSpacing(_MARGIN)
        row.addLayout(left, 1)
        row.addWidget(self.detail)
        self._show_detail(str(self._settings.value(_DETAIL)) == _SHOWN)

    def _connect(self) -> None:
        self.filters.search_requested.connect(self._search)
        self.filters.conta_changed.connect(self._take_conta)
        self.filters.contas_loaded.connect(self._greet)
        self.filters.failed.connect(self._show_error)
        self._selection_due.timeout.connect(self._show_selection)
        self.list.selection_changed.connect(self._selection_due.start)
        self.list.detail_wanted.connect(lambda: self._toggle_detail(True))
        self.list.detail_button.clicked.connect(self._toggle_detail)
        self.actions_bar.triggered.connect(self._act)
        self._boleto_options.failed.connect(self._show_error)
        self.detail.verify_requested.connect(self._verify_shown)
        self._detail_loader.failed.connect(self._show_error)
        self._detail_loader.pdf_opened.connect(self._tell_pdf)
        for keys, run in (
            ("F5", self.search),
            ("Ctrl+F", self.list.focus_filter),
            ("Ctrl+D", lambda: self._toggle_detail(not self.list.detail_button.isChecked())),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_busy:
            self.actions_bar.stop()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.isAncestorOf(self.window().focusWidget() or self.window()):
            self.filters.conta_field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._settings.value(_DETAIL) is None:
            self._show_detail(self.width() >= _ROOM_FOR_DETAIL)

    # Looking

    def _greet(self, contas: int) -> None:
        if not contas:
            self.list.show_no_conta()

    def _take_conta(self, choice: object) -> None:
        self._conta = self.filters.conta
        self.list.forget()
        self.conta_changed.emit(self._conta)

    def _search(self, criterios: Criterios) -> None:
        try:
            filtro = criterios.to_filter()
        except InputError as error:
            self._show_error(error)
            return
        self._settings.setValue(_CRITERIOS, criterios.to_json())
        self.list.search(filtro)
        self.list.focus_when_found()
        self.filters.refresh_counts()

    def _show_selection(self) -> None:
        self.actions_bar.show_selection(self.list.checked, self.list.current, busy=self.is_busy)
        current = self.list.current
        if current != self._followed:
            self._followed = current
            self._detail_loader.follow(current.id if current else None)

    def _toggle_detail(self, shown: bool) -> None:
        self._settings.setValue(_DETAIL, _SHOWN if shown else _HIDDEN)
        self._show_detail(shown)

    def _show_detail(self, shown: bool) -> None:
        self.list.detail_button.setChecked(shown)
        if shown is not self.detail.isHidden():
            return
        self.detail.setVisible(shown)
        current = self.list.current
        self._detail_loader.follow(current.id if current else None)

    def _tell_pdf(self, path: Path) -> None:
        self._say(f"PDF aberto: {path}", Tone.SUCCESS)
        if self.list.current:
            self.refresh_rows([self.list.current.id])

    def refresh_rows(self, titulo_ids: Sequence[int]) -> None:
        """Show again títulos that changed elsewhere, and count what waits for the bank."""

        def show(rows: Sequence[TituloRow]) -> None:
            for row in rows:
                self.list.replace(row)
            self.filters.refresh_counts()
            self.refresh_a_confirmar()

        self._jobs.run(
            lambda _ctx: self._services.busca.rows(titulo_ids), owner=self, done=show, failed=self._say_error
        )

    # Acting

    def _act(self, action: BankAction) -> None:
        rows = self.list.chosen
        able = availability(action, rows, busy=self.is_busy)
        if not able.enabled:
            self._say(able.tooltip, Tone.WARNING)
            return
        if action == REGISTRAR:
            self._ask_registrar(rows)
        else:
            self._start(action, action.split(rows).aceitas, self._work_of(action))

    def _work_of(self, action: BankAction) -> Work:
        return {CONSULTAR: self._services.consulta.consultar, VERIFICAR: self._services.reconciliacao.verificar}[action]

    def _ask_registrar(self, rows: Sequence[TituloRow]) -> None:
        if self._conta is None:
            return
        plan = RegistrarPlan(self._conta, REGISTRAR.split(rows), self._boleto_options.pdf_folder)
        RegistrarDialog.ask(self, plan, self._registrar)

    def _registrar(self, plan: RegistrarPlan) -> None:
        gerar_pdf = plan.pdf_folder is not None
        self._start(
            REGISTRAR, plan.rows, lambda titulo_id: self._services.registro.registrar(titulo_id, gerar_pdf=gerar_pdf)
        )

    def _verify_shown(self, titulo_id: int) -> None:
        current = self.list.current
        if current and current.id == titulo_id:
            self._verify([current])

    def _verify(self, rows: Sequence[TituloRow]) -> None:
        if self.is_busy:
            self._say(BUSY, Tone.WARNING)
            return
        self._start(VERIFICAR, rows, self._work_of(VERIFICAR))

    def _start(self, action: BankAction, rows: Sequence[TituloRow], work: Work) -> None:
        if self._conta is None or self.is_busy:
            return
        self._batch = Batch(action, rows, work, self._services.busca, self)
        self._batch.item_done.connect(self._show_item)
        self._batch.ended.connect(self._finish)
        handle = self._batch.start(self._jobs, lane=f"conta-{self._conta.id}")
        self._say(f"{_UNDER_WAY[action]} {contar(len(rows), 'boleto', 'boletos')}…")
        self.actions_bar.watch(handle, _UNDER_WAY[action])
        self._show_selection()

    def _show_item(self, item: BatchItem) -> None:
        if item.row:
            self.list.replace(item.row)

    def _finish(self, report: BatchReport) -> None:
        if self._batch:
            self._batch.deleteLater()
        self._batch = None
        self.list.show_fresh()
        done = [r.titulo_id for r in report.resultados if r.desfecho is Desfecho.CONFIRMADA]
        self.list.uncheck(done)
        self._show_selection()
        self.filters.refresh_counts()
        self.refresh_a_confirmar()
        self._say(report.sentence, Tone.SUCCESS if report.all_done else Tone.WARNING)
        if report.all_done:
            self._tell_success(report)
        elif report.items:
            self._show_results(report)
        if report.error:
            self._show_error(report.error)

    def _tell_success(self, report: BatchReport) -> None:
        pdfs = report.pdf_paths
        saved = f"{contar(len(pdfs), 'PDF gravado', 'PDFs gravados')} em {pdfs[0].parent}" if pdfs else ""
        hint = "\n".join(part for part in (report.changes, saved) if part)
        dialog = MessageDialog(self, Tone.SUCCESS, report.action.label, report.sentence, hint=hint)
        if pdfs:
            dialog.add_button("Abrir &pasta", lambda: self._open(pdfs[0].parent))
        see_results = dialog.add_button("&Resultados", dialog.accept)
        see_results.clicked.connect(lambda: self._show_results(report))
        dialog.add_button("OK", dialog.accept, default=True)
        dialog.open()

    def _show_results(self, report: BatchReport) -> None:
        dialog = ResultsDialog(report, self)
        dialog.verify_requested.connect(lambda: self._verify(report.a_confirmar))
        dialog.folder_requested.connect(lambda: self._open(report.pdf_paths[0].parent))
        dialog.open()

    # Telling

    def _open(self, path: Path) -> None:
        self._jobs.run(lambda _ctx: self._open_path(path), owner=self, failed=self._show_error)

    def _say(self, text: str, tone: Tone = Tone.INFO) -> None:
        self.status_changed.emit(text, tone)

    def _say_error(self, error: AppError) -> None:
        self._say(str(error), Tone.WARNING)

    def _show_error(self, error: AppError) -> None:
        self._say_error(error)
        show_error(self, error)
