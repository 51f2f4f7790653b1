"""Codes out of PDFs and pictures, and out of files that only look like them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from bancointegra.domain.errors import InputError, JobCancelled
from bancointegra.domain.linha_digitavel import format_linha
from bancointegra.printing import leitor as module
from bancointegra.printing.boleto_pdf import PdfBoletoPrinter
from bancointegra.printing.leitor import LeitorDeArquivos
from tests.printing.page_reader import read_pdf
from tests.printing.sample_boletos import BARRAS, LINHA, SIMPLE

BILL = "836900000016599002212034012310000000000000000000"
BILL_PRINTED = "83690000001-6 59900221203-4 01231000000-0 00000000000-0"


@pytest.fixture(scope="module")
def boleto(printer: PdfBoletoPrinter) -> bytes:
    return printer.draw([SIMPLE])


@pytest.fixture(scope="module")
def picture(boleto: bytes) -> Image.Image:
    return read_pdf(boleto)[0].image.resize((1240, 1754))  # a screenshot: 150 dots an inch


def pdf(*pages: str, senha: str = "") -> bytes:
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, encrypt=StandardEncryption(senha) if senha else None)
    for text in pages:
        canvas.drawString(50, 700, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def encoded(image: Image.Image, form: str) -> bytes:
    target = BytesIO()
    image.save(target, form)
    return target.getvalue()


def read(content: bytes, **options: object) -> tuple[str, ...]:
    return LeitorDeArquivos().read(content, **options)  # type: ignore[arg-type]


def test_bars_and_line_of_our_own_boleto(boleto: bytes) -> None:
    assert set(read(boleto)) == {BARRAS, LINHA}


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_bars_of_a_picture(picture: Image.Image, form: str) -> None:
    assert read(encoded(picture, form)) == (BARRAS,)


def test_a_picture_on_its_side(picture: Image.Image) -> None:
    assert read(encoded(picture.rotate(90, expand=True), "PNG")) == (BARRAS,)


def test_lines_of_several_pages_in_their_order() -> None:
    told: list[tuple[int, int]] = []
    pages = pdf(f"Linha digitável: {BILL_PRINTED}", "sem código", format_linha(LINHA))
    assert read(pages, report=lambda done, total: told.append((done, total))) == (BILL, LINHA)
    assert told[-1] == (3, 3)


def test_a_pdf_with_a_password_asks_for_it() -> None:
    locked = pdf(BILL_PRINTED, senha="11222")
    with pytest.raises(InputError, match="só abre com senha") as asked:
        read(locked)
    assert asked.value.code == "pdf_com_senha"
    with pytest.raises(InputError, match="A senha não abre"):
        read(locked, senha="errada")
    assert read(locked, senha="11222") == (BILL,)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "não é um PDF nem uma imagem"),
        (b"linha 34191", "não é um PDF nem uma imagem"),
        (b"%PDF-1.7\nnada", "está danificado"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "n[ãa]o|danificado"),
        (b"GIF89a" + b"\xff" * 9, "n[ãa]o|danificado"),
        (b"x" * (module.LARGEST_BYTES + 1), "grande demais"),
        (pdf(*["nada"] * (module.MOST_PAGES + 1)), "são lidas no máximo 20"),
    ],
    ids=["empty", "text", "pdf", "png", "gif", "bytes", "pages"],
)
def test_a_hostile_file_ends_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(content)


def test_a_truncated_picture_ends_in_a_sentence(picture: Image.Image) -> None:
    with pytest.raises(InputError, match="danificado"):
        read(encoded(picture, "JPEG")[:4000])


def test_a_picture_of_too_many_pixels_is_not_unpacked() -> None:
    bomb = encoded(Image.new("1", (9000, 9000)), "PNG")
    assert len(bomb) < 20_000
    with pytest.raises(InputError, match="imagem é grande demais"):
        read(bomb)


def test_a_page_that_takes_for_ever_is_given_up_while_it_is_drawn() -> None:
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for number in range(2_000):
        canvas.line(0, number % 800, 500, (number * 7) % 800)
    canvas.save()
    ticks = iter(range(0, 1_000, 20))
    with pytest.raises(InputError, match="demora demais"):
        LeitorDeArquivos(clock=lambda: float(next(ticks))).read(target.getvalue())
    assert next(ticks) < 200  # given up at the first looks at the clock, not at the end of the page


def test_the_clerk_may_stop_between_pages() -> None:
    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        read(pdf("a", "b"), report=stop)
