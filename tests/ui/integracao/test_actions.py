"""What each button may do with a selection, and what its tooltip says."""

from __future__ import annotations

from datetime import date

from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TituloRow
from bancointegra.ui.integracao.actions import (
    ACTIONS,
    CONSULTAR,
    NOTHING_SELECTED,
    REGISTRAR,
    VERIFICAR,
    availability,
    count_by_status,
)


def row(number: int, situacao: Situacao, *, a_confirmar: bool = False) -> TituloRow:
    day = date(2026, 11, 23)
    return TituloRow(
        number, f"{number}/1", "SACADO", "52998224725", day, day, Reais(100), "", situacao, a_confirmar, ""
    )


PENDENTE = row(1, Situacao.PENDENTE)
BAIXADO = row(2, Situacao.BAIXADO)
REGISTRADO = row(3, Situacao.REGISTRADO)
EM_DUVIDA = row(4, Situacao.PENDENTE, a_confirmar=True)


def test_registrar_takes_pendente_and_baixado() -> None:
    able = availability(REGISTRAR, [PENDENTE, BAIXADO], busy=False)
    assert able.enabled
    assert able.tooltip == "Registrar 2 títulos (Ctrl+R)"


def test_a_mixed_selection_says_what_is_left_out() -> None:
    able = availability(REGISTRAR, [PENDENTE, REGISTRADO, EM_DUVIDA], busy=False)
    assert able.enabled
    assert able.tooltip == "Registrar 1 título; ficam de fora 2: 1 REGISTRADO e 1 A CONFIRMAR (Ctrl+R)"


def test_a_button_that_cannot_act_says_why() -> None:
    refused = availability(REGISTRAR, [REGISTRADO], busy=False)
    assert not refused.enabled
    assert refused.tooltip == "Registrar aceita apenas PENDENTE ou BAIXADO; na seleção há 1 REGISTRADO."
    assert availability(CONSULTAR, [], busy=False).tooltip == NOTHING_SELECTED


def test_a_titulo_a_confirmar_allows_only_verificar_agora() -> None:
    enabled = [action for action in ACTIONS if availability(action, [EM_DUVIDA], busy=False).enabled]
    assert enabled == [VERIFICAR]
    assert "use “Verificar agora” (Ctrl+J)" in availability(REGISTRAR, [EM_DUVIDA], busy=False).tooltip


def test_nothing_may_start_while_a_batch_runs() -> None:
    assert not any(availability(action, [PENDENTE, REGISTRADO, EM_DUVIDA], busy=True).enabled for action in ACTIONS)


def test_counts_follow_the_order_of_the_manual() -> None:
    rows = [REGISTRADO, EM_DUVIDA, PENDENTE, row(5, Situacao.PENDENTE)]
    assert count_by_status(rows) == "2 PENDENTE, 1 REGISTRADO e 1 A CONFIRMAR"
