"""Emission that succeeds, and what it answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bancointegra.simulator.numbering import modulo10


def test_effective_emission_is_registered(simulator, client, emission):
    answer = client.emit(emission())
    assert answer.status_code == 200
    item = answer.json()["data"]["dado_boleto"]["dados_individuais_boleto"][0]
    assert item["dac_titulo"] == "6"
    assert item["valor_titulo"] == "00000000000005000"
    assert len(item["codigo_barras"]) == 44
    assert item["codigo_barras"].startswith("3419")
    assert item["codigo_barras"].endswith("1090000000161500052061000")
    assert len(item["numero_linha_digitavel"]) == 47
    assert simulator.bank.registration_count("00000001") == 1
    assert client.situacao() == "Em Aberto"


def test_validation_answers_alike_and_stores_nothing(simulator, client, emission):
    body = emission()
    body["data"]["etapa_processo_boleto"] = "validacao"
    answer = client.emit(body)
    assert answer.status_code == 200
    assert answer.json()["data"]["etapa_processo_boleto"] == "validacao"
    assert answer.json()["data"]["dado_boleto"]["dados_individuais_boleto"][0]["dac_titulo"] == "6"
    assert simulator.bank.registration_count("00000001") == 0
    assert client.emit(emission()).status_code == 200


def test_defaults_the_bank_adds(simulator, client, emission):
    data = client.emit(emission()).json()["data"]
    vencimento = simulator.bank.clock.today() + timedelta(days=30)
    dado = data["dado_boleto"]
    assert data["beneficiario"]["nome_cobranca"] == "Empresa Exemplo Ltda"
    assert dado["codigo_tipo_vencimento"] == 3
    assert dado["recebimento_divergente"]["codigo_tipo_autorizacao"] == "03"
    limite = dado["dados_individuais_boleto"][0]["data_limite_pagamento"]
    assert limite == vencimento.replace(year=vencimento.year + 10).isoformat()


@pytest.mark.parametrize(
    "sent, calendar, business",
    [("05", "05", "05"), ("90", "03", "08"), ("91", "02", "07"), ("92", "04", "09"), ("93", "01", "06")],
)
def test_juros_code_is_translated(simulator, client, emission, sent, calendar, business):
    juros = {"codigo_tipo_juros": sent}
    if sent == "93":
        juros["valor_juros"] = "00000000000000010"
    elif sent != "05":
        juros["percentual_juros"] = "000000010000"
    body = emission()
    body["data"]["dado_boleto"]["juros"] = juros
    assert client.emit(body).json()["data"]["dado_boleto"]["juros"]["codigo_tipo_juros"] == calendar
    simulator.bank.switch(business_day_juros=True)
    assert client.dado()["juros"]["codigo_tipo_juros"] == business


def test_type_slips_are_tolerated(client, emission):
    body = emission()
    dado = body["data"]["dado_boleto"]
    dado["codigo_carteira"] = 109
    dado["desconto_expresso"] = "False"
    dado["juros"] = {"codigo_tipo_juros": 90, "percentual_juros": "000000100000"}
    dado["recebimento_divergente"] = {"codigo_tipo_autorizacao": 1}
    vencimento = dado["dados_individuais_boleto"][0]["data_vencimento"]
    dado["desconto "] = {
        "codigo_tipo_desconto": "01",
        "descontos": [{"data_desconto": vencimento, "valor_desconto": "00000000000000500"}],
    }
    dado["campo_que_ninguem_conhece"] = {"a": 1}
    answer = client.emit(body)
    assert answer.status_code == 200
    echo = answer.json()["data"]["dado_boleto"]
    assert echo["desconto"]["descontos"] == [{"data_desconto": vencimento, "valor_desconto": "00000000000000500"}]
    assert echo["recebimento_divergente"]["codigo_tipo_autorizacao"] == "01"
    assert "campo_que_ninguem_conhece" not in echo


def test_duplicate_number(simulator, client, emission):
    client.emit(emission())
    answer = client.emit(emission())
    assert answer.status_code == 422
    assert answer.json()["campos"] == [
        {"campo": "COD-RET", "mensagem": "Título já cadastrado na cobrança", "valor": ""}
    ]
    simulator.bank.switch(duplicate_status=400)
    assert client.emit(emission()).status_code == 400
    assert simulator.bank.registration_count("00000001") == 1


def test_number_is_free_45_days_after_the_boleto_ended(simulator, client, emission):
    body = emission()
    client.emit(body)
    assert client.patch("baixa").status_code == 204
    simulator.bank.clock.advance(days=44)
    assert client.emit(body).status_code == 422
    simulator.bank.clock.advance(days=1)
    assert client.emit(body).status_code == 200
    situations = [
        item["dado_boleto"]["dados_individuais_boleto"][0]["situacao_geral_boleto"]
        for item in client.query().json()["data"]
    ]
    assert situations == ["Baixada", "Em Aberto"]


def test_bank_numbers_escriturais(simulator, make_client, emission):
    client = make_client(simulator.provision(carteiras=("109", "112")))
    numbers = []
    for number in ("00000000", ""):
        body = emission(number)
        body["data"]["dado_boleto"]["codigo_carteira"] = "112"
        item = client.emit(body).json()["data"]["dado_boleto"]["dados_individuais_boleto"][0]
        assert item["dac_titulo"] == modulo10("112" + item["numero_nosso_numero"])
        numbers.append(item["numero_nosso_numero"])
    assert numbers == ["00000001", "00000002"]


def test_answers_in_other_shapes(simulator, client, emission):
    simulator.bank.switch(envelope=False, emission_status=201)
    answer = client.emit(emission("00000001"))
    assert answer.status_code == 201
    assert "dado_boleto" in answer.json()
    simulator.bank.switch(emission_status=202)
    answer = client.emit(emission("00000002"))
    assert answer.status_code == 202
    assert answer.json()["codigo"] == "202"
    assert simulator.bank.registration_count("00000002") == 1


def test_decimals_only_where_switched_on(simulator, client, emission):
    body = emission(valor_titulo="50.00")
    assert client.emit(body).status_code == 400
    simulator.bank.switch(accept_decimals=True)
    item = client.emit(body).json()["data"]["dado_boleto"]["dados_individuais_boleto"][0]
    assert item["valor_titulo"] == "00000000000005000"


def test_surplus_instructions_are_dropped(client, emission):
    body = emission()
    body["data"]["dado_boleto"]["instrucao_cobranca"] = [
        {"codigo_instrucao_cobranca": 7, "quantidade_dias_apos_vencimento": 30 + n} for n in range(5)
    ]
    assert len(client.emit(body).json()["data"]["dado_boleto"]["instrucao_cobranca"]) == 3


def test_email_needs_an_address(client, emission):
    body = emission()
    dado = body["data"]["dado_boleto"]
    dado["forma_envio"] = "email"
    assert client.emit(body).status_code == 400
    dado["pagador"]["texto_endereco_email"] = "pagador@example.com"
    assert client.emit(body).status_code == 200


@pytest.mark.parametrize("numero", ["11222333000181", "12ABC34501DE35"])
def test_companies_letters_included(client, emission, numero):
    body = emission()
    body["data"]["dado_boleto"]["pagador"]["pessoa"]["tipo_pessoa"] = {
        "codigo_tipo_pessoa": "J",
        "numero_cadastro_nacional_pessoa_juridica": numero,
    }
    assert client.emit(body).status_code == 200


def test_what_the_bank_received_can_be_read(simulator, client, emission):
    client.emit(emission(), **{"x-itau-correlationID": "correlacao-1"})
    (received,) = simulator.bank.requests("emissao")
    assert received.headers["x-itau-correlationid"] == "correlacao-1"
    assert '"numero_nosso_numero":"00000001"' in received.body.replace(": ", ":")
    assert received.status == 200
