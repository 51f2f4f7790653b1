"""The names of PDFs: a boleto is NOME DO SACADO + DATA do vencimento + HORA do registro (the manual, “Registrar”).

Safe for Windows, the strictest of the systems we run on (Microsoft, “Naming Files, Paths, and Namespaces”).
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

_MAX_NAME_UNITS = 80  # UTF-16 units, what Windows counts; leaves room for an ordinary folder below 240
_MAX_NAME_BYTES = 200  # UTF-8 bytes: other systems stop at 255 for the whole file name
_SEPARATORS = dict.fromkeys(map(ord, "/\\|:"), "-")
_FORBIDDEN = frozenset('<>"?*')
_KEPT_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Nl", "No", "Sc", "Sm"})
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"}
)
_NAMELESS = "SACADO"


def boleto_file_stem(nome: str, vencimento: date, registrado_em: datetime) -> str:
    """``MERCADO AURORA LTDA 23-11-2026 14h32m05``: a file name without folder and extension.

    ``registrado_em`` is in the clerk's local time. Any ``nome`` is accepted: what a file name cannot hold is
    replaced or dropped, and a long one is cut.
    """
    return f"{_safe_name(nome)} {_dia(vencimento)} {_hora(registrado_em)}"


def comprovante_file_stem(nome: str, pago_em: datetime) -> str:
    """``COMPROVANTE AGUAS DO RIO 23-11-2026 14h32m05``; ``nome`` is who was paid, as in ``boleto_file_stem``."""
    return f"COMPROVANTE {_safe_name(nome)} {_dia(pago_em)} {_hora(pago_em)}"


def _dia(day: date) -> str:
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def _hora(moment: datetime) -> str:
    return f"{moment.hour:02d}h{moment.minute:02d}m{moment.second:02d}"


def _safe_name(nome: str) -> str:
    composed = unicodedata.normalize("NFC", nome).translate(_SEPARATORS)
    kept = "".join(char if _is_kept(char) else _stand_in(char) for char in composed)
    # Dropping a character can bring a letter and an accent together: compose again.
    name = _cut(unicodedata.normalize("NFC", " ".join(kept.split()).strip(" .")))
    # Windows looks at what precedes the first dot: “CON. SILVA” would be the console.
    if name.partition(".")[0].strip().upper() in _RESERVED:
        name = f"_{name}"
    return name or _NAMELESS


def _is_kept(char: str) -> bool:
    if char in _FORBIDDEN or ord(char) in _VARIATION_SELECTORS:
        return False
    category = unicodedata.category(char)
    return category in _KEPT_CATEGORIES or category.startswith("P")


def _stand_in(char: str) -> str:
    """Symbols, marks and controls vanish; what separated words goes on doing so."""
    return " " if char.isspace() or char in _FORBIDDEN or unicodedata.category(char).startswith("Z") else ""


def _cut(name: str) -> str:
    while len(name.encode("utf-16-le")) // 2 > _MAX_NAME_UNITS or len(name.encode()) > _MAX_NAME_BYTES:
        name = name[:-1]
    return name.rstrip(" .")
