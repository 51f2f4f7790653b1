"""Many bills at once: a list of lines from a file or the clipboard, each checked here and then consulted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.importacao import Celula, Leitura
from bancointegra.domain.leitura_codigo import LeituraCodigo
from bancointegra.domain.ports_pagamento import TableFiles
from bancointegra.services.pagamento import Consultada, PagamentoService

MAX_LINHAS = 2000
_SHORTEST_CODE = 30
"""A cell with fewer digits is a date, an amount or a remark, not a code gone wrong."""


@dataclass(frozen=True, slots=True)
class LinhaDoLote:
    """One code of the list: where it stood, what it says, and why it cannot be paid (empty when it can)."""

    numero: int
    texto: str
    leitura: LeituraCodigo
    problema: str = ""


@dataclass(frozen=True, slots=True)
class LinhaConsultada:
    """What became of one line: the bill, or a sentence with the code of the error."""

    linha: LinhaDoLote
    consultada: Consultada | None
    mensagem: str = ""
    codigo: str = ""


class LotePagamentoService:
    """Reads lists of codes; each line stands for itself, and a bad one stops no good one."""

    def __init__(self, *, files: TableFiles, pagamento: PagamentoService) -> None:
        self._files = files
        self._pagamento = pagamento

    def ler_arquivo(self, path: Path) -> tuple[LinhaDoLote, ...]:
        """The codes of a CSV, XLSX or text file, in whatever column they stand.

        Raises ``InputError`` when the file cannot be read, holds none, or more than ``MAX_LINHAS``.
        """
        with closing(self._files.tabela(path, Leitura()).linhas) as rows:
            return self._read((row.numero, cell) for row in rows for cell in row.celulas)

    def ler_texto(self, texto: str) -> tuple[LinhaDoLote, ...]:
        """The codes of a pasted text, one a line. Raises ``InputError`` as ``ler_arquivo`` does."""
        lines = ((number, cell) for number, line in enumerate(texto.splitlines(), 1) for cell in line.split("\t"))
        return self._read(lines)

    def consultar(self, conta_id: int, linha: LinhaDoLote) -> LinhaConsultada:
        """Consult one line; what went wrong is in the answer."""
        if linha.problema:
            return LinhaConsultada(linha, None, linha.problema, "linha")
        try:
            consultada = self._pagamento.consultar(conta_id, linha.texto)
        except AppError as error:
            return LinhaConsultada(linha, None, str(error), error.code)
        return LinhaConsultada(linha, consultada, "Consultada.")

    def _read(self, cells: Iterable[tuple[int, Celula]]) -> tuple[LinhaDoLote, ...]:
        lines = tuple(self._checked(cells))
        if not lines:
            raise InputError(
                "Não há linha digitável nem código de barras nesta lista.",
                hint="Cada linha deve trazer um código de 44, 47 ou 48 dígitos.",
                code="lista_vazia",
            )
        return lines

    def _checked(self, cells: Iterable[tuple[int, Celula]]) -> Iterator[LinhaDoLote]:
        first_at: dict[str, int] = {}
        for count, (number, text) in enumerate(_codes(cells), start=1):
            if count > MAX_LINHAS:
                raise InputError(
                    f"A lista tem mais de {MAX_LINHAS} códigos.",
                    hint="Divida-a em listas menores.",
                    code="lista_grande",
                )
            leitura = self._pagamento.ler(text)
            line = leitura.linha_digitavel
            if line is None:
                yield LinhaDoLote(number, text, leitura, " ".join(leitura.erros))
            elif line in first_at:
                yield LinhaDoLote(number, text, leitura, f"Repete a linha {first_at[line]}.")
            else:
                first_at[line] = number
                yield LinhaDoLote(number, text, leitura)


def _codes(cells: Iterable[tuple[int, Celula]]) -> Iterator[tuple[int, str]]:
    for number, cell in cells:
        # A code that a spreadsheet took for a number has lost its last digits; written out, its check digits say so.
        text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell).strip()
        if sum(char.isdigit() for char in text) >= _SHORTEST_CODE:
            yield number, text
