"""A list on paper: every row and its total, pages numbered, nothing beyond the margins."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from bancointegra.domain.errors import InputError, JobCancelled
from bancointegra.domain.exportacao import ColunaRelatorio, Relatorio
from bancointegra.domain.reais import Reais
from bancointegra.printing.relatorio_pdf import PdfRelatorioEncoder

COLUMNS = (
    ColunaRelatorio("Título", 72),
    ColunaRelatorio("Sacado", 150),
    ColunaRelatorio("Vencimento", 100),
    ColunaRelatorio("Valor", 94, a_direita=True),
)
LONG = "CONSTRUTORA E INCORPORADORA HORIZONTE DO BRASIL PARTICIPAÇÕES E EMPREENDIMENTOS IMOBILIÁRIOS LTDA " * 2


class Watching:
    def __init__(self, stop: bool = False) -> None:
        self.stop = stop

    def report(self, done: int, total: int, text: str = "") -> None: ...

    def check_cancelled(self) -> None:
        if self.stop:
            raise JobCancelled


def make(fonts_dir: Path, rows: int, andamento: Watching | None = None, quantidade: int | None = None) -> bytes:
    lines = ((f"{1000 + n}/1", LONG if n == 3 else "ANA", date(2026, 12, 1), Reais(1_000_00)) for n in range(rows))
    relatorio = Relatorio("Títulos a receber", "ITAU01 · vencimento até 31/12/2026", COLUMNS, lines, quantidade or rows)
    return PdfRelatorioEncoder(fonts_dir).encode(relatorio, datetime(2026, 11, 23, 10, 30), andamento or Watching())


def texts(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_all_rows_totals_and_page_numbers(fonts_dir: Path) -> None:
    pages = texts(make(fonts_dir, 75))
    assert [f"Página {n + 1} de {len(pages)}" in page for n, page in enumerate(pages)] == [True] * len(pages)
    assert all("ITAU01 · vencimento até 31/12/2026" in page and "23/11/2026 10:30" in page for page in pages)
    everything = "".join(pages)
    assert [f"{1000 + n}/1" in everything for n in range(75)] == [True] * 75
    assert "75 linhas" in pages[-1]
    assert "75.000,00" in pages[-1]
    assert "LTDA CON" not in everything, "a long name is cut, not set over its neighbour"


def test_an_empty_list_is_a_page(fonts_dir: Path) -> None:
    (page,) = texts(make(fonts_dir, 0))
    assert "0 linhas" in page


def test_too_many_rows_and_a_stop(fonts_dir: Path) -> None:
    with pytest.raises(InputError, match=r"até 20\.000"):
        make(fonts_dir, 1, quantidade=20_001)
    with pytest.raises(JobCancelled):
        make(fonts_dir, 150, Watching(stop=True))
