"""What is kept as JSON comes back exactly."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bancointegra.domain.boleto import PedidoRegistro
from bancointegra.domain.encargos import Desconto, Encargos, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.instrucao import PedidoInstrucao, operacao_of
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Operacao
from bancointegra.store.codec import encargos_from_json, encargos_to_json, pedido_from_json, pedido_to_json

st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False, places=6))


@given(st.from_type(Encargos))
def test_encargos(encargos: Encargos) -> None:
    assert encargos_from_json(json.loads(json.dumps(encargos_to_json(encargos)))) == encargos


@given(st.from_type(PedidoRegistro))
def test_pedidos(pedido: PedidoRegistro) -> None:
    assert pedido_from_json(json.loads(json.dumps(pedido_to_json(pedido))), Operacao.REGISTRAR) == pedido


@given(st.from_type(PedidoInstrucao))
def test_instrucoes(pedido: PedidoInstrucao) -> None:
    kept = json.loads(json.dumps(pedido_to_json(pedido)))
    assert pedido_from_json(kept, operacao_of(pedido.instrucao)) == pedido


def test_money_is_kept_in_cents_rates_as_text_and_days_in_iso() -> None:
    encargos = Encargos(
        Multa(TipoMulta.PERCENTUAL, percentual=Decimal("2.00")),
        Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(33)),
        TipoDesconto.VALOR_ATE_DATA,
        (Desconto(date(2026, 12, 1), Reais(500)),),
    )
    kept = encargos_to_json(encargos)
    assert kept["multa"]["percentual"] == "2.00"
    assert kept["juros"]["valor"] == 33
    assert kept["descontos"][0] == {"ate": "2026-12-01", "valor": 500, "percentual": "0"}


def test_a_request_of_an_older_release_is_read_without_what_it_did_not_have() -> None:
    kept = encargos_to_json(Encargos())
    del kept["modelo_juros"]
    assert encargos_from_json(kept) == Encargos()
