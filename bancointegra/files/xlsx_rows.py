"""Rows of a spreadsheet as they come: dates as dates, numbers exact."""

from __future__ import annotations

import warnings
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Context, Decimal
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import Celula, Leitura, LinhaTabela, Tabela
from bancointegra.files.limits import (
    ABOVE,
    BROKEN_ZIP,
    MAX_COLUMNS,
    MAX_PART,
    MAX_ROWS,
    damaged,
    too_large_inside,
    too_many_rows,
    unreadable,
)
from bancointegra.files.xml_safety import HasDtdError, refuse_dtd

_EXCEL_DIGITS = Context(prec=15)
"""What Excel shows of a number; the digits beyond are the noise of binary fractions (``0.1 + 0.2``)."""
_MOST_BLANK_ROWS = 10_000
_UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, ParseError, InvalidFileException, HasDtdError)
"""What openpyxl raises on a workbook that is not as it should be; and a DTD, which no office program writes."""


def open_xlsx(path: Path, leitura: Leitura) -> Tabela:
    """Opens the sheet named in ``leitura``, or the first visible one. Raises ``InputError``."""
    # Drop-down lists and styles it does not know are no news to a clerk.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    with ExitStack() as opened, _explained(path):
        file = opened.enter_context(path.open("rb"))
        _require_safe(file, path)
        book = load_workbook(file, read_only=True, data_only=True)
        visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        names = tuple(visible or (sheet.title for sheet in book.worksheets))
        if not names:
            raise InputError(
                f"O arquivo {path.name} não tem planilhas.", hint="Confira o arquivo.", code="sem_planilha"
            )
        chosen = leitura.planilha if leitura.planilha in names else names[0]
        size = min(book[chosen].max_row or 0, MAX_ROWS)
        return Tabela(replace(leitura, planilha=chosen), names, size, _rows(path, book[chosen], opened.pop_all()))


def _require_safe(file: IO[bytes], path: Path) -> None:
    """Look at every part before any is parsed: a workbook may call them what it likes. Raises ``HasDtdError``."""
    with ZipFile(file) as archive:
        for entry in archive.infolist():
            if entry.file_size > MAX_PART:
                raise too_large_inside(path)
            with archive.open(entry) as part:
                refuse_dtd(part)


def _rows(path: Path, sheet: Any, opened: ExitStack) -> Generator[LinhaTabela, None, None]:
    with opened, _explained(path):
        sheet.reset_dimensions()  # what other programs write there is often wrong
        found = blank = 0
        for number, values in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
            row = _cells(values)
            if not row:
                blank += 1
                if blank > _MOST_BLANK_ROWS:
                    return
                continue
            found, blank = found + 1, 0
            if found > MAX_ROWS + ABOVE:
                raise too_many_rows()
            yield LinhaTabela(number, row)


def _cells(values: Sequence[object]) -> tuple[Celula, ...]:
    """Without the empty ones at the end: openpyxl fills every row up to the last column."""
    width = len(values)
    while width and values[width - 1] is None:
        width -= 1
    row = [_cell(value) for value in values[:width]]
    while row and row[-1] == "":
        row.pop()
    return tuple(row)


def _cell(value: object) -> Celula:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "sim" if value else "não"
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return _EXCEL_DIGITS.create_decimal(repr(value))
    if isinstance(value, date):
        return value
    return value.isoformat() if isinstance(value, time) else str(value).strip()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (*_UNREADABLE, *BROKEN_ZIP) as error:
        raise damaged(path) from error
    except OSError as error:
        raise (unreadable(path) if error.errno else damaged(path)) from error  # openpyxl raises it without a number
