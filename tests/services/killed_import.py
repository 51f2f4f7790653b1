"""Imports that kill their own process at chosen points; run by test_importacao_killed.py."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from bancointegra.files.office_files import OfficeFiles
from bancointegra.services.importacao import ImportacaoService, SemAndamento
from bancointegra.store import open_store
from tests.builders import KnownInstances, ManualClock


class DyingAt(SemAndamento):
    """Dies at the look with this number, the first being 1."""

    def __init__(self, look: int) -> None:
        self._looks_left = look

    def check_cancelled(self) -> None:
        self._looks_left -= 1
        if self._looks_left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def import_and_die(data: Path, sheet: Path, point: str) -> None:
    clock = ManualClock()
    store = open_store(data, instances=KnownInstances(), clock=clock)
    (conta,) = store.contas.search("", com_api=False)
    (tipo,) = store.contas.tipos_cobranca(conta.id)
    service = ImportacaoService(files=OfficeFiles(), importacoes=store.importacoes, clock=clock, quem="maria")
    previa = service.ler([sheet], conta, andamento=DyingAt(2 if point == "reading" else 0))
    service.importar(previa, tipo.id, andamento=DyingAt(3 if point == "storing" else 0))
    os.kill(os.getpid(), signal.SIGKILL)  # right after the commit: nothing was closed


def main(data: Path, sheet: Path, points: list[str]) -> None:
    """One process dies at each point, in turn; a line for each says by which signal, and how many títulos are there."""
    for point in points:
        child = os.fork()
        if child == 0:
            import_and_die(data, sheet, point)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        with closing(sqlite3.connect(data)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM titulo").fetchone()
        print(point, os.WTERMSIG(status), count)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
