"""A batch in the real window against a slow bank: is the window ever blocked, and how much faster than one by one?"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from bancointegra.bootstrap.demo import MemoryVault
from bancointegra.bootstrap.desk import Desk
from bancointegra.bootstrap.program import Program
from bancointegra.bootstrap.window import Session
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.order import Desfecho
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import HistoryEntry, NovoTitulo, TituloFilter, TituloSort
from bancointegra.system.paths import app_paths
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.integracao.actions import REGISTRAR
from bancointegra.ui.integracao.criterios import Atalho
from bancointegra.ui.integracao.registrar_dialog import RegistrarDialog
from benchmarks.figures import Figure, Target, milliseconds, percentile
from benchmarks.samples import PEDIDO
from benchmarks.slow_bank import slow_bank

Dialog = TypeVar("Dialog", bound=QDialog)

LATENCY = 0.2
NEVER_BLOCKED = Target(50)
FASTER = Target(6, at_least=True)
_HEARTBEAT_MS = 5
_IDLE_SECONDS = 1.0
_WAIT_SECONDS = 120
_WINDOW = (1520, 830)
PENDENTE = frozenset({Situacao.PENDENTE})


def batch_figures(titulos: int, sample: int) -> Iterator[Figure]:
    """Batches of ``titulos`` without and with PDF; ``sample`` títulos one by one stand for as many."""
    with tempfile.TemporaryDirectory() as temporary, slow_bank(Path(temporary) / "banco", LATENCY) as nova:
        folder = Path(temporary)
        with Session(folder / "config") as session:
            program = Program(app_paths({}, folder / "dados"), vault=MemoryVault())
            session.keep(program.close)
            program.use_boleto_folder(folder / "boletos")
            conta = program.services.conta.criar(nova)
            _one_by_one(program, _add(program, conta, 1), gerar_pdf=True)  # connection and token are there now
            desk = session.show_desk(program, reopen=lambda: program)
            desk.window.resize(*_WINDOW)
            for gerar_pdf in (False, True):
                one = _one_by_one(program, _add(program, conta, sample), gerar_pdf)
                _add(program, conta, titulos)
                batch = _Clerk(desk).register(titulos, gerar_pdf)
                yield from _figures(batch, one, titulos, sample, gerar_pdf)
            desk.window.close()


def _add(program: Program, conta: ContaBancaria, number: int) -> tuple[int, ...]:
    """That many títulos PENDENTE, due on the last day of this month: what the window looks for by itself."""
    hoje = program.clock.today()
    vencimento = Atalho.MES.periodo(hoje)[1]
    titulos, tipo = program.store.titulos, program.services.busca.tipos_cobranca(conta.id)[0]
    first = program.services.busca.totais(TituloFilter(conta.id)).quantidade + 1
    novos = [
        NovoTitulo(
            f"{first + offset:06d}", "1", PEDIDO.sacado, hoje, vencimento, Reais(10_000 + offset), PEDIDO.encargos
        )
        for offset in range(number)
    ]
    titulos.add_many(conta.id, tipo.id, novos, HistoryEntry(program.clock.now(), "Título de teste"))
    return titulos.ids(TituloFilter(conta.id, situacoes=PENDENTE), TituloSort.TITULO, descending=False)


def _one_by_one(program: Program, titulo_ids: tuple[int, ...], gerar_pdf: bool) -> float:
    """Seconds per título."""
    pending = iter(titulo_ids)

    def register() -> None:
        resultado = program.services.registro.registrar(next(pending), gerar_pdf=gerar_pdf)
        assert resultado.desfecho is Desfecho.CONFIRMADA, resultado.mensagem

    return sum(milliseconds(register, len(titulo_ids))) / len(titulo_ids) / 1000


@dataclass
class _BatchRun:
    seconds: float
    gaps: list[float]
    idle_gaps: list[float]


def _figures(batch: _BatchRun, one: float, titulos: int, sample: int, gerar_pdf: bool) -> Iterator[Figure]:
    with_pdf = "with PDF" if gerar_pdf else "without PDF"
    yield Figure(
        f"window blocked during a batch of {titulos} {with_pdf}",
        max(batch.gaps),
        "ms",
        NEVER_BLOCKED,
        f"longest gap of a {_HEARTBEAT_MS} ms heartbeat; p99 {percentile(batch.gaps, 99):.0f}, "
        f"{sum(gap > NEVER_BLOCKED.bound for gap in batch.gaps)} of {len(batch.gaps)} beyond; "
        f"idle {max(batch.idle_gaps):.0f}",
    )
    yield Figure(
        f"batch of {titulos} {with_pdf}, times faster than one by one",
        one * titulos / batch.seconds,
        "×",
        None if gerar_pdf else FASTER,  # PDFs are drawn one at a time, and each read back
        f"{batch.seconds:.1f} s; one by one {one * 1000:.0f} ms each ({sample} measured); bank {LATENCY * 1000:.0f} ms",
    )


class Heartbeat(QObject):
    """Notes how long the event loop lets a timer wait."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=_HEARTBEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> list[float]:
        """The gaps between beats, in milliseconds."""
        self._timer.stop()
        self._beat()
        return self.gaps

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


class _Clerk:
    """Searches, checks everything found, registers it, and reads the message at the end."""

    def __init__(self, desk: Desk) -> None:
        self._page = desk.integracao

    def register(self, titulos: int, gerar_pdf: bool) -> _BatchRun:
        self._check_everything(titulos, gerar_pdf)
        idle = Heartbeat()
        ends = time.perf_counter() + _IDLE_SECONDS
        wait_until(lambda: time.perf_counter() > ends)
        idle_gaps = idle.stop()
        self._page.actions_bar.buttons[REGISTRAR].click()
        question = _wait_for(RegistrarDialog)
        heartbeat, started = Heartbeat(), time.perf_counter()
        question.yes_button.click()
        message = _wait_for(MessageDialog)
        seconds = time.perf_counter() - started
        gaps = heartbeat.stop()
        assert message.message == "Boletos registrados com sucesso!", message.message
        message.accept()
        return _BatchRun(seconds, gaps, idle_gaps)

    def _check_everything(self, titulos: int, gerar_pdf: bool) -> None:
        page = self._page
        wait_until(lambda: page.conta is not None)
        page.actions_bar.gerar_pdf.setChecked(gerar_pdf)
        check_all = page.list.model.order_known.connect(page.list.model.check_all)
        page.search()
        wait_until(lambda: len(page.list.checked) == titulos and page.actions_bar.buttons[REGISTRAR].isEnabled())
        page.list.model.order_known.disconnect(check_all)


def _wait_for(kind: type[Dialog]) -> Dialog:
    def shown() -> Dialog | None:
        return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)

    wait_until(lambda: shown() is not None)
    dialog = shown()
    assert dialog is not None
    return dialog


def wait_until(condition: Callable[[], bool]) -> None:
    """Run the event loop until ``condition`` holds. Raises ``TimeoutError`` after two minutes."""
    loop, ends = QEventLoop(), time.perf_counter() + _WAIT_SECONDS
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: loop.quit() if condition() or time.perf_counter() > ends else None)
    timer.start()
    loop.exec()
    timer.stop()
    if not condition():
        raise TimeoutError("the window did not get there")
