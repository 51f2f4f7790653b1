"""The charges as queries show them, in the numbering of answers and of requests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.banks.itau.reading_encargos import read_encargos
from bancointegra.banks.node import Node
from bancointegra.domain.encargos import Desconto, Encargos, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.reais import Reais

VENCIMENTO = date(2026, 1, 30)


def read(**dado):
    return read_encargos(Node(dado), VENCIMENTO)


@pytest.mark.parametrize("dado", [{}, {"multa": None, "juros": None, "desconto": None}, {"outro": {"a": 1}}])
def test_none_shown(dado):
    assert read(**dado) is None


@pytest.mark.parametrize(
    "dado",
    [
        {"multa": {"codigo_tipo_multa": "03"}},
        {"juros": {"codigo_tipo_juros": "05"}},
        {"juros": {"codigo_tipo_juros": 5, "valor_juros": "0.00"}},
        {"desconto": {"codigo_tipo_desconto": "00", "descontos": []}},
        {"desconto": {"codigo_tipo_desconto": 0}},
        {"valor_abatimento": "0.00"},
        {"multa": {}},
    ],
)
def test_shown_to_be_none(dado):
    assert read(**dado) == Encargos()


@pytest.mark.parametrize(
    ("block", "multa"),
    [
        (
            {"codigo_tipo_multa": "01", "valor_multa": "12.34", "percentual_multa": "0.00000"},
            Multa(TipoMulta.VALOR, valor=Reais(1234)),
        ),
        (
            {"codigo_tipo_multa": 2, "percentual_multa": "2.00000", "quantidade_dias_multa": 3},
            Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2), dias=3),
        ),
        (
            {"codigo_tipo_multa": "02", "percentual_multa": "000000250000", "data_multa": "2026-02-01"},
            Multa(TipoMulta.PERCENTUAL, percentual=Decimal("2.5"), dias=2),
        ),
        (
            {"codigo_tipo_multa": "02", "percentual_multa": Decimal("2.5"), "data_multa": "0001-01-01"},
            Multa(TipoMulta.PERCENTUAL, percentual=Decimal("2.5")),
        ),
        # the due date was changed after the day was set
        (
            {"codigo_tipo_multa": "01", "valor_multa": "1.00", "data_multa": "2026-01-10"},
            Multa(TipoMulta.VALOR, valor=Reais(100)),
        ),
        (
            {"codigo_tipo_multa": "01", "valor_multa": "1.00", "quantidade_dias_multa": 0},
            Multa(TipoMulta.VALOR, valor=Reais(100)),
        ),
    ],
)
def test_multa(block, multa):
    assert read(multa=block) == Encargos(multa=multa)


@pytest.mark.parametrize(
    ("codes", "tipo"),
    [
        (("90", "08", "03", 3, "8"), TipoJuros.PERCENTUAL_AO_MES),
        (("91", "07", "02"), TipoJuros.PERCENTUAL_AO_DIA),
        (("92", "09", "04"), TipoJuros.PERCENTUAL_AO_ANO),
    ],
)
def test_juros_in_per_cent(codes, tipo):
    for code in codes:
        block = {"codigo_tipo_juros": code, "percentual_juros": "1.00000", "quantidade_dias_juros": "2"}
        assert read(juros=block) == Encargos(juros=Juros(tipo, percentual=Decimal(1), dias=2))


@pytest.mark.parametrize("code", ["93", "06", "01", 1])
def test_juros_per_day(code):
    block = {"codigo_tipo_juros": code, "valor_juros": "0.41", "data_juros": "2026-01-31"}
    assert read(juros=block) == Encargos(juros=Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(41)))


@pytest.mark.parametrize(
    ("code", "tipo", "amount", "desconto"),
    [
        ("01", TipoDesconto.VALOR_ATE_DATA, {"valor_desconto": "10.00"}, {"valor": Reais(1000)}),
        ("02", TipoDesconto.PERCENTUAL_ATE_DATA, {"percentual_desconto": "3.5"}, {"percentual": Decimal("3.5")}),
        (
            "90",
            TipoDesconto.PERCENTUAL_POR_DIA_ANTECIPADO,
            {"percentual_desconto": "0.1"},
            {"percentual": Decimal("0.1")},
        ),
        ("91", TipoDesconto.VALOR_POR_DIA_ANTECIPADO, {"valor_desconto": "0.50"}, {"valor": Reais(50)}),
    ],
)
def test_desconto(code, tipo, amount, desconto):
    block = {
        "codigo_tipo_desconto": code,
        "descontos": [{"data_desconto": "2026-01-20"} | amount, {"quantidade_dias_desconto": 5} | amount],
    }
    expected = (Desconto(date(2026, 1, 20), **desconto), Desconto(date(2026, 1, 25), **desconto))
    assert read(desconto=block) == Encargos(tipo_desconto=tipo, descontos=expected)


def test_single_desconto_as_an_object():
    block = {"codigo_tipo_desconto": "01", "descontos": {"data_desconto": "2026-01-20", "valor_desconto": "1.00"}}
    assert read(desconto=block).descontos == (Desconto(date(2026, 1, 20), Reais(100)),)


def test_abatimento():
    assert read(valor_abatimento="50.00") == Encargos(abatimento=Reais(5000))


@pytest.mark.parametrize(
    "dado",
    [
        {"juros": {"codigo_tipo_juros": "77", "valor_juros": "1.00"}},
        {"juros": {"codigo_tipo_juros": "90"}},
        {"juros": {"codigo_tipo_juros": "90", "percentual_juros": "um"}},
        {"multa": {"valor_multa": "1.00"}},
        {"multa": {"codigo_tipo_multa": "01", "valor_multa": "1,00"}},
        {"multa": {"codigo_tipo_multa": "01", "valor_multa": "1.00", "data_multa": "31/01/2026"}},
        {"multa": {"codigo_tipo_multa": "01", "valor_multa": "1.00", "quantidade_dias_multa": "-3"}},
        {"desconto": {"codigo_tipo_desconto": "05"}},
        {"valor_abatimento": "?"},
    ],
)
def test_what_makes_no_sense_is_unknown_and_not_none(dado):
    assert read(**{"multa": {"codigo_tipo_multa": "03"}} | dado) is None


ODD = st.none() | st.integers() | st.text() | st.decimals() | st.dates().map(str) | st.from_regex(r"[0-9.]{1,20}")


@given(
    st.sampled_from(["01", "02", "90", "93"]),
    st.dictionaries(
        st.sampled_from(
            [
                f"{start}_{encargo}"
                for start in ("valor", "percentual", "data", "quantidade_dias")
                for encargo in ("multa", "juros")
            ]
        ),
        ODD,
    ),
    st.dictionaries(
        st.sampled_from(["data_desconto", "quantidade_dias_desconto", "valor_desconto", "percentual_desconto"]), ODD
    ),
)
def test_odd_values_are_read_or_unknown(code, block, desconto):
    encargos = read(
        multa={"codigo_tipo_multa": code} | block,
        juros={"codigo_tipo_juros": code} | block,
        desconto={"codigo_tipo_desconto": code, "descontos": [desconto]},
    )
    assert encargos is None or (encargos.multa.dias >= 1 and encargos.juros.dias >= 1)
