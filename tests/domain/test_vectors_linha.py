"""Every row of ``linha_digitavel.json``: lines and bar codes of many banks, valid and invalid."""

import json
from datetime import date
from pathlib import Path

import pytest

from bancointegra.domain import arrecadacao, linha_digitavel
from bancointegra.domain.codigo_barras import FatorValor
from bancointegra.domain.fator_vencimento import vencimentos_possiveis
from bancointegra.domain.leitura_codigo import CampoCodigo, TipoCodigo, read_codigo

ROWS = json.loads((Path(__file__).parents[1] / "vectors" / "linha_digitavel.json").read_text(encoding="utf-8"))
VALID = [row for row in ROWS if row["valido"]]
INVALID = [row for row in ROWS if not row["valido"]]
COBRANCA = [row for row in VALID if row["esperado"]["kind"] == "cobranca"]
ARRECADACAO = [row for row in VALID if row["esperado"]["kind"] == "arrecadacao"]
WITH_READING_DATE = [(row, reading) for row in ROWS for reading in row.get("resolucao", [])]
TODAY = date(2026, 11, 23)

CAMPO_BY_PROBLEM = {
    "not_digits": CampoCodigo.CARACTERES,
    "length": CampoCodigo.TAMANHO,
    "field1": CampoCodigo.CAMPO_1,
    "field2": CampoCodigo.CAMPO_2,
    "field3": CampoCodigo.CAMPO_3,
    "block1": CampoCodigo.BLOCO_1,
    "block2": CampoCodigo.BLOCO_2,
    "block3": CampoCodigo.BLOCO_3,
    "block4": CampoCodigo.BLOCO_4,
    "general_dv": CampoCodigo.DIGITO_GERAL,
    "product_digit": CampoCodigo.PRODUTO,
    "segment": CampoCodigo.SEGMENTO,
    "value_identifier": CampoCodigo.IDENTIFICADOR_VALOR,
}


def code_of(row):
    return row["codigo"] or "empty"


def test_every_row_is_judged():
    assert len(ROWS) == 163
    assert len(COBRANCA) + len(ARRECADACAO) + len(INVALID) == len(ROWS)


@pytest.mark.parametrize("row", VALID, ids=code_of)
def test_valid_row_is_read_both_ways(row):
    expected = row["esperado"]
    leitura = read_codigo(row["codigo"], TODAY)
    assert leitura.erros == ()
    assert leitura.tipo is TipoCodigo(expected["kind"])
    assert leitura.codigo_barras == expected["codigo_barras"]
    assert leitura.linha_digitavel == expected["linha_digitavel"]
    for other_form in (expected["codigo_barras"], expected["linha_digitavel"]):
        again = read_codigo(other_form, TODAY)
        assert (again.codigo_barras, again.linha_digitavel) == (leitura.codigo_barras, leitura.linha_digitavel)
        assert (again.valor, again.vencimento) == (leitura.valor, leitura.vencimento)


@pytest.mark.parametrize("row", COBRANCA, ids=code_of)
def test_cobranca_row_decodes(row):
    expected = row["esperado"]
    leitura = read_codigo(row["codigo"], TODAY)
    fator_valor = FatorValor.parse(expected["codigo_barras"][5:19])
    assert leitura.banco == expected["banco"]
    assert leitura.segmento is None
    assert leitura.valor.centavos == expected["valor_centavos"]
    assert fator_valor.fator == expected["fator"]
    assert expected["codigo_barras"][3] == expected["moeda"]
    assert any("moeda" in aviso for aviso in leitura.avisos) == (expected["moeda"] != "9")
    assert expected["codigo_barras"][19:] == expected["campo_livre"]
    if expected["fator"] is None:
        assert expected["vencimentos_possiveis"] == []
        assert leitura.vencimento is None
    else:
        possible = [day.isoformat() for day in vencimentos_possiveis(expected["fator"])]
        assert possible == expected["vencimentos_possiveis"]
        assert leitura.vencimento.isoformat() in possible


@pytest.mark.parametrize("row", ARRECADACAO, ids=code_of)
def test_arrecadacao_row_decodes(row):
    expected = row["esperado"]
    leitura = read_codigo(row["codigo"], TODAY)
    assert leitura.banco is None
    assert leitura.segmento == expected["segmento"]
    assert leitura.codigo_barras[2] == expected["identificador_valor"]
    assert arrecadacao.is_valor_efetivo(leitura.codigo_barras) == expected["valor_efetivo"]
    assert int(leitura.codigo_barras[4:15]) == expected["valor_centavos"]
    if expected["valor_efetivo"]:
        assert leitura.valor.centavos == expected["valor_centavos"]
    else:
        assert leitura.valor is None


@pytest.mark.parametrize(("row", "reading"), WITH_READING_DATE, ids=lambda value: value.get("referencia", ""))
def test_due_date_depends_on_the_day_of_reading(row, reading):
    leitura = read_codigo(row["codigo"], date.fromisoformat(reading["referencia"]))
    expected = reading["vencimento"] and date.fromisoformat(reading["vencimento"])
    assert leitura.vencimento == expected


@pytest.mark.parametrize("row", INVALID, ids=code_of)
def test_invalid_row_names_the_faulty_fields(row):
    leitura = read_codigo(row["codigo"], TODAY)
    assert not leitura.valida
    assert {falha.campo for falha in leitura.falhas} == {CAMPO_BY_PROBLEM[problem] for problem in row["problemas"]}
    assert leitura.codigo_barras is leitura.linha_digitavel is leitura.valor is leitura.vencimento is None
    for falha in leitura.falhas:
        if falha.campo.value.startswith(("campo", "bloco")):
            assert falha.campo.value in falha.mensagem


@pytest.mark.parametrize("row", [row for row in VALID if row["forma"] == "linha"], ids=code_of)
def test_printed_form_reads_back(row):
    linha = row["esperado"]["linha_digitavel"]
    assert read_codigo(linha_digitavel.format_linha(linha), TODAY).linha_digitavel == linha
