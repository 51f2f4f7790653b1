"""A boleto whose data disagree is not printed, and no file is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.codigo_barras import build_codigo_barras
from bancointegra.domain.errors import PrintError
from bancointegra.domain.linha_digitavel import linha_of
from bancointegra.domain.reais import Reais
from bancointegra.printing.boleto_pdf import PdfBoletoPrinter
from tests.printing.sample_boletos import (
    BARRAS,
    CAMPO_LIVRE,
    LINHA,
    SIMPLE,
    VALOR,
    VENCIMENTO,
    with_amount,
    with_pedido,
)


def returned(**changes: object) -> BoletoImpresso:
    """The boleto with other words of the bank."""
    return replace(SIMPLE, registrado=replace(SIMPLE.registrado, **changes))


def bars_for(valor: Reais = VALOR, vencimento: date = VENCIMENTO, banco: str = "341") -> BoletoImpresso:
    """The boleto with the bars and line of another one."""
    barras = build_codigo_barras(banco, CAMPO_LIVRE, vencimento, valor)
    return returned(codigo_barras=barras, linha_digitavel=linha_of(barras))


@pytest.mark.parametrize(
    ("impresso", "sentence"),
    [
        (bars_for(valor=Reais(5001)), "O valor do boleto é R$\u00a050,00, mas .* traz R$\u00a050,01"),
        (bars_for(vencimento=date(2026, 1, 31)), r"O vencimento do boleto é 30/01/2026 \(fator 1342\), .* fator 1343"),
        (bars_for(banco="237"), "não é um código válido do Itaú"),
        (returned(codigo_barras=BARRAS[:4] + "6" + BARRAS[5:]), "não é um código válido"),
        (returned(linha_digitavel=LINHA[:-1] + "1"), "linha digitável .* não corresponde"),
        (returned(linha_digitavel=""), "não informou o código de barras e a linha digitável"),
        (returned(codigo_barras=BARRAS[:-1]), "não informou"),
        (returned(codigo_barras=BARRAS[:-1] + "٣"), "não informou"),
        (returned(nosso_numero="00000002"), "O nosso número do boleto é 109/00000001, .* 10900000001"),
        (with_pedido(SIMPLE, nosso_numero="00000002"), "O nosso número do boleto é 109/00000002"),
        (with_pedido(SIMPLE, valor=Reais(4000)), "no banco é de R$\u00a050,00 .* o pedido era de R$\u00a040,00"),
        (with_pedido(SIMPLE, vencimento=date(2026, 2, 1)), "o pedido era .* 01/02/2026"),
        (returned(vencimento=date(1999, 1, 1)), "Não existe fator de vencimento"),
    ],
)
def test_disagreement_is_told_and_nothing_is_saved(
    printer: PdfBoletoPrinter, tmp_path: Path, impresso: BoletoImpresso, sentence: str
) -> None:
    with pytest.raises(PrintError, match=sentence.replace("R$", r"R\$")) as caught:
        printer.save(impresso, tmp_path, "ANA")
    assert "Nada foi gravado" in caught.value.hint
    assert caught.value.code == "pdf_divergente"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("vencimento", [date(2025, 2, 21), date(2025, 2, 22), date(2041, 12, 14)])
def test_due_dates_around_the_new_cycle_of_factors_agree(printer: PdfBoletoPrinter, vencimento: date) -> None:
    assert printer.draw([with_amount(SIMPLE, VALOR, vencimento)])


def test_value_too_large_for_a_factor_agrees(printer: PdfBoletoPrinter) -> None:
    assert printer.render([with_amount(SIMPLE, Reais(10_000_000_000))])
