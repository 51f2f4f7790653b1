"""A batch under way: one operation over the chosen títulos, seen from the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bancointegra.domain.errors import AppError
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.titulo import TituloRow
from bancointegra.services.busca import BuscaService
from bancointegra.services.resumo import resumir
from bancointegra.ui.integracao.actions import CONSULTAR, VERIFICAR, BankAction, count_by_status
from bancointegra.ui.integracao.texts import flexionar, resumo_verificacao
from bancointegra.ui.jobs import PARALLEL, BatchEnd, JobHandle, Jobs

Work = Callable[[int], Resultado | None]
"""What is done for one título, in a worker thread; None when nothing was left to do."""


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One título of a batch: its row before, its outcome, and its row after (None when it could not be read)."""

    before: TituloRow
    resultado: Resultado
    row: TituloRow | None


@dataclass(frozen=True, slots=True)
class BatchReport:
    """How a batch ended. ``error`` is what stopped it, if anything did."""

    action: BankAction
    items: tuple[BatchItem, ...]
    not_started: int
    error: AppError | None = None

    @property
    def resultados(self) -> tuple[Resultado, ...]:
        return tuple(item.resultado for item in self.items)

    @property
    def sentence(self) -> str:
        """``12 boletos registrados com sucesso. 1 recusado, 1 a confirmar.``"""
        if self.action.operacao is None:
            return resumo_verificacao(self.resultados, self.not_started)
        return resumir(self.action.operacao, self.resultados, self.not_started)

    @property
    def changes(self) -> str:
        """``Mudaram de status: 2 LIQUIDADO.``; empty when none did, or when the sentence already says it."""
        if self.action not in (CONSULTAR, VERIFICAR):
            return ""
        changed = [i.row for i in self.items if i.row is not None and i.row.situacao is not i.before.situacao]
        verb = flexionar(len(changed), "Mudou", "Mudaram")
        return f"{verb} de status: {count_by_status(changed)}." if changed else ""

    @property
    def all_done(self) -> bool:
        """Whether every título ended well, its PDF included."""
        went_well = all(r.desfecho is Desfecho.CONFIRMADA and not r.codigo for r in self.resultados)
        return went_well and not self.not_started and self.error is None

    @property
    def pdf_paths(self) -> tuple[Path, ...]:
        return tuple(Path(r.pdf_path) for r in self.resultados if r.pdf_path)

    @property
    def a_confirmar(self) -> tuple[TituloRow, ...]:
        """The títulos whose outcome nobody knows, as they are now."""
        return self._ended(Desfecho.A_CONFIRMAR)

    @property
    def aguardando(self) -> tuple[TituloRow, ...]:
        """The títulos that wait for an approval, as they are now."""
        return self._ended(Desfecho.AGUARDANDO)

    def _ended(self, desfecho: Desfecho) -> tuple[TituloRow, ...]:
        return tuple(i.row or i.before for i in self.items if i.resultado.desfecho is desfecho)


class Batch(QObject):
    """Runs one operation over some títulos on the lane of their account. Used once."""

    item_done = Signal(BatchItem)
    ended = Signal(BatchReport)

    def __init__(
        self, action: BankAction, rows: Sequence[TituloRow], work: Work, busca: BuscaService, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._action = action
        self._rows = tuple(rows)
        self._work = work
        self._busca = busca
        self._items: list[BatchItem] = []

    @property
    def total(self) -> int:
        return len(self._rows)

    @property
    def action(self) -> BankAction:
        return self._action

    def start(self, jobs: Jobs, lane: str) -> JobHandle:
        """Begin; the handle stops it: no other título starts, those already sent finish and are reported."""
        return jobs.run_batch(
            self._rows,
            self._process,
            owner=self,
            each=self._keep,
            done=self._finish,
            failed=self._stop_on,
            parallel=PARALLEL,
            lane=lane,
        )

    def _process(self, row: TituloRow) -> BatchItem:
        try:
            resultado = self._work(row.id) or _nothing_left(row)
        except AppError as error:
            # The título could not even be read: nothing was asked of the bank.
            resultado = Resultado(row.id, row.titulo, Desfecho.NAO_ENVIADA, str(error), error.code)
        return BatchItem(row, resultado, self._row_after(row.id))

    def _row_after(self, titulo_id: int) -> TituloRow | None:
        try:
            return next(iter(self._busca.rows([titulo_id])), None)
        except AppError:
            return None  # the outcome is stored; the list shows it at the next search

    def _keep(self, item: BatchItem) -> None:
        self._items.append(item)
        self.item_done.emit(item)

    def _finish(self, end: BatchEnd) -> None:
        self.ended.emit(BatchReport(self._action, self._in_order(), end.not_started))

    def _stop_on(self, error: AppError) -> None:
        self.ended.emit(BatchReport(self._action, self._in_order(), self.total - len(self._items), error))

    def _in_order(self) -> tuple[BatchItem, ...]:
        position = {row.id: index for index, row in enumerate(self._rows)}
        return tuple(sorted(self._items, key=lambda item: position[item.before.id]))


def _nothing_left(row: TituloRow) -> Resultado:
    return Resultado(row.id, row.titulo, Desfecho.CONFIRMADA, "Já não está a confirmar: veja o status na lista.")
