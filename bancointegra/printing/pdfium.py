"""What every use of pdfium shares: one call at a time, and a page's pixels as rows."""

from __future__ import annotations

import ctypes
import threading

import pypdfium2 as pdfium

PDFIUM = threading.Lock()
"""pdfium keeps global state: one call at a time in the whole program."""


def grey_pixels(bitmap: pdfium.PdfBitmap) -> memoryview:
    """The grey pixels as rows; pdfium pads each row, and the padding is cut off by copying."""
    rows = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
    packed = b"".join(rows[i * bitmap.stride : i * bitmap.stride + bitmap.width] for i in range(bitmap.height))
    return memoryview(packed).cast("B", (bitmap.height, bitmap.width))
