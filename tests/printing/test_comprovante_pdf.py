"""The receipt on paper: the facts, Celcoin's text as it came, and what play money must say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bancointegra.domain.comprovante import motivo_para_nao_comprovar, require_comprovavel
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.errors import RuleError
from bancointegra.domain.linha_digitavel import format_linha
from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.printing.comprovante_pdf import SIMULACAO, PdfComprovantePrinter
from tests.printing.page_reader import PrintedPage, read_pdf
from tests.printing.sample_pagamentos import CONTA, IMPRESSO, LINHA, PAGO, RESERVADO, TEXTO


@pytest.fixture(scope="module")
def comprovantes(fonts_dir: Path) -> PdfComprovantePrinter:
    return PdfComprovantePrinter(fonts_dir)


@pytest.fixture(scope="module")
def page(comprovantes: PdfComprovantePrinter) -> PrintedPage:
    (page,) = read_pdf(comprovantes.draw(IMPRESSO))
    return page


@pytest.mark.parametrize(
    "fact",
    [
        "Comprovante de pagamento",
        "R$ 207,40",
        "23/11/2026 14:33",
        "PAPELARIA ESTRELA DO SUL LTDA",
        "04.252.011/0001-10",
        format_linha(LINHA),
        "5332764900",
        SIMULACAO,
    ],
)
def test_the_facts_are_on_the_page(page: PrintedPage, fact: str) -> None:
    assert fact in page.text


def test_every_line_of_celcoins_text_is_there_in_its_columns(page: PrintedPage) -> None:
    printed = " ".join(page.text.replace("\u00a0", " ").split())
    assert [line for line in TEXTO.splitlines() if " ".join(line.split()) not in printed] == []
    left = {page.place_of(line.strip()).left for line in ("TERM 228001 AGENTE 228001 AUTE 01913", "-" * 40)}
    assert max(left) - min(left) < 1


def test_real_money_is_not_called_simulation(comprovantes: PdfComprovantePrinter) -> None:
    real = replace(IMPRESSO, conta=replace(CONTA, ambiente=Ambiente.PRODUCAO))
    assert "SIMULA" not in read_pdf(comprovantes.draw(real))[0].text


def test_it_is_saved_under_a_free_name(comprovantes: PdfComprovantePrinter, tmp_path: Path) -> None:
    saved = [comprovantes.save(IMPRESSO, tmp_path, "COMPROVANTE") for _ in range(2)]
    assert [path.name for path in saved] == ["COMPROVANTE.pdf", "COMPROVANTE (2).pdf"]


def test_only_a_payment_has_a_receipt() -> None:
    require_comprovavel(PAGO)
    with pytest.raises(RuleError, match="Só um pagamento Pago"):
        require_comprovavel(RESERVADO)
    for situacao in SituacaoPagamento:
        proves = not motivo_para_nao_comprovar(replace(PAGO, situacao=situacao))
        assert proves is (situacao is SituacaoPagamento.PAGO)
