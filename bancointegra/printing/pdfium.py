"""What every use of pdfium shares: one call at a time, a page's pixels as rows, and an end to pages that never end."""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Callable

import pypdfium2 as pdfium
import pypdfium2.raw as raw

PDFIUM = threading.Lock()
"""pdfium keeps global state: one call at a time in the whole program."""

_PAUSE_CALLBACK = dict(raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
_WHITE = (255, 255, 255, 255)


def grey_pixels(bitmap: pdfium.PdfBitmap) -> memoryview:
    """The grey pixels as rows; pdfium pads each row, and the padding is cut off by copying."""
    rows = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
    packed = b"".join(rows[i * bitmap.stride : i * bitmap.stride + bitmap.width] for i in range(bitmap.height))
    return memoryview(packed).cast("B", (bitmap.height, bitmap.width))


def render_grey(page: pdfium.PdfPage, scale: float, must_stop: Callable[[], bool]) -> memoryview | None:
    """The page's grey pixels; None when ``must_stop``, asked every few drawings, said so: some pages take for ever."""
    width, height = math.ceil(page.get_width() * scale), math.ceil(page.get_height() * scale)
    if width < 1 or height < 1:
        return None
    bitmap = pdfium.PdfBitmap.new_native(width, height, raw.FPDFBitmap_Gray)
    try:
        bitmap.fill_rect(_WHITE, 0, 0, width, height)
        pause = raw.IFSDK_PAUSE(version=1, NeedToPauseNow=_PAUSE_CALLBACK(lambda _pause: int(must_stop())))
        flags = raw.FPDF_GRAYSCALE | raw.FPDF_ANNOT
        status = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, width, height, 0, flags, pause)
        raw.FPDF_RenderPage_Close(page)
        return grey_pixels(bitmap) if status == raw.FPDF_RENDER_DONE else None
    finally:
        bitmap.close()
