"""The boleto as a PDF: recibo do pagador and ficha de compensação on an A4 page, read back before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.errors import PrintError
from bancointegra.printing.crosscheck import require_consistent
from bancointegra.printing.ficha import CUT_LINE, draw_ficha
from bancointegra.printing.publish import Publisher
from bancointegra.printing.readback import require_faithful
from bancointegra.printing.recibo import draw_recibo
from bancointegra.printing.sheet import PAPER_WIDTH, Sheet
from bancointegra.printing.texts import boleto_texts
from bancointegra.printing.typefaces import DRAWING, Face, Typefaces

_PRODUCER = "BancoIntegra"


class PdfBoletoPrinter:
    """Prints boletos (``BoletoPrinter``). Any thread may call it; pages are made one at a time.

    ``fonts_dir`` holds the Inter faces. Raises ``PrintError`` when they cannot be read.
    """

    def __init__(self, fonts_dir: Path, publisher: Publisher | None = None) -> None:
        self._faces = Typefaces(fonts_dir)
        self._publisher = publisher or Publisher()

    def save(self, impresso: BoletoImpresso, folder: Path, file_stem: str) -> Path:
        """Write the boleto's PDF into ``folder`` under a free name that begins with ``file_stem``.

        Creates the folder when missing, never overwrites. Raises ``PrintError`` when the bank's data disagree,
        when the page does not read back as drawn, or when the file cannot be saved; nothing is left then.
        """
        return self._publisher.publish(self.render([impresso]), folder, file_stem, ".pdf")

    def render(self, impressos: Sequence[BoletoImpresso]) -> bytes:
        """One PDF with a page for each boleto, checked as in ``save``. The same boletos give the same bytes."""
        pdf = self.draw(impressos)
        require_faithful(pdf, impressos)
        return pdf

    def draw(self, impressos: Sequence[BoletoImpresso]) -> bytes:
        """The PDF without reading it back. Raises ``PrintError`` when the bank's data disagree."""
        if not impressos:
            raise PrintError("Não há boleto para imprimir.")
        for impresso in impressos:
            require_consistent(impresso)
        with DRAWING:
            return self._draw(impressos)

    def _draw(self, impressos: Sequence[BoletoImpresso]) -> bytes:
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
        sheet = Sheet(canvas, self._faces)
        for impresso in impressos:
            texts = boleto_texts(impresso)
            draw_recibo(sheet, texts, impresso.simulacao)
            sheet.cut_line(0, PAPER_WIDTH, CUT_LINE)
            draw_ficha(sheet, texts, impresso.registrado.codigo_barras, impresso.simulacao)
            canvas.showPage()
        canvas.save()
        return target.getvalue()


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
