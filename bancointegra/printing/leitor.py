"""Codes of bills read from a PDF or a picture: the bars through a reader, and in PDFs the line through the text.

What a stranger sends may be anything: size, pages, pixels and time are limited, and whatever cannot be read ends in a
sentence.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from io import BytesIO

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image, UnidentifiedImageError
from pypdfium2.raw import FPDF_ERR_PASSWORD

from bancointegra.domain.errors import InputError
from bancointegra.printing.pdfium import PDFIUM, render_grey

LARGEST_BYTES = 30_000_000
MOST_PAGES = 20
MOST_SECONDS = 30.0
_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 4_000  # pixels; an A4 page at 300 dots an inch has 3,508
_RESOLUTIONS = (200, 300)  # dots an inch; the second only when the first finds nothing
_POINTS_PER_INCH = 72
_PICTURE_FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP")
_PDF_HEADER_WITHIN = 1024

_COBRANCA = r"\d{5}[. ]?\d{5}\s+\d{5}[. ]?\d{6}\s+\d{5}[. ]?\d{6}\s+\d\s+\d{14}"
_ARRECADACAO = r"8\d{10}[- ]{0,3}\d(?:\s+\d{11}[- ]{0,3}\d){3}"
_BARE = r"8\d{47}|\d{47}"
_PRINTED_LINE = re.compile(rf"(?<!\d)(?:{_COBRANCA}|{_ARRECADACAO}|{_BARE})(?!\d)")

Report = Callable[[int, int], None]
"""Told (pages done, pages); it may raise to stop."""


class LeitorDeArquivos:
    """``LeitorDeCodigos`` of the domain's ports. Any thread may call it; PDFs are read one at a time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock

    def read(self, content: bytes, *, senha: str = "", report: Report | None = None) -> tuple[str, ...]:
        """Digits that look like codes of bills, each once, in the order of the pages; nothing is checked here.

        Raises ``InputError`` when the file is no PDF nor picture, is damaged, too large, or asks for another
        ``senha`` (code ``pdf_com_senha``), and what ``report`` raises.
        """
        if len(content) > LARGEST_BYTES:
            raise InputError(
                "O arquivo é grande demais para ser um boleto.",
                hint="Envie só a página do boleto, em PDF ou imagem de até 30 MB.",
                code="arquivo_grande",
            )
        tell = report or (lambda _done, _total: None)
        is_pdf = b"%PDF" in content[:_PDF_HEADER_WITHIN]
        found = self._read_pdf(content, senha, tell) if is_pdf else _read_picture(content)
        return tuple(dict.fromkeys(found))

    def _read_pdf(self, content: bytes, senha: str, tell: Report) -> Iterator[str]:
        deadline = self._clock() + MOST_SECONDS

        def is_late() -> bool:
            return self._clock() > deadline

        # The lock is taken page by page, so that a boleto to be printed waits for one page and not for all.
        with _opened(content, senha) as document:
            pages = _count(document)
            for number in range(pages):
                tell(number, pages)
                found = _read_page(document, number, is_late)
                if is_late() and not found:
                    raise _too_slow()
                yield from found
            tell(pages, pages)


class _opened:
    """The document, opened and closed under pdfium's lock."""

    def __init__(self, content: bytes, senha: str) -> None:
        self._content, self._senha = content, senha

    def __enter__(self) -> pdfium.PdfDocument:
        try:
            with PDFIUM:
                self._document = pdfium.PdfDocument(self._content, password=self._senha or None)
        except pdfium.PdfiumError as error:
            raise (self._asks_for_password() if error.err_code == FPDF_ERR_PASSWORD else _damaged()) from error
        return self._document

    def __exit__(self, *_: object) -> None:
        with PDFIUM:
            self._document.close()

    def _asks_for_password(self) -> InputError:
        said = "A senha não abre este PDF." if self._senha else "Este PDF só abre com senha."
        return InputError(
            said, hint="A senha costuma ser parte do CPF ou CNPJ do pagador.", code="pdf_com_senha", field="Senha"
        )


def _count(document: pdfium.PdfDocument) -> int:
    with PDFIUM:
        pages = len(document)
    if pages > MOST_PAGES:
        raise InputError(
            f"O PDF tem {pages} páginas; são lidas no máximo {MOST_PAGES}.",
            hint="Envie só as páginas dos boletos.",
            code="arquivo_grande",
        )
    return pages


def _read_page(document: pdfium.PdfDocument, number: int, is_late: Callable[[], bool]) -> list[str]:
    with PDFIUM:
        try:
            page = document[number]
            try:
                printed = _lines_of(page)
                # A line in the text is as good as its bars; these are looked for longer when there is none.
                for dots in _RESOLUTIONS[:1] if printed else _RESOLUTIONS:
                    if bars := _bars_of(page, dots, is_late):
                        return [*bars, *printed]
                return printed
            finally:
                page.close()
        except pdfium.PdfiumError:
            return []  # one damaged page does not hide the others


def _lines_of(page: pdfium.PdfPage) -> list[str]:
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
    finally:
        textpage.close()
    return [re.sub(r"\D", "", found) for found in _PRINTED_LINE.findall(text)]


def _bars_of(page: pdfium.PdfPage, dots: int, is_late: Callable[[], bool]) -> list[str]:
    longest = max(page.get_size())
    if not longest:
        return []
    pixels = render_grey(page, min(dots / _POINTS_PER_INCH, _LONGEST_SIDE / longest), is_late)
    return _bars(pixels) if pixels is not None else []


def _read_picture(content: bytes) -> list[str]:
    try:
        with Image.open(BytesIO(content), formats=_PICTURE_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise InputError(
                    "A imagem é grande demais.", hint="Recorte só o boleto e tente de novo.", code="arquivo_grande"
                )
            return _bars(picture.convert("L"))
    except UnidentifiedImageError as error:
        raise InputError(
            "O arquivo não é um PDF nem uma imagem que se possa ler.",
            hint="Use PDF, PNG, JPEG, BMP, GIF, TIFF ou WEBP.",
            code="arquivo_desconhecido",
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise _damaged() from error


def _bars(image: object) -> list[str]:
    itf = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.ITF)
    return [barcode.text for barcode in zxingcpp.read_barcodes(image, formats=itf)]


def _damaged() -> InputError:
    return InputError(
        "O arquivo está danificado e não pôde ser lido.",
        hint="Peça o boleto de novo, ou digite a linha digitável.",
        code="arquivo_danificado",
    )


def _too_slow() -> InputError:
    return InputError(
        "O PDF demora demais para ser lido.",
        hint="Digite ou cole a linha digitável, ou envie só a página do boleto.",
        code="arquivo_lento",
    )
