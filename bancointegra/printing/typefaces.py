"""The embedded typeface and what can be set in it."""

from __future__ import annotations

import threading
import unicodedata
from enum import Enum
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from bancointegra.domain.errors import PrintError

NO_BREAK_SPACE = "\u00a0"

DRAWING = threading.Lock()
"""reportlab's fonts are the program's, and remember the letters of the document being drawn: one at a time."""

_STAND_IN = "□"
_PLAIN_STAND_IN = "?"


class Face(Enum):
    """The weights of Inter, and a monospaced face. The value is the name of the file and of the font in the PDF."""

    REGULAR = "Inter-Regular"
    MEDIUM = "Inter-Medium"
    SEMIBOLD = "Inter-SemiBold"
    BOLD = "Inter-Bold"
    MONO = "JetBrainsMono-Regular"


class Typefaces:
    """Loads the faces from ``fonts_dir`` once. Raises ``PrintError`` when a file is missing or damaged."""

    def __init__(self, fonts_dir: Path) -> None:
        self._fonts = {face: _load(face, fonts_dir) for face in Face}

    def width(self, text: str, face: Face, size: float) -> float:
        """How wide ``text`` is set in ``face``; in points, like ``size``."""
        return float(self._fonts[face].stringWidth(text, size))

    def printable(self, text: str, face: Face) -> str:
        """``text`` on one line, with a visible mark in place of each letter the face does not have.

        No-break spaces stay.
        """
        known = self._fonts[face].face.charToGlyph
        stand_in = _STAND_IN if ord(_STAND_IN) in known else _PLAIN_STAND_IN
        composed = unicodedata.normalize("NFC", text)
        visible = "".join(_one_line(char) for char in composed if not _is_invisible(char))
        return "".join(char if ord(char) in known else stand_in for char in visible)


def _one_line(char: str) -> str:
    return " " if char.isspace() and char != NO_BREAK_SPACE else char


def _is_invisible(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) in ("Cc", "Cf")


def _load(face: Face, fonts_dir: Path) -> TTFont:
    return _load_once(face.value, fonts_dir / f"{face.value}.ttf")


@cache
def _load_once(name: str, path: Path) -> TTFont:
    # reportlab looks fonts up by name in its own registry: one entry for the whole program.
    try:
        font = TTFont(name, str(path))
    except (TTFError, OSError) as error:
        raise PrintError(
            f"A fonte {path.name} não foi encontrada ou está danificada.", hint="Reinstale o programa."
        ) from error
    pdfmetrics.registerFont(font)
    return font
