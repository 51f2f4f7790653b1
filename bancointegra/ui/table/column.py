"""A table is a list of columns over one record type. No Qt here: the same list feeds screen, CSV, XLSX and report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Generic, TypeVar

from bancointegra.domain.documentos import Documento
from bancointegra.domain.reais import Reais

Row = TypeVar("Row")

NOTHING = "—"
"""Shown for a value that is not there yet."""


class Align(Enum):
    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a list of ``Row``.

    ``key`` is stable and names the column in the settings. ``value`` is the typed value (``Reais``, ``date``, text),
    ``text`` what the clerk reads (by default from the value). ``width`` is in logical pixels. ``sort`` is what the
    source of the rows sorts by; None: not sortable. ``chip`` paints the text as a status. One ``stretch`` column takes
    the room that is left. ``visible`` is only the beginning: the clerk chooses.
    """

    key: str
    title: str
    value: Callable[[Row], object]
    text: Callable[[Row], str] | None = None
    align: Align = Align.LEFT
    width: int = 110
    sort: object | None = None
    chip: bool = False
    stretch: bool = False
    visible: bool = True
    tooltip: Callable[[Row], str] | None = None

    def shown(self, row: Row) -> str:
        """What the clerk reads in this column of ``row``."""
        return self.text(row) if self.text else as_text(self.value(row))


def as_text(value: object) -> str:
    """``1.250,00``, ``23/11/2026``, ``23/11/2026 14:32``, ``Sim``; a dash for nothing."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "Sim" if value else "Não"
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Documento):
        return value.formatado
    return str(value.value if isinstance(value, Enum) else value)


def money(
    key: str, title: str, value: Callable[[Row], Reais | None], *, sort: object | None = None, width: int = 100
) -> Column[Row]:
    """A column of amounts: right-aligned, without the R$ the header implies."""
    return Column(key, title, value, align=Align.RIGHT, width=width, sort=sort)
