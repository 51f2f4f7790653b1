"""Boletos as PDF: drawing alone, and drawing, reading back and saving as the program does."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bancointegra.domain.boleto import BoletoImpresso, BoletoRegistrado
from bancointegra.domain.itau import compute_codigos
from bancointegra.domain.reais import Reais
from bancointegra.printing.boleto_pdf import PdfBoletoPrinter
from bancointegra.system.paths import resources_dir
from benchmarks.figures import Figure, median, milliseconds, percentile
from benchmarks.samples import PEDIDO


def printing_figures(boletos: int) -> Iterator[Figure]:
    """Milliseconds per boleto of one page each, after a warm-up."""
    printer = PdfBoletoPrinter(resources_dir() / "fonts")
    impressos = [_boleto(number) for number in range(1, boletos + 1)]
    with tempfile.TemporaryDirectory() as folder:
        waiting = iter(impressos)
        printer.save(impressos[0], Path(folder), "primeiro")
        drawn = milliseconds(lambda: printer.draw([next(waiting)]), boletos)
        waiting = iter(impressos)
        checked = milliseconds(lambda: printer.render([next(waiting)]), boletos)
        waiting = iter(impressos)
        saved = milliseconds(lambda: printer.save(next(waiting), Path(folder), "boleto"), boletos)
    for name, taken in (("drawn", drawn), ("drawn and read back", checked), ("drawn, read back and saved", saved)):
        note = f"median of {boletos}, p95 {percentile(taken, 95):.1f}, min {min(taken):.1f}"
        yield Figure(f"PDF of a boleto, {name}", median(taken), "ms", note=note)


def _boleto(number: int) -> BoletoImpresso:
    valor, vencimento = Reais(10_000 + 137 * number), date(2026, 12, 1) + timedelta(days=number % 60)
    pedido = replace(PEDIDO, nosso_numero=f"{number:08d}", valor=valor, vencimento=vencimento)
    codigos = compute_codigos(
        pedido.agencia, pedido.conta, pedido.dac, pedido.carteira, pedido.nosso_numero, vencimento, valor
    )
    registrado = BoletoRegistrado(
        chave=pedido.nosso_numero,
        carteira=pedido.carteira,
        nosso_numero=pedido.nosso_numero,
        dac_nosso_numero=codigos.dac_nosso_numero,
        codigo_barras=codigos.codigo_barras,
        linha_digitavel=codigos.linha_digitavel,
        valor=valor,
        vencimento=vencimento,
    )
    return BoletoImpresso(registrado, pedido, processamento=pedido.emissao, simulacao=True)
