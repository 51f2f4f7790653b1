from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.domain.calendario import CalendarioBancario

CALENDARIO = CalendarioBancario()


@pytest.mark.parametrize(
    "closed",
    [
        date(2026, 1, 1),
        date(2026, 2, 16),  # Carnaval
        date(2026, 2, 17),
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 21),
        date(2026, 5, 1),
        date(2026, 6, 4),  # Corpus Christi
        date(2026, 9, 7),
        date(2026, 10, 12),
        date(2026, 11, 2),
        date(2026, 11, 20),
        date(2026, 12, 25),
        date(2026, 11, 21),  # Saturday
        date(2026, 11, 22),  # Sunday
        date(2026, 12, 31),
        date(2022, 12, 30),  # 31 December was a Saturday
        date(2023, 12, 29),  # a Sunday
    ],
)
def test_no_banking_day(closed):
    assert not CALENDARIO.is_dia_util(closed)


@pytest.mark.parametrize(
    "open_day",
    [
        date(2026, 2, 18),  # Ash Wednesday opens at noon
        date(2026, 12, 24),  # short, but open
        date(2026, 12, 30),
        date(2023, 11, 20),  # national only from 2024 on
        date(2026, 10, 28),  # civil servants only
        date(2026, 11, 23),
    ],
)
def test_banking_day(open_day):
    assert CALENDARIO.is_dia_util(open_day)


def test_last_weekday_of_the_year_can_be_switched_to_open():
    anbima = CalendarioBancario(fecha_no_fim_do_ano=False)
    assert anbima.is_dia_util(date(2026, 12, 31))
    assert anbima.is_dia_util(date(2023, 12, 29))
    assert not anbima.is_dia_util(date(2022, 12, 31))


def test_local_holidays_are_the_office_s_own():
    sao_paulo = CalendarioBancario([date(2027, 1, 25)])
    assert not sao_paulo.is_dia_util(date(2027, 1, 25))
    assert CALENDARIO.is_dia_util(date(2027, 1, 25))


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 2, 14), date(2026, 2, 18)),
        (date(2026, 12, 31), date(2027, 1, 4)),
    ],
)
def test_next_banking_day(day, following):
    assert CALENDARIO.proximo_dia_util(day) == following


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_next_banking_day_is_the_first_one(day):
    following = CALENDARIO.proximo_dia_util(day)
    assert CALENDARIO.is_dia_util(following)
    skipped = [day + timedelta(days=n) for n in range((following - day).days)]
    assert not any(CALENDARIO.is_dia_util(other) for other in skipped)
    assert len(skipped) <= 5
