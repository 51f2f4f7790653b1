"""Paying many bills at once: one question with the sum, then one by one, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bancointegra.domain.errors import AppError
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import Pagamento, ResultadoPagamento
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.ui.feedback import Tone, ask
from bancointegra.ui.integracao.texts import contar
from bancointegra.ui.jobs import BatchEnd, JobHandle, Jobs
from bancointegra.ui.pagamento.results_dialog import ResultadosDialog
from bancointegra.ui.pagamento.services import PagamentoServices, lane_of
from bancointegra.ui.pagamento.texts import resumo_lote

_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class LinhaResultado:
    """One row of the results."""

    beneficiario: str
    valor: Reais | None
    resultado: ResultadoPagamento


class PayMany(QObject):
    """One batch at a time."""

    started = Signal(object, str)
    """The ``JobHandle`` under way, and what it does."""
    ended = Signal()
    said = Signal(str, Tone)

    def __init__(self, jobs: Jobs, services: PagamentoServices, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._services, self._window = jobs, services, window
        self._lines: list[LinhaResultado] = []

    def ask(self, rows: Sequence[Pagamento]) -> None:
        """Ask once for all of them: each is reserved and confirmed without another question."""
        total = Reais.total(row.valor or ZERO for row in rows)
        ask(
            self._window,
            f"Deseja pagar {contar(len(rows), 'conta', 'contas')}, {total.com_simbolo} ao todo?",
            hint="Cada conta é reservada e confirmada em seguida: o dinheiro sai. Valores que mudaram desde a consulta "
            "não são pagos.",
            on_yes=lambda _all: self._start(rows),
        )

    def _start(self, rows: Sequence[Pagamento]) -> None:
        self._lines = []
        handle: JobHandle = self._jobs.run_batch(
            rows,
            self._pay,
            owner=self,
            each=self._lines.append,
            done=self._finish,
            failed=self._stop,
            parallel=_AT_ONCE,
            lane=lane_of(rows[0].conta_id),
        )
        self.started.emit(handle, "Pagando")

    def _pay(self, row: Pagamento) -> LinhaResultado:
        try:
            resultado = self._services.pagamento.pagar(row.id)
        except AppError as error:
            # The pagamento could not even be read: nothing was asked of Celcoin.
            resultado = ResultadoPagamento(row.id, row.identificacao, Desfecho.NAO_ENVIADA, str(error), error.code)
        return LinhaResultado(row.consulta.recebedor.nome, row.valor, resultado)

    def _finish(self, end: BatchEnd) -> None:
        sentence = resumo_lote([line.resultado for line in self._lines], end.not_started)
        self._show(sentence)

    def _stop(self, error: AppError) -> None:
        self._show(str(error))

    def _show(self, sentence: str) -> None:
        well = all(line.resultado.desfecho is Desfecho.CONFIRMADA for line in self._lines)
        self.said.emit(sentence, Tone.SUCCESS if well else Tone.WARNING)
        self.ended.emit()
        ResultadosDialog(sentence, self._lines, self._window).open()
