"""Títulos from files: a sheet with every kind of dirt is read, judged, stored and read again."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook

from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.importacao import Campo, SituacaoLinha
from bancointegra.files.office_files import OfficeFiles
from bancointegra.services.importacao import ImportacaoService
from bancointegra.store import open_store
from bancointegra.system.clock import SystemClock
from benchmarks.figures import Figure, Target
from benchmarks.office_data import NobodyElse
from benchmarks.samples import PEDIDO

Result = TypeVar("Result")

_HEADER = [campo.value for campo in Campo if campo not in (Campo.ENDERECO_NUMERO, Campo.COMPLEMENTO)]
_DOCUMENTOS = ("11.222.333/0001-81", "529.982.247-25", "12.ABC.345/01DE-35", "475.315.619-21")
_DIRT: tuple[dict[str, str], ...] = (
    {"vencimento": "31/02/2027"},
    {"valor": "10,005"},
    {"documento": "11.222.333/0001-82"},
    {"uf": "XX", "cep": "123"},
    {"numero": ""},
    {"sacado": '"aspas sem fim'},
    {"vencimento": "01/01/2020"},
)
_DIRTY_EVERY = 20
_PEAK = """
import re, sys
from pathlib import Path
from benchmarks.importing import opened_office
with opened_office(Path(sys.argv[1])) as (service, conta, _):
    assert len(service.ler([Path(sys.argv[2])], conta).linhas) > 0
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""
"""``ru_maxrss`` would not do: it begins with what the process had that started this one."""


@contextmanager
def opened_office(folder: Path) -> Iterator[tuple[ImportacaoService, ContaBancaria, TipoCobranca]]:
    """A service over a new store in ``folder``, its account and the tipo de cobrança."""
    clock = SystemClock()
    with closing(open_store(folder / "dados.sqlite3", instances=NobodyElse(), clock=clock)) as store:
        plain = ContaBancaria(0, "ITAU-MATRIZ", "341", "1500", "05206", "1", "109", PEDIDO.beneficiario)
        conta = store.contas.save(plain)
        tipo = store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO", conta.id))
        service = ImportacaoService(files=OfficeFiles(), importacoes=store.importacoes, clock=clock, quem="benchmark")
        yield service, conta, tipo


def importing_figures(rows: int, most: int) -> Iterator[Figure]:
    """Seconds for ``rows`` rows, each stage by itself, and the peak memory of reading ``most``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheet = _csv(folder / "sujo.csv", rows)
        book = _xlsx(folder / "sujo.xlsx", rows)
        with opened_office(folder) as (service, conta, tipo):
            taken, previa = _timed(lambda: service.ler([sheet], conta))
            wrong = previa.contagem[SituacaoLinha.ERRADA]
            yield Figure(f"CSV of {rows} rows read and judged", taken, "s", Target(5), f"{wrong} wrong rows")
            taken, _ = _timed(lambda: service.ler([book], conta))
            yield Figure(f"XLSX of {rows} rows read and judged", taken, "s", Target(8))
            taken, gravacao = _timed(lambda: service.importar(previa, tipo.id))
            yield Figure("its new títulos stored", taken, "s", Target(5), f"{len(gravacao.novos)} títulos")
            taken, again = _timed(lambda: service.ler([sheet], conta))
            same = again.contagem[SituacaoLinha.JA_EXISTE]
            yield Figure("the same file read again", taken, "s", Target(8), f"{same} there already")
        for kind, large in (("CSV", _csv(folder / "grande.csv", most)), ("XLSX", _xlsx(folder / "grande.xlsx", most))):
            peak = _peak(folder / kind, large)
            yield Figure(f"peak memory, reading {most} rows of {kind}", peak, "MB", Target(250), "whole process")


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _rows(rows: int) -> Iterator[list[str]]:
    for number in range(rows):
        values = {
            "numero": str(10_000 + number),
            "parcela": str(number % 12 + 1),
            "emissao": "23/11/2026",
            "vencimento": f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/2027",
            "valor": f"{number % 9 + 1}.{number % 900 + 100},{number % 100:02d}",
            "sacado": f"CLIENTE {number % 700} AÇÃO LTDA",
            "documento": _DOCUMENTOS[number % len(_DOCUMENTOS)],
            "logradouro": f"Rua {number % 90}, {number}",
            "bairro": "Centro",
            "cidade": "São Paulo",
            "uf": "SP",
            "cep": "01310-100",
        }
        if number % _DIRTY_EVERY == 0:
            values |= _DIRT[number // _DIRTY_EVERY % len(_DIRT)]
        yield [values.get(name, "") for name in _HEADER]


def _csv(path: Path, rows: int) -> Path:
    lines = [";".join(_HEADER), *(";".join(cells) for cells in _rows(rows))]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def _xlsx(path: Path, rows: int) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(_HEADER)
    for cells in _rows(rows):
        sheet.append(cells)
    book.save(path)
    return path


def _peak(folder: Path, sheet: Path) -> float:
    """In a process of its own, so that nothing else weighs in."""
    folder.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", _PEAK, str(folder), str(sheet)], capture_output=True, text=True, check=True
    )
    return float(ended.stdout)
