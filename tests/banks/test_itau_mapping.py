"""The body of a registration, field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.banks.itau.mapping import RegistroMapper, chave_boleto, id_beneficiario, money17, pct12, safe_text
from bancointegra.banks.itau.options import ItauOptions
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import (
    Desconto,
    Encargos,
    Juros,
    Multa,
    TipoDesconto,
    TipoJuros,
    TipoMulta,
)
from bancointegra.domain.reais import Reais


def dado(pedido, **options):
    return RegistroMapper(ItauOptions(**options)).corpo(pedido)["data"]["dado_boleto"]


def with_encargos(pedido, **fields):
    return replace(pedido, encargos=Encargos(**fields))


def test_whole_body(pedido):
    assert RegistroMapper(ItauOptions()).corpo(pedido) == {
        "data": {
            "etapa_processo_boleto": "efetivacao",
            "codigo_canal_operacao": "API",
            "beneficiario": {"id_beneficiario": "150000052061"},
            "dado_boleto": {
                "descricao_instrumento_cobranca": "boleto",
                "forma_envio": "impressao",
                "tipo_boleto": "a vista",
                "codigo_carteira": "109",
                "codigo_tipo_vencimento": 3,
                "valor_total_titulo": "00000000000005000",
                "codigo_especie": "01",
                "codigo_aceite": "N",
                "data_emissao": "2026-01-10",
                "pagador": {
                    "pessoa": {
                        "nome_pessoa": "Jose Irmaos Padaria",
                        "tipo_pessoa": {"codigo_tipo_pessoa": "F", "numero_cadastro_pessoa_fisica": "12345678909"},
                    },
                    "endereco": {
                        "nome_logradouro": "Rua Sao Joao, 10 - apto. 3",
                        "nome_bairro": "Centro",
                        "nome_cidade": "Sao Paulo",
                        "sigla_UF": "SP",
                        "numero_CEP": "01001000",
                    },
                },
                "dados_individuais_boleto": [
                    {
                        "numero_nosso_numero": "00000001",
                        "data_vencimento": "2026-01-30",
                        "valor_titulo": "00000000000005000",
                        "texto_seu_numero": "1001P1",
                    }
                ],
                "desconto_expresso": False,
                "multa": {"codigo_tipo_multa": "03"},
                "juros": {"codigo_tipo_juros": "05"},
            },
        }
    }


def test_cnpj_with_letters_goes_as_it_is(pedido):
    sacado = replace(pedido.sacado, documento=Documento("12ABC34501DE35"))
    assert dado(replace(pedido, sacado=sacado))["pagador"]["pessoa"]["tipo_pessoa"] == {
        "codigo_tipo_pessoa": "J",
        "numero_cadastro_nacional_pessoa_juridica": "12ABC34501DE35",
    }


@pytest.mark.parametrize(
    ("multa", "body"),
    [
        (Multa(), {"codigo_tipo_multa": "03"}),
        (
            Multa(TipoMulta.VALOR, valor=Reais(1234)),
            {"codigo_tipo_multa": "01", "valor_multa": "00000000000001234"},
        ),
        (
            Multa(TipoMulta.PERCENTUAL, percentual=Decimal("2"), dias=3),
            {"codigo_tipo_multa": "02", "percentual_multa": "000000200000", "data_multa": "2026-02-02"},
        ),
    ],
)
def test_multa(pedido, multa, body):
    assert dado(with_encargos(pedido, multa=multa))["multa"] == body


@pytest.mark.parametrize(
    ("tipo", "code", "field", "value"),
    [
        (TipoJuros.PERCENTUAL_AO_MES, "90", "percentual_juros", "000000250000"),
        (TipoJuros.PERCENTUAL_AO_DIA, "91", "percentual_juros", "000000250000"),
        (TipoJuros.PERCENTUAL_AO_ANO, "92", "percentual_juros", "000000250000"),
        (TipoJuros.VALOR_POR_DIA, "93", "valor_juros", "00000000000000017"),
    ],
)
def test_juros(pedido, tipo, code, field, value):
    juros = Juros(tipo, valor=Reais(17), percentual=Decimal("2.5"), dias=2)
    assert dado(with_encargos(pedido, juros=juros))["juros"] == {
        "codigo_tipo_juros": code,
        field: value,
        "data_juros": "2026-02-01",
    }


def test_charges_from_the_day_after_the_due_date_name_no_date(pedido):
    """The bank starts them there by itself, and keeps them there when the due date is changed."""
    juros = Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(17))
    assert dado(with_encargos(pedido, juros=juros))["juros"] == {
        "codigo_tipo_juros": "93",
        "valor_juros": "00000000000000017",
    }


@pytest.mark.parametrize(
    ("tipo", "code", "field", "value"),
    [
        (TipoDesconto.VALOR_ATE_DATA, "01", "valor_desconto", "00000000000000500"),
        (TipoDesconto.PERCENTUAL_ATE_DATA, "02", "percentual_desconto", "000000350000"),
        (TipoDesconto.PERCENTUAL_POR_DIA_ANTECIPADO, "90", "percentual_desconto", "000000350000"),
        (TipoDesconto.VALOR_POR_DIA_ANTECIPADO, "91", "valor_desconto", "00000000000000500"),
    ],
)
def test_desconto(pedido, tipo, code, field, value):
    descontos = (Desconto(date(2026, 1, 20), Reais(500), Decimal("3.5")),)
    assert dado(with_encargos(pedido, tipo_desconto=tipo, descontos=descontos))["desconto"] == {
        "codigo_tipo_desconto": code,
        "descontos": [{"data_desconto": "2026-01-20", field: value}],
    }


def test_abatimento_only_when_there_is_one(pedido):
    assert "valor_abatimento" not in dado(pedido)
    assert dado(with_encargos(pedido, abatimento=Reais(100)))["valor_abatimento"] == "00000000000000100"


def test_older_shape_counts_days(pedido):
    pedido = with_encargos(
        pedido,
        multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2)),
        juros=Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(1), dias=2),
        tipo_desconto=TipoDesconto.VALOR_ATE_DATA,
        descontos=(Desconto(date(2026, 1, 20), Reais(500)),),
    )
    body = dado(pedido, encargos_por_data=False, desconto_por_data=False)
    assert body["multa"]["quantidade_dias_multa"] == 1
    assert body["juros"]["quantidade_dias_juros"] == 2
    assert body["desconto"]["descontos"][0]["quantidade_dias_desconto"] == 10
    assert not {"data_multa", "data_juros", "data_desconto"} & {*body["multa"], *body["juros"], *body["desconto"]}


def test_decimals_when_chosen(pedido):
    pedido = with_encargos(pedido, multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal("2.5")))
    body = dado(pedido, decimais_na_emissao=True)
    assert body["valor_total_titulo"] == "50.00"
    assert body["multa"]["percentual_multa"] == "2.50000"


def test_formats_of_the_reference():
    assert money17(Reais(5000)) == "00000000000005000"
    assert pct12(Decimal(1)) == "000000100000"
    assert pct12(Decimal("2.5")) == "000000250000"
    assert pct12(Decimal("0.033333")) == "000000003333"
    assert id_beneficiario("1500", "05206", "1") == "150000052061"
    assert chave_boleto("150000052061", "109", "00000001") == "15000005206110900000001"


@pytest.mark.parametrize(
    ("text", "limit", "safe"),
    [
        ("  Ação   & Reação  ", 50, "Acao Reacao"),
        ("Rua 10/12", 10, "Rua 10-12"),
        ("Sant'Ana (fundos) nº 3 — bloco B", 50, "Sant Ana fundos no 3 - bloco B"),
        ("abcdefgh ijk", 9, "abcdefgh"),
        ("Rua→Praça ½", 50, "Rua Praca 1 2"),
        ("<script>;'\"`#*|]ü", 50, "script u"),
        ("日本", 10, ""),
    ],
)
def test_safe_text(text, limit, safe):
    assert safe_text(text, limit) == safe


@given(st.text(), st.integers(1, 50))
def test_safe_text_is_always_safe(text, limit):
    safe = safe_text(text, limit)
    assert len(safe) <= limit
    assert all(c.isascii() and (c.isalnum() or c in " .,-") for c in safe)
    assert safe == safe.strip()
    assert "  " not in safe
    assert safe_text(safe, limit) == safe


@given(st.integers(0, 10**15 - 1))
def test_money17_is_17_digits_of_cents(cents):
    text = money17(Reais(cents))
    assert len(text) == 17
    assert int(text) == cents
