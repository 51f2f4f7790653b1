"""Printers and the reader of files, made when the first page is printed or read."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bancointegra.domain.boleto import BoletoImpresso
    from bancointegra.domain.comprovante import ComprovanteImpresso
    from bancointegra.domain.ports_importacao import Andamento
    from bancointegra.printing.boleto_pdf import PdfBoletoPrinter
    from bancointegra.printing.drawing_process import DrawingProcess


_PROCESS_STARTS_SECONDS = 30.0


class PrinterOnDemand:
    """``BoletoPrinter`` that loads fonts and libraries at the first boleto: they would delay every start.

    ``close`` it at the end.
    """

    def __init__(self, fonts_dir: Path) -> None:
        self._fonts_dir = fonts_dir
        self._lock = threading.Lock()
        self._printer: PdfBoletoPrinter | None = None
        self._aside: DrawingProcess | None = None

    def save(self, impresso: BoletoImpresso, folder: Path, file_stem: str) -> Path:
        """As ``PdfBoletoPrinter.save``; raises ``PrintError``, also when the fonts cannot be read."""
        return self._loaded().save(impresso, folder, file_stem)

    def save_together(
        self,
        impressos: Sequence[BoletoImpresso],
        folder: Path,
        file_stem: str,
        *,
        carne: bool = False,
        andamento: Andamento | None = None,
    ) -> Path:
        """As ``PdfBoletoPrinter.save_together``."""
        return self._loaded().save_together(impressos, folder, file_stem, carne=carne, andamento=andamento)

    def draws_batches_aside(self) -> bool:
        """Start the process that draws batches; whether this machine lets it work, after half a minute at most."""
        self._loaded()
        assert self._aside is not None
        self._aside.start()
        return self._aside.is_ready_within(_PROCESS_STARTS_SECONDS)

    def close(self) -> None:
        """End the process that draws batches, if there is one."""
        if self._aside is not None:
            self._aside.close()

    def _loaded(self) -> PdfBoletoPrinter:
        with self._lock:
            if self._printer is None:
                from bancointegra.printing.boleto_pdf import PdfBoletoPrinter, draw_aside

                self._aside = draw_aside(self._fonts_dir)
                self._printer = PdfBoletoPrinter(self._fonts_dir, aside=self._aside)
            return self._printer


class ComprovantePrinterOnDemand:
    """``ComprovantePrinter`` that loads fonts and libraries at each receipt: few are printed."""

    def __init__(self, fonts_dir: Path) -> None:
        self._fonts_dir = fonts_dir

    def save(self, impresso: ComprovanteImpresso, folder: Path, file_stem: str) -> Path:
        """As ``PdfComprovantePrinter.save``; raises ``PrintError``, also when the fonts cannot be read."""
        from bancointegra.printing.comprovante_pdf import PdfComprovantePrinter

        return PdfComprovantePrinter(self._fonts_dir).save(impresso, folder, file_stem)


class LeitorOnDemand:
    """``LeitorDeCodigos`` that loads its libraries at the first file."""

    def read(
        self, content: bytes, *, senha: str = "", report: Callable[[int, int], None] | None = None
    ) -> tuple[str, ...]:
        """As ``LeitorDeArquivos.read``."""
        from bancointegra.printing.leitor import LeitorDeArquivos

        return LeitorDeArquivos().read(content, senha=senha, report=report)
