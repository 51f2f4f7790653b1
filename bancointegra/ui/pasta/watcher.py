"""Looks at the watched folder every few seconds while the window is open, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from bancointegra.domain.errors import AppError
from bancointegra.domain.ponte import PreferenciasPasta, ResultadoImportacao
from bancointegra.services.busca import BuscaService
from bancointegra.services.pasta_monitorada import ArquivoTratado, PastaMonitoradaService
from bancointegra.ui.feedback import Tone, show_error
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.pasta.dialog import PastaDialog, Target

LANE = "pasta monitorada"
_EVERY_MS = 5_000


class PastaWatcher(QObject):
    """``told`` is for the status line; ``changed`` carries the títulos that a file brought or moved."""

    told = Signal(str, Tone)
    changed = Signal(list)

    def __init__(
        self,
        window: QWidget,
        jobs: Jobs,
        busca: BuscaService,
        pasta: PastaMonitoradaService,
        *,
        load: Callable[[], PreferenciasPasta],
        save: Callable[[PreferenciasPasta], None],
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._busca, self._pasta = window, jobs, busca, pasta
        self._load, self._save = load, save
        self._working = False
        self._problem = ""
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_working(self) -> bool:
        """Whether a round is under way."""
        return self._working

    def start(self) -> None:
        """Look from now on, if the clerk wants it."""
        self._jobs.run(lambda _ctx: self._load(), owner=self, done=self._follow, failed=self._tell_problem)

    def choose(self) -> None:
        """Ferramentas, Pasta monitorada…"""

        def found() -> tuple[PreferenciasPasta, list[Target]]:
            targets = [(conta, tipo) for conta in self._busca.contas() for tipo in self._busca.tipos_cobranca(conta.id)]
            return self._load(), targets

        def show(kept: tuple[PreferenciasPasta, list[Target]]) -> None:
            dialog = PastaDialog(*kept, self._window)
            dialog.chosen.connect(self._keep)
            dialog.open()

        self._jobs.run(lambda _ctx: found(), owner=self, done=show, failed=self._fail)

    def look(self) -> None:
        """One round in the background; it counts as orders under way, which the window waits for on closing."""
        if self._working:
            return
        self._working = True
        self._jobs.run(
            lambda ctx: self._pasta.processar(self._load(), ctx),
            owner=self,
            done=self._treated,
            failed=self._tell_problem,
            lane=LANE,
        ).ended.connect(self._rest)

    def _follow(self, preferencias: PreferenciasPasta) -> None:
        self._problem = ""
        if preferencias.ativa:
            self._timer.start()
            self.look()
        else:
            self._timer.stop()

    def _keep(self, preferencias: PreferenciasPasta) -> None:
        self._jobs.run(
            lambda _ctx: self._save(preferencias),
            owner=self,
            done=lambda _none: self._follow(preferencias),
            failed=self._fail,
        )

    def _treated(self, treated: Sequence[ArquivoTratado]) -> None:
        self._problem = ""
        for each in treated:
            if each.mudou:
                self.told.emit(describe(each), Tone.WARNING if each.resposta.has_erro else Tone.SUCCESS)
        ids = [linha.titulo_id for each in treated if each.mudou for linha in each.resposta.linhas if linha.titulo_id]
        if ids:
            self.changed.emit(ids)

    def _tell_problem(self, error: AppError) -> None:
        """Once, not every few seconds."""
        if str(error) != self._problem:
            self._problem = str(error)
            self.told.emit(self._problem, Tone.WARNING)

    def _rest(self) -> None:
        self._working = False

    def _fail(self, error: AppError) -> None:
        show_error(self._window, error)


def describe(each: ArquivoTratado) -> str:
    """``pedidos.csv: 3 títulos novos. 1 linha com erro.``"""
    resposta = each.resposta
    if resposta.erro:
        return f"{resposta.arquivo}: {resposta.mensagem}"
    new = sum(linha.resultado is ResultadoImportacao.NOVO for linha in resposta.linhas)
    known = sum(linha.resultado is ResultadoImportacao.EXISTENTE for linha in resposta.linhas)
    pending = sum(linha.pendente for linha in resposta.linhas)
    wrong = sum(bool(linha.erro) and not linha.pendente for linha in resposta.linhas)
    parts = [
        f"{count} {one if count == 1 else many}."
        for count, one, many in (
            (new, "título novo", "títulos novos"),
            (known, "já existia", "já existiam"),
            (pending, "pendente", "pendentes"),
            (wrong, "linha com erro", "linhas com erro"),
        )
        if count
    ]
    return f"{resposta.arquivo}: {' '.join(parts) or 'nenhuma linha.'}"
