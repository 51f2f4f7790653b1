"""Instructions on registered boletos: what they do, and when they are refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

NUMBER = "00000001"


@pytest.fixture
def bank(simulator):
    return simulator.bank


@pytest.fixture
def registered(client, emission):
    client.emit(emission())
    return client


def in_days(bank, days):
    return (bank.clock.today() + timedelta(days=days)).isoformat()


def texts(answer):
    return [campo["mensagem"] for campo in answer.json()["campos"]]


PESSOA = {
    "nome_pessoa": "Outro Nome",
    "tipo_pessoa": {"codigo_tipo_pessoa": "F", "numero_cadastro_pessoa_fisica": "12345678909"},
}
ENDERECO = {
    "nome_logradouro": "Rua Dois, 20",
    "nome_bairro": "Centro",
    "nome_cidade": "Porto Alegre",
    "sigla_uf": "RS",
    "numero_cep": "90010000",
}


@pytest.mark.parametrize("body", [None, {}])
def test_baixa(registered, body):
    answer = registered.patch("baixa", body)
    assert (answer.status_code, answer.content) == (204, b"")
    assert registered.situacao() == "Baixada"
    assert registered.dado()["historico"][-1]["operacao"] == "BAIXAR"


def test_vencimento(bank, registered):
    before = registered.dado()["dados_individuais_boleto"][0]
    assert registered.patch("data_vencimento", {"data_vencimento": in_days(bank, 45)}).status_code == 204
    dado = registered.dado()
    after = dado["dados_individuais_boleto"][0]
    assert after["data_vencimento"] == in_days(bank, 45)
    assert dado["quantidade_alteracao_vencimento"] == 1
    factor = int(before["codigo_barras"][5:9])
    assert int(after["codigo_barras"][5:9]) == factor + 15
    assert after["numero_linha_digitavel"] != before["numero_linha_digitavel"]


def test_valor_nominal(registered):
    assert registered.patch("valor_nominal", {"valor_titulo": "180.00"}).status_code == 204
    item = registered.dado()["dados_individuais_boleto"][0]
    assert item["valor_titulo"] == "180.00"
    assert item["codigo_barras"][9:19] == "0000018000"


def test_abatimento_granted_and_cancelled(registered):
    assert registered.patch("abatimento", {"valor_abatimento": "10.50"}).status_code == 204
    assert registered.dado()["valor_abatimento"] == "10.50"
    assert registered.patch("abatimento", {"valor_abatimento": 5}).status_code == 204
    assert registered.patch("abatimento", {"valor_abatimento": "0"}).status_code == 204
    assert registered.dado()["valor_abatimento"] == "0.00"
    assert texts(registered.patch("abatimento", {"valor_abatimento": "0"})) == ["Cancelamento de instrução inexistente"]


def test_seu_numero_padded_with_blanks(registered):
    assert registered.patch("seu_numero", {"texto_seu_numero": "FAT2      "}).status_code == 204
    assert registered.dado()["dados_individuais_boleto"][0]["texto_seu_numero"] == "FAT2"


def test_limite(bank, registered):
    body = {"data_limite_pagamento": in_days(bank, 60)}
    assert registered.patch("data_limite_pagamento", body).status_code == 204
    assert registered.dado()["dados_individuais_boleto"][0]["data_limite_pagamento"] == in_days(bank, 60)


def test_charges(bank, registered):
    juros = {"codigo_tipo_juros": "90", "quantidade_dias_juros": 2, "percentual_juros": "15.00000"}
    multa = {"codigo_tipo_multa": "02", "quantidade_dias_multa": 1, "percentual_multa": "2.00000"}
    desconto = {
        "codigo_tipo_desconto": "01",
        "descontos": [{"data_desconto": in_days(bank, 5), "valor_desconto": "10.00"}],
    }
    assert registered.patch("juros", {"juros": juros}).status_code == 204
    assert registered.patch("multa", {"multa": multa}).status_code == 204
    assert registered.patch("desconto", {"desconto": desconto}).status_code == 204
    dado = registered.dado()
    assert dado["juros"] == juros | {"codigo_tipo_juros": "03"}
    assert dado["multa"] == multa
    assert dado["desconto"] == desconto
    assert registered.patch("multa", {"multa": {"codigo_tipo_multa": "03"}}).status_code == 204
    assert registered.patch("desconto", {"desconto": {"codigo_tipo_desconto": "00"}}).status_code == 204
    assert registered.dado()["multa"] == {"codigo_tipo_multa": "03"}


def test_people(registered):
    assert registered.patch("pagador", {"pagador": {"endereco": ENDERECO}}).status_code == 204
    assert registered.patch("pagador", {"pagador": {"pessoa": PESSOA}}).status_code == 204
    pagador = registered.dado()["pagador"]
    assert pagador["pessoa"]["nome_pessoa"] == "Outro Nome"
    assert pagador["endereco"]["nome_cidade"] == "Porto Alegre"
    upper = {**ENDERECO, "sigla_UF": "RS", "numero_CEP": "90010000"}
    sacador = {"sacador_avalista": {"pessoa": PESSOA, "endereco": upper}}
    assert registered.patch("sacador_avalista", sacador).status_code == 204
    assert registered.dado()["sacador_avalista"]["pessoa"]["nome_pessoa"] == "Outro Nome"
    assert registered.patch("sacador_avalista", {"exclusao_sacador_avalista": True}).status_code == 204
    assert "sacador_avalista" not in registered.dado()


def test_recebimento_divergente(registered):
    block = {
        "codigo_tipo_autorizacao": 2,
        "codigo_tipo_recebimento": "P",
        "percentual_minimo": "10.00000",
        "percentual_maximo": "20.00000",
    }
    assert registered.patch("recebimento_divergente", {"recebimento_divergente": block}).status_code == 204
    assert registered.dado()["recebimento_divergente"] == block | {"codigo_tipo_autorizacao": "02"}


@pytest.mark.parametrize(
    "name, body",
    [
        ("baixa", {"data": {}}),
        ("valor_nominal", {"data": {"valor_titulo": "180.00"}}),
        ("valor_nominal", {"valor_titulo": "00000000000018000"}),
        ("valor_nominal", {}),
        ("abatimento", {"valor_abatimento": "1,00"}),
        ("data_vencimento", {"data_vencimento": "31/12/2026"}),
        ("data_vencimento", None),
        ("seu_numero", {"texto_seu_numero": ""}),
        ("seu_numero", {"texto_seu_numero": "12345678901"}),
        ("multa", {"codigo_tipo_multa": "03"}),
        ("juros", {"juros": {"codigo_tipo_juros": "90", "percentual_juros": "000000100000"}}),
        ("desconto", {"desconto": {"codigo_tipo_desconto": "01", "descontos": [{"valor_desconto": "1.00"}]}}),
        ("protesto", {"protesto": True}),
        ("pagador", {"pagador": {}}),
        ("pagador", {"pagador": {"endereco": {**ENDERECO, "numero_cep": "9"}}}),
    ],
)
def test_shape(registered, name, body):
    answer = registered.patch(name, body)
    assert answer.status_code == 400
    assert answer.json()["campos"]


@pytest.mark.parametrize(
    "name, body",
    [
        ("valor_nominal", {"valor_titulo": "0"}),
        ("valor_nominal", {"valor_titulo": "50.00"}),
        ("abatimento", {"valor_abatimento": "50.00"}),
        ("abatimento", {"valor_abatimento": "45.01"}),
        ("seu_numero", {"texto_seu_numero": "FAT1"}),
        ("multa", {"multa": {"codigo_tipo_multa": "01", "valor_multa": "0.01"}}),
        ("juros", {"juros": {"codigo_tipo_juros": "90", "percentual_juros": "40.00000"}}),
        ("protesto", {"protesto": {"codigo_tipo_protesto": 2, "quantidade_dias_protesto": 5}}),
        ("protesto", {"protesto": {"codigo_tipo_protesto": 1}}),
        ("protesto", {"protesto": {"codigo_tipo_protesto": 1, "quantidade_dias_protesto": 100}}),
        ("protesto", {"protesto": {"codigo_tipo_protesto": 9}}),
        ("negativacao", {"negativacao": {"codigo_tipo_negativacao": 1, "quantidade_dias_negativacao": 5}}),
        ("negativacao", {"negativacao": {"codigo_tipo_negativacao": 2, "quantidade_dias_negativacao": 1}}),
        ("negativacao", {"negativacao": {"codigo_tipo_negativacao": 10}}),
    ],
)
def test_rules(registered, name, body):
    before = registered.query().json()
    answer = registered.patch(name, body)
    assert answer.status_code == 422
    assert answer.json()["campos"]
    assert registered.query().json() == before


@pytest.mark.parametrize("days", [-1, 30, 3700])
def test_vencimento_rules(bank, registered, days):
    assert registered.patch("data_vencimento", {"data_vencimento": in_days(bank, days)}).status_code == 422


@pytest.mark.parametrize("days", [29, 5000])
def test_limite_rules(bank, registered, days):
    body = {"data_limite_pagamento": in_days(bank, days)}
    assert registered.patch("data_limite_pagamento", body).status_code == 422


def test_unknown_boleto_or_instruction(simulator, registered):
    assert registered.patch("baixa", nosso_numero="00000099").status_code == 404
    assert registered.patch("cancelar").status_code == 404
    url = f"{simulator.hosts.emissao}/boletos/9b4ca619-b295-4b2e-8b3f-0b6a87619fd6/baixa"
    assert registered.http.patch(url, headers=registered.headers()).status_code == 404


def test_somebody_elses_boleto(simulator, registered, make_client):
    stranger = make_client(simulator.provision(agencia="1500", conta="57263"))
    assert stranger.patch("baixa").status_code == 403
    assert registered.situacao() == "Em Aberto"


def test_ended_boletos_take_no_instruction(bank, client, emission):
    for number in ("00000001", "00000002"):
        client.emit(emission(number))
    bank.pay("00000001")
    assert texts(client.patch("baixa")) == ["Baixa não permitida: título em floating"]
    assert texts(client.patch("valor_nominal", {"valor_titulo": "60.00"})) == ["Boleto já liquidado"]
    bank.settle("00000001")
    assert texts(client.patch("baixa")) == ["Boleto já liquidado"]
    bank.write_off("00000002")
    assert texts(client.patch("baixa", nosso_numero="00000002")) == ["Boleto já baixado"]


def protest(client, code, days=None):
    block = {"codigo_tipo_protesto": code} | ({} if days is None else {"quantidade_dias_protesto": days})
    return client.patch("protesto", {"protesto": block})


def start_collection(bank, days):
    bank.clock.set(bank.boleto(NUMBER).vencimento + timedelta(days=days))
    bank.lifecycle.run_night()


def test_protest_ordered_and_called_off(registered):
    assert protest(registered, 1, 5).status_code == 204
    assert texts(protest(registered, 1, 5)) == ["Mesma instrução já registrada para o título"]
    assert protest(registered, 4).status_code == 204
    assert registered.dado()["protesto"]["codigo_tipo_protesto"] == 2
    assert texts(protest(registered, 4)) == ["Não existe instrução de protesto para o título"]


def test_running_protest_blocks_and_is_stayed(bank, registered):
    protest(registered, 1, 5)
    start_collection(bank, 5)
    for name, body in (
        ("valor_nominal", {"valor_titulo": "60.00"}),
        ("abatimento", {"valor_abatimento": "1.00"}),
        ("seu_numero", {"texto_seu_numero": "FAT2"}),
        ("data_vencimento", {"data_vencimento": in_days(bank, 20)}),
    ):
        assert texts(registered.patch(name, body)) == ["Alteração bloqueada por protesto ou negativação"]
    assert texts(protest(registered, 4)) == ["Ordem de protesto já enviada ao cartório"]
    assert protest(registered, 9).status_code == 204
    assert registered.dado()["protesto"]["codigo_tipo_protesto"] == 3
    assert registered.dado()["historico"][-1]["operacao"] == "SUSTACAO DE PROTESTO"


def test_baixa_stays_a_running_protest(bank, registered):
    protest(registered, 1, 5)
    start_collection(bank, 5)
    assert registered.patch("baixa").status_code == 204
    operations = [entry["operacao"] for entry in registered.dado()["historico"]]
    assert operations[-2:] == ["SUSTACAO DE PROTESTO", "BAIXAR"]


def test_recorded_protest(bank, registered):
    protest(registered, 1, 5)
    start_collection(bank, 5)
    for _ in range(8):
        bank.end_of_day()
    assert texts(registered.patch("baixa")) == ["Título protestado não pode ser baixado"]
    assert protest(registered, 9).status_code == 422
    bank.switch(cancel_recorded_protest=True)
    assert protest(registered, 9).status_code == 204


def test_protest_needs_seu_numero(client, emission):
    client.emit(emission(texto_seu_numero=""))
    assert texts(protest(client, 1, 5)) == ["Seu número obrigatório para protesto"]


def test_species_that_cannot_be_protested(client, emission):
    body = emission()
    body["data"]["dado_boleto"]["codigo_especie"] = "18"
    client.emit(body)
    assert texts(protest(client, 1, 5)) == ["Espécie do título não permite a instrução"]


def test_negativacao(bank, registered):
    order = {"negativacao": {"codigo_tipo_negativacao": 2, "quantidade_dias_negativacao": 5}}
    assert registered.patch("negativacao", order).status_code == 204
    assert protest(registered, 1, 5).status_code == 422
    start_collection(bank, 5)
    assert texts(protest(registered, 1, 5)) == ["Título já negativado"]
    exclusion = {"negativacao": {"codigo_tipo_negativacao": 5}}
    assert texts(registered.patch("negativacao", exclusion)) == ["Título já entrou em negativação"]
    exclusion = {"negativacao": {"codigo_tipo_negativacao": 10}}
    assert registered.patch("negativacao", exclusion).status_code == 204
    assert registered.dado()["negativacao"]["codigo_tipo_negativacao"] == 3


def test_approval_changes_nothing_yet(bank, registered):
    bank.switch(instruction_answer="approval")
    answer = registered.patch("valor_nominal", {"valor_titulo": "60.00"})
    assert answer.status_code == 200
    assert answer.json()["data"]["mensagem"] == "Aguardando aprovação"
    assert registered.patch("baixa").status_code == 200
    assert registered.dado()["dados_individuais_boleto"][0]["valor_titulo"] == "50.00"
    assert registered.situacao() == "Em Aberto"


def test_other_answers(bank, registered):
    bank.switch(instruction_answer="block")
    answer = registered.patch("valor_nominal", {"valor_titulo": "60.00"})
    assert (answer.status_code, answer.json()) == (200, {"data": {"valor_titulo": "60.00"}})
    bank.switch(instruction_answer="202")
    assert registered.patch("valor_nominal", {"valor_titulo": "70.00"}).status_code == 202
    assert registered.dado()["dados_individuais_boleto"][0]["valor_titulo"] == "70.00"


def test_unwrapped_only_where_switched_on(bank, registered):
    bank.switch(accept_unwrapped=True)
    assert registered.patch("multa", {"codigo_tipo_multa": "02", "percentual_multa": "2.00000"}).status_code == 204


def test_first_day_rule(bank, registered):
    bank.switch(instructions_from_next_day=True)
    assert registered.patch("baixa").status_code == 422
    bank.clock.advance(days=1)
    assert registered.patch("baixa").status_code == 204


def test_carteira_157_is_never_written_off_on_its_first_day(simulator, make_client, emission):
    client = make_client(simulator.provision(carteiras=("157",)))
    body = emission()
    body["data"]["dado_boleto"]["codigo_carteira"] = "157"
    client.emit(body)
    url = f"{simulator.hosts.emissao}/boletos/15000005206115700000001/baixa"
    assert client.http.patch(url, headers=client.headers()).status_code == 422
    simulator.bank.clock.advance(days=1)
    assert client.http.patch(url, headers=client.headers()).status_code == 204
