"""Reading a page back as a bank would: the bars through a reader, the figures through the page's text.

pdfium renders, zxing-cpp decodes. Nothing here trusts what was drawn: it starts from the bytes of the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pypdfium2 as pdfium
import zxingcpp
from reportlab.lib.units import mm

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.errors import PrintError
from bancointegra.domain.linha_digitavel import format_linha
from bancointegra.domain.ports_importacao import Andamento
from bancointegra.printing.barcode import HEIGHT, QUIET_ZONE, WIDTH
from bancointegra.printing.layout import FOLHA, Area, Place
from bancointegra.printing.pdfium import PDFIUM, grey_pixels

_PIXELS_PER_POINT = 300 / 72
_READ_HEIGHT = HEIGHT / 3  # mm; a strip through the middle of the bars is what a reader's beam sees


def require_faithful(
    pdf: bytes,
    impressos: Sequence[BoletoImpresso],
    places: Sequence[Place] = FOLHA,
    andamento: Andamento | None = None,
) -> None:
    """Compare each boleto of ``pdf``, ``places`` to a page, with the one it should be.

    Bars and line are compared with the bank's digits; nosso número, value and due date must be readable both in
    the recibo and in the ficha. Raises ``PrintError`` naming what disagrees.
    """
    pages = -(-len(impressos) // len(places))
    try:
        with PDFIUM, pdfium.PdfDocument(pdf) as document:
            if len(document) != pages:
                raise _unfaithful("o número de páginas")
            for at, impresso in enumerate(impressos):
                place = places[at % len(places)]
                if andamento is not None:
                    andamento.check_cancelled()
                    andamento.report(at, len(impressos), "Conferindo os boletos")
                page = document[at // len(places)]
                try:
                    _require_bars(page, impresso.registrado.codigo_barras, place)
                    _require_texts(page, impresso, place)
                finally:
                    page.close()
    except pdfium.PdfiumError as error:
        raise _unfaithful("o arquivo") from error


def _require_bars(page: pdfium.PdfPage, codigo_barras: str, place: Place) -> None:
    x, y = place.ficha.bars
    left, bottom = (x - QUIET_ZONE) * mm, (y + (HEIGHT - _READ_HEIGHT) / 2) * mm
    right, top = left + (WIDTH + 2 * QUIET_ZONE) * mm, bottom + _READ_HEIGHT * mm
    width, height = page.get_size()
    crop = (left, bottom, width - right, height - top)
    bitmap = page.render(scale=_PIXELS_PER_POINT, crop=crop, grayscale=True)
    try:
        itf = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.ITF)
        found = zxingcpp.read_barcodes(grey_pixels(bitmap), formats=itf, try_rotate=False)
        texts = [barcode.text for barcode in found]
    finally:
        bitmap.close()
    if texts != [codigo_barras]:
        raise _unfaithful("o código de barras")


def _require_texts(page: pdfium.PdfPage, impresso: BoletoImpresso, place: Place) -> None:
    registrado = impresso.registrado
    textpage = page.get_textpage()
    try:
        parts = {
            "ficha de compensação": _text_in(textpage, place.ficha.paper),
            "recibo do pagador": _text_in(textpage, place.recibo),
        }
    finally:
        textpage.close()
    linha = "a linha digitável"
    facts = {
        linha: _exactly(format_linha(registrado.linha_digitavel)),
        "o nosso número": r"Nosso número\s+" + _exactly(_nosso_numero(impresso)),
        "o valor": r"Valor do documento\s+(R\$ )?" + _exactly(str(registrado.valor)),
        "o vencimento": r"Vencimento\s+" + _exactly(f"{registrado.vencimento:%d/%m/%Y}"),
    }
    for part, text in parts.items():
        for fact, pattern in facts.items():
            wanted = fact != linha or part != "recibo do pagador" or place.has_linha
            if wanted and not re.search(pattern, text):
                raise _unfaithful(f"{fact} ({part})")


def _text_in(textpage: pdfium.PdfTextPage, area: Area) -> str:
    return str(textpage.get_text_bounded(area.left * mm, area.bottom * mm, area.right * mm, area.top * mm))


def _exactly(figure: str) -> str:
    """A pattern for the figure that is not a piece of a longer one."""
    return rf"(?<![\d.,]){re.escape(figure)}(?![\d.,/-])"


def _nosso_numero(impresso: BoletoImpresso) -> str:
    registrado = impresso.registrado
    return f"{registrado.carteira}/{registrado.nosso_numero}-{registrado.dac_nosso_numero}"


def _unfaithful(what: str) -> PrintError:
    return PrintError(
        f"O PDF foi conferido antes de gravar e {what} não pôde ser lido como o banco informou.",
        hint="Nada foi gravado. Tente de novo; se continuar, avise o suporte.",
        code="pdf_nao_confere",
    )
