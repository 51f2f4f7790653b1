"""Consulta automática: asks the bank about the títulos REGISTRADO now and then, and counts what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from bancointegra.domain.errors import AppError, BankUnavailable, CredentialError
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TituloFilter, TituloSort
from bancointegra.services.busca import BuscaService
from bancointegra.services.consulta import ConsultaService
from bancointegra.ui.feedback import Tone
from bancointegra.ui.integracao.texts import contar
from bancointegra.ui.jobs import BatchEnd, JobHandle, Jobs

NUNCA = 0
INTERVALOS = (NUNCA, 15, 30, 60)
"""Minutes between two rounds; never is what it is until the clerk chooses, for every query is counted by the bank."""

_SETTING = "integracao/consulta_automatica"
_PARALLEL = 2
"""Few at once: what the clerk does meanwhile comes first."""
_MS_A_MINUTE = 60_000
_POINTLESS = (BankUnavailable.default_code, CredentialError.default_code)
"""After one of these the other títulos would only fail likewise."""
_PARTICIPIOS = {
    Situacao.LIQUIDADO: ("liquidado", "liquidados"),
    Situacao.BAIXADO: ("baixado", "baixados"),
    Situacao.PROTESTADO: ("protestado", "protestados"),
}


@dataclass(frozen=True, slots=True)
class Olhada:
    """One título looked at: its status when it changed, and what the query said."""

    titulo_id: int
    mudou_para: Situacao | None = None
    resultado: Resultado | None = None

    @property
    def failed(self) -> bool:
        return self.resultado is not None and self.resultado.desfecho is not Desfecho.CONFIRMADA


class AutoQuery(QObject):
    """One round at a time, none while a batch of the clerk runs; a batch that begins ends the round."""

    told = Signal(str, Tone)
    changed = Signal(list)
    """The ids of the títulos whose status changed in a round."""
    finished = Signal()

    def __init__(
        self,
        *,
        jobs: Jobs,
        busca: BuscaService,
        consulta: ConsultaService,
        settings: QSettings,
        is_busy: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._busca, self._consulta = jobs, busca, consulta
        self._settings, self._is_busy = settings, is_busy
        self._round: JobHandle | None = None
        self._seen: list[Olhada] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    @property
    def minutes(self) -> int:
        """Between two rounds; ``NUNCA`` for none."""
        kept = str(self._settings.value(_SETTING, NUNCA))
        return int(kept) if kept in map(str, INTERVALOS) else NUNCA

    @property
    def is_looking(self) -> bool:
        return self._round is not None

    def start(self) -> None:
        """Begin to count the minutes chosen."""
        self._timer.stop()
        if self.minutes != NUNCA:
            self._timer.start(self.minutes * _MS_A_MINUTE)

    def choose(self, minutes: int) -> None:
        """Keep another interval, and count from now on."""
        self._settings.setValue(_SETTING, minutes)
        self.start()

    def look(self) -> None:
        """A round now, unless one is under way or the clerk's batch is."""
        if self.is_looking or self._is_busy():
            return
        self._seen = []
        self._follow(
            self._jobs.run(lambda _ctx: self._registrados(), owner=self, done=self._ask_about, failed=self._stop_on)
        )

    def give_way(self) -> None:
        """The clerk begins a batch: nothing more is asked in this round."""
        if self._round:
            self._round.cancel()

    def _registrados(self) -> tuple[int, ...]:
        wanted = frozenset({Situacao.REGISTRADO})
        return tuple(
            titulo_id
            for conta in self._busca.contas()
            for titulo_id in self._busca.ids(TituloFilter(conta.id, situacoes=wanted), TituloSort.VENCIMENTO, False)
        )

    def _ask_about(self, titulo_ids: Sequence[int]) -> None:
        if self._is_busy() or not titulo_ids:
            return
        self._follow(
            self._jobs.run_batch(
                titulo_ids,
                self._look_at,
                owner=self,
                each=self._keep,
                done=self._tell,
                failed=self._stop_on,
                parallel=_PARALLEL,
            )
        )

    def _follow(self, handle: JobHandle) -> None:
        """The round lasts until its last job has ended, in whatever way."""
        self._round = handle
        handle.ended.connect(lambda: self._end(handle))

    def _look_at(self, titulo_id: int) -> Olhada:
        before = next(iter(self._busca.rows([titulo_id])), None)
        if before is None or before.a_confirmar or before.situacao is not Situacao.REGISTRADO:
            return Olhada(titulo_id)  # somebody else was here since the list was read
        resultado = self._consulta.consultar(titulo_id)
        after = next(iter(self._busca.rows([titulo_id])), before)
        return Olhada(titulo_id, after.situacao if after.situacao is not before.situacao else None, resultado)

    def _keep(self, olhada: Olhada) -> None:
        self._seen.append(olhada)
        if olhada.resultado is not None and olhada.resultado.codigo in _POINTLESS:
            self.give_way()

    def _tell(self, _end: BatchEnd) -> None:
        changed = [olhada.titulo_id for olhada in self._seen if olhada.mudou_para]
        if sentence := resumo_automatico(self._seen):
            failed = any(olhada.failed for olhada in self._seen)
            self.told.emit(sentence, Tone.WARNING if failed else Tone.SUCCESS)
        if changed:
            self.changed.emit(changed)

    def _stop_on(self, error: AppError) -> None:
        self.told.emit(f"Consulta automática interrompida: {error}", Tone.WARNING)

    def _end(self, handle: JobHandle) -> None:
        if handle is self._round:
            self._round = None
            self.finished.emit()


def resumo_automatico(olhadas: Sequence[Olhada]) -> str:
    """``Consulta automática: 3 liquidados, 1 baixado.``; empty when nothing changed and nothing failed."""
    pointless = [o.resultado.mensagem for o in olhadas if o.resultado and o.resultado.codigo in _POINTLESS]
    counts = Counter(olhada.mudou_para for olhada in olhadas if olhada.mudou_para)
    parts = [
        contar(counts[situacao], *_PARTICIPIOS.get(situacao, (situacao.value, situacao.value)))
        for situacao in Situacao
        if counts[situacao]
    ]
    failed = sum(olhada.failed for olhada in olhadas)
    if failed and not pointless:
        parts.append(contar(failed, "não consultado", "não consultados"))
    sentence = f"Consulta automática: {', '.join(parts)}." if parts else ""
    interrupted = f"Consulta automática interrompida: {pointless[0]}" if pointless else ""
    return " ".join(part for part in (sentence, interrupted) if part)
