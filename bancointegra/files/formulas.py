"""A name that begins like a formula must not become one in whoever opens the sheet (CWE-1236)."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """With an apostrophe in front where a spreadsheet would calculate; lines become one."""
    line = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
    return f"'{line}" if line.lstrip().startswith(_STARTS) or line.startswith("\t") else line
