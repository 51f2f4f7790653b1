"""Tolerant access to the bank's JSON: key case, text or number, object or list, absent or null.

Whether a key is missing, null or empty is the same to the reader; a value that is there and makes no sense
raises ``UnreadableAnswer``, so that no guess enters the store.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from bancointegra.banks.http import UnreadableAnswer
from bancointegra.domain.errors import InputError
from bancointegra.domain.reais import ZERO, Reais

_DIGITS = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LENGTH_OF_MONEY17 = 17


class Node:
    """One JSON object, read by lower-case key. Anything that is no object reads as an empty one."""

    def __init__(self, value: object) -> None:
        items = value.items() if isinstance(value, Mapping) else ()
        self._fields = {str(key).strip().lower(): content for key, content in items}

    def __bool__(self) -> bool:
        return bool(self._fields)

    def __contains__(self, key: str) -> bool:
        return key in self._fields

    def raw(self, key: str) -> object:
        return self._fields.get(key)

    def node(self, key: str) -> Node:
        """The object under ``key``; the last one when the bank sent a list of them."""
        nodes = self.nodes(key)
        return nodes[-1] if nodes else Node(None)

    def nodes(self, key: str) -> list[Node]:
        """The objects under ``key``, whether the bank sent a list or a single one."""
        return as_nodes(self._fields.get(key))

    def text(self, *keys: str) -> str:
        """The first non-empty of ``keys`` as stripped text; a number as its digits; empty when there is none."""
        for key in keys:
            value = self._fields.get(key)
            if isinstance(value, str | int | Decimal) and not isinstance(value, bool) and (text := str(value).strip()):
                return text
        return ""

    def digits(self, *keys: str) -> str:
        """Like ``text``, keeping ASCII digits only."""
        return "".join(c for c in self.text(*keys) if c.isascii() and c.isdigit())

    def date(self, *keys: str) -> date | None:
        """An ISO date or the date part of an ISO timestamp; None when absent or the bank's “no date” (0001-01-01)."""
        text = self.text(*keys)
        if not text:
            return None
        try:
            day = date.fromisoformat(text[:10])
        except ValueError as error:
            raise UnreadableAnswer(f"data em {keys[0]}") from error
        return None if day.year == 1 else day

    def money(self, key: str, *, digits_are_cents: bool) -> Reais:
        """An amount: dotted decimals, a JSON number, or digits alone; zero when absent.

        Digits alone are cents when there are 17 of them, or in any number with ``digits_are_cents`` (emission);
        otherwise reais. A JSON number is always reais.
        """
        text = self.text(key)
        if not text:
            return ZERO
        is_cents = isinstance(self._fields[key], str) and (digits_are_cents or len(text) == _LENGTH_OF_MONEY17)
        try:
            if is_cents and _DIGITS.fullmatch(text):
                return Reais.from_decimal(Decimal(text).scaleb(-2))
            if _DECIMAL.fullmatch(text):
                return Reais.from_decimal(Decimal(text))
        except (InputError, InvalidOperation) as error:
            raise UnreadableAnswer(f"valor em {key}") from error
        raise UnreadableAnswer(f"valor em {key}")


def as_nodes(value: object) -> list[Node]:
    """The objects of a list, or a single object as a list of one; what is no object is left out."""
    items = value if isinstance(value, list) else [value]
    return [node for item in items if (node := Node(item))]
