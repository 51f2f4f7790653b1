"""The printer of boletos, made when the first one is printed."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bancointegra.domain.boleto import BoletoImpresso
    from bancointegra.printing.boleto_pdf import PdfBoletoPrinter


class PrinterOnDemand:
    """``BoletoPrinter`` that loads fonts and libraries at the first boleto: they would delay every start."""

    def __init__(self, fonts_dir: Path) -> None:
        self._fonts_dir = fonts_dir
        self._lock = threading.Lock()
        self._printer: PdfBoletoPrinter | None = None

    def save(self, impresso: BoletoImpresso, folder: Path, file_stem: str) -> Path:
        """As ``PdfBoletoPrinter.save``; raises ``PrintError``, also when the fonts cannot be read."""
        return self._loaded().save(impresso, folder, file_stem)

    def _loaded(self) -> PdfBoletoPrinter:
        with self._lock:
            if self._printer is None:
                from bancointegra.printing.boleto_pdf import PdfBoletoPrinter

                self._printer = PdfBoletoPrinter(self._fonts_dir)
            return self._printer
