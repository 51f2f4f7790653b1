"""Parcelas: days, months that are too short, cents, discounts that move along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bancointegra.domain.calendario import CalendarioBancario
from bancointegra.domain.edicao_titulo import DadosTitulo
from bancointegra.domain.encargos import Desconto, Encargos, TipoDesconto
from bancointegra.domain.errors import InputError
from bancointegra.domain.parcelamento import Divisao, Parcela, Parcelamento, dividir, parcelar
from bancointegra.domain.reais import Reais
from tests.builders import AURORA

CALENDARIO = CalendarioBancario()
DADOS = DadosTitulo(1, 1, "1001", "", AURORA, date(2026, 11, 3), date(2027, 1, 31), Reais(100_00), Encargos())


def dates(parcelas: tuple[Parcela, ...]) -> list[str]:
    return [f"{parcela.dados.vencimento:%d/%m/%Y}" for parcela in parcelas]


def test_day_31_is_the_last_day_of_a_shorter_month() -> None:
    parcelas = parcelar(DADOS, Parcelamento(4, 31), CALENDARIO)
    assert dates(parcelas) == ["31/01/2027", "28/02/2027", "31/03/2027", "30/04/2027"]
    assert [parcela.dados.identificacao for parcela in parcelas] == ["1001/1", "1001/2", "1001/3", "1001/4"]


def test_the_first_keeps_its_own_day_and_the_year_turns() -> None:
    dados = replace(DADOS, vencimento=date(2026, 11, 17))
    assert dates(parcelar(dados, Parcelamento(3, 10), CALENDARIO)) == ["17/11/2026", "10/12/2026", "10/01/2027"]


def test_a_day_without_banking_is_shown_and_moved_only_if_wanted() -> None:
    kept = parcelar(DADOS, Parcelamento(2, 31), CALENDARIO)
    assert [parcela.is_sem_banco for parcela in kept] == [True, True]  # two Sundays
    assert [parcela.pagavel_ate for parcela in kept] == [date(2027, 2, 1), date(2027, 3, 1)]
    moved = parcelar(DADOS, Parcelamento(2, 31, no_dia_util=True), CALENDARIO)
    assert dates(moved) == ["01/02/2027", "01/03/2027"]
    assert not any(parcela.is_sem_banco for parcela in moved)


@pytest.mark.parametrize(
    ("divisao", "cents"),
    [
        (Divisao.RESTO_NA_ULTIMA, [3333, 3333, 3334]),
        (Divisao.RESTO_NA_PRIMEIRA, [3334, 3333, 3333]),
        (Divisao.MESMO_VALOR, [10000, 10000, 10000]),
    ],
)
def test_cents_of_a_division(divisao: Divisao, cents: list[int]) -> None:
    assert [valor.centavos for valor in dividir(Reais(100_00), 3, divisao)] == cents


@settings(max_examples=40)
@given(
    st.integers(1, 10**9), st.integers(2, 120), st.sampled_from([Divisao.RESTO_NA_PRIMEIRA, Divisao.RESTO_NA_ULTIMA])
)
def test_divided_parcelas_sum_up_to_the_cent(cents: int, quantidade: int, divisao: Divisao) -> None:
    assert Reais.total(dividir(Reais(cents), quantidade, divisao)) == Reais(cents)


def test_discounts_end_as_many_days_before() -> None:
    encargos = Encargos(
        tipo_desconto=TipoDesconto.VALOR_ATE_DATA, descontos=(Desconto(date(2027, 1, 26), Reais(5_00)),)
    )
    parcelas = parcelar(replace(DADOS, encargos=encargos), Parcelamento(3, 31), CALENDARIO)
    for parcela in parcelas:
        assert parcela.dados.vencimento - parcela.dados.encargos.descontos[0].ate == timedelta(days=5)


@pytest.mark.parametrize(
    ("parcelamento", "valor", "field"),
    [
        (Parcelamento(1, 10), 100, "Parcelas"),
        (Parcelamento(121, 10), 100, "Parcelas"),
        (Parcelamento(2, 32), 100, "Dia"),
        (Parcelamento(3, 10), 2, "Parcelas"),
    ],
)
def test_what_cannot_be_made(parcelamento: Parcelamento, valor: int, field: str) -> None:
    with pytest.raises(InputError) as refused:
        parcelar(replace(DADOS, valor=Reais(valor)), parcelamento, CALENDARIO)
    assert refused.value.field == field
