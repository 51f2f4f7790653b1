"""Who Celcoin lets in, and what it says to nonsense."""

from __future__ import annotations

import httpx
import pytest

from bancointegra.simulator import Fault


def test_token_by_form_and_by_multipart(celcoin):
    by_form = celcoin.token_answer().json()
    parts = {"client_id": celcoin.client_id, "client_secret": celcoin.secret, "grant_type": "client_credentials"}
    by_parts = celcoin.http.post(
        f"{celcoin.base}/v5/token", files={name: (None, value) for name, value in parts.items()}
    ).json()
    for answer in (by_form, by_parts):
        assert (answer["expires_in"], answer["token_type"]) == (2400, "bearer")
        assert answer["access_token"].count(".") == 2


@pytest.mark.parametrize(
    "changes, error",
    [
        ({"client_secret": "outro"}, "invalid_client"),
        ({"client_id": "outro"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_token_refused(celcoin, changes, error):
    answer = celcoin.token_answer(**changes)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_a_client_of_the_bank_alone_gets_no_token(celcoin, celcoin_simulator):
    stranger = "11111111-1111-4111-8111-111111111111"
    celcoin_simulator.bank.clients.add(stranger)
    secret = celcoin_simulator.bank.clients.secret(stranger)
    assert celcoin.token_answer(client_id=stranger, client_secret=secret).status_code == 400


def test_bearer_is_needed_and_expires(celcoin, celcoin_simulator):
    assert celcoin.call("GET", "/pendency").status_code == 200
    celcoin_simulator.bank.clients.expire_tokens()
    answer = celcoin.call("GET", "/pendency")
    assert (answer.status_code, answer.content) == (401, b"")


def test_certificate_required(celcoin, celcoin_simulator):
    celcoin_simulator.bank.celcoin.switch(mtls_required=True)
    assert celcoin.token_answer().status_code == 403
    celcoin_simulator.bank.celcoin.switch(mtls_required=False)
    assert celcoin.token_answer().status_code == 200


def test_unknown_path_and_wrong_method(celcoin):
    unknown = celcoin.call("GET", "/billpayments/1/settle")
    assert (unknown.status_code, unknown.json()) == (404, {"statusCode": 404, "message": "Resource not found"})
    number = celcoin.reserved()
    assert celcoin.call("PUT", f"/billpayments/{number}/void", {}).status_code == 405
    assert celcoin.call("POST", f"/billpayments/{number}/reverse").status_code == 405
    assert celcoin.call("POST", f"/billpayments/{number}/capture", {}).status_code == 405
    assert celcoin.status(number) == 4


def test_the_log_keeps_no_secret(celcoin, celcoin_simulator):
    celcoin.token_answer()
    parts = {"client_secret": (None, celcoin.secret), "client_id": (None, celcoin.client_id)}
    celcoin.http.post(f"{celcoin.base}/v5/token", files=parts)
    received = celcoin_simulator.bank.requests("celcoin_token")
    assert len(received) == 2
    assert all("***" in request.body and celcoin.secret not in request.body for request in received)


@pytest.mark.parametrize("phase, reserves", [("before", 0), ("after", 1)])
@pytest.mark.parametrize(
    "kind, options", [("status", {"status": 503}), ("html_body", {"status": 502}), ("dropped_connection", {})]
)
def test_faults_before_and_after_the_commit(celcoin, celcoin_simulator, phase, reserves, kind, options):
    body = celcoin.reserve_body("00197700070000000001800000000000100000000000000")
    celcoin_simulator.bank.faults.inject(Fault(kind, phase, "celcoin_reserva", **options))
    try:
        assert celcoin.call("POST", "/billpayments", body).status_code == options["status"]
    except httpx.TransportError:
        assert kind == "dropped_connection"
    assert len(celcoin.call("GET", "/pendency").json()["pendings"]["transactions"]) == reserves


def test_failures_are_worded_as_celcoin_words_them(celcoin, celcoin_simulator):
    celcoin.call("GET", "/pendency")
    celcoin_simulator.bank.faults.inject(Fault("status", "before", "celcoin_leitura", status=500))
    assert celcoin.call("GET", "/pendency").json()["errorCode"] == "999"
    celcoin_simulator.bank.faults.inject(Fault("token_expired", "before", "celcoin_leitura"))
    assert celcoin.call("GET", "/pendency").content == b""


@pytest.mark.parametrize("single_use, reserves", [(True, 1), (False, 2)])
def test_a_reserve_delivered_twice(celcoin, celcoin_simulator, single_use, reserves):
    celcoin_simulator.bank.celcoin.switch(single_use_authorize=single_use)
    body = celcoin.reserve_body("00197700070000000001800000000000100000000000000")
    celcoin_simulator.bank.faults.inject(Fault("delivered_twice", "before", "celcoin_reserva"))
    answer = celcoin.call("POST", "/billpayments", body)
    assert answer.json()["errorCode"] == ("68" if single_use else "000")
    assert len(celcoin.call("GET", "/pendency").json()["pendings"]["transactions"]) == reserves
