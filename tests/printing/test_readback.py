"""The page is compared with the bank's digits, not with what we meant to draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.errors import PrintError
from bancointegra.domain.reais import Reais
from bancointegra.printing.boleto_pdf import PdfBoletoPrinter
from bancointegra.printing.readback import require_faithful
from tests.printing.sample_boletos import BARRAS, LINHA, SIMPLE, with_amount


def expecting(**changes: object) -> BoletoImpresso:
    return replace(SIMPLE, registrado=replace(SIMPLE.registrado, **changes))


def test_a_faithful_page_passes(printer: PdfBoletoPrinter) -> None:
    require_faithful(printer.draw([SIMPLE]), [SIMPLE])


@pytest.mark.parametrize(
    ("expected", "what"),
    [
        (expecting(codigo_barras=BARRAS[:-1] + "1"), "o código de barras"),
        (expecting(linha_digitavel=LINHA[:-1] + "1"), "a linha digitável"),
        (expecting(nosso_numero="00000002"), "o nosso número"),
        (expecting(dac_nosso_numero="7"), "o nosso número"),
        (expecting(valor=Reais(5001)), "o valor"),
        (expecting(valor=Reais(0)), "o valor"),
        (expecting(vencimento=date(2026, 1, 3)), "o vencimento"),
        (expecting(vencimento=date(2026, 1, 5)), "o vencimento"),  # printed, but as the date of the document
    ],
)
def test_each_fact_is_compared(printer: PdfBoletoPrinter, expected: BoletoImpresso, what: str) -> None:
    with pytest.raises(PrintError, match=what) as caught:
        require_faithful(printer.draw([SIMPLE]), [expected])
    assert caught.value.code == "pdf_nao_confere"


def test_pages_in_another_order_are_noticed(printer: PdfBoletoPrinter) -> None:
    other = with_amount(SIMPLE, Reais(123))
    pdf = printer.draw([SIMPLE, other])
    require_faithful(pdf, [SIMPLE, other])
    with pytest.raises(PrintError, match="código de barras"):
        require_faithful(pdf, [other, SIMPLE])
    with pytest.raises(PrintError, match="número de páginas"):
        require_faithful(pdf, [SIMPLE])


def test_a_damaged_file_is_noticed(printer: PdfBoletoPrinter) -> None:
    with pytest.raises(PrintError, match="o arquivo"):
        require_faithful(printer.draw([SIMPLE])[5000:9000], [SIMPLE])


def test_an_empty_page_is_noticed() -> None:
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.showPage()
    canvas.save()
    with pytest.raises(PrintError, match="código de barras"):
        require_faithful(target.getvalue(), [SIMPLE])
