"""Rows of a CSV as they come: its encoding and separator guessed, a broken row told without losing the others."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path

from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import Leitura, LinhaTabela, Tabela
from bancointegra.files.limits import ABOVE, MAX_COLUMNS, MAX_ROWS, too_many_rows, unreadable

CODIFICACOES = {"UTF-8": "utf-8-sig", "Windows-1252": "cp1252", "UTF-16": "utf-16"}
SEPARADORES = (";", ",", "\t", "|")
_CHUNK = 1024 * 1024
_LONGEST_LINE = 1024 * 1024
_SAMPLE = 30
_MOST_LINES = 20
"""A quoted cell may go over this many lines; where it goes further, its quotes do not close."""


def open_csv(path: Path, leitura: Leitura) -> Tabela:
    """Raises ``InputError`` when it is not a text or cannot be read."""
    codificacao, lines = _look(path)
    codificacao = leitura.codificacao or codificacao
    separador = leitura.separador or _guess_separador(path, codificacao)
    read = Leitura(
        codificacao,
        separador,
        linha_cabecalho=leitura.linha_cabecalho,
        colunas=leitura.colunas,
        formato_data=leitura.formato_data,
        decimal=leitura.decimal,
    )
    return Tabela(read, (), lines, _rows(path, codificacao, separador))


def _look(path: Path) -> tuple[str, int]:
    """The encoding, by looking at every byte once, and how many lines there are."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    lines, is_utf8 = 0, True
    try:
        with path.open("rb") as file:
            if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                return "UTF-16", 0
            file.seek(0)
            while chunk := file.read(_CHUNK):
                if b"\0" in chunk:
                    raise InputError(
                        f"O arquivo {path.name} não é um CSV de texto.",
                        hint="Na planilha, salve como CSV ou .xlsx.",
                        code="nao_e_csv",
                    )
                lines += chunk.count(b"\n")
                is_utf8 = is_utf8 and _decodes(utf8, chunk)
    except OSError as error:
        raise unreadable(path) from error
    return "UTF-8" if is_utf8 and _decodes(utf8, b"", final=True) else "Windows-1252", lines


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _lines(path: Path, codificacao: str) -> Iterator[str]:
    try:
        with path.open(encoding=CODIFICACOES[codificacao], errors="replace", newline="") as file:
            while line := file.readline(_LONGEST_LINE):
                yield line
                while len(line) == _LONGEST_LINE and not line.endswith("\n"):
                    line = file.readline(_LONGEST_LINE)  # no row of a table: what is told of its beginning will do
    except OSError as error:
        raise unreadable(path) from error


def _guess_separador(path: Path, codificacao: str) -> str:
    """The one that most rows agree on, and among those the one that makes most columns."""
    sample = [line for line in islice(_lines(path, codificacao), _SAMPLE) if line.strip()]

    def score(separador: str) -> tuple[int, int]:
        widths = Counter(len(cells) for line in sample if (cells := _cells(line, separador)))
        width, rows = max(widths.items(), key=lambda found: (found[0] > 1, found[1], found[0]), default=(1, 0))
        return (rows, width) if width > 1 else (0, 1)

    return max(SEPARADORES, key=score)


def _rows(path: Path, codificacao: str, separador: str) -> Generator[LinhaTabela, None, None]:
    found = 0
    for row in _assembled(enumerate(_lines(path, codificacao), start=1), separador):
        if not row.falha and not any(row.celulas):
            continue
        found += 1
        if found > MAX_ROWS + ABOVE:
            raise too_many_rows()
        yield row


def _assembled(lines: Iterator[tuple[int, str]], separador: str) -> Iterator[LinhaTabela]:
    """One row for each record; a record whose quotes do not close costs its first line only."""
    waiting: list[tuple[int, str]] = []
    while waiting or (waiting := list(islice(lines, 1))):
        record: list[str] = []
        cells = None
        for at in range(_MOST_LINES):
            if at == len(waiting) and not (following := list(islice(lines, 1))):
                break
            if at == len(waiting):
                waiting += following
            record.append(waiting[at][1])
            cells = _cells("".join(record), separador)
            if cells is not None or '"' not in waiting[0][1]:
                break
        number = waiting[0][0]
        if cells is None:
            del waiting[0]
            yield LinhaTabela(number, (), "as aspas não fecham ou o campo é longo demais.")
        else:
            del waiting[: len(record)]
            yield _row(number, cells)


def _row(number: int, cells: list[str]) -> LinhaTabela:
    stripped = tuple(cell.strip() for cell in cells)
    if any("\ufffd" in cell for cell in stripped):
        return LinhaTabela(number, stripped, "tem letras que não puderam ser lidas; confira a codificação do arquivo.")
    if len(stripped) > MAX_COLUMNS:
        return LinhaTabela(number, stripped[:MAX_COLUMNS], f"tem mais de {MAX_COLUMNS} colunas.")
    return LinhaTabela(number, stripped)


def _cells(record: str, separador: str) -> list[str] | None:
    """None when the quotes do not close or are misplaced."""
    try:
        rows = list(csv.reader([record], delimiter=separador, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None if rows else []
