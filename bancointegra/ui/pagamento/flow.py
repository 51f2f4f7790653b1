"""What the card's buttons do: consult, reserve, confirm or give up, ask. Each ends in what the store says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import AppError
from bancointegra.domain.leitura_codigo import LeituraCodigo
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import (
    Pagamento,
    PagamentoFilter,
    PagamentoSort,
    ResultadoPagamento,
    SituacaoPagamento,
)
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import PagamentoNaCelcoin
from bancointegra.services.pagamento import Consultada
from bancointegra.services.pagamento_controle import AVISO_AGENDA
from bancointegra.ui.feedback import Tone, ask, show_error, show_message
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.pagamento.services import PagamentoServices, lane_of
from bancointegra.ui.pagamento.texts import avisos_da_consulta, orfas_line

_LINHA_EM_ABERTO = "linha_em_aberto"
_JA_PAGA = "ja_paga"
_TONES = {
    Desfecho.CONFIRMADA: Tone.SUCCESS,
    Desfecho.RECUSADA: Tone.WARNING,
    Desfecho.NAO_ENVIADA: Tone.WARNING,
    Desfecho.A_CONFIRMAR: Tone.DOUBT,
    Desfecho.AGUARDANDO: Tone.DOUBT,
}
_TITLES = {
    Desfecho.RECUSADA: "A Celcoin recusou",
    Desfecho.NAO_ENVIADA: "Não enviado",
    Desfecho.A_CONFIRMAR: "A confirmar",
    Desfecho.AGUARDANDO: "Aguardando a Celcoin",
}


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An operation's result, and the pagamento as it is afterwards."""

    resultado: ResultadoPagamento
    pagamento: Pagamento


class PagamentoFlow(QObject):
    """One operation at a time for one window; orders run on the lane of their account."""

    shown = Signal(object, tuple)
    """A ``Pagamento`` to show in the card, and the warnings that belong to it."""
    started = Signal(object, str)
    """The ``JobHandle`` under way, and what it does."""
    finished = Signal()
    said = Signal(str, Tone)
    changed = Signal()
    """The list is no longer as it was."""

    def __init__(self, jobs: Jobs, services: PagamentoServices, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._services, self._window = jobs, services, window
        self._under_way: JobHandle | None = None
        self._avisos: tuple[str, ...] = ()

    @property
    def is_busy(self) -> bool:
        return self._under_way is not None

    # Questions

    def consultar(self, conta: ContaPagamento, leitura: LeituraCodigo) -> None:
        """Look the bill up; one that is already under way is shown instead, with a word why."""
        linha = leitura.linha_digitavel or leitura.entrada

        def show(consultada: Consultada) -> None:
            self._show(consultada.pagamento, avisos_da_consulta(consultada))
            self.said.emit("Conta consultada. Confira e clique em Pagar.", Tone.INFO)
            self.changed.emit()

        def fail(error: AppError) -> None:
            if error.code == _LINHA_EM_ABERTO:
                self._show_open(conta, linha, error)
            else:
                self._fail(error)

        self._start(
            self._jobs.run(
                lambda _ctx: self._services.pagamento.consultar(conta.id, linha), owner=self, done=show, failed=fail
            ),
            "Consultando a conta",
        )

    def open(self, pagamento_id: int) -> None:
        """Put a pagamento of the list into the card, as it is now."""
        self._jobs.run(
            lambda _ctx: self._services.busca.pagamento(pagamento_id),
            owner=self,
            done=lambda pagamento: self._show(pagamento, ()),
            failed=self._fail,
        )

    def offer_pending(self, conta: ContaPagamento) -> None:
        """A reserve that an earlier run left waiting comes back, its countdown running."""
        busca = self._services.busca
        waiting = frozenset({SituacaoPagamento.AGUARDANDO_CONFIRMACAO})

        def find() -> Pagamento | None:
            filtro = PagamentoFilter(conta_id=conta.id, situacoes=waiting)
            ids = busca.ids(filtro, PagamentoSort.INCLUSAO, descending=True)
            return next(iter(busca.rows(ids[:1])), None)

        def show(pending: Pagamento | None) -> None:
            if pending:
                self._show(pending, ())
                self.said.emit("Há um pagamento reservado à espera: confirme ou cancele.", Tone.DOUBT)

        self._jobs.run(lambda _ctx: find(), owner=self, done=show, failed=self._fail)

    def tell_orphans(self, conta: ContaPagamento) -> None:
        """Reserves at Celcoin under our terminal that this program did not make: they take from the balance."""

        def tell(orphans: tuple[PagamentoNaCelcoin, ...]) -> None:
            if orphans:
                self.said.emit(orfas_line(len(orphans)), Tone.WARNING)

        self._jobs.run(lambda _ctx: self._services.verificacao.orfas(conta.id), owner=self, done=tell)

    def reload(self, pagamento: Pagamento) -> None:
        """Show the card's pagamento as it is now; its warnings stay."""
        self._jobs.run(
            lambda _ctx: self._services.busca.pagamento(pagamento.id),
            owner=self,
            done=lambda now: self.shown.emit(now, self._avisos),
            failed=lambda error: self.said.emit(str(error), Tone.WARNING),
        )

    def verificar(self, pagamento: Pagamento, *, quietly: bool = False) -> None:
        """Ask Celcoin what became of it; ``quietly`` only on the status line."""
        verificar = self._services.verificacao.verificar
        self._order(pagamento, "Perguntando à Celcoin", lambda: verificar(pagamento.id), quietly=quietly)

    # Orders

    def pagar(self, pagamento: Pagamento, valor: Reais, *, repetir: bool = False) -> None:
        """Reserve ``valor``; a bill that was paid before is asked about first."""
        services = self._services.pagamento

        def reserve() -> ResultadoPagamento:
            if valor != pagamento.valor:
                services.definir_valor(pagamento.id, valor)
            return services.reservar(pagamento.id, repetir=repetir)

        self._order(
            pagamento, "Reservando o valor", reserve, on_paid_before=lambda: self.pagar(pagamento, valor, repetir=True)
        )

    def agendar(self, pagamento: Pagamento, valor: Reais, dia: date | None) -> None:
        """Leave ``valor`` to the open program of another day; None takes that back."""

        def schedule() -> Pagamento:
            if valor != pagamento.valor:
                self._services.pagamento.definir_valor(pagamento.id, valor)
            return self._services.agenda.agendar(pagamento.id, dia)

        def done(scheduled: Pagamento) -> None:
            self.shown.emit(scheduled, self._avisos)
            self.changed.emit()
            said = f"Agendado para {dia:%d/%m/%Y}. {AVISO_AGENDA}" if dia else "Agendamento retirado."
            self.said.emit(said, Tone.INFO)

        self._start(
            self._jobs.run(
                lambda _ctx: schedule(), owner=self, done=done, failed=self._fail, lane=lane_of(pagamento.conta_id)
            ),
            "Agendando",
        )

    def confirmar(self, pagamento: Pagamento) -> None:
        self._order(pagamento, "Confirmando o pagamento", lambda: self._services.pagamento.confirmar(pagamento.id))

    def cancelar(self, pagamento: Pagamento) -> None:
        self._order(pagamento, "Cancelando a tentativa", lambda: self._services.pagamento.cancelar(pagamento.id))

    def estornar(self, pagamento: Pagamento) -> None:
        """Ask first: it is asked of Celcoin once only."""
        ask(
            self._window,
            f"Deseja estornar o pagamento de {pagamento.identificacao}?",
            hint="O dinheiro volta ao saldo da conta Celcoin, e a conta fica sem pagamento.",
            on_yes=lambda _all: self._order(
                pagamento, "Pedindo o estorno", lambda: self._services.pagamento.estornar(pagamento.id)
            ),
        )

    def _order(
        self,
        pagamento: Pagamento,
        text: str,
        work: Callable[[], ResultadoPagamento],
        *,
        quietly: bool = False,
        on_paid_before: Callable[[], None] | None = None,
    ) -> None:
        if self.is_busy:
            return

        def run() -> _Outcome:
            resultado = work()
            return _Outcome(resultado, self._services.busca.pagamento(pagamento.id))

        def done(outcome: _Outcome) -> None:
            self.shown.emit(outcome.pagamento, self._avisos)
            self.changed.emit()
            if outcome.resultado.codigo == _JA_PAGA and on_paid_before:
                self._ask_again(outcome.resultado, on_paid_before)
            else:
                self._tell(outcome.resultado, quietly)

        self._start(
            self._jobs.run(
                lambda _ctx: run(), owner=self, done=done, failed=self._fail, lane=lane_of(pagamento.conta_id)
            ),
            text,
        )

    def _ask_again(self, resultado: ResultadoPagamento, on_yes: Callable[[], None]) -> None:
        ask(
            self._window,
            resultado.mensagem,
            title="Conta já paga",
            hint="Deseja pagar de novo?",
            on_yes=lambda _all: on_yes(),
        )

    def _tell(self, resultado: ResultadoPagamento, quietly: bool) -> None:
        tone = _TONES[resultado.desfecho]
        self.said.emit(resultado.mensagem, tone)
        if not quietly and resultado.desfecho in _TITLES:
            show_message(self._window, resultado.mensagem, title=_TITLES[resultado.desfecho], tone=tone)

    def _show(self, pagamento: Pagamento, avisos: tuple[str, ...]) -> None:
        self._avisos = avisos
        self.shown.emit(pagamento, avisos)

    def _show_open(self, conta: ContaPagamento, linha: str, error: AppError) -> None:
        """The bill is under way, here or in another window: show that one."""

        def show(found: tuple[Pagamento, ...]) -> None:
            still_open = [pagamento for pagamento in found if pagamento.situacao.is_open]
            if still_open:
                self._show(still_open[0], (str(error),))
            self.said.emit(str(error), Tone.WARNING)

        self._jobs.run(
            lambda _ctx: self._services.busca.da_linha(conta, linha), owner=self, done=show, failed=self._fail
        )

    def _start(self, handle: JobHandle, text: str) -> None:
        self._under_way = handle
        handle.ended.connect(self._end)
        self.started.emit(handle, text)

    def _end(self) -> None:
        self._under_way = None
        self.finished.emit()

    def _fail(self, error: AppError) -> None:
        self.said.emit(str(error), Tone.WARNING)
        show_error(self._window, error)
