"""Where boletos stand on the paper: one a sheet, or three to a sheet as a carnê. Measures in mm.

Itaú CNAB 400, July 2021, §8.3: a ficha is 95-108 mm high and 170-216 mm wide, its bars begin 5 mm or more from its left
edge and have their centre 12 mm or more above its lower edge. Three of 95 mm fit A4 with a canhoto of 40 mm beside.
"""

from __future__ import annotations

from dataclasses import dataclass

PAPER_WIDTH, PAPER_HEIGHT = 210.0, 297.0  # A4


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of paper."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def top(self) -> float:
        return self.bottom + self.height


@dataclass(frozen=True, slots=True)
class Ficha:
    """A ficha on ``paper``: the margin beside its boxes, where its bars are, and the heights of its rows.

    ``side`` is the width of the column of figures; ``head`` how far under the paper's upper edge the boxes begin;
    ``letters`` and ``figures`` the sizes (points) of ordinary values and of due date and amount.
    """

    paper: Area
    margin: float
    bars_up: float
    head: float
    side: float
    row: float
    beneficiario: float
    cashier_row: float
    pagador: float
    letters: float
    figures: float

    @property
    def left(self) -> float:
        return self.paper.left + self.margin

    @property
    def right(self) -> float:
        return self.paper.right - self.margin

    @property
    def top(self) -> float:
        """Under the bank's name and the line."""
        return self.paper.top - self.head

    @property
    def main(self) -> float:
        """The width of the columns beside the figures."""
        return self.right - self.left - self.side

    @property
    def bars(self) -> tuple[float, float]:
        """The lower left corner of the bars."""
        return self.left, self.paper.bottom + self.bars_up


@dataclass(frozen=True, slots=True)
class Place:
    """One boleto on its page. ``has_linha``: whether the recibo, too, shows the linha digitável."""

    ficha: Ficha
    recibo: Area
    has_linha: bool


_WHOLE = Ficha(
    Area(0, 0, PAPER_WIDTH, 107.5),
    margin=10,
    bars_up=8,
    head=10,
    side=47,
    row=7.4,
    beneficiario=11.6,
    cashier_row=5.4,
    pagador=13.4,
    letters=8.5,
    figures=10.0,
)
FOLHA = (Place(_WHOLE, Area(0, 107.5, PAPER_WIDTH, PAPER_HEIGHT - 107.5), has_linha=True),)
"""One boleto a sheet: the recibo above, the ficha at the foot."""

CANHOTO = 40.0
SLIP = 95.0
_EDGE = (PAPER_HEIGHT - 3 * SLIP) / 2


def _slip(at: int) -> Place:
    bottom = PAPER_HEIGHT - _EDGE - SLIP * (at + 1)
    ficha = Ficha(
        Area(CANHOTO, bottom, PAPER_WIDTH - CANHOTO, SLIP),
        margin=5.5,
        bars_up=5.6,
        head=9.2,
        side=41,
        row=6.45,
        beneficiario=11.6,
        cashier_row=4.0,
        pagador=14.3,
        letters=7.0,
        figures=8.0,
    )
    return Place(ficha, Area(0, bottom, CANHOTO, SLIP), has_linha=False)


CARNE = (_slip(0), _slip(1), _slip(2))
"""Three boletos a sheet, each with its canhoto, which is the recibo do pagador, at the left."""
