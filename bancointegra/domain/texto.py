"""Text as people compare it: without accents, case or doubled spaces."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """``"João  ÁVILA"`` becomes ``"joao avila"``."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())
