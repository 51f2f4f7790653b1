"""A page to draw on in millimetres from its lower left corner: hairlines, captions, figures, blocks of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bancointegra.printing.typefaces import NO_BREAK_SPACE, Face
from bancointegra.printing.typesetting import Run, Typesetter

INK = 0.0  # grey levels: 0 is black
CAPTION_GREY = 0.32
GHOST_GREY = 0.88

HAIRLINE = 0.35  # points
RULE = 0.8

_CAPTION_SIZE = 5.6
_SMALLEST = 4.5
_PADDING = 1.2  # mm between a box's side and its text
_CAPTION_DROP = 2.35  # mm from a box's top to its caption's baseline
_VALUE_RISE = 1.45  # mm from a box's bottom to its value's baseline


class Align(Enum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Field:
    """One box of a row: a small caption over a value; ``width`` in mm, ``size`` in points."""

    caption: str
    value: str
    width: float
    align: Align = Align.LEFT
    face: Face = Face.REGULAR
    size: float = 8.5


class Sheet:
    """Draws on the current page of ``canvas``; positions and widths in mm, letter sizes in points."""

    def __init__(self, canvas: Canvas, typesetter: Typesetter) -> None:
        self._canvas = canvas
        self._typesetter = typesetter
        self._faces = typesetter.faces

    @property
    def canvas(self) -> Canvas:
        return self._canvas

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float = HAIRLINE) -> None:
        """A straight line, ``weight`` in points."""
        self._canvas.setStrokeGray(INK)
        self._canvas.setLineWidth(weight)
        self._canvas.line(x1 * mm, y1 * mm, x2 * mm, y2 * mm)

    def ground(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """A rectangle filled with grey, to be drawn before what stands on it."""
        self._canvas.setFillGray(grey)
        self._canvas.rect(x * mm, y * mm, width * mm, height * mm, stroke=0, fill=1)

    def cut_line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A dashed line to cut along."""
        self._canvas.saveState()
        self._canvas.setDash(3, 2.5)
        self.rule(x1, y1, x2, y2, 0.5)
        self._canvas.restoreState()

    def line(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        *,
        size: float,
        face: Face = Face.REGULAR,
        align: Align = Align.LEFT,
        grey: float = INK,
        smallest: float = _SMALLEST,
    ) -> None:
        """One line of text in a column of ``width`` from ``x``, baseline at ``y``; shrinks to fit, then is cut."""
        block = self._typesetter.fit_line(Run(text, face), width * mm, size, smallest)
        self._set(block.lines[0], x, y, width, block.size, align, grey)

    def condensed_line(self, text: str, right: float, y: float, width: float, *, size: float, face: Face) -> None:
        """One line ending at ``right`` whose letters keep their height: too long, it is narrowed instead."""
        natural = self._faces.width(text, face, size)
        factor = min(1.0, width * mm / natural)
        self._canvas.saveState()  # PDF keeps a horizontal scale for all texts that follow
        drawing = self._canvas.beginText(right * mm - natural * factor, y * mm)
        drawing.setFont(face.value, size)
        drawing.setHorizScale(factor * 100)
        drawing.textOut(text)
        self._canvas.setFillGray(INK)
        self._canvas.drawText(drawing)
        self._canvas.restoreState()

    def block(
        self,
        paragraphs: Sequence[Run],
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        size: float,
        grey: float = INK,
    ) -> float:
        """Paragraphs from ``top`` down, wrapped and shrunk until they fit the rectangle; returns where they end."""
        block = self._typesetter.fit_block(paragraphs, width * mm, height * mm, size, _SMALLEST)
        baseline = top - block.size / mm * 0.95
        for run in block.lines:
            self._set(run, x, baseline, width, block.size, Align.LEFT, grey)
            baseline -= block.leading / mm
        return top - len(block.lines) * float(block.leading / mm)

    def caption(self, text: str, x: float, top: float, width: float, align: Align = Align.LEFT) -> None:
        """The small grey words at the top of a box."""
        self.line(text, x, top - _CAPTION_DROP, width, size=_CAPTION_SIZE, align=align, grey=CAPTION_GREY)

    def row(self, x: float, top: float, height: float, fields: Sequence[Field]) -> None:
        """Boxes side by side from ``x``, parted by hairlines."""
        for index, field in enumerate(fields):
            if index:
                self.rule(x, top, x, top - height)
            inner = field.width - 2 * _PADDING
            self.caption(field.caption, x + _PADDING, top, inner)
            self.line(
                field.value,
                x + _PADDING,
                top - height + _VALUE_RISE,
                inner,
                size=field.size,
                face=field.face,
                align=field.align,
            )
            x += field.width

    def box(
        self,
        caption: str,
        paragraphs: Sequence[Run],
        x: float,
        top: float,
        width: float,
        height: float,
        size: float = 8.0,
    ) -> None:
        """A caption and, under it, paragraphs that stay inside the box."""
        inner = width - 2 * _PADDING
        self.caption(caption, x + _PADDING, top, inner)
        self.block(paragraphs, x + _PADDING, top - _CAPTION_DROP - 0.9, inner, height - _CAPTION_DROP - 1.0, size=size)

    def ghost(self, text: str, x: float, y: float, *, size: float, angle: float = 0.0) -> None:
        """Large light letters centred at a point, to be drawn before anything else."""
        self._canvas.saveState()
        self._canvas.translate(x * mm, y * mm)
        self._canvas.rotate(angle)
        self._canvas.setFillGray(GHOST_GREY)
        self._canvas.setFont(Face.BOLD.value, size)
        self._canvas.drawCentredString(0, -size * 0.36, text)
        self._canvas.restoreState()

    def _set(self, run: Run, x: float, y: float, width: float, size: float, align: Align, grey: float) -> None:
        spare = width * mm - self._faces.width(run.text, run.face, size)
        offset = {Align.LEFT: 0.0, Align.CENTER: spare / 2, Align.RIGHT: spare}[align]
        self._canvas.setFillGray(grey)
        self._canvas.setFont(run.face.value, size)
        self._canvas.drawString(x * mm + offset, y * mm, run.text.replace(NO_BREAK_SPACE, " "))
