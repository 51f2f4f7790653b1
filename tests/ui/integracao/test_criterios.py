"""The filter as a value: periods, what is offered, what is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bancointegra.domain.errors import InputError
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TipoPeriodo
from bancointegra.ui.integracao.criterios import Atalho, Criterios, tipos_periodo

HOJE = date(2026, 11, 23)  # a Monday
LIQUIDADO = frozenset({Situacao.LIQUIDADO})


@pytest.mark.parametrize(
    ("atalho", "hoje", "periodo"),
    [
        (Atalho.HOJE, HOJE, (HOJE, HOJE)),
        (Atalho.SEMANA, HOJE, (HOJE, date(2026, 11, 29))),
        (Atalho.SEMANA, date(2027, 1, 3), (date(2026, 12, 28), date(2027, 1, 3))),
        (Atalho.MES, HOJE, (date(2026, 11, 1), date(2026, 11, 30))),
        (Atalho.MES, date(2028, 2, 29), (date(2028, 2, 1), date(2028, 2, 29))),
    ],
)
def test_the_quick_periods(atalho: Atalho, hoje: date, periodo: tuple[date, date]) -> None:
    assert atalho.periodo(hoje) == periodo


def test_liquidacao_is_offered_with_liquidado_alone() -> None:
    assert TipoPeriodo.LIQUIDACAO in tipos_periodo(LIQUIDADO)
    assert TipoPeriodo.LIQUIDACAO not in tipos_periodo({Situacao.LIQUIDADO, Situacao.REGISTRADO})
    assert TipoPeriodo.LIQUIDACAO not in tipos_periodo(())


def test_liquidacao_falls_back_when_another_status_is_checked() -> None:
    criterios = replace(Criterios.iniciais(HOJE), situacoes=LIQUIDADO, tipo_periodo=TipoPeriodo.LIQUIDACAO)

    assert criterios.with_situacoes(LIQUIDADO).tipo_periodo is TipoPeriodo.LIQUIDACAO
    assert criterios.with_situacoes(frozenset({Situacao.REGISTRADO})).tipo_periodo is TipoPeriodo.VENCIMENTO


def test_a_search_needs_an_account() -> None:
    with pytest.raises(InputError) as caught:
        Criterios.iniciais(HOJE).to_filter()
    assert caught.value.field == "Conta Bancária"


def test_a_period_that_ends_before_it_begins_is_said() -> None:
    criterios = Criterios(conta_id=1, de=date(2026, 11, 30), ate=date(2026, 11, 1))
    with pytest.raises(InputError, match="30/11/2026") as caught:
        criterios.to_filter()
    assert caught.value.field == "Período"


def test_somente_a_confirmar_looks_at_the_whole_account() -> None:
    criterios = replace(Criterios.iniciais(HOJE), conta_id=7, somente_a_confirmar=True)

    filtro = criterios.to_filter("aurora")

    assert (filtro.conta_id, filtro.texto, filtro.somente_a_confirmar) == (7, "aurora", True)
    assert (filtro.situacoes, filtro.de, filtro.ate) == (frozenset(), None, None)


def test_the_form_is_remembered() -> None:
    criterios = Criterios(
        conta_id=3,
        tipo_cobranca_id=9,
        situacoes=LIQUIDADO,
        tipo_periodo=TipoPeriodo.LIQUIDACAO,
        de=date(2026, 11, 1),
        ate=None,
    )
    assert Criterios.from_json(criterios.to_json(), HOJE) == criterios


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"v": 99}', '{"v": 1, "conta_id": 1}', '{"v": 1, "situacoes": ["NOVA"]}']
)
def test_an_unreadable_memory_gives_the_first_day(text: str) -> None:
    assert Criterios.from_json(text, HOJE) == Criterios.iniciais(HOJE)
