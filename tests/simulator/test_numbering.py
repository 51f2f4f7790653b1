"""The bank's arithmetic against the figures of its manual and of published tests (itau-api reference, §9)."""

from __future__ import annotations

from datetime import date

import pytest

from bancointegra.simulator.numbering import (
    account_dac,
    bar_code,
    fator_vencimento,
    modulo10,
    nosso_numero_dac,
    typed_line,
)

VECTORS = [
    # agência, conta, carteira, nosso número, DAC, vencimento, centavos, código de barras, linha digitável
    ("1500", "05206", "157", "00001056", "8", date(2021, 6, 1), 10001,
     "34192863800000100011570000105681500052061000", "34191570070010568150600520610007286380000010001"),
    ("1500", "05206", "157", "00001046", "9", date(2021, 6, 1), 10001,
     "34194863800000100011570000104691500052061000", "34191570070010469150600520610007486380000010001"),
    ("0057", "12345", "110", "12345678", "8", date(2002, 5, 1), 12345,
     "34196166700000123451101234567880057123457000", "34191101213456788005871234570001616670000012345"),
    ("3073", "12345", "109", "12345678", "4", date(2026, 12, 31), 15000,
     "34199167700000150001091234567843073123451000", "34191091233456784307231234510001916770000015000"),
    ("1500", "05206", "109", "00000001", "6", date(2026, 1, 30), 5000,
     "34195134200000050001090000000161500052061000", "34191090080000016150500520610007513420000005000"),
    ("1500", "05206", "109", "20000000", "6", date(2026, 3, 10), 119900,
     "34196138100001199001092000000061500052061000", "34191092060000006150700520610007613810000119900"),
]  # fmt: skip


@pytest.mark.parametrize("agencia, conta, carteira, numero, dac, vencimento, centavos, barras, linha", VECTORS)
def test_vectors(agencia, conta, carteira, numero, dac, vencimento, centavos, barras, linha):
    assert nosso_numero_dac(agencia, conta, carteira, numero) == dac
    assert bar_code(agencia, conta, carteira, numero, vencimento, centavos) == barras
    assert typed_line(barras) == linha


def test_the_manuals_dac_example():
    assert modulo10("0057" + "72192" + "198" + "98712345") == "1"


@pytest.mark.parametrize("conta, dac", [("05206", "1"), ("57263", "9")])
def test_account_dac(conta, dac):
    assert account_dac("1500", conta) == dac


def test_escriturais_leave_the_account_out():
    assert nosso_numero_dac("1500", "05206", "112", "00000123") == modulo10("112" + "00000123")


@pytest.mark.parametrize(
    "day, factor", [(date(2025, 2, 21), 9999), (date(2025, 2, 22), 1000), (date(2000, 7, 3), 1000)]
)
def test_factor_restarts(day, factor):
    assert fator_vencimento(day) == factor


def test_huge_values_take_over_the_factor():
    assert bar_code("1500", "05206", "109", "00000001", date(2026, 1, 30), 10_000_000_000)[5:19] == "00010000000000"
