"""The control page and its endpoints, without a client certificate."""

from __future__ import annotations

import pytest


@pytest.fixture
def control(simulator, make_client):
    """Calls an endpoint of the control surface."""
    http = make_client(None).http

    def call(path, body=None, **headers):
        url = f"{simulator.control_url}{path}"
        return http.get(url, headers=headers) if body is None else http.post(url, json=body, headers=headers)

    return call


def test_page(control):
    answer = control("")
    assert answer.status_code == 200
    assert "SIMULAÇÃO" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_a_boletos_life(control, client, emission):
    client.emit(emission())
    assert control("api/registrations/00000001").json() == {"count": 1}
    state = control("api/pay", {"nosso_numero": "1", "valor": "51.00", "canal": "AGENCIA"}).json()
    assert state["boletos"][0]["situacao"] == "pago"
    assert state["boletos"][0]["pagamentos"][0]["valor_pago_total_cobranca"] == 5100
    control("api/reject", {"nosso_numero": "00000001"})
    assert client.situacao() == "Pagamento Devolvido"
    control("api/pay", {"nosso_numero": "00000001"})
    control("api/settle", {"nosso_numero": "00000001"})
    assert client.situacao() == "Baixada"


def test_pix_and_write_off(control, client, emission):
    client.emit(emission("00000001"))
    client.emit(emission("00000002"))
    control("api/pay", {"nosso_numero": "00000001", "pix": True})
    state = control("api/write-off", {"nosso_numero": "00000002"}).json()
    assert [boleto["situacao"] for boleto in state["boletos"]] == ["liquidado", "baixado"]


def test_clock(control, simulator):
    assert control("api/clock", {"set": "2027-03-01"}).json()["clock"].startswith("2027-03-01")
    assert control("api/clock", {"days": 2}).json()["clock"].startswith("2027-03-03")
    state = control("api/clock", {"set": "2027-03-05T10:00:00"}).json()
    assert state["clock"].startswith("2027-03-05T10:00")
    assert control("api/end-of-day", {}).json()["clock"].startswith("2027-03-08")
    assert simulator.bank.clock.today().isoformat() == "2027-03-08"


def test_switches(control, simulator):
    assert control("api/switches", {"vocabulary": "openapi"}).json()["switches"]["vocabulary"] == "openapi"
    assert simulator.bank.switches.vocabulary == "openapi"
    assert control("api/switches/reset", {}).json()["switches"]["vocabulary"] == "production"


@pytest.mark.parametrize("changes", [{"vocabulary": "latim"}, {"envelope": 1}, {"token_seconds": True}, {"nada": 1}])
def test_switches_that_make_no_sense(control, changes):
    answer = control("api/switches", changes)
    assert answer.status_code == 409
    assert next(iter(changes)) in answer.json()["erro"]


def test_faults(control, client):
    fault = {"kind": "status", "status": 503, "route": "consulta", "times": 0}
    assert control("api/faults", fault).json()["faults"][0]["status"] == 503
    assert client.query().status_code == 503
    assert control("api/faults/clear", {}).json()["faults"] == []
    assert client.query().status_code == 200


def test_requests(control, client):
    client.query()
    routes = [item["route"] for item in control("api/requests").json()]
    assert routes == ["token", "consulta"]
    assert [item["route"] for item in control("api/requests?last=1").json()] == ["consulta"]
    assert [item["route"] for item in control("api/requests?route=token").json()] == ["token"]
    control("api/requests/clear", {})
    assert control("api/requests").json() == []


def test_tokens_and_certificates_expire(control, client):
    client.headers()
    control("api/expire-tokens", {})
    assert client.query().status_code == 401
    control("api/expire-certificates", {})
    assert client.query().json()["codigo"] == "C500"


def test_temporary_token(control, client):
    answer = control("api/temporary-token", {"client_id": client.credentials.client_id})
    assert answer.json()["token"].count(".") == 2
    assert control("api/temporary-token", {"client_id": "ninguem"}).status_code == 409


@pytest.mark.parametrize(
    "path, body",
    [("api/pay", {"nosso_numero": "99"}), ("api/pay", {"nosso_numero": "1", "valor": "muito"}), ("api/faults", {})],
)
def test_errors_in_words(control, path, body):
    answer = control(path, body)
    assert answer.status_code == 409
    assert answer.json()["erro"]


def test_unknown_action(control):
    assert control("api/explodir", {}).status_code == 404


@pytest.mark.parametrize("headers", [{"Host": "banco.example.com"}, {"Origin": "https://site.example.com"}])
def test_strangers_are_kept_off(control, headers):
    assert control("api/state", **headers).status_code == 403
    assert control("", **headers).status_code == 403


def test_celcoin(control, simulator):
    """A deposit, an option, and an occurrence that is too early."""
    client_id = "11111111-2222-4333-8444-555555555555"
    simulator.bank.clients.add(client_id)
    simulator.bank.celcoin.open_account(client_id, 1_00)
    answer = control("api/celcoin/deposit", {"client_id": client_id, "valor": "12.50"}).json()["celcoin"]
    assert answer["accounts"] == [{"client_id": client_id, "balance": 13_50}]
    assert answer["payments"] == []
    assert control("api/celcoin/switches", {"strict_mass": False}).json()["celcoin"]["switches"]["strict_mass"] is False
    assert control("api/celcoin/switches/reset", {}).json()["celcoin"]["switches"]["strict_mass"] is True
    assert control("api/celcoin/occurrence", {"id": 1}).status_code == 409
    assert control("api/celcoin/deposit", {"client_id": client_id, "valor": "-1"}).status_code == 409
    stranger = control("api/celcoin/deposit", {"client_id": "outro", "valor": "1"})
    assert (stranger.status_code, "não é cliente" in stranger.json()["erro"]) == (409, True)
