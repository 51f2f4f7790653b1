"""Payments, settlement, write-off by time, protest and negativação on the bank's clock."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bancointegra.simulator import SimulationError, Simulator

NUMBER = "00000001"
MULTA = {"codigo_tipo_multa": "02", "percentual_multa": "000000200000"}
JUROS = {"codigo_tipo_juros": "90", "percentual_juros": "000000300000"}


@pytest.fixture
def bank(simulator):
    return simulator.bank


@pytest.fixture
def registered(client, emission):
    """Registers boleto 1 of R$ 50,00, due in 30 days, with the given additions to ``dado_boleto``."""

    def register(**blocks):
        body = emission()
        body["data"]["dado_boleto"] |= blocks
        assert client.emit(body).status_code == 200
        return client

    return register


def test_payment_then_settlement_next_day(bank, registered):
    client = registered()
    bank.pay(NUMBER)
    assert client.situacao() == "Paga"
    (pagamento,) = client.dado()["pagamentos_cobranca"]
    assert pagamento["valor_pago_total_cobranca"] == "50.00"
    assert pagamento["descricao_meio_pagamento"] == "DÉBITO EM CONTA"
    assert pagamento["data_inclusao_pagamento"] == bank.clock.today().isoformat()

    bank.end_of_day()
    dado = client.dado()
    assert client.situacao() == "Baixada"
    assert dado["baixa"]["motivo_baixa"] == "Baixa por ter sido liquidado"
    assert len(dado["pagamentos_cobranca"]) == 1
    assert dado["historico"][-1]["operacao"] == "TITULO LIQUIDADO"
    assert dado["historico"][-1]["data"] == bank.clock.today().isoformat()


def test_pix_settles_at_once(bank, registered):
    client = registered()
    bank.pay(NUMBER, pix=True)
    dado = client.dado()
    assert client.situacao() == "Baixada"
    assert dado["baixa"]["motivo_baixa"] == "Baixa por ter sido liquidado"
    assert dado["pagamentos_cobranca"][0]["descricao_canal_pagamento"] == "PIX"


def test_write_off_leaves_no_payment(bank, registered):
    client = registered()
    bank.write_off(NUMBER)
    dado = client.dado()
    assert client.situacao() == "Baixada"
    assert dado["baixa"]["motivo_baixa"] == "Baixa solicitada pelo beneficiário"
    assert dado["pagamentos_cobranca"] == []


def test_rejected_payment_can_be_paid_again(bank, registered):
    client = registered()
    bank.pay(NUMBER)
    bank.reject_payment(NUMBER)
    dado = client.dado()
    assert client.situacao() == "Pagamento Devolvido"
    assert dado["pagamentos_cobranca"] == []
    assert dado["historico"][-1]["operacao"] == "PAGAMENTO REJEITADO"
    bank.end_of_day()
    assert client.situacao() == "Em Aberto"
    bank.pay(NUMBER)
    assert client.situacao() == "Paga"


def test_late_payment_owes_multa_and_juros(bank, registered):
    client = registered(multa=MULTA, juros=JUROS)
    due = bank.boleto(NUMBER).vencimento
    bank.clock.set(due + timedelta(days=20))
    bank.pay(NUMBER)
    (pagamento,) = client.dado()["pagamentos_cobranca"]
    assert pagamento["valor_pago_multa_cobranca"] == "1.00"
    assert pagamento["valor_pago_juro_cobranca"] == "1.00"
    assert pagamento["valor_pago_total_cobranca"] == "52.00"


def test_early_payment_gets_the_discount(bank, registered):
    until = (bank.clock.today() + timedelta(days=10)).isoformat()
    desconto = {"data_desconto": until, "valor_desconto": "00000000000000500"}
    client = registered(
        desconto={"codigo_tipo_desconto": "01", "descontos": [desconto]}, valor_abatimento="00000000000000200"
    )
    bank.pay(NUMBER)
    (pagamento,) = client.dado()["pagamentos_cobranca"]
    assert pagamento["valor_pago_total_cobranca"] == "43.00"
    assert pagamento["valor_pago_desconto_cobranca"] == "5.00"
    assert pagamento["valor_pago_abatimento_cobranca"] == "2.00"


def test_amount_and_channel_can_be_chosen(bank, registered):
    client = registered()
    bank.pay(NUMBER, Decimal("60.00"), canal="bankfone")
    (pagamento,) = client.dado()["pagamentos_cobranca"]
    assert pagamento["valor_pago_total_cobranca"] == "60.00"
    assert pagamento["valor_pago_juro_cobranca"] == "10.00"
    assert pagamento["descricao_canal_pagamento"] == "BANKFONE"


def test_the_impossible_is_refused(bank, registered):
    registered()
    for impossible in (
        lambda: bank.settle(NUMBER),
        lambda: bank.reject_payment(NUMBER),
        lambda: bank.pay("00000099"),
        lambda: bank.pay(NUMBER, canal="pombo"),
        lambda: bank.pay(NUMBER, Decimal(0)),
    ):
        with pytest.raises(SimulationError):
            impossible()
    bank.pay(NUMBER)
    with pytest.raises(SimulationError):
        bank.pay(NUMBER)


def test_end_of_term_writes_off(bank, client, emission):
    limite = bank.clock.today() + timedelta(days=60)
    client.emit(emission(data_limite_pagamento=limite.isoformat()))
    bank.clock.set(limite)
    bank.lifecycle.run_night()
    assert client.situacao() == "Em Aberto"
    bank.end_of_day()
    assert client.situacao() == "Baixada"
    assert client.dado()["baixa"]["motivo_baixa"] == "Baixa por decurso de prazo"


def test_instruction_8_writes_off(bank, registered):
    client = registered(instrucao_cobranca=[{"codigo_instrucao_cobranca": 8, "quantidade_dias_apos_vencimento": 30}])
    bank.clock.set(bank.boleto(NUMBER).vencimento + timedelta(days=28))
    bank.lifecycle.run_night()
    assert client.situacao() == "Em Aberto"
    bank.clock.advance(days=3)
    bank.lifecycle.run_night()
    assert client.situacao() == "Baixada"


def test_protest_runs_its_course(bank, registered):
    client = registered(protesto={"protesto": True, "quantidade_dias_protesto": 5})
    assert client.dado()["protesto"] == {
        "codigo_tipo_protesto": 1,
        "quantidade_dias_protesto": 5,
        "descricao": "Instruida",
    }
    bank.clock.set(bank.boleto(NUMBER).vencimento + timedelta(days=5))
    bank.lifecycle.run_night()
    assert client.dado()["protesto"]["codigo_situacao_protesto"] == 1
    for _ in range(8):
        bank.end_of_day()
    assert client.dado()["protesto"]["codigo_situacao_protesto"] == 2
    assert client.situacao() == "Em Aberto"
    bank.pay(NUMBER, canal="cartorio")
    assert client.situacao() == "Baixada"


def test_negativacao_runs_its_course(bank, registered):
    client = registered(negativacao={"negativacao": True, "quantidade_dias_negativacao": 2})
    bank.clock.set(bank.boleto(NUMBER).vencimento + timedelta(days=2))
    bank.lifecycle.run_night()
    assert client.dado()["negativacao"]["codigo_situacao_negativacao"] == 1
    bank.clock.advance(days=10)
    bank.lifecycle.run_night()
    assert client.dado()["negativacao"]["codigo_situacao_negativacao"] == 2


def test_state_survives_a_restart(tmp_path, simulator, client, emission):
    client.emit(emission())
    simulator.bank.pay(NUMBER)
    simulator.bank.clock.advance(days=3)
    simulator.bank.switch(vocabulary="openapi")
    today, token = simulator.bank.clock.today(), client.headers()["Authorization"].split()[1]
    kept = simulator.bank.boletos()
    simulator.stop()
    with Simulator(tmp_path / "banco") as again:
        assert again.bank.boletos() == kept
        assert again.bank.clock.today() == today
        assert again.bank.switches.vocabulary == "openapi"
        assert again.bank.clients.token_owner(token) == client.credentials.client_id
        assert again.provision(client_id=client.credentials.client_id) == client.credentials
