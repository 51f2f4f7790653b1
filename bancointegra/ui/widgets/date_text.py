"""Reading a date the way a clerk types it. No Qt here."""

from __future__ import annotations

import re
from datetime import date, timedelta

_WORDS = {"hoje": 0, "h": 0, "amanhã": 1, "amanha": 1, "ontem": -1}
_SHIFT = re.compile(r"([+-])\s*(\d{1,4})")
_PARTS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?")
_DIGITS = re.compile(r"(\d{2})(\d{2})?(\d{4}|\d{2})?")
_CENTURY = 2000


def parse_date(text: str, today: date) -> date | None:
    """Read ``23/11``, ``23/11/26``, ``23/11/2026``, ``2311``, ``23112026``, ``23``, ``+5``, ``-3``, ``hoje``.

    What is left out is taken from ``today``; ``+5`` counts from it. None when it is no date.
    """
    cleaned = text.strip().casefold()
    if cleaned in _WORDS:
        return today + timedelta(days=_WORDS[cleaned])
    if shift := _SHIFT.fullmatch(cleaned):
        return today + timedelta(days=int(shift[1] + shift[2]))
    parts = _PARTS.fullmatch(cleaned) or _DIGITS.fullmatch(cleaned)
    if parts is None:
        return None
    day, month, year = parts[1], parts[2], parts[3]
    try:
        return date(_year(year, today), int(month) if month else today.month, int(day))
    except ValueError:
        return None


def format_date(value: date | None) -> str:
    """``23/11/2026``; empty for None."""
    return value.strftime("%d/%m/%Y") if value else ""


def _year(text: str | None, today: date) -> int:
    if not text:
        return today.year
    return int(text) if len(text) > 2 else _CENTURY + int(text)
