"""A list as a spreadsheet whose amounts are numbers and whose dates are dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bancointegra.domain.errors import InputError
from bancointegra.domain.exportacao import Relatorio, Somas, Valor
from bancointegra.domain.ports_importacao import Andamento
from bancointegra.domain.reais import Reais

_MAX_ROWS = 1_048_576 - 2  # of the format, less header and totals
_LOOK_EVERY = 500
_PIXELS_A_CHARACTER = 7
_MONEY, _DATE, _TEXT = "#,##0.00", "dd/mm/yyyy", "@"


class XlsxEncoder:
    """``RelatorioEncoder``. Text is stored as text: no cell of ours is ever a formula."""

    def encode(self, relatorio: Relatorio, agora: datetime, andamento: Andamento) -> bytes:
        if relatorio.quantidade > _MAX_ROWS:
            raise InputError(
                "Uma planilha não comporta tantas linhas.", hint="Restrinja a pesquisa, ou exporte como CSV."
            )
        book = Workbook(write_only=True)
        book.properties.creator = "BancoIntegra"
        book.properties.created = book.properties.modified = agora.replace(tzinfo=None)
        sheet = book.create_sheet(_sheet_name(relatorio.titulo))
        sheet.freeze_panes = "A2"
        for at, coluna in enumerate(relatorio.colunas, start=1):
            sheet.column_dimensions[get_column_letter(at)].width = max(8, coluna.largura / _PIXELS_A_CHARACTER)
        try:
            for row in _rows(sheet, relatorio, andamento):
                sheet.append(row)
        except BaseException:
            sheet.close()  # ends the temporary file it writes to
            raise
        last = get_column_letter(len(relatorio.colunas))
        sheet.auto_filter.ref = f"A1:{last}{relatorio.quantidade + 1}"
        target = BytesIO()
        book.save(target)
        return target.getvalue()


def _rows(sheet: Any, relatorio: Relatorio, andamento: Andamento) -> Iterator[list[Any]]:
    yield [_heading(sheet, coluna.titulo, coluna.a_direita) for coluna in relatorio.colunas]
    somas = Somas(len(relatorio.colunas))
    for done, linha in enumerate(relatorio.linhas, start=1):
        if done % _LOOK_EVERY == 0:
            andamento.check_cancelled()
            andamento.report(done, relatorio.quantidade)
        somas.add(linha)
        yield [_cell(sheet, valor) for valor in linha]
    if any(total is not None for total in somas.totais):
        yield [None if total is None else _total(sheet, total) for total in somas.totais]


def _cell(sheet: Any, valor: Valor) -> Any:
    cell = WriteOnlyCell(sheet)
    if isinstance(valor, Reais):
        cell.value, cell.number_format = valor.decimal, _MONEY
    elif isinstance(valor, str):
        # The type is set by hand, after the value: openpyxl takes “=…” for a formula.
        cell.value, cell.data_type, cell.number_format = ILLEGAL_CHARACTERS_RE.sub("", valor), "s", _TEXT
    elif isinstance(valor, date):
        cell.value, cell.number_format = valor, _DATE
    elif isinstance(valor, int | Decimal):
        cell.value = valor
    return cell


def _heading(sheet: Any, titulo: str, a_direita: bool) -> Any:
    cell = _cell(sheet, titulo)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(horizontal="right" if a_direita else "left")
    return cell


def _total(sheet: Any, total: Reais) -> Any:
    cell = _cell(sheet, total)
    cell.font = Font(bold=True)
    return cell


def _sheet_name(titulo: str) -> str:
    """At most 31 characters, none of those that a sheet's name may not have."""
    return "".join(" " if char in "[]:*?/\\" else char for char in titulo)[:31].strip() or "Lista"
