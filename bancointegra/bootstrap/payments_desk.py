"""Bill payment in the window: the screen, and what is looked at regularly whether it is open or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from bancointegra.bootstrap.program import Program
from bancointegra.domain.errors import AppError
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import Pagamento, ResultadoPagamento
from bancointegra.domain.transacao_pagamento import OcorrenciaGuardada
from bancointegra.system.open_file import open_with_system
from bancointegra.ui.feedback import Tone
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.pagamento.actions import SHORTCUTS
from bancointegra.ui.pagamento.services import PagamentoServices
from bancointegra.ui.pagamento.texts import agenda_line, ocorrencias_line, perdidos_line, verificados_line
from bancointegra.ui.screens import MenuCommand, ScreenEntry

if TYPE_CHECKING:
    from bancointegra.ui.pagamento.page import PagamentoPage

PAGAMENTO = "pagamento"
_MENU = ("Financeiro", "Contas a Pagar")
_OCORRENCIAS_EVERY_MS = 60 * 60_000
_LANE = "pagamentos-agenda"


@dataclass(frozen=True, slots=True)
class _Round:
    """What one look at the payments found."""

    verificados: tuple[ResultadoPagamento, ...]
    a_confirmar: int
    is_due: bool
    """Whether something is scheduled for today."""


class PaymentsDesk(QObject):
    """``screen`` and ``commands`` are for the menu; ``start`` begins the regular looks."""

    a_confirmar_changed = Signal(int)
    """How many payments wait for Celcoin's word."""

    def __init__(self, program: Program, *, jobs: Jobs, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._program, self._jobs, self._settings = program, jobs, settings
        self._services = program.services.pagamentos
        self._window: MainWindow | None = None
        self._pages: list[PagamentoPage] = []
        self._checking = self._paying = False
        self._hour = QTimer(self, interval=_OCORRENCIAS_EVERY_MS)
        self._hour.timeout.connect(self.fetch_ocorrencias)

    @property
    def _owner(self) -> QObject:
        """What answers go to: with the window they die."""
        return self._window or self

    @property
    def screen(self) -> ScreenEntry:
        return ScreenEntry(
            key=PAGAMENTO,
            menu_path=_MENU,
            title="Pagamento de Contas",
            icon="receipt-text",
            factory=self._make_page,
            shortcut="Ctrl+Shift+C",
            shortcuts=SHORTCUTS,
        )

    @property
    def commands(self) -> tuple[MenuCommand, ...]:
        return (MenuCommand(_MENU, "Conta Celcoin…", "pencil", self._open_conta),)

    def start(self, window: MainWindow) -> None:
        """Tell ``window`` from now on: what was undone, paid as scheduled, missed, or sent back."""
        self._window = window
        self._hour.start()
        self.fetch_ocorrencias()
        self._jobs.run(
            lambda _ctx: self._services.agenda.perdidos(),
            owner=self._owner,
            done=self._tell_missed,
            failed=self._say_error,
        )

    def open(self) -> PagamentoPage:
        """The page, its tab shown."""
        assert self._window is not None
        return cast("PagamentoPage", self._window.open_screen(PAGAMENTO))

    def show_a_confirmar(self) -> None:
        self.open().show_a_confirmar()

    def check(self) -> None:
        """Settle what is in doubt, and pay what is scheduled for today; one round at a time."""
        if self._checking or self._window is None:
            return
        self._checking = True

        def look() -> _Round:
            verificacao = self._services.verificacao
            return _Round(
                verificacao.verificar_todos(), verificacao.a_confirmar(), bool(self._services.agenda.de_hoje())
            )

        handle = self._jobs.run(lambda _ctx: look(), owner=self._owner, done=self._tell_round, failed=self._say_error)
        handle.ended.connect(self._checked)

    def _pay_scheduled(self) -> None:
        if self._paying:
            return
        self._paying = True
        handle = self._jobs.run(
            lambda _ctx: self._services.agenda.pagar_de_hoje(),
            owner=self._owner,
            done=self._tell_scheduled,
            failed=self._say_error,
            lane=_LANE,
        )
        handle.ended.connect(self._paid)

    def fetch_ocorrencias(self) -> None:
        """Ask Celcoin what came back."""
        self._jobs.run(
            lambda _ctx: self._services.ocorrencias.buscar_todas(),
            owner=self._owner,
            done=self._tell_ocorrencias,
            failed=self._say_error,
        )

    def _checked(self) -> None:
        self._checking = False

    def _paid(self) -> None:
        self._paying = False

    def _tell_round(self, found: _Round) -> None:
        self.a_confirmar_changed.emit(found.a_confirmar)
        settled = tuple(r for r in found.verificados if r.desfecho is not Desfecho.A_CONFIRMAR)
        if settled:
            self._say(verificados_line(settled), Tone.INFO)
            self._refresh()
        if found.is_due:
            self._pay_scheduled()

    def _tell_scheduled(self, resultados: tuple[ResultadoPagamento, ...]) -> None:
        if resultados:
            well = all(resultado.desfecho is Desfecho.CONFIRMADA for resultado in resultados)
            self._say(agenda_line(resultados), Tone.SUCCESS if well else Tone.WARNING)
            self._refresh()

    def _tell_ocorrencias(self, new: tuple[OcorrenciaGuardada, ...]) -> None:
        if new:
            self._say(ocorrencias_line(new), Tone.WARNING)
            self._refresh()

    def _tell_missed(self, missed: tuple[Pagamento, ...]) -> None:
        if missed:
            self._say(perdidos_line(missed), Tone.WARNING)

    def _refresh(self) -> None:
        for page in self._pages:
            page.refresh()

    def _make_page(self, window: MainWindow) -> PagamentoPage:
        from bancointegra.ui.pagamento.page import PagamentoPage  # many widgets, which would delay every start

        services = self._services
        page = PagamentoPage(
            jobs=self._jobs,
            services=PagamentoServices(
                busca=services.busca,
                pagamento=services.pagamento,
                verificacao=services.verificacao,
                aprovacao=services.aprovacao,
                agenda=services.agenda,
                ocorrencias=services.ocorrencias,
                convenios=services.convenios,
                contas=services.conta,
                comprovantes=services.comprovantes,
                leitura=services.leitura,
                lote=services.lote,
            ),
            clock=self._program.clock,
            settings=self._settings,
            open_path=open_with_system,
            parent=window,
        )
        page.status_changed.connect(window.say)
        page.conta_changed.connect(lambda conta: window.set_ambiente(conta.ambiente if conta else None))
        page.conta_changed.connect(lambda _conta: window.set_certificate_days(None))
        page.orders_changed.connect(self._count)
        self._pages.append(page)
        return page

    def _count(self) -> None:
        self._jobs.run(
            lambda _ctx: self._services.verificacao.a_confirmar(),
            owner=self._owner,
            done=self.a_confirmar_changed.emit,
            failed=self._say_error,
        )

    def _open_conta(self) -> None:
        self.open().conta_bar.open_settings()

    def _say(self, text: str, tone: Tone) -> None:
        if self._window is not None:
            self._window.say(text, tone)

    def _say_error(self, error: AppError) -> None:
        self._say(str(error), Tone.WARNING)
