"""Making text fit: shrink first, then wrap, and only at the end shorten with an ellipsis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bancointegra.printing.typefaces import Face, Typefaces

_STEP = 0.25  # points between two sizes that are tried
_ELLIPSIS = "…"
_REMEMBERED_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Run:
    """A text in one face: a whole paragraph, or one line of it."""

    text: str
    face: Face = Face.REGULAR


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that fit, the size they are set in and the distance between them (points)."""

    lines: tuple[Run, ...]
    size: float
    leading: float


class Typesetter:
    """Fits texts into widths and heights; all measures in points.

    Most lines of a boleto are those of the boleto before it: one of these should last as long as its faces.
    """

    def __init__(self, faces: Typefaces, leading: float = 1.28) -> None:
        self._faces = faces
        self._leading = leading
        self._remembered = lru_cache(_REMEMBERED_LINES)(self._fit_line)

    @property
    def faces(self) -> Typefaces:
        return self._faces

    def fit_line(self, run: Run, width: float, size: float, smallest: float) -> Block:
        """One line, as large as it fits, at most ``size``."""
        return self._remembered(run, width, size, smallest)

    def _fit_line(self, run: Run, width: float, size: float, smallest: float) -> Block:
        text = self._faces.printable(run.text, run.face)
        for candidate in _sizes(size, smallest):
            if self._faces.width(text, run.face, candidate) <= width:
                return Block((Run(text, run.face),), candidate, candidate * self._leading)
        shortened = self._shorten(text, run.face, smallest, width)
        return Block((Run(shortened, run.face),), smallest, smallest * self._leading)

    def fit_block(self, paragraphs: Sequence[Run], width: float, height: float, size: float, smallest: float) -> Block:
        """All paragraphs, wrapped, as large as they fit. What still overflows at ``smallest`` is shortened."""
        printable = [Run(self._faces.printable(run.text, run.face), run.face) for run in paragraphs]
        for candidate in _sizes(size, smallest):
            lines = tuple(line for run in printable for line in self._wrap(run, width, candidate))
            if len(lines) * candidate * self._leading <= height:
                return Block(lines, candidate, candidate * self._leading)
        kept = list(lines[: max(1, int(height / (smallest * self._leading)))])
        if len(kept) < len(lines):
            last = kept[-1]
            kept[-1] = Run(self._shorten(last.text + _ELLIPSIS, last.face, smallest, width), last.face)
        return Block(tuple(kept), smallest, smallest * self._leading)

    def _wrap(self, run: Run, width: float, size: float) -> Iterator[Run]:
        line = ""
        for word in run.text.split(" "):
            candidate = f"{line} {word}" if line else word
            if self._faces.width(candidate, run.face, size) <= width:
                line = candidate
                continue
            if line:
                yield Run(line, run.face)
            line = word
            while self._faces.width(line, run.face, size) > width:
                head = self._longest_prefix(line, run.face, size, width)
                yield Run(head, run.face)
                line = line[len(head) :]
        yield Run(line, run.face)

    def _longest_prefix(self, text: str, face: Face, size: float, width: float) -> str:
        """At least one letter, so that an absurdly narrow column still ends."""
        end = 1
        while end < len(text) and self._faces.width(text[: end + 1], face, size) <= width:
            end += 1
        return text[:end]

    def _shorten(self, text: str, face: Face, size: float, width: float) -> str:
        if self._faces.width(text, face, size) <= width:
            return text
        room = width - self._faces.width(_ELLIPSIS, face, size)
        return self._longest_prefix(text, face, size, room).rstrip() + _ELLIPSIS


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    size = largest
    while size > smallest:
        yield size
        size -= _STEP
    yield smallest
