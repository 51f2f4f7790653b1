from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.domain.errors import InputError
from bancointegra.domain.reais import Reais

CENTS = st.integers(-(10**15) + 1, 10**15 - 1)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1250", 125_000),
        ("1.250", 125_000),
        ("1.250,00", 125_000),
        ("1250,5", 125_050),
        ("1250.50", 125_050),
        ("R$ 1.250,00", 125_000),
        ("R$\u00a01.250,00", 125_000),
        ("  0,01 ", 1),
        ("-3,10", -310),
    ],
)
def test_what_clerks_type(text, cents):
    assert Reais.parse(text) == Reais(cents)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1,234", "1.25.0", "12.50,00", "1,2,3", "1R$2", "١٢٣", "1e3", "NaN", "1_000", "9" * 40, "R$", "12,"],
)
def test_what_is_no_amount(text):
    with pytest.raises(InputError) as raised:
        Reais.parse(text)
    assert raised.value.field == "valor"


@pytest.mark.parametrize(
    "value",
    ["0.001", "NaN", "sNaN", "Infinity", "1e13", "1e999999", "1e-999999", "1.00000000000000000000000000000000001"],
)
def test_decimals_that_are_no_amount(value):
    with pytest.raises(InputError):
        Reais.from_decimal(Decimal(value))


@given(CENTS)
def test_parse_and_print_are_inverse(cents):
    amount = Reais(cents)
    assert Reais.parse(str(amount)) == amount
    assert Reais.from_decimal(amount.decimal) == amount
    if cents >= 0:
        assert Reais.parse(amount.com_simbolo) == amount


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text):
    try:
        amount = Reais.parse(text)
    except InputError:
        return
    assert Reais.parse(str(amount)) == amount


@pytest.mark.parametrize(("value", "cents"), [("0.005", 1), ("0.0049", 0), ("-0.005", -1), ("52.875", 5288)])
def test_half_cents_go_up(value, cents):
    assert Reais.rounded(Decimal(value)) == Reais(cents)
