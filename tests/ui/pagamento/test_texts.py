"""What the screen says, without a window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from bancointegra.domain.conta_consultada import FaixaDeValor
from bancointegra.domain.errors import InputError
from bancointegra.domain.reais import Reais
from bancointegra.ui.pagamento import texts
from bancointegra.ui.table.column import Column
from bancointegra.ui.table.memory_source import MemorySource
from tests.printing.sample_pagamentos import AGORA, CONSULTA, CONSULTADO, HOJE, PAGO

COM_VALOR = "34191090080025732445903616490003691150000020000"  # R$ 200,00 in the code


def test_the_day_of_settlement():
    assert texts.liquidacao_line(CONSULTA, HOJE) == "Janela 07:00–23:00 · liquida hoje"
    tomorrow = replace(CONSULTA, proximo_dia_util=True, liquida_em=date(2026, 11, 24))
    assert texts.liquidacao_line(tomorrow, HOJE) == "Janela 07:00–23:00 · liquida no próximo dia útil, 24/11"
    assert texts.liquidacao_line(replace(CONSULTA, liquida_em=None, janela=None), HOJE) == "liquida hoje"


def test_what_is_odd_about_a_bill_is_said():
    odd = replace(
        CONSULTA,
        linha=COM_VALOR,
        ultimo_dia=HOJE,
        valores=replace(CONSULTA.valores, pago=Reais(5_000), parciais_feitos=1, parciais_aceitos=3),
    )
    assert texts.avisos_da_conta(odd, HOJE) == (
        "O código traz R$\u00a0200,00; o valor atualizado no registro é R$\u00a0207,40.",
        "A conta venceu em 13/11/2026.",
        "O último dia para pagar é 23/11/2026.",
        "Já foram pagos R$\u00a050,00 em 1 de até 3 pagamentos parciais.",
    )
    without = replace(CONSULTA, vencimento=None, valores=replace(CONSULTA.valores, total=None))
    assert texts.avisos_da_conta(without, HOJE) == (
        "A conta não traz o valor: informe quanto pagar, como está no documento.",
    )


def test_due_dates_countdown_balance_and_limits():
    assert texts.vencimento_line(HOJE, HOJE) == "23/11/2026 · vence hoje"
    assert texts.vencimento_line(HOJE - timedelta(days=1), HOJE) == "22/11/2026 · vencida há 1 dia"
    assert texts.vencimento_line(None, HOJE) == "não informado"
    assert texts.countdown(AGORA + timedelta(seconds=61), AGORA) == "01:01"
    assert texts.countdown(AGORA, AGORA + timedelta(days=1)) == "00:00"
    assert texts.saldo_line(Reais(100), Reais(200)) == ("Saldo R$\u00a01,00 · não basta para este pagamento", True)
    assert texts.saldo_line(None, Reais(200)) == ("Saldo não informado", False)
    assert texts.faixa_line(FaixaDeValor(Reais(1_000), Reais(99_999_999_999_999))).endswith(
        "a partir de R$\u00a010,00."
    )


@pytest.mark.parametrize("typed", ["", "abc", "0", "-1", "1,234"])
def test_what_is_no_amount_names_the_field(typed):
    with pytest.raises(InputError) as wrong:
        texts.read_valor(typed, "Total a pagar")
    assert wrong.value.field == "Total a pagar"


def test_the_facts_of_the_detail_are_those_that_are_known():
    assert [name for name, _ in texts.fatos_do_pagamento(CONSULTADO)] == ["Vencimento", "Incluído por"]
    assert dict(texts.fatos_do_pagamento(PAGO))["Pago em"] == "23/11/2026 14:33"


@dataclass(frozen=True)
class Fruit:
    id: int
    name: str
    day: date | None


def test_records_in_memory_are_sorted_by_what_a_column_is_worth():
    fruits = (Fruit(1, "pera", None), Fruit(2, "Abacate", HOJE), Fruit(3, "caju", HOJE - timedelta(days=1)))
    columns = (
        Column("name", "Nome", lambda row: row.name, sort="name"),
        Column("day", "Dia", lambda row: row.day, sort="day"),
    )
    source = MemorySource(fruits, lambda row: row.id, columns)
    assert source.ids("name", False) == [2, 3, 1]
    assert source.ids("day", False) == [1, 3, 2]
    assert [row.id for row in source.page("day", True, 1, 1)] == [3]
    assert [row.id for row in source.rows([3, 9, 1])] == [3, 1] and source.count() == 3
