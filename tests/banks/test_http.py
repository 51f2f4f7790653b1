"""Each failure of the transport, made to happen over real TLS, for a read and for an order (design §6)."""

from __future__ import annotations

import logging
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bancointegra.banks.http import (
    BankHttp,
    Effect,
    Pacing,
    Reply,
    Request,
    Timeouts,
    UnreadableAnswer,
    retry_after,
)
from bancointegra.banks.tls import ClientIdentity, build_context
from bancointegra.domain.errors import BankUnavailable, CredentialError, OutcomeUnknown

NOW = datetime.now(UTC)
LOST = [(Effect.READ, BankUnavailable), (Effect.ORDER, OutcomeUnknown)]
BOTH = list(Effect)


def context_of(pair, root_path) -> ssl.SSLContext:
    identity = ClientIdentity(str(pair.certificate_path), str(pair.key_path), pair.passphrase, str(root_path))
    return build_context(identity, NOW)


@pytest.fixture
def naps() -> list[float]:
    return []


@pytest.fixture
def http(client_pair, pki, naps):
    http = BankHttp(
        context_of(client_pair, pki.root_path),
        timeouts=Timeouts(connect=5, read=0.5),
        pacing=Pacing(sleep=naps.append),
        use_system_proxy=False,
    )
    yield http
    http.close()


def request(url: str, effect: Effect, path: str = "/boletos") -> Request:
    return Request("POST", url + path, effect, "corr-1", json={"a": 1})


def test_sends_and_receives(http, server, answering):
    server.answer = lambda _: answering(200, '{"valor": 1.10}', X_Itau="sim")
    reply = http.send(request(server.url, Effect.ORDER))
    assert (reply.status, reply.headers["x-itau"], str(reply.json()["valor"])) == (200, "sim", "1.10")
    assert server.requests[0].body == b'{"a":1}'


@pytest.mark.parametrize("effect", BOTH)
def test_refused_connection_was_never_sent(http, effect):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(BankUnavailable) as caught:
        http.send(request(f"https://127.0.0.1:{port}", effect))
    assert caught.value.code == "indisponivel.conexao"


@pytest.mark.parametrize("effect", BOTH)
def test_server_that_never_shakes_hands_was_never_sent(client_pair, pki, effect):
    http = BankHttp(
        context_of(client_pair, pki.root_path), timeouts=Timeouts(connect=0.3, read=5), use_system_proxy=False
    )
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(BankUnavailable) as caught:
        http.send(request(f"https://127.0.0.1:{silent.getsockname()[1]}", effect))
    http.close()
    assert caught.value.code == "indisponivel.conexao"


@pytest.mark.parametrize("effect", BOTH)
def test_unknown_host_was_never_sent(http, effect):
    with pytest.raises(BankUnavailable):
        http.send(request("https://banco.invalid", effect))


@pytest.mark.parametrize("effect", BOTH)
def test_server_certificate_of_unknown_authority(client_pair, foreign_pki, server, effect):
    http = BankHttp(context_of(client_pair, foreign_pki.root_path), use_system_proxy=False)
    with pytest.raises(CredentialError) as caught:
        http.send(request(server.url, effect))
    http.close()
    assert caught.value.code == "credencial.servidor"
    assert server.requests == []


@pytest.mark.parametrize("effect", BOTH)
def test_server_certificate_of_another_name(http, server, pki, effect):
    other = pki.issue("outro-servidor", address="127.0.0.9")
    server.context.load_cert_chain(other.certificate_path, other.key_path, password=other.passphrase)
    with pytest.raises(CredentialError) as caught:
        http.send(request(server.url, effect))
    assert caught.value.code == "credencial.servidor"
    assert server.requests == []


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize("effect", BOTH)
def test_our_certificate_refused_in_the_handshake(foreign_pki, pki, server, effect, version):
    """Under TLS 1.3 the alert arrives only when reading the answer, and still says: not executed."""
    server.context.minimum_version = server.context.maximum_version = version
    http = BankHttp(context_of(foreign_pki.issue("intruso"), pki.root_path), use_system_proxy=False)
    with pytest.raises(CredentialError) as caught:
        http.send(request(server.url, effect))
    http.close()
    assert caught.value.code == "credencial.certificado_recusado"
    assert server.requests == []


@pytest.mark.parametrize(("effect", "error"), LOST)
def test_cut_connection_after_the_request(http, server, effect, error):
    server.answer = lambda _: None
    with pytest.raises(error):
        http.send(request(server.url, effect))
    assert len(server.requests) == 1


@pytest.mark.parametrize(("effect", "error"), LOST)
def test_end_of_stream_without_closing_tls_is_no_certificate_alert(http, server, effect, error):
    """A socket cut under TLS raises an SSL error as well; it must not pass for a refused certificate."""

    def cut(_):
        raise ConnectionAbortedError

    server.answer = cut
    with pytest.raises(error):
        http.send(request(server.url, effect))


@pytest.mark.parametrize(("effect", "error"), LOST)
def test_answer_that_does_not_come_in_time(http, server, effect, error):
    def stall(_):
        server.release.wait(10)

    server.answer = stall
    with pytest.raises(error) as caught:
        http.send(request(server.url, effect))
    assert "a tempo" in caught.value.message


@pytest.mark.parametrize(("effect", "error"), LOST)
@pytest.mark.parametrize(
    "wire",
    [
        b"isto nao e HTTP\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 100\r\n\r\nmetade",
        b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-encoding: gzip\r\n\r\nlixo",
    ],
    ids=["no-http", "half-a-body", "broken-gzip"],
)
def test_broken_answer(http, server, effect, error, wire):
    sent = []

    def once(_):
        sent.append(1)
        return wire

    server.answer = once
    with pytest.raises(error):
        http.send(request(server.url, effect))
    assert len(sent) == 1, "never repeated by itself"


@pytest.mark.parametrize(("effect", "error"), LOST)
@pytest.mark.parametrize("status", [302, 408, 500, 501, 502, 503, 504])
def test_failure_of_the_service(http, server, answering, effect, error, status):
    server.answer = lambda _: answering(status, '{"codigo":"500"}')
    with pytest.raises(error) as caught:
        http.send(request(server.url, effect))
    assert str(status) in caught.value.message
    assert len(server.requests) == 1


def test_503_tells_a_read_when_to_come_back(http, server, answering):
    server.answer = lambda _: answering(503, retry_after="7")
    with pytest.raises(BankUnavailable) as caught:
        http.send(request(server.url, Effect.READ))
    assert caught.value.retry_after == 7


@pytest.mark.parametrize("status", [200, 201, 202, 204, 400, 401, 403, 404, 405, 422, 428])
def test_readable_answers_are_for_the_caller(http, server, answering, status):
    server.answer = lambda _: answering(status)
    assert http.send(request(server.url, Effect.ORDER)).status == status


@pytest.mark.parametrize("effect", BOTH)
def test_429_waits_as_told_and_repeats(http, server, answering, naps, effect):
    server.answer = lambda _: answering(429, retry_after="3") if len(server.requests) < 3 else answering(200, "{}")
    assert http.send(request(server.url, effect)).status == 200
    assert naps == [3, 3]


@pytest.mark.parametrize("effect", BOTH)
def test_429_gives_up_after_three_tries(http, server, answering, naps, effect):
    server.answer = lambda _: answering(429)
    with pytest.raises(BankUnavailable) as caught:
        http.send(request(server.url, effect))
    assert len(server.requests) == 3
    assert len(naps) == 2
    assert caught.value.retry_after


def test_429_longer_than_the_budget_is_not_waited_for(http, server, answering, naps):
    server.answer = lambda _: answering(429, retry_after="3600")
    with pytest.raises(BankUnavailable) as caught:
        http.send(request(server.url, Effect.ORDER))
    assert (len(server.requests), naps, caught.value.retry_after) == (1, [], 3600)


def test_failure_after_429_is_still_a_doubt(http, server, answering):
    server.answer = lambda _: answering(429, retry_after="0") if len(server.requests) < 2 else answering(500)
    with pytest.raises(OutcomeUnknown):
        http.send(request(server.url, Effect.ORDER))


def test_retry_after_forms():
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < retry_after({"retry-after": later}) <= 90
    assert retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0
    assert retry_after({"retry-after": "logo"}) is None
    assert retry_after({}) is None


def test_log_has_no_document_key_token_or_body(http, server, answering, caplog):
    server.answer = lambda _: answering(200, '{"cpf": "12345678909"}')
    with caplog.at_level(logging.DEBUG, logger="bancointegra"):
        http.send(
            Request(
                "PATCH",
                server.url + "/boletos/15000005206110900000001/baixa",
                Effect.ORDER,
                "corr-42",
                headers={"Authorization": "Bearer segredo"},
                params={"nosso_numero": "00000001"},
                json={"nome": "Maria", "cpf": "12345678909"},
            )
        )
    (line,) = [r.getMessage() for r in caplog.records]
    assert line.startswith(f"PATCH 127.0.0.1:{server.port}/boletos/…/baixa -> 200 em ")
    assert "corr-42" in line
    for secret in ("15000005206", "00000001", "segredo", "Maria", "12345678909"):
        assert secret not in line


def test_nothing_secret_in_repr():
    secret = Request("GET", "https://b/x", Effect.READ, "c", {"Authorization": "s3gredo"}, {"p": "s3gredo"}, "s3gredo")
    assert "s3gredo" not in repr(secret) + repr(Reply(200, {"a": "s3gredo"}, "s3gredo"))


@pytest.mark.parametrize("text", ["", "<html></html>", "{", "\x00", "[" * 100_000, "1" * 10_000])
def test_unreadable_bodies(text):
    with pytest.raises(UnreadableAnswer):
        Reply(200, {}, text).json()


def test_byte_order_mark_is_forgiven():
    assert Reply(200, {}, '\ufeff{"a": 1}').json() == {"a": 1}
