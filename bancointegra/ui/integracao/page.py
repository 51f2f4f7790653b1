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
from bancointegra.ui.feedback import Tone, show_error
from bancointegra.ui.integracao.action_bar import ActionBar
from bancointegra.ui.integracao.actions import ACTIONS, ALTERAR, BUSY, VERIFICAR, BankAction
from bancointegra.ui.integracao.batch import BatchReport
from bancointegra.ui.integracao.boleto_options import BoletoOptions
from bancointegra.ui.integracao.criterios import Criterios
from bancointegra.ui.integracao.detail_loader import DetailLoader
from bancointegra.ui.integracao.detail_panel import DetailPanel
from bancointegra.ui.integracao.filter_card import FilterCard
from bancointegra.ui.integracao.list_card import ListCard
from bancointegra.ui.integracao.operacoes import Operacoes
from bancointegra.ui.integracao.preferences import BoletoPreferences
from bancointegra.ui.integracao.section_tree import SectionTree
from bancointegra.ui.integracao.sections import BOLETOS, SECTIONS, Section
from bancointegra.ui.integracao.services import IntegracaoServices
from bancointegra.ui.jobs import JobHandle, Jobs

SHORTCUTS = (
    ("F5", "Pesquisar"),
    ("Ctrl+F", "Filtrar na lista"),
    *((action.shortcut, action.label) for action in ACTIONS),
    ("Ctrl+D", "Mostrar ou esconder o detalhe"),
    ("Esc", "Parar o lote em andamento, após os que já foram enviados"),
)
"""The page's own keys, for the help."""

_CRITERIOS = "integracao/criterios"
"""Of the section Boletos; the others have their key behind it."""
_DETAIL = "integracao/detalhe"
_SHOWN, _HIDDEN = "aberto", "fechado"
_ROOM_FOR_DETAIL = 1440
"""Width from which the detail is open until the clerk decides."""
_ROOM_FOR_TREE = 1200
"""Width from which the sections have their names beside them."""
_MARGIN = 12


class IntegracaoPage(QWidget):
    """Every service call runs in the background; what it answers is dropped when the page is gone."""

    status_changed = Signal(str, Tone)
    """The result of the last operation, for the status line."""
    a_confirmar_changed = Signal(int)
    """How many títulos wait for the bank's word."""
    conta_changed = Signal(object)
    """The account chosen: a ``ContaBancaria``, or None."""
    batch_started = Signal()

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
        self._section = BOLETOS
        self._searched: set[Section] = set()
        self._followed: TituloRow | None = None
        self._selection_due = QTimer(self, singleShot=True, interval=0)
        self.sections = SectionTree(SECTIONS, settings, self)
        self.filters = FilterCard(jobs, services.busca, clock.today, self._remembered(BOLETOS), self)
        self.list = ListCard(jobs, services.busca, settings)
        self.actions_bar = ActionBar(ACTIONS, self)
        self._boleto_options = BoletoOptions(self.actions_bar, jobs, preferences, self)
        self.detail = DetailPanel(self)
        self._detail_loader = DetailLoader(
            self.detail, jobs, services.busca, services.impressao, clock.today, open_path
        )
        self._operacoes = Operacoes(
            jobs=jobs,
            services=services,
            today=clock.today,
            pdf_folder=lambda: self._boleto_options.pdf_folder,
            open_path=open_path,
            window=self,
        )
        self._arrange()
        self._connect()
        self.actions_bar.show_actions(BOLETOS.actions, offers_pdf=BOLETOS.offers_pdf)
        self._show_selection()
        self.filters.load_contas()
        self.refresh_a_confirmar()

    @property
    def section(self) -> Section:
        """What the tree at the left shows as chosen; the manual follows it."""
        return self._section

    @property
    def is_busy(self) -> bool:
        """Whether a batch is under way."""
        return self._operacoes.is_busy

    @property
    def conta(self) -> ContaBancaria | None:
        """The account chosen."""
        return self._conta

    def search(self) -> None:
        """What F5 does."""
        self.filters.search()

    def show_titulo(self, conta: ContaBancaria, row: TituloRow, *, alterar: bool = False) -> None:
        """List one título, wherever it was chosen; with ``alterar`` begin to alter its boleto."""
        if self.is_busy:
            self._say(BUSY, Tone.WARNING)
            return
        self.sections.choose(BOLETOS)
        if conta != self._conta:
            self.filters.choose_conta(conta)
        self.filters.restore(Criterios(conta_id=conta.id, situacoes=frozenset()))
        self.list.filter_field.setText(row.titulo)
        self.search()
        if alterar:
            self._operacoes.run(ALTERAR, [row], conta)

    def refresh(self) -> None:
        """Something changed outside this page: look again for accounts, counts and what waits for the bank."""
        self.filters.load_contas()
        self.filters.refresh_tipos()
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
        row.addWidget(self.sections)
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
        self.sections.chosen.connect(self._open_section)
        self.actions_bar.triggered.connect(self._act)
        self._operacoes.said.connect(self._say)
        self._operacoes.started.connect(self._watch)
        self._operacoes.row_changed.connect(self.list.replace)
        self._operacoes.ended.connect(self._finish)
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
        self.sections.set_compact(self.width() < _ROOM_FOR_TREE)
        if self._settings.value(_DETAIL) is None:
            self._show_detail(self.width() >= _ROOM_FOR_DETAIL)

    # Looking

    def _greet(self, contas: int) -> None:
        if not contas:
            self.list.show_no_conta()

    def _take_conta(self, choice: object) -> None:
        self._conta = self.filters.conta
        self._searched.clear()
        self.list.forget()
        self.conta_changed.emit(self._conta)

    def _search(self, criterios: Criterios) -> None:
        try:
            filtro = criterios.to_filter()
        except InputError as error:
            self._show_error(error)
            return
        self._settings.setValue(_criterios_key(self._section), criterios.to_json())
        self._searched.add(self._section)
        self.list.search(filtro)
        self.list.focus_when_found()
        self.filters.refresh_counts()

    def _open_section(self, section: Section) -> None:
        """Other buttons and the section's own filters; what was listed there is listed again, as it is now."""
        if section == self._section:
            return
        self._settings.setValue(_criterios_key(self._section), self.filters.criterios.to_json())
        self._section = section
        self.filters.restore(self._remembered(section))
        self.actions_bar.show_actions(section.actions, offers_pdf=section.offers_pdf)
        self.list.forget()
        if section in self._searched:
            self._search(self.filters.criterios)
        self._show_selection()

    def _remembered(self, section: Section) -> Criterios:
        kept = self._settings.value(_criterios_key(section))
        if kept is None:
            return Criterios.iniciais(self._clock.today()).with_situacoes(section.situacoes)
        return Criterios.from_json(str(kept), self._clock.today())

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
        self._operacoes.run(action, self.list.chosen, self._conta)

    def _verify_shown(self, titulo_id: int) -> None:
        current = self.list.current
        if current and current.id == titulo_id:
            self._operacoes.run(VERIFICAR, [current], self._conta)

    def _watch(self, handle: JobHandle, text: str) -> None:
        self.actions_bar.watch(handle, text)
        self._show_selection()
        self.batch_started.emit()

    def _finish(self, report: BatchReport) -> None:
        self.list.show_fresh()
        self.list.uncheck([r.titulo_id for r in report.resultados if r.desfecho is Desfecho.CONFIRMADA])
        self._show_selection()
        self.filters.refresh_counts()
        self.refresh_a_confirmar()

    # Telling

    def _say(self, text: str, tone: Tone = Tone.INFO) -> None:
        self.status_changed.emit(text, tone)

    def _say_error(self, error: AppError) -> None:
        self._say(str(error), Tone.WARNING)

    def _show_error(self, error: AppError) -> None:
        self._say_error(error)
        show_error(self, error)


def _criterios_key(section: Section) -> str:
    return _CRITERIOS if section == BOLETOS else f"{_CRITERIOS}-{section.key}"
