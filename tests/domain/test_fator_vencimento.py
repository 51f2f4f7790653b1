from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.fator_vencimento import (
    DIAS_A_FRENTE,
    DIAS_NO_PASSADO,
    fator_of,
    is_longe_demais,
    read_fator,
    require_emissivel,
    vencimentos_possiveis,
)

TODAY = date(2026, 11, 23)
DATES = st.dates(date(2000, 7, 3), date(2200, 1, 1))


@pytest.mark.parametrize(
    ("vencimento", "fator"),
    [
        (date(2000, 7, 3), 1000),
        (date(2002, 5, 1), 1667),
        (date(2025, 2, 21), 9999),
        (date(2025, 2, 22), 1000),
        (date(2025, 2, 23), 1001),
        (date(2049, 10, 13), 9999),
        (date(2049, 10, 14), 1000),
    ],
)
def test_factor_of_a_date(vencimento, fator):
    assert fator_of(vencimento) == fator


def test_no_factor_before_the_first():
    with pytest.raises(InputError, match="03/07/2000"):
        fator_of(date(2000, 7, 2))


@pytest.mark.parametrize(
    ("fator", "vencimento", "duvidoso"),
    [
        (1000, date(2025, 2, 22), False),
        (7139, date(2041, 12, 14), False),  # 5500 days ahead: the window's end
        (7140, date(2017, 4, 25), True),  # in the gap: the nearest is in the past
        (7638, date(2018, 9, 5), True),
        (7639, date(2018, 9, 6), False),  # 3000 days ago: the window's start
        (9999, date(2025, 2, 21), False),
    ],
)
def test_reading_today(fator, vencimento, duvidoso):
    read = read_fator(fator, TODAY)
    assert (read.vencimento, read.duvidoso) == (vencimento, duvidoso)


def test_the_same_factor_means_another_date_to_another_reader():
    assert read_fator(8981, date(2022, 4, 1)).vencimento == date(2022, 5, 10)
    assert read_fator(8981, date(2040, 1, 1)).vencimento == date(2046, 12, 30)


def test_a_reader_before_the_factors_gets_the_first_cycle():
    read = read_fator(9000, date(1999, 1, 1))
    assert (read.vencimento, read.duvidoso) == (date(2022, 5, 29), True)


def test_the_calendar_ends_without_an_error():
    read = read_fator(1000, date.max)
    assert read.vencimento <= date.max


def test_two_possible_dates():
    assert vencimentos_possiveis(1539) == (date(2001, 12, 24), date(2026, 8, 15))


@given(DATES, st.integers(-DIAS_A_FRENTE, DIAS_NO_PASSADO))
def test_a_date_within_the_window_survives_the_round_trip(vencimento, days_until_reading):
    read = read_fator(fator_of(vencimento), vencimento + timedelta(days=days_until_reading))
    assert (read.vencimento, read.duvidoso) == (vencimento, False)


@given(st.integers(1000, 9999), DATES)
def test_what_is_read_has_the_factor_and_doubt_means_outside_the_window(fator, referencia):
    read = read_fator(fator, referencia)
    assert fator_of(read.vencimento) == fator
    inside = -DIAS_NO_PASSADO <= (read.vencimento - referencia).days <= DIAS_A_FRENTE
    assert read.duvidoso != inside


@given(DATES, DATES)
def test_what_may_be_issued_is_read_back(vencimento, referencia):
    assume(vencimento >= referencia)
    if is_longe_demais(vencimento, referencia):
        with pytest.raises(RuleError, match="dias à frente"):
            require_emissivel(vencimento, referencia)
    else:
        require_emissivel(vencimento, referencia)
        assert read_fator(fator_of(vencimento), referencia).vencimento == vencimento


def test_the_refusal_names_the_last_possible_date():
    with pytest.raises(RuleError) as raised:
        require_emissivel(date(2041, 12, 15), TODAY)
    assert "14/12/2041" in raised.value.hint
    require_emissivel(date(2041, 12, 14), TODAY)
