"""The bars: Interleaved 2 of 5, 103 mm by 13 mm (Itaú CNAB 400, July 2021, §8.3.3-8.3.4)."""

from __future__ import annotations

from reportlab.graphics.barcode.common import I2of5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

WIDTH = 103.0  # mm
HEIGHT = 13.0  # mm
QUIET_ZONE = 5.0  # mm, both sides

_RATIO = 3
_NARROW_BARS = 138 + 89 * _RATIO  # width of 44 digits, start and stop, in narrow bars


def draw_barcode(canvas: Canvas, digits: str, x: float, y: float) -> None:
    """Draw the 44 ``digits`` with the lower left corner at (``x``, ``y``) in mm."""
    bars = I2of5(
        digits,
        barWidth=WIDTH / _NARROW_BARS * mm,
        ratio=_RATIO,
        barHeight=HEIGHT * mm,
        checksum=0,
        bearers=0,
        quiet=0,
    )
    canvas.setFillGray(0)
    bars.drawOn(canvas, x * mm, y * mm)
