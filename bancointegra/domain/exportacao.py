"""What a list shows, on its way out of the program: as CSV, as a spreadsheet, on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from bancointegra.domain.reais import Reais

Valor = str | int | Decimal | Reais | date | None
"""A cell: an amount stays an amount and a date a date as far as the format can."""


class FormatoExportacao(Enum):
    """The value is the ending of the file's name."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class ColunaRelatorio:
    """``largura`` in the pixels of the screen: a spreadsheet and a page keep the proportions."""

    titulo: str
    largura: int = 100
    a_direita: bool = False


@dataclass(frozen=True, slots=True)
class Relatorio:
    """``detalhe`` says what was looked for; ``quantidade`` how many ``linhas`` will come, which are read only once.

    On paper and in a spreadsheet the amounts (``Reais``) of each column are added up below it.
    """

    titulo: str
    detalhe: str
    colunas: tuple[ColunaRelatorio, ...]
    linhas: Iterable[tuple[Valor, ...]]
    quantidade: int


def as_written(valor: Valor) -> str:
    """``1.250,00``, ``23/12/2026``: as text for people."""
    if valor is None:
        return ""
    if isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    return str(valor).replace(".", ",") if isinstance(valor, Decimal) else str(valor)


class Somas:
    """The amounts of each column, added up as the rows go by."""

    def __init__(self, colunas: int) -> None:
        self._somas: list[Reais | None] = [None] * colunas

    def add(self, linha: Iterable[Valor]) -> None:
        for at, valor in enumerate(linha):
            if isinstance(valor, Reais):
                before = self._somas[at]
                self._somas[at] = valor if before is None else before + valor

    @property
    def totais(self) -> tuple[Reais | None, ...]:
        """None for a column without amounts."""
        return tuple(self._somas)
