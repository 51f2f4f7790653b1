"""The carnê: three boletos a page, each within the bank's measures and read back like a single one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bancointegra.domain.errors import PrintError
from bancointegra.domain.linha_digitavel import format_linha
from bancointegra.domain.reais import Reais
from bancointegra.printing.boleto_pdf import PdfBoletoPrinter
from bancointegra.printing.layout import CANHOTO, CARNE, SLIP, Place
from bancointegra.printing.readback import require_faithful
from tests.printing.page_reader import PrintedPage, Rect, read_pdf
from tests.printing.sample_boletos import LONGEST, SIMPLE, TODOS_ENCARGOS, with_amount, with_pedido

BOLETOS = [
    with_amount(SIMPLE, Reais(5000)),
    replace(with_pedido(SIMPLE, encargos=TODOS_ENCARGOS), simulacao=True),
    LONGEST,
    with_amount(SIMPLE, Reais(99_999)),
]


@pytest.fixture(scope="module")
def pdf(printer: PdfBoletoPrinter) -> bytes:
    return printer.render(BOLETOS, CARNE)


@pytest.fixture(scope="module")
def page(pdf: bytes) -> PrintedPage:
    first, second = read_pdf(pdf)
    assert len(second.bars) == 1
    return first


def in_slip(rect: Rect, place: Place) -> bool:
    paper = place.ficha.paper
    return paper.bottom <= rect.bottom and rect.top <= paper.top


def test_three_boletos_a_page_with_the_banks_digits(page: PrintedPage) -> None:
    assert sorted(page.bars) == sorted(boleto.registrado.codigo_barras for boleto in BOLETOS[:3])
    for boleto in BOLETOS[:3]:
        assert format_linha(boleto.registrado.linha_digitavel) in page.text


@pytest.mark.parametrize("place", CARNE, ids=["top", "middle", "foot"])
def test_each_slip_has_the_banks_measures(page: PrintedPage, place: Place) -> None:
    paper = place.ficha.paper
    assert 95 <= paper.height <= 108
    assert 170 <= paper.width <= 216
    step = 0.05
    left, bottom = place.ficha.bars
    middle = bottom + 6.5
    row = [x * step for x in range(int(CANHOTO / step) + 20, int(160 / step)) if page.dark(x * step, middle)]
    assert row[-1] - row[0] == pytest.approx(103, abs=0.5)
    assert row[0] - paper.left >= 5
    column = [
        y * step for y in range(int(paper.bottom / step), int((bottom + 14) / step)) if page.dark(left + 0.1, y * step)
    ]
    bars = [y for y in column if y > paper.bottom + 3]
    assert bars[-1] - bars[0] == pytest.approx(13, abs=0.5)
    assert (bars[0] + bars[-1]) / 2 - paper.bottom >= 12
    quiet = [*(row[0] - 0.2 - x * step for x in range(90)), *(row[-1] + 0.2 + x * step for x in range(90))]
    assert not any(page.dark(x, middle) for x in quiet)
    words = [(text, ink) for text, ink in page.texts if in_slip(ink, place)]
    assert [ink.height for text, ink in words if text == "341-7"] == [pytest.approx(5, abs=0.2)]
    linhas = [ink for text, ink in words if re.fullmatch(r"\d{5}\.\d{5} .*", text)]
    assert [3.5 <= ink.height <= 4.5 for ink in linhas] == [True]


def test_nothing_overlaps_and_each_part_stays_on_its_side_of_the_cut(page: PrintedPage) -> None:
    texts = [(text, ink) for text, ink in page.texts if "SIMULAÇÃO" not in text]
    for index, (text, ink) in enumerate(texts):
        assert any(in_slip(ink, place) for place in CARNE), text
        assert (ink.left >= 4.9 and ink.right <= CANHOTO - 2) or (ink.left >= CANHOTO + 5 and ink.right <= 205), text
        assert not [other for other, its_ink in texts[index + 1 :] if ink.overlaps(its_ink, 0.05)], text
        assert not [rule for rule in page.rules if ink.overlaps(rule, 0.0)], text


def test_the_canhoto_is_a_recibo_and_everything_is_complete(page: PrintedPage) -> None:
    assert page.text.count("Recibo do Pagador") == 3
    assert page.text.count("Ficha de Compensação") == 3
    assert page.text.count("SIMULAÇÃO – não pagar") == 3
    assert "…" not in page.text
    spoken = re.sub(r"\s+", " ", page.text)
    assert spoken.count("Avenida Paulista, 1000, conj. 81 – Bela Vista") == 4
    for pessoa in (LONGEST.pedido.beneficiario, LONGEST.pedido.sacado):
        assert f"CNPJ {pessoa.documento.formatado}" in spoken
    assert page.height >= SLIP * 3


def test_slips_in_another_order_are_noticed(pdf: bytes) -> None:
    require_faithful(pdf, BOLETOS, CARNE)
    with pytest.raises(PrintError, match="não pôde ser lido"):
        require_faithful(pdf, [*BOLETOS[1:], BOLETOS[0]], CARNE)
    with pytest.raises(PrintError, match="número de páginas"):
        require_faithful(pdf, BOLETOS[:3], CARNE)


def test_a_carne_is_saved_under_a_free_name(printer: PdfBoletoPrinter, tmp_path: Path) -> None:
    first = printer.save_together(BOLETOS[:2], tmp_path, "carnê", carne=True)
    second = printer.save_together(BOLETOS[:2], tmp_path, "carnê", carne=False)
    assert (first.name, second.name) == ("carnê.pdf", "carnê (2).pdf")
    assert (len(read_pdf(first.read_bytes())), len(read_pdf(second.read_bytes()))) == (1, 2)
