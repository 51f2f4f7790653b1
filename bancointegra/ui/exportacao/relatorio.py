"""From the columns of a list to what is exported: the same values, typed as far as they are. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bancointegra.domain.exportacao import ColunaRelatorio, Relatorio, Valor
from bancointegra.domain.reais import Reais
from bancointegra.ui.table.column import NOTHING, Align, Column


def relatorio_de(
    titulo: str, detalhe: str, columns: Sequence[Column[Any]], rows: Iterable[Any], quantidade: int
) -> Relatorio:
    """``rows`` are read while the file is made; ``quantidade`` of them are expected."""
    exported = tuple(
        ColunaRelatorio(column.title, column.width * (2 if column.stretch else 1), column.align is Align.RIGHT)
        for column in columns
    )
    return Relatorio(titulo, detalhe, exported, (_cells(columns, row) for row in rows), quantidade)


def _cells(columns: Sequence[Column[Any]], row: Any) -> tuple[Valor, ...]:
    return tuple(_cell(column, row) for column in columns)


def _cell(column: Column[Any], row: Any) -> Valor:
    value = column.value(row)
    if isinstance(value, Reais | date | Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    shown = column.shown(row)
    return "" if shown == NOTHING else shown
