"""What a test sees on a page: text and where its ink is, rules, bars. All measures in mm from the lower left corner."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import zxingcpp
from PIL.Image import Image

POINTS_PER_MM = 72 / 25.4
DPI = 300
PIXELS_PER_MM = DPI / 25.4


@dataclass(frozen=True)
class Rect:
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def overlaps(self, other: Rect, tolerance: float) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        upright = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across > tolerance and upright > tolerance


@dataclass(frozen=True)
class PrintedPage:
    width: float
    height: float
    text: str
    ficha: str
    recibo: str
    texts: tuple[tuple[str, Rect], ...]
    rules: tuple[Rect, ...]
    image: Image

    @property
    def bars(self) -> list[str]:
        found = zxingcpp.read_barcodes(self.image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.ITF))
        return [barcode.text for barcode in found]

    def dark(self, x: float, y: float) -> bool:
        """Whether the paper is black at a point."""
        return self.image.getpixel((x * PIXELS_PER_MM, (self.height - y) * PIXELS_PER_MM)) < 128

    def place_of(self, printed: str) -> Rect:
        """The ink of the text ``printed``, its lowest place on the page if it is there more than once."""
        return min((rect for text, rect in self.texts if text == printed), key=lambda rect: rect.bottom)


def read_pdf(pdf: bytes) -> list[PrintedPage]:
    document = pdfium.PdfDocument(pdf)
    try:
        return [_read(page) for page in document]
    finally:
        document.close()


def metadata(pdf: bytes) -> dict[str, str]:
    document = pdfium.PdfDocument(pdf)
    try:
        return document.get_metadata_dict()
    finally:
        document.close()


def _read(page: pdfium.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    textpage = page.get_textpage()
    cut = 107 * POINTS_PER_MM
    result = PrintedPage(
        width=width / POINTS_PER_MM,
        height=height / POINTS_PER_MM,
        text=textpage.get_text_range(),
        ficha=textpage.get_text_bounded(0, 0, width, cut),
        recibo=textpage.get_text_bounded(0, cut, width, height),
        texts=tuple(
            (found.extract().strip(), _rect(found.get_bounds()))
            for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=textpage)
        ),
        rules=tuple(_rect(found.get_bounds()) for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])),
        image=page.render(scale=DPI / 72, grayscale=True).to_pil(),
    )
    textpage.close()
    return result


def _rect(bounds: tuple[float, float, float, float]) -> Rect:
    return Rect(*(side / POINTS_PER_MM for side in bounds))
