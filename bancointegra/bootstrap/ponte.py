"""The bridge for other programs: by the command line, and by the watched folder."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bancointegra.domain.ponte import LinhaPonte
from bancointegra.domain.ports import Clock
from bancointegra.services.importacao import ImportacaoService
from bancointegra.services.impressao import ImpressaoService
from bancointegra.services.pasta_monitorada import PastaMonitoradaService
from bancointegra.services.ponte import PonteService, Work
from bancointegra.services.registro import RegistroService
from bancointegra.store import Store
from bancointegra.system.watched_folder import WatchedFolder

_PARALLEL = 8


def build_ponte(
    store: Store, *, importacao: ImportacaoService, registro: RegistroService, impressao: ImpressaoService, clock: Clock
) -> tuple[PonteService, PastaMonitoradaService]:
    ponte = PonteService(
        importacao=importacao,
        titulos=store.titulos,
        registro=registro,
        impressao=impressao,
        clock=clock,
        executar=_in_parallel,
    )

    def open_folder(path: Path) -> WatchedFolder:
        return WatchedFolder(path, store.identity)

    return ponte, PastaMonitoradaService(ponte=ponte, contas=store.contas, abrir=open_folder, clock=clock)


def _in_parallel(work: Work, linhas: Sequence[LinhaPonte]) -> list[LinhaPonte]:
    with ThreadPoolExecutor(_PARALLEL) as pool:
        try:
            return list(pool.map(work, linhas))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
