"""What the query shows, and the shapes it may come in."""

from __future__ import annotations

from datetime import timedelta

import pytest


def test_formats_and_keys(client, emission):
    body = emission()
    body["data"]["dado_boleto"]["multa"] = {"codigo_tipo_multa": "02", "percentual_multa": "000000200000"}
    client.emit(body)
    content = client.query().json()
    assert content["page"]["page"] == 0
    assert content["page"]["total_elements"] == 1
    dado = content["data"][0]["dado_boleto"]
    item = dado["dados_individuais_boleto"][0]
    assert item["valor_titulo"] == "50.00"
    assert dado["multa"] == {"codigo_tipo_multa": "02", "percentual_multa": "2.00000"}
    assert item["numero_nosso_numero"] == "00000001"
    assert item["status_vencimento"] == "A vencer"
    assert dado["pagador"]["endereco"]["sigla_uf"] == "SP"
    assert content["data"][0]["acoes_permitidas"]["comandar_instrucao_alterar_dados_cobranca"] is True
    assert "baixa" not in dado


@pytest.mark.parametrize("name", ["id_beneficiario", "codigo_carteira", "nosso_numero"])
def test_parameters_are_demanded(client, name):
    answer = client.query(**{name: ""})
    assert answer.status_code == 400
    assert answer.json()["campos"] == [{"campo": name, "mensagem": "não pode ser nulo ou vazio", "valor": "null"}]


@pytest.mark.parametrize("changes", [{"nosso_numero": "1"}, {"codigo_carteira": "10A"}, {"view": "tudo"}])
def test_parameters_are_checked(client, changes):
    assert client.query(**changes).status_code == 400


@pytest.mark.parametrize(
    "mode, status, body", [("empty", 200, '"data": []'), ("404", 404, "Recurso não encontrado"), ("204", 204, "")]
)
def test_not_found(simulator, client, mode, status, body):
    simulator.bank.switch(not_found=mode)
    answer = client.query("00000099")
    assert answer.status_code == status
    assert body in answer.text


@pytest.mark.parametrize("view, is_detailed", [("specific", True), ("full", True), ("basico", False), ("", False)])
def test_only_some_views_bring_payments(simulator, client, emission, view, is_detailed):
    client.emit(emission())
    simulator.bank.pay("00000001")
    if view:
        dado = client.query(view=view).json()["data"][0]["dado_boleto"]
    else:
        params = {"id_beneficiario": "150000052061", "codigo_carteira": "109", "nosso_numero": "00000001"}
        url = f"{simulator.hosts.consulta}/boletos"
        dado = client.http.get(url, params=params, headers=client.headers()).json()["data"][0]["dado_boleto"]
    assert ("pagamentos_cobranca" in dado) is is_detailed
    assert ("historico" in dado) is is_detailed


def test_visibility_lag(simulator, client, emission):
    simulator.bank.switch(visibility_lag=1860)
    client.emit(emission())
    assert client.query().json()["data"] == []
    simulator.bank.switch(lag_answer="403")
    assert client.query().status_code == 403
    assert client.query("00000002").json()["data"] == []
    simulator.bank.clock.advance(seconds=1860)
    assert client.situacao() == "Em Aberto"


def test_other_shapes(simulator, client, emission):
    client.emit(emission())
    simulator.bank.switch(
        pagination_key="pagination",
        unpadded_nosso_numero=True,
        individual_as_object=True,
        uppercase_address_keys=True,
    )
    content = client.query().json()
    dado = content["data"][0]["dado_boleto"]
    assert "page" not in content
    assert content["pagination"]["total_elements"] == 1
    assert dado["dados_individuais_boleto"]["numero_nosso_numero"] == "1"
    assert dado["pagador"]["endereco"]["sigla_UF"] == "SP"


def test_both_vocabularies(simulator, client, emission):
    for number in ("00000001", "00000002", "00000003", "00000004"):
        client.emit(emission(number))
    simulator.bank.pay("00000002")
    simulator.bank.pay("00000003")
    simulator.bank.settle("00000003")
    client.patch("baixa", nosso_numero="00000004")
    expected = {
        "production": ["Em Aberto", "Paga", "Baixada", "Baixada"],
        "openapi": ["Em Aberto", "Pago", "Liquidado", "Baixado"],
    }
    for vocabulary, words in expected.items():
        simulator.bank.switch(vocabulary=vocabulary)
        assert [client.situacao(f"{n:08d}") for n in range(1, 5)] == words


def test_overdue_is_a_matter_of_the_date(simulator, client, emission):
    client.emit(emission())
    simulator.bank.clock.advance(days=31)
    item = client.dado()["dados_individuais_boleto"][0]
    assert item["status_vencimento"] == "Vencido"
    assert item["situacao_geral_boleto"] == "Em Aberto"


def test_the_clock_can_be_set(simulator, client, emission):
    day = simulator.bank.clock.today() + timedelta(days=5)
    simulator.bank.clock.set(day)
    client.emit(emission())
    assert client.dado()["data_hora_inclusao_boleto_cobranca"].startswith(day.isoformat())
