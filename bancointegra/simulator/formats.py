"""The bank's three ways of writing numbers, over exact integers.

Inside the simulator money is integer cents and a percentage is an integer of hundred-thousandths of one per cent,
under the bank's own key names; every ``valor_…`` and ``percentual_…`` is written in the format of the answer it goes
into: 17 and 12 digits in an emission, dotted decimals in a query or instruction.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_DIGITS17 = re.compile(r"[0-9]{1,17}")
_DIGITS12 = re.compile(r"[0-9]{1,12}")
_DOTTED_MONEY = re.compile(r"(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?")
_DOTTED_PERCENT = re.compile(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How one interface of the bank reads and writes money and percentages; the readers give None for nonsense."""

    read_money: Callable[[object], int | None]
    read_percent: Callable[[object], int | None]
    write_money: Callable[[int], str]
    write_percent: Callable[[int], str]

    def render(self, content: Any) -> Any:
        """``content`` with every integer under a ``valor_…`` or ``percentual_…`` key written as text."""
        if isinstance(content, dict):
            return {key: self._render_entry(key, value) for key, value in content.items()}
        if isinstance(content, list):
            return [self.render(item) for item in content]
        return content

    def _render_entry(self, key: str, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            if key.startswith("valor_"):
                return self.write_money(value)
            if key.startswith("percentual_"):
                return self.write_percent(value)
        return self.render(value)


def _read_digits(pattern: re.Pattern[str]) -> Callable[[object], int | None]:
    return lambda value: int(value) if isinstance(value, str) and pattern.fullmatch(value) else None


def _read_dotted(pattern: re.Pattern[str], places: int) -> Callable[[object], int | None]:
    def read(value: object) -> int | None:
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
            return None
        text = str(value)
        return int(Decimal(text).scaleb(places)) if pattern.fullmatch(text) else None

    return read


def _write_dotted(value: int, places: int) -> str:
    return f"{Decimal(value).scaleb(-places):f}"


EMISSION = NumberFormat(
    read_money=_read_digits(_DIGITS17),
    read_percent=_read_digits(_DIGITS12),
    write_money=lambda cents: f"{cents:017d}",
    write_percent=lambda value: f"{value:012d}",
)
DOTTED = NumberFormat(
    read_money=_read_dotted(_DOTTED_MONEY, 2),
    read_percent=_read_dotted(_DOTTED_PERCENT, 5),
    write_money=lambda cents: _write_dotted(cents, 2),
    write_percent=lambda value: _write_dotted(value, 5),
)


def _either(
    first: Callable[[object], int | None], second: Callable[[object], int | None]
) -> Callable[[object], int | None]:
    def read(value: object) -> int | None:
        found = first(value)
        return second(value) if found is None else found

    return read


EMISSION_OR_DOTTED = NumberFormat(
    read_money=_either(EMISSION.read_money, DOTTED.read_money),
    read_percent=_either(EMISSION.read_percent, DOTTED.read_percent),
    write_money=EMISSION.write_money,
    write_percent=EMISSION.write_percent,
)
