"""The sheet itself, read as a bank and as a payer would: what it says, where, how large, and that nothing collides."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bancointegra.domain.boleto import BoletoImpresso, Sacado
from bancointegra.domain.calculo_encargos import textos_encargos
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import PrintError
from bancointegra.domain.linha_digitavel import format_linha
from bancointegra.domain.reais import Reais
from bancointegra.printing.boleto_pdf import PdfBoletoPrinter
from tests.printing.page_reader import PrintedPage, metadata, read_pdf
from tests.printing.sample_boletos import (
    BARRAS,
    LINHA,
    LONGEST,
    PEDIDO,
    SIMPLE,
    TODOS_ENCARGOS,
    with_amount,
    with_pedido,
)

CHARGED = with_pedido(SIMPLE, encargos=TODOS_ENCARGOS)
CASES = {
    "simple": SIMPLE,
    "charged": CHARGED,
    "longest": LONGEST,
    "one cent": with_amount(SIMPLE, Reais(1)),
    "largest": with_amount(CHARGED, Reais(999_999_999)),
}


def page_of(printer: PdfBoletoPrinter, impresso: BoletoImpresso) -> PrintedPage:
    (page,) = read_pdf(printer.render([impresso]))
    return page


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def impresso(request: pytest.FixtureRequest) -> BoletoImpresso:
    return request.param


@pytest.fixture(scope="module")
def page(printer: PdfBoletoPrinter, impresso: BoletoImpresso) -> PrintedPage:
    return page_of(printer, impresso)


def test_bars_and_line_are_the_banks(page: PrintedPage, impresso: BoletoImpresso) -> None:
    assert page.bars == [impresso.registrado.codigo_barras]
    printed = format_linha(impresso.registrado.linha_digitavel)
    assert printed in page.ficha
    assert printed in page.recibo


def test_line_as_in_the_vectors(printer: PdfBoletoPrinter) -> None:
    page = page_of(printer, SIMPLE)
    assert page.bars == [BARRAS]
    assert "34191.09008 00000.161505 00520.610007 5 13420000005000" in page.ficha
    assert re.sub(r"\D", "", "34191.09008 00000.161505 00520.610007 5 13420000005000") == LINHA


def test_mandatory_data_of_both_parts(printer: PdfBoletoPrinter) -> None:
    page = page_of(printer, SIMPLE)
    for part in (page.ficha, page.recibo):
        for text in (
            "Rezende Distribuidora de Alimentos Ltda.",
            "CNPJ 11.222.333/0001-81",
            "Avenida Paulista, 1000, conj. 81 – Bela Vista – São Paulo/SP – CEP 01310-100",
            "MERCADO AURORA LTDA – CNPJ 12.ABC.345/01DE-35",
            "Rua das Acácias, 45 – Jardim América – Ribeirão Preto/SP – CEP 14020-260",
            "1500/05206-1",
            "109/00000001-6",
            "30/01/2026",
            "05/01/2026",
            "1001/1",
            "50,00",
            "341-7",
        ):
            assert text in part
    assert "Recibo do Pagador" in page.recibo
    assert "Ficha de Compensação" in page.ficha
    assert "Autenticação mecânica" in page.ficha


def test_boxes_come_in_the_banks_order(printer: PdfBoletoPrinter) -> None:
    """Itaú CNAB 400, annex 1: the places on the sheet, read from the top and from the left."""
    captions = (
        ["Local de pagamento", "Vencimento"],
        ["Beneficiário", "Agência / Código do beneficiário"],
        ["Data do documento", "Nº do documento", "Espécie doc.", "Aceite", "Data do processamento", "Nosso número"],
        ["Uso do banco", "Carteira", "Espécie", "Quantidade", "Valor", "(=) Valor do documento"],
        ["Instruções (texto de responsabilidade do beneficiário)", "(−) Desconto / Abatimento"],
        ["(−) Outras deduções"],
        ["(+) Mora / Multa"],
        ["(+) Outros acréscimos"],
        ["(=) Valor cobrado"],
        ["Pagador"],
        ["Sacador / Avalista"],
    )
    page = page_of(printer, SIMPLE)
    tops = []
    for row in captions:
        places = [page.place_of(caption) for caption in row]
        assert [place.left for place in places] == sorted(place.left for place in places)
        assert max(place.bottom for place in places) - min(place.bottom for place in places) < 0.6
        tops.append(places[0].bottom)
    assert tops == sorted(tops, reverse=True)


def test_long_names_and_addresses_are_complete(printer: PdfBoletoPrinter) -> None:
    page = page_of(printer, LONGEST)
    assert "…" not in page.text
    for part in (page.ficha, page.recibo):
        for pessoa in (LONGEST.pedido.beneficiario, LONGEST.pedido.sacado):
            cep = f"{pessoa.endereco.cep[:5]}-{pessoa.endereco.cep[5:]}"
            for words in (pessoa.endereco.logradouro, pessoa.endereco.bairro, pessoa.endereco.cidade, cep):
                assert words in re.sub(r"\s+", " ", part)
            assert f"CNPJ {pessoa.documento.formatado}" in part


def test_charges_are_dated_amounts(printer: PdfBoletoPrinter) -> None:
    page = page_of(printer, CHARGED)
    textos = textos_encargos(CHARGED.registrado.valor, CHARGED.registrado.vencimento, TODOS_ENCARGOS)
    assert len(textos) == 6
    for texto in textos:
        assert texto in page.ficha
        assert texto in page.recibo
    assert "%" not in page.text


def test_sheet_and_bars_have_the_banks_measures(page: PrintedPage) -> None:
    """A4; bars 103 mm by 13 mm, 5 mm from the left edge, their centre 12 mm above the lower edge, quiet zones."""
    assert (round(page.width), round(page.height)) == (210, 297)
    middle = 14.5
    step = 0.05
    row = [x * step for x in range(int(115 / step)) if page.dark(x * step, middle)]
    left, right = row[0], row[-1]
    assert right - left == pytest.approx(103, abs=0.5)
    column = [y * step for y in range(int(40 / step)) if page.dark(left + 0.1, y * step)]
    bars = [y for y in column if y < 22]
    assert bars[-1] - bars[0] == pytest.approx(13, abs=0.5)
    assert left >= 5
    assert (bars[0] + bars[-1]) / 2 >= 12
    quiet = [*(left - 0.2 - x * step for x in range(96)), *(right + 0.2 + x * step for x in range(96))]
    assert not any(page.dark(x, y) for x in quiet for y in (bars[0], middle, bars[-1]))


def test_letters_have_the_banks_heights(page: PrintedPage, impresso: BoletoImpresso) -> None:
    assert page.place_of("341-7").height == pytest.approx(5, abs=0.2)
    linha = page.place_of(format_linha(impresso.registrado.linha_digitavel))
    assert 3.5 <= linha.height <= 4.5
    assert linha.left > page.place_of("341-7").right
    assert page.place_of("Ficha de Compensação").height <= 2.5  # with descenders; its capitals are below 2 mm


def test_nothing_overlaps_and_nothing_leaves_the_margins(page: PrintedPage) -> None:
    for index, (text, ink) in enumerate(page.texts):
        assert ink.left >= 9.9, text
        assert ink.right <= 200.1, text
        assert ink.bottom >= 5, text
        assert ink.top <= 290, text
        assert not [other for other, its_ink in page.texts[index + 1 :] if ink.overlaps(its_ink, 0.05)], text
        assert not [rule for rule in page.rules if ink.overlaps(rule, 0.0)], text


def test_a_simulated_boleto_says_so_in_every_part(printer: PdfBoletoPrinter) -> None:
    page = page_of(printer, replace(SIMPLE, simulacao=True))
    assert page.ficha.count("SIMULAÇÃO – não pagar") == 2
    assert "SIMULAÇÃO – não pagar" in page.recibo
    assert page.bars == [BARRAS]
    assert "SIMULAÇÃO" not in page_of(printer, SIMPLE).text


def test_letters_the_face_does_not_have_are_marked(printer: PdfBoletoPrinter) -> None:
    sacado = Sacado(
        "Zoë 株式会社 🎉\x00 ل JOSE\u0301\nFILHO", Documento.parse("529.982.247-25"), PEDIDO.sacado.endereco
    )
    page = page_of(printer, with_pedido(SIMPLE, sacado=sacado))
    assert "Zoë □□□□ □ □ JOSÉ FILHO – CPF 529.982.247-25" in page.ficha


def test_address_without_some_parts_has_no_stray_marks(printer: PdfBoletoPrinter) -> None:
    endereco = replace(PEDIDO.sacado.endereco, bairro="", cep="")
    page = page_of(printer, with_pedido(SIMPLE, sacado=replace(PEDIDO.sacado, endereco=endereco)))
    assert "Rua das Acácias, 45 – Ribeirão Preto/SP\r\n" in page.ficha


def test_properties_of_the_file(printer: PdfBoletoPrinter) -> None:
    pdf = printer.render([SIMPLE])
    properties = metadata(pdf)
    assert properties["Title"] == "Boleto 109/00000001-6 – MERCADO AURORA LTDA"
    assert properties["Author"] == "Rezende Distribuidora de Alimentos Ltda."
    assert properties["CreationDate"].startswith("D:20260105")
    assert b"/Lang (pt-BR)" in pdf
    assert b"/FontFile2" in pdf
    assert b"/Image" not in pdf.replace(b"/ImageB", b"").replace(b"/ImageC", b"").replace(b"/ImageI", b"")


def test_the_same_boleto_gives_the_same_bytes(printer: PdfBoletoPrinter, fonts_dir: Path) -> None:
    assert printer.render([LONGEST]) == PdfBoletoPrinter(fonts_dir).render([LONGEST])


def test_many_boletos_in_one_file(printer: PdfBoletoPrinter) -> None:
    boletos = list(CASES.values())
    pages = read_pdf(printer.render(boletos))
    assert [page.bars for page in pages] == [[boleto.registrado.codigo_barras] for boleto in boletos]


def test_no_boleto_is_an_error(printer: PdfBoletoPrinter) -> None:
    with pytest.raises(PrintError, match="Não há boleto"):
        printer.render([])


def test_saved_file_is_the_checked_page(printer: PdfBoletoPrinter, tmp_path: Path) -> None:
    path = printer.save(SIMPLE, tmp_path / "novos" / "boletos", "MERCADO AURORA LTDA 30-01-2026 14h32m05")
    assert path == tmp_path / "novos" / "boletos" / "MERCADO AURORA LTDA 30-01-2026 14h32m05.pdf"
    assert read_pdf(path.read_bytes())[0].bars == [BARRAS]
    assert list(path.parent.iterdir()) == [path]


def test_threads_may_save_at_the_same_time(printer: PdfBoletoPrinter, tmp_path: Path) -> None:
    boletos = [with_amount(SIMPLE, Reais(100 + index)) for index in range(12)]
    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(lambda boleto: printer.save(boleto, tmp_path, "ANA"), boletos))
    assert len(set(paths)) == len(boletos)
    for path, boleto in zip(paths, boletos, strict=True):
        assert read_pdf(path.read_bytes())[0].bars == [boleto.registrado.codigo_barras]


def test_missing_fonts_are_told(tmp_path: Path) -> None:
    with pytest.raises(PrintError, match=r"Inter-Regular\.ttf") as caught:
        PdfBoletoPrinter(tmp_path)
    assert caught.value.hint == "Reinstale o programa."
