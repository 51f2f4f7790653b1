"""The boleto as a PDF: recibo do pagador and ficha de compensação on an A4 page, read back before it is saved."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.errors import PrintError
from bancointegra.domain.ports_importacao import Andamento
from bancointegra.printing.canhoto import draw_canhoto
from bancointegra.printing.crosscheck import require_consistent
from bancointegra.printing.drawing_process import Draw, DrawingProcess
from bancointegra.printing.ficha import draw_ficha
from bancointegra.printing.layout import CARNE, FOLHA, PAPER_WIDTH, Place
from bancointegra.printing.publish import Publisher
from bancointegra.printing.readback import require_faithful
from bancointegra.printing.recibo import draw_recibo
from bancointegra.printing.sheet import Sheet
from bancointegra.printing.texts import boleto_texts
from bancointegra.printing.typefaces import DRAWING, Face, Typefaces
from bancointegra.printing.typesetting import Typesetter

_PRODUCER = "BancoIntegra"
_MANY, _IN_SECONDS = 8, 10.0
"""Fewer are printed sooner than a process is started."""


class PdfBoletoPrinter:
    """Prints boletos (``BoletoPrinter``). Any thread may call it; pages are made one at a time.

    ``fonts_dir`` holds the Inter faces. Raises ``PrintError`` when they cannot be read. While many single ones are
    saved they are made ``aside``, where there is one; the caller closes it.
    """

    def __init__(
        self, fonts_dir: Path, publisher: Publisher | None = None, aside: DrawingProcess | None = None
    ) -> None:
        self._typesetter = Typesetter(Typefaces(fonts_dir))
        self._publisher = publisher or Publisher()
        self._rendering = threading.Lock()  # two at a time are no faster, and the window would wait for both
        self._aside = aside
        self._saved: deque[float] = deque(maxlen=_MANY)

    def save(self, impresso: BoletoImpresso, folder: Path, file_stem: str) -> Path:
        """Write the boleto's PDF into ``folder`` under a free name that begins with ``file_stem``.

        Creates the folder when missing, never overwrites. Raises ``PrintError`` when the bank's data disagree,
        when the page does not read back as drawn, or when the file cannot be saved; nothing is left then.
        """
        return self._publisher.publish(self._render_aside(impresso), folder, file_stem, ".pdf")

    def save_together(
        self,
        impressos: Sequence[BoletoImpresso],
        folder: Path,
        file_stem: str,
        *,
        carne: bool = False,
        andamento: Andamento | None = None,
    ) -> Path:
        """Write one PDF of several boletos, one a page or three as a ``carne``; otherwise as ``save``."""
        pdf = self.render(impressos, CARNE if carne else FOLHA, andamento)
        return self._publisher.publish(pdf, folder, file_stem, ".pdf")

    def render(
        self,
        impressos: Sequence[BoletoImpresso],
        places: Sequence[Place] = FOLHA,
        andamento: Andamento | None = None,
    ) -> bytes:
        """One PDF with ``places`` boletos a page, checked as in ``save``. The same boletos give the same bytes."""
        with self._rendering:
            pdf = self.draw(impressos, places)
            require_faithful(pdf, impressos, places, andamento)
        return pdf

    def _render_aside(self, impresso: BoletoImpresso) -> bytes:
        """As ``render``, here or aside."""
        if self._aside is not None:
            self._saved.append(time.monotonic())
            if len(self._saved) == _MANY and self._saved[-1] - self._saved[0] < _IN_SECONDS:
                self._aside.start()
            if (pdf := self._aside.draw(impresso)) is not None:
                return pdf
        return self.render([impresso])

    def draw(self, impressos: Sequence[BoletoImpresso], places: Sequence[Place] = FOLHA) -> bytes:
        """The PDF without reading it back. Raises ``PrintError`` when the bank's data disagree."""
        if not impressos:
            raise PrintError("Não há boleto para imprimir.")
        for impresso in impressos:
            require_consistent(impresso)
        with DRAWING:
            return self._draw(impressos, places)

    def _draw(self, impressos: Sequence[BoletoImpresso], places: Sequence[Place]) -> bytes:
        target = BytesIO()
        canvas = Canvas(
            target,
            pagesize=A4,
            invariant=1,
            pageCompression=1,
            lang="pt-BR",
            initialFontName=Face.REGULAR.value,
        )
        _describe(canvas, impressos)
        sheet = Sheet(canvas, self._typesetter)
        for start in range(0, len(impressos), len(places)):
            for impresso, place in zip(impressos[start : start + len(places)], places, strict=False):
                _draw_boleto(sheet, impresso, place)
            canvas.showPage()
        canvas.save()
        return target.getvalue()


def draw_aside(fonts_dir: Path) -> DrawingProcess:
    """A process that renders single boletos as ``PdfBoletoPrinter`` does; not started yet."""
    return DrawingProcess(_renderer, fonts_dir)


def _renderer(fonts_dir: Path) -> Draw:
    printer = PdfBoletoPrinter(fonts_dir)
    return lambda impresso: printer.render([impresso])


def _draw_boleto(sheet: Sheet, impresso: BoletoImpresso, place: Place) -> None:
    texts = boleto_texts(impresso)
    paper = place.ficha.paper
    if place in CARNE:
        draw_canhoto(sheet, place.recibo, texts, impresso.simulacao)
        sheet.cut_line(paper.left, paper.bottom, paper.left, paper.top)
        sheet.cut_line(0, paper.top, PAPER_WIDTH, paper.top)
        sheet.cut_line(0, paper.bottom, PAPER_WIDTH, paper.bottom)
    else:
        draw_recibo(sheet, texts, impresso.simulacao)
        sheet.cut_line(0, paper.top, PAPER_WIDTH, paper.top)
    draw_ficha(sheet, place.ficha, texts, impresso.registrado.codigo_barras, impresso.simulacao)


def _describe(canvas: Canvas, impressos: Sequence[BoletoImpresso]) -> None:
    """The document's properties, as a viewer shows them."""
    first = boleto_texts(impressos[0])
    title = f"Boleto {first.nosso_numero} – {first.pagador}" if len(impressos) == 1 else f"{len(impressos)} boletos"
    canvas.setTitle(title)
    canvas.setAuthor(first.beneficiario)
    canvas.setSubject(f"Vencimento {first.vencimento}, R$ {first.valor}" if len(impressos) == 1 else "Boletos")
    dia = impressos[0].processamento
    canvas.setDateFormatter(lambda *_now: f"D:{dia.year:04d}{dia.month:02d}{dia.day:02d}000000")
    canvas.setCreator(_PRODUCER)
    canvas.setProducer(_PRODUCER)
