"""Every row of ``itau_boletos.json``.

Digits a row flags as wrong are never expected; the rest of such a row, and its bar code and line, still hold.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bancointegra.domain import itau
from bancointegra.domain.codigo_barras import FatorValor, build_codigo_barras
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.leitura_codigo import read_codigo
from bancointegra.domain.reais import Reais

ROWS = json.loads((Path(__file__).parents[1] / "vectors" / "itau_boletos.json").read_text(encoding="utf-8"))
WITH_CODE = [row for row in ROWS if row["codigo_barras"]]
BUILDABLE = [row for row in WITH_CODE if not row.get("flags")]
WRONG_CONTA = "conta_dac_nao_confere"
WRONG_NOSSO_NUMERO = "dac_nosso_numero_nao_confere"


def name_of(row):
    return f"{row['carteira']}-{row['nosso_numero']}-{row['valor']}"


def has(row, flag):
    return flag in row.get("flags", ())


def due_date(row):
    return row["vencimento"] and date.fromisoformat(row["vencimento"])


def value(row):
    return Reais.from_decimal(Decimal(row["valor"]))


def test_every_row_has_something_to_judge():
    assert len(ROWS) == 55
    assert all(row["codigo_barras"] or row["dac_nosso_numero"] or row["campo_livre"] for row in ROWS)


@pytest.mark.parametrize("row", [row for row in ROWS if row["conta_dac"]], ids=name_of)
def test_dac_of_the_account(row):
    matches = itau.dac_conta(row["agencia"], row["conta"]) == row["conta_dac"]
    assert matches == (not has(row, WRONG_CONTA))
    if not matches:
        with pytest.raises(InputError, match="não confere"):
            itau.require_dac_conta(row["agencia"], row["conta"], row["conta_dac"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["dac_nosso_numero"]], ids=name_of)
def test_dac_of_nosso_numero(row):
    computed = itau.dac_nosso_numero(row["carteira"], row["nosso_numero"], row["agencia"] or "", row["conta"] or "")
    assert (computed == row["dac_nosso_numero"]) == (not has(row, WRONG_NOSSO_NUMERO))


@pytest.mark.parametrize("row", [row for row in ROWS if row["campo_livre"]], ids=name_of)
def test_campo_livre(row):
    if row["layout"] == "especial":
        computed = itau.campo_livre_15_digitos(
            row["carteira"], row["nosso_numero"], row["seu_numero"], row["codigo_cliente"]
        )
        assert computed == row["campo_livre"]
        return
    parts = (row["nosso_numero"], row["dac_nosso_numero"], row["agencia"], row["conta"], row["conta_dac"])
    if row["carteira"] == "106":
        with pytest.raises(RuleError, match="manuais"):
            itau.campo_livre_padrao(row["carteira"], *parts)
        return
    assert itau.campo_livre_padrao(row["carteira"], *parts) == row["campo_livre"]


@pytest.mark.parametrize("row", WITH_CODE, ids=name_of)
def test_bar_code_from_campo_livre(row):
    codigo = build_codigo_barras(itau.BANCO_ITAU, row["campo_livre"], due_date(row), value(row))
    assert codigo == row["codigo_barras"]


@pytest.mark.parametrize("row", WITH_CODE, ids=name_of)
def test_bar_code_and_line_are_one(row):
    reading_day = due_date(row)
    leitura = read_codigo(row["linha_digitavel"], reading_day)
    assert leitura.codigo_barras == row["codigo_barras"]
    assert leitura.banco == "341"
    assert leitura.valor == value(row)
    assert leitura.vencimento == reading_day
    assert FatorValor.parse(row["codigo_barras"][5:19]) == FatorValor.of(reading_day, value(row))


@pytest.mark.parametrize("row", BUILDABLE, ids=name_of)
def test_whole_boleto_from_its_parts(row):
    codigos = itau.compute_codigos(
        row["agencia"],
        row["conta"],
        row["conta_dac"] or "",
        row["carteira"],
        row["nosso_numero"],
        due_date(row),
        value(row),
        seu_numero=row.get("seu_numero", ""),
        codigo_cliente=row.get("codigo_cliente", ""),
    )
    assert codigos.dac_nosso_numero == row["dac_nosso_numero"]
    assert codigos.campo_livre == row["campo_livre"]
    assert codigos.codigo_barras == row["codigo_barras"]
    assert codigos.linha_digitavel == "".join(c for c in row["linha_digitavel"] if c.isdigit())
