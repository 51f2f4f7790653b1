"""Celcoin's token: how it is asked for, and how early it is renewed. What is common to all banks: test_itau_auth."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from bancointegra.banks.celcoin.auth import TokenSource
from bancointegra.banks.http import BankHttp, Timeouts
from bancointegra.banks.tls import ClientIdentity, build_context


@pytest.fixture
def http(client_pair, pki):
    identity = ClientIdentity(
        str(client_pair.certificate_path), str(client_pair.key_path), client_pair.passphrase, str(pki.root_path)
    )
    http = BankHttp(
        build_context(identity, datetime.now(UTC)), timeouts=Timeouts(connect=5, read=5), use_system_proxy=False
    )
    yield http
    http.close()


def test_asked_in_the_body_and_renewed_two_minutes_early(http, server, answering):
    moment = [0.0]
    tokens = TokenSource(http, f"{server.url}/celcoin", "cliente", lambda: "s3gredo & mais", lambda: moment[0])
    server.answer = lambda _: answering(
        200, json.dumps({"access_token": f"t{len(server.requests)}", "expires_in": 2400, "token_type": "bearer"})
    )
    assert tokens.current().value == "t1"
    (received,) = server.requests
    assert (received.method, received.target) == ("POST", "/celcoin/v5/token")
    assert parse_qs(received.body.decode()) == {
        "client_id": ["cliente"],
        "client_secret": ["s3gredo & mais"],
        "grant_type": ["client_credentials"],
    }
    moment[0] = 2279.0
    assert tokens.current().value == "t1"
    moment[0] = 2280.0
    assert tokens.current().value == "t2"
