from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.domain.calculo_encargos import devido_em, textos_encargos, validate_encargos
from bancointegra.domain.calendario import CalendarioBancario
from bancointegra.domain.encargos import (
    Desconto,
    Encargos,
    Juros,
    ModeloJuros,
    Multa,
    TipoDesconto,
    TipoJuros,
    TipoMulta,
)
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.reais import ZERO, Reais

CALENDARIO = CalendarioBancario()
MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)
VALOR = Reais(211_500)
MULTA_2 = Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2))
JUROS_1_AO_MES = Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal(1))


def late(encargos, days, valor=VALOR, vencimento=MONDAY):
    return devido_em(valor, vencimento, encargos, vencimento + timedelta(days=days), CALENDARIO)


def descontos(tipo, *pairs):
    por_valor = tipo in (TipoDesconto.VALOR_ATE_DATA, TipoDesconto.VALOR_POR_DIA_ANTECIPADO)
    name = "valor" if por_valor else "percentual"
    return Encargos(tipo_desconto=tipo, descontos=tuple(Desconto(ate, **{name: amount}) for ate, amount in pairs))


# ---- late ----


def test_without_charges_only_the_value_is_due():
    devido = late(Encargos(), 400)
    assert (devido.total, devido.valor, devido.dia) == (VALOR, VALOR, MONDAY + timedelta(days=400))


@pytest.mark.parametrize(("days", "multa"), [(0, 0), (1, 4230), (30, 4230)])
def test_multa_is_charged_once_from_the_day_after(days, multa):
    assert late(Encargos(multa=MULTA_2), days).multa == Reais(multa)


def test_multa_in_reais_and_from_a_later_day():
    encargos = Encargos(multa=Multa(TipoMulta.VALOR, valor=Reais(500), dias=3))
    assert [late(encargos, days).multa for days in (2, 3)] == [ZERO, Reais(500)]


def test_juros_add_up_with_multa_on_the_nominal_value():
    devido = late(Encargos(multa=MULTA_2, juros=JUROS_1_AO_MES), 10)
    assert devido.juros == Reais(710)  # 2115,00 x 1 % / 30 = 0,705 -> 0,71 a day
    assert devido.total == VALOR + Reais(4230) + Reais(710)


@pytest.mark.parametrize(
    ("juros", "modelo", "days", "expected"),
    [
        (JUROS_1_AO_MES, ModeloJuros.VALOR_DIARIO, 5, 20),  # 127,50: 0,0425 -> 0,04 a day
        (JUROS_1_AO_MES, ModeloJuros.TAXA, 5, 21),  # 0,2125
        (JUROS_1_AO_MES, ModeloJuros.TAXA, 30, 128),  # 1,275 rounds half up
        (Juros(TipoJuros.PERCENTUAL_AO_DIA, percentual=Decimal("0.5")), ModeloJuros.VALOR_DIARIO, 3, 192),
        (Juros(TipoJuros.PERCENTUAL_AO_DIA, percentual=Decimal("0.5")), ModeloJuros.TAXA, 3, 191),
        (Juros(TipoJuros.PERCENTUAL_AO_ANO, percentual=Decimal(12)), ModeloJuros.TAXA, 360, 1530),
        (Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(70)), ModeloJuros.VALOR_DIARIO, 3, 210),
        (Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(70)), ModeloJuros.TAXA, 3, 210),
        (Juros(), ModeloJuros.TAXA, 3, 0),
    ],
)
def test_both_models_of_juros(juros, modelo, days, expected):
    assert late(Encargos(juros=juros, modelo_juros=modelo), days, Reais(12_750)).juros == Reais(expected)


def test_example_of_the_reference_per_day_value():
    # R$ 100 at 1 % a month, 5 days: 0,0333 -> 0,03 a day against 0,1667 -> 0,17 at the end.
    per_day = Encargos(juros=JUROS_1_AO_MES)
    assert late(per_day, 5, Reais(10_000)).juros == Reais(15)
    assert late(replace(per_day, modelo_juros=ModeloJuros.TAXA), 5, Reais(10_000)).juros == Reais(17)


def test_juros_from_a_later_day_count_from_that_day():
    encargos = Encargos(juros=Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(100), dias=5))
    assert [late(encargos, days).juros for days in (4, 5, 6)] == [ZERO, Reais(100), Reais(200)]


def test_a_due_date_without_banking_is_paid_free_on_the_next_banking_day():
    encargos = Encargos(multa=MULTA_2, juros=Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(70)))
    on_monday = devido_em(VALOR, SATURDAY, encargos, date(2026, 11, 30), CALENDARIO)
    assert (on_monday.multa, on_monday.juros, on_monday.total) == (ZERO, ZERO, VALOR)
    on_tuesday = devido_em(VALOR, SATURDAY, encargos, date(2026, 12, 1), CALENDARIO)
    assert on_tuesday.juros == Reais(3 * 70)  # from the original due date
    assert on_tuesday.multa == Reais(4230)


def test_local_holiday_moves_the_free_day():
    encargos = Encargos(multa=MULTA_2)
    closed_on_monday = CalendarioBancario([MONDAY])
    assert devido_em(VALOR, MONDAY, encargos, date(2026, 11, 24), closed_on_monday).multa == ZERO
    assert devido_em(VALOR, MONDAY, encargos, date(2026, 11, 25), closed_on_monday).multa == Reais(4230)


# ---- early ----


def test_the_first_discount_not_yet_passed_applies():
    encargos = descontos(
        TipoDesconto.VALOR_ATE_DATA,
        (date(2026, 11, 20), Reais(500)),  # not in order of date, on purpose
        (date(2026, 11, 10), Reais(1000)),
        (MONDAY, Reais(100)),
    )
    paid = {date(2026, 11, 10): 1000, date(2026, 11, 11): 500, date(2026, 11, 20): 500, MONDAY: 100}
    for day, discount in paid.items():
        assert devido_em(VALOR, MONDAY, encargos, day, CALENDARIO).desconto == Reais(discount)
    assert late(encargos, 1).desconto == ZERO


@pytest.mark.parametrize(
    ("tipo", "amount", "discount"),
    [
        (TipoDesconto.VALOR_ATE_DATA, Reais(1000), 1000),
        (TipoDesconto.PERCENTUAL_ATE_DATA, Decimal("2.5"), 5288),  # 52,875 half up
        (TipoDesconto.VALOR_POR_DIA_ANTECIPADO, Reais(30), 90),
        (TipoDesconto.PERCENTUAL_POR_DIA_ANTECIPADO, Decimal("0.1"), 636),  # 2,115 -> 2,12 a day
    ],
)
def test_every_kind_of_discount(tipo, amount, discount):
    devido = late(descontos(tipo, (MONDAY, amount)), -3)
    assert devido.desconto == Reais(discount)
    assert devido.total == VALOR - Reais(discount)


def test_abatimento_is_always_taken_off():
    encargos = Encargos(abatimento=Reais(1500), multa=MULTA_2)
    assert late(encargos, 0).total == VALOR - Reais(1500)
    assert late(encargos, 1).total == VALOR - Reais(1500) + Reais(4230)


def test_a_discount_date_after_the_due_date_is_read_as_the_due_date():
    encargos = descontos(TipoDesconto.VALOR_ATE_DATA, (date(2026, 12, 31), Reais(100)))
    assert late(encargos, 0).desconto == Reais(100)
    assert late(encargos, 1).desconto == ZERO


def test_a_discount_is_taken_literally_on_a_saturday():
    encargos = descontos(TipoDesconto.VALOR_ATE_DATA, (SATURDAY, Reais(100)))
    assert devido_em(VALOR, SATURDAY, encargos, date(2026, 11, 30), CALENDARIO).total == VALOR


def test_a_discount_per_day_never_exceeds_what_is_due():
    encargos = descontos(TipoDesconto.VALOR_POR_DIA_ANTECIPADO, (MONDAY, Reais(100_000)))
    assert late(encargos, -10).total == ZERO


@given(
    valor=st.integers(100, 10**9),
    multa=st.decimals("0.01", "99", places=2),
    juros=st.decimals("0.01", "30", places=2),
    modelo=st.sampled_from(ModeloJuros),
    tipo=st.sampled_from([TipoJuros.PERCENTUAL_AO_DIA, TipoJuros.PERCENTUAL_AO_MES, TipoJuros.PERCENTUAL_AO_ANO]),
    vencimento=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    days=st.integers(-60, 400),
)
def test_what_is_owed_never_falls_as_days_pass(valor, multa, juros, modelo, tipo, vencimento, days):
    encargos = Encargos(
        multa=Multa(TipoMulta.PERCENTUAL, percentual=multa),
        juros=Juros(tipo, percentual=juros),
        tipo_desconto=TipoDesconto.VALOR_POR_DIA_ANTECIPADO,
        descontos=(Desconto(vencimento, valor=Reais(1)),),
        modelo_juros=modelo,
    )
    today, tomorrow = (late(encargos, n, Reais(valor), vencimento) for n in (days, days + 1))
    assert today.total <= tomorrow.total
    assert today.total == today.valor - today.abatimento - today.desconto + today.multa + today.juros
    if days <= 0:
        assert today.multa == today.juros == ZERO


# ---- what may be asked for ----


def test_the_usual_charges_are_accepted_without_a_word():
    encargos = replace(
        descontos(TipoDesconto.VALOR_ATE_DATA, (date(2026, 11, 20), Reais(1000))),
        multa=MULTA_2,
        juros=JUROS_1_AO_MES,
        abatimento=Reais(100),
    )
    assert validate_encargos(VALOR, MONDAY, encargos) == ()


def test_charges_that_round_to_nothing_are_told():
    encargos = Encargos(multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal("0.1")), juros=JUROS_1_AO_MES)
    avisos = validate_encargos(Reais(400), MONDAY, encargos)
    assert ["multa" in avisos[0], "juros" in avisos[1]] == [True, True]
    assert all("R$ 0,00" in aviso for aviso in avisos)


@pytest.mark.parametrize(
    ("encargos", "field"),
    [
        (Encargos(abatimento=Reais(-1)), "abatimento"),
        (Encargos(multa=Multa(TipoMulta.VALOR)), "multa"),
        (Encargos(multa=Multa(TipoMulta.PERCENTUAL)), "multa"),
        (Encargos(multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal(100))), "multa"),
        (Encargos(multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal("NaN"))), "multa"),
        (Encargos(multa=Multa(TipoMulta.VALOR, valor=Reais(100), dias=0)), "multa"),
        (Encargos(juros=Juros(TipoJuros.VALOR_POR_DIA)), "juros"),
        (Encargos(juros=Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal(-1))), "juros"),
        (Encargos(juros=Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(1), dias=0)), "juros"),
        (Encargos(tipo_desconto=TipoDesconto.VALOR_ATE_DATA), "desconto"),
        (Encargos(descontos=(Desconto(MONDAY, Reais(1)),)), "desconto"),
        (descontos(TipoDesconto.VALOR_ATE_DATA, (SATURDAY, Reais(1))), "desconto"),
        (descontos(TipoDesconto.VALOR_ATE_DATA, (MONDAY, ZERO)), "desconto"),
        (descontos(TipoDesconto.PERCENTUAL_ATE_DATA, (MONDAY, Decimal("0.0001"))), "desconto"),
        (descontos(TipoDesconto.PERCENTUAL_ATE_DATA, (MONDAY, Decimal(100))), "desconto"),
        (descontos(TipoDesconto.VALOR_ATE_DATA, (MONDAY, Reais(1)), (MONDAY, Reais(2))), "desconto"),
        (
            descontos(TipoDesconto.VALOR_ATE_DATA, *((date(2026, 11, n), Reais(1)) for n in (1, 2, 3, 4))),
            "desconto",
        ),
    ],
)
def test_unusable_charges_name_the_field(encargos, field):
    with pytest.raises(InputError) as raised:
        validate_encargos(VALOR, MONDAY, encargos)
    assert raised.value.field == field


@pytest.mark.parametrize(
    "encargos",
    [
        Encargos(abatimento=VALOR),
        descontos(TipoDesconto.VALOR_ATE_DATA, (MONDAY, VALOR)),
        replace(descontos(TipoDesconto.VALOR_ATE_DATA, (MONDAY, Reais(1500))), abatimento=Reais(210_000)),
        Encargos(multa=Multa(TipoMulta.VALOR, valor=VALOR)),
    ],
)
def test_charges_as_large_as_the_value_are_refused(encargos):
    with pytest.raises(RuleError, match=r"menor(es)? que o valor"):
        validate_encargos(VALOR, MONDAY, encargos)


def test_a_titulo_without_value_is_refused():
    with pytest.raises(InputError) as raised:
        validate_encargos(ZERO, MONDAY, Encargos())
    assert raised.value.field == "valor"


# ---- the boleto's words ----


def test_texts_speak_of_reais_and_dates_only():
    encargos = replace(
        descontos(
            TipoDesconto.PERCENTUAL_ATE_DATA, (date(2026, 11, 22), Decimal("0.1")), (date(2026, 11, 20), Decimal(1))
        ),
        multa=replace(MULTA_2, dias=2),
        juros=JUROS_1_AO_MES,
        abatimento=Reais(1000),
    )
    assert textos_encargos(VALOR, MONDAY, encargos) == (
        "Conceder abatimento de R$ 10,00",
        "Até 20/11/2026 conceder desconto de R$ 21,15",
        "Até 22/11/2026 conceder desconto de R$ 2,12",
        "Após 24/11/2026 cobrar multa de R$ 42,30",
        "Após 23/11/2026 cobrar juros de R$ 0,71 por dia de atraso",
    )


def test_text_of_a_discount_per_day():
    encargos = descontos(TipoDesconto.VALOR_POR_DIA_ANTECIPADO, (date(2026, 11, 20), Reais(30)))
    assert textos_encargos(VALOR, MONDAY, encargos) == (
        "Até 20/11/2026 conceder desconto de R$ 0,30 por dia de antecipação",
    )


def test_nothing_to_charge_is_not_printed():
    assert textos_encargos(VALOR, MONDAY, Encargos()) == ()
    assert textos_encargos(Reais(100), MONDAY, Encargos(juros=JUROS_1_AO_MES)) == ()
