"""The printer with the faces we ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from bancointegra.printing.boleto_pdf import PdfBoletoPrinter

FONTS = Path(__file__).parents[2] / "resources" / "fonts"


@pytest.fixture(scope="session")
def printer() -> PdfBoletoPrinter:
    return PdfBoletoPrinter(FONTS)


@pytest.fixture(scope="session")
def fonts_dir() -> Path:
    return FONTS
