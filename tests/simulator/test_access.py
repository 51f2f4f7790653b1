"""Who is let in: certificate, token, headers, routes."""

from __future__ import annotations

import ssl
import uuid
from pathlib import Path

import httpx
import pytest

from bancointegra.simulator import Simulator


def tls_cause(error: BaseException | None) -> ssl.SSLError | None:
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error


def test_token(client):
    answer = client.token_answer()
    assert answer.status_code == 200
    content = answer.json()
    assert content["token_type"] == "Bearer"
    assert content["expires_in"] == 300
    assert content["access_token"].count(".") == 2


@pytest.mark.parametrize(
    "changes, status, error",
    [
        ({"client_secret": "outro"}, 401, "invalid_client"),
        ({"client_id": str(uuid.uuid4())}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_token_refused(client, changes, status, error):
    answer = client.token_answer(**changes)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_token_wants_a_form(client, simulator):
    answer = client.http.post(f"{simulator.hosts.token}/api/oauth/token", json={"grant_type": "client_credentials"})
    assert answer.status_code == 400


def test_without_certificate_c100(simulator, make_client):
    credentials = simulator.provision()
    answer = make_client(None).token_answer(client_id=credentials.client_id, client_secret=credentials.client_secret)
    assert answer.status_code == 403
    assert answer.json()["codigo"] == "C100"
    assert answer.headers["x-itau-client-cert-error"] == "C100"


def test_certificate_of_somebody_else_c600(simulator, make_client):
    credentials = simulator.provision()
    answer = make_client(simulator.credentials.wrong_name(credentials.client_id)).token_answer()
    assert answer.json()["codigo"] == "C600"


@pytest.mark.parametrize(
    "kind, alert",
    [("foreign", "UNKNOWN_CA"), ("expired", "CERTIFICATE_EXPIRED"), ("not_yet_valid", "BAD_CERTIFICATE")],
)
def test_tls_refuses_with_an_alert(simulator, make_client, kind, alert):
    credentials = simulator.provision()
    spoiled = getattr(simulator.credentials, kind)(credentials.client_id)
    with pytest.raises(httpx.HTTPError) as caught:
        make_client(spoiled).token_answer()
    cause = tls_cause(caught.value)
    assert cause is not None
    assert alert in str(cause)


def test_certificate_expired_on_the_banks_clock_c500(simulator, client):
    simulator.bank.clock.advance(days=366)
    assert client.token_answer().json()["codigo"] == "C500"


def test_certificates_can_be_expired_at_will(simulator, client):
    client.headers()
    simulator.bank.clients.expire_certificates()
    assert client.query().json()["codigo"] == "C500"


def test_token_expires(simulator, client, emission):
    simulator.bank.switch(token_seconds=0)
    answer = client.emit(emission())
    assert answer.status_code == 401
    assert answer.json() == {"codigo": "401", "mensagem": "Unauthorized"}
    assert simulator.bank.registration_count("00000001") == 0


def test_tokens_can_be_expired_at_will(simulator, client):
    assert client.query().status_code == 200
    simulator.bank.clients.expire_tokens()
    assert client.query().status_code == 401


@pytest.mark.parametrize("apikey", [None, "outra"])
def test_apikey_must_be_the_client_id(simulator, client, emission, apikey):
    assert client.emit(emission(), **{"x-itau-apikey": apikey}).status_code == 403
    simulator.bank.switch(apikey_status=401)
    assert client.emit(emission(), **{"x-itau-apikey": apikey}).status_code == 401


def test_correlation_id_is_demanded_by_the_query_only(simulator, client, emission):
    assert client.emit(emission(), **{"x-itau-correlationID": None}).status_code == 200
    params = {"id_beneficiario": "150000052061", "codigo_carteira": "109", "nosso_numero": "00000001"}
    headers = client.headers(**{"x-itau-correlationID": None})
    answer = client.http.get(f"{simulator.hosts.consulta}/boletos", params=params, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["campos"][0]["campo"] == "x-itau-correlationID"


def test_token_of_another_client(simulator, client, make_client, emission):
    stranger = make_client(simulator.provision(agencia="1500", conta="57263"))
    foreign_token = stranger.headers()["Authorization"]
    answer = client.emit(emission(), Authorization=foreign_token)
    assert answer.json()["codigo"] == "C600"


def test_account_of_another_client(simulator, make_client, emission):
    simulator.provision()
    stranger = make_client(simulator.provision(agencia="1500", conta="57263"))
    assert stranger.emit(emission()).status_code == 403
    assert stranger.query().status_code == 403


def test_query_at_the_emission_host_is_a_forbidden_route(simulator, client):
    answer = client.http.get(f"{simulator.hosts.emissao}/boletos", headers=client.headers())
    assert answer.status_code == 403
    assert answer.json()["mensagem"] == "Acesso a rota não permitido"


def test_unknown_routes_and_methods(simulator, client):
    headers = client.headers()
    assert client.http.post(f"{simulator.hosts.emissao}/titulos", headers=headers).status_code == 405
    assert client.http.put(f"{simulator.hosts.emissao}/boletos", headers=headers).status_code == 405
    assert client.http.post(f"{simulator.hosts.consulta}/outra", headers=headers).status_code == 404


def test_only_loopback(tmp_path: Path):
    with pytest.raises(ValueError, match="só atende nesta máquina"):
        Simulator(tmp_path, host="0.0.0.0")


def test_port_taken(simulator, tmp_path):
    second = Simulator(tmp_path / "outro", port=simulator.port)
    with pytest.raises(OSError, match="in use"):
        second.start()
    second.stop()


def test_the_log_keeps_no_secret(simulator, client):
    client.token_answer()
    (received,) = simulator.bank.requests("token")
    assert "client_secret=***" in received.body
    assert client.credentials.client_secret not in repr(received) + received.body + repr(client.credentials)
    assert received.certificate == client.credentials.client_id


def test_same_client_same_credentials(simulator):
    first = simulator.provision()
    assert simulator.provision(client_id=first.client_id) == first
