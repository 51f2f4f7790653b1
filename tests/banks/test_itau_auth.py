"""The access token: one at a time, renewed in time, never shown."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from bancointegra.banks.http import BankHttp, Timeouts
from bancointegra.banks.itau.auth import TokenSource
from bancointegra.banks.itau.client import ItauClient
from bancointegra.banks.tls import ClientIdentity, build_context
from bancointegra.domain.errors import BankUnavailable, CredentialError

SECRET = "s3gredo & mais"


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


@pytest.fixture
def tokens(http, server):
    return TokenSource(http, server.url, "cliente", lambda: SECRET)


@pytest.fixture
def issue(server, answering):
    """Let the server give tokens named after their number, with the given lifetime."""

    def use(expires_in=300):
        def answer(_):
            body = {"access_token": f"t{len(server.requests)}", "token_type": "Bearer", "expires_in": expires_in}
            return answering(200, json.dumps(body))

        server.answer = answer

    return use


def test_request_as_the_bank_wants_it(tokens, server, issue):
    issue()
    assert tokens.current().value == "t1"
    (received,) = server.requests
    assert (received.method, received.target) == ("POST", "/api/oauth/token")
    assert received.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(received.body.decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["cliente"],
        "client_secret": [SECRET],
    }


def test_kept_while_it_holds(tokens, server, issue):
    issue(expires_in=300)
    assert tokens.current() is tokens.current()
    assert len(server.requests) == 1


@pytest.mark.parametrize("expires_in", [0, "0"])
def test_renewed_when_over(tokens, server, issue, expires_in):
    issue(expires_in)
    assert [tokens.current().value, tokens.current().value] == ["t1", "t2"]


@pytest.mark.parametrize(("expires_in", "holds_for"), [(300, 255), (100, 80), (5, 4)])
def test_margin_shrinks_with_short_lives(http, server, issue, expires_in, holds_for):
    moment = [1000.0]
    tokens = TokenSource(http, server.url, "cliente", lambda: SECRET, monotonic=lambda: moment[0])
    issue(expires_in)
    first = tokens.current()
    moment[0] += holds_for - 0.1
    assert tokens.current() is first
    moment[0] += 0.2
    assert tokens.current() is not first


def test_text_and_missing_lifetime(tokens, server, issue, answering):
    issue(expires_in="300")
    tokens.current()
    assert tokens.current().value == "t1"
    server.answer = lambda _: answering(200, '{"access_token": "sem prazo"}')
    token = tokens.replacement(tokens.current())
    assert tokens.current() is token


def test_many_threads_ask_once(tokens, server, issue):
    issue()
    barrier = threading.Barrier(8)

    def ask(_):
        barrier.wait()
        return tokens.current().value

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"t1"}
    assert len(server.requests) == 1


def test_many_threads_replace_a_rejected_token_once(tokens, server, issue):
    issue()
    rejected = tokens.current()
    with ThreadPoolExecutor(8) as pool:
        replaced = set(pool.map(lambda _: tokens.replacement(rejected).value, range(8)))
    assert replaced == {"t2"}
    assert len(server.requests) == 2


def test_those_who_waited_for_a_failure_do_not_ask_again(http, server, answering):
    reads_of_the_clock = threading.Semaphore(0)

    def monotonic():
        moment = time.monotonic()
        reads_of_the_clock.release()
        return moment

    def fail(_):
        for _ in range(4):  # three arrivals, and the start of the request that reached us
            assert reads_of_the_clock.acquire(timeout=10)
        return answering(503, retry_after="9")

    server.answer = fail
    tokens = TokenSource(http, server.url, "cliente", lambda: SECRET, monotonic)

    def ask(_):
        with pytest.raises(BankUnavailable) as caught:
            tokens.current()
        return caught.value

    with ThreadPoolExecutor(3) as pool:
        errors = list(pool.map(ask, range(3)))
    assert [error.retry_after for error in errors] == [9, 9, 9]
    assert len(server.requests) == 1


def test_failure_is_not_kept(tokens, server, answering, issue):
    server.answer = lambda _: answering(503)
    with pytest.raises(BankUnavailable):
        tokens.current()
    issue()
    assert tokens.current().value == "t2"


@pytest.mark.parametrize("body", ["", "<html>", "{}", '{"access_token": ""}', '{"access_token": "ção"}', "[]"])
def test_answer_without_token(tokens, server, answering, body):
    server.answer = lambda _: answering(200, body)
    with pytest.raises(BankUnavailable):
        tokens.current()


def test_wrong_secret(tokens, server, answering):
    server.answer = lambda _: answering(401, '{"error":"invalid_client"}')
    with pytest.raises(CredentialError) as caught:
        tokens.current()
    assert caught.value.code == "credencial.client_secret"
    assert SECRET not in repr(caught.value)


def test_token_never_shows(tokens, issue):
    issue()
    assert "t1" not in repr(tokens.current()) + repr(tokens)


class TestClient:
    @pytest.fixture
    def client(self, http, tokens, server):
        return ItauClient(http, tokens, "cliente", server.url + "/emissao", server.url + "/consulta")

    @pytest.fixture
    def bank(self, server, answering):
        """Gives tokens t1, t2, … and accepts on the API only those named."""

        def use(*accepted):
            issued = []

            def answer(received):
                if received.target == "/api/oauth/token":
                    issued.append(f"t{len(issued) + 1}")
                    return answering(200, json.dumps({"access_token": issued[-1], "expires_in": 300}))
                authorized = received.headers["authorization"] in {f"Bearer {token}" for token in accepted}
                return answering(200 if authorized else 401, "{}")

            server.answer = answer

        return use

    def test_headers_and_paths(self, client, bank, server):
        bank("t1")
        client.post_boleto({"data": {}}, "0b5f6e5c-order")
        client.get_boletos("150000052061", "109", "00000001", "specific")
        _, post, get = server.requests
        assert (post.method, post.target) == ("POST", "/emissao/boletos")
        assert post.headers["x-itau-correlationid"] == "0b5f6e5c-order"
        assert get.method == "GET"
        assert get.target == (
            "/consulta/boletos?id_beneficiario=150000052061&codigo_carteira=109&nosso_numero=00000001&view=specific"
        )
        assert len(get.headers["x-itau-correlationid"]) == 36
        for received in (post, get):
            assert received.headers["authorization"] == "Bearer t1"
            assert received.headers["x-itau-apikey"] == "cliente"
            assert received.headers["x-itau-flowid"]

    def test_401_renews_once_and_repeats_once(self, client, bank, server):
        bank("t2")
        assert client.post_boleto({}, "corr").status == 200
        assert [r.target for r in server.requests] == [
            "/api/oauth/token",
            "/emissao/boletos",
            "/api/oauth/token",
            "/emissao/boletos",
        ]
        assert {r.headers["x-itau-correlationid"] for r in server.requests if "emissao" in r.target} == {"corr"}

    def test_second_401_is_final(self, client, bank, server):
        bank()
        assert client.post_boleto({}, "corr").status == 401
        assert len(server.requests) == 4
