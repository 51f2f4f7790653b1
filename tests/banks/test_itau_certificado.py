"""What the STS may answer to a request for a certificate, and what each answer means."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bancointegra.banks.http import BankHttp, Pacing, Timeouts
from bancointegra.banks.itau.auth import TokenSource
from bancointegra.banks.itau.certificado import ItauCertificados
from bancointegra.banks.tls import ClientIdentity, build_context
from bancointegra.domain.errors import BankRefused, BankUnavailable, CredentialError, OutcomeUnknown

if TYPE_CHECKING:
    from tests.banks.conftest import Pair, Pki, Received, ScriptedServer

PEM = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n"
CSR = b"-----BEGIN CERTIFICATE REQUEST-----\nQUJD\n-----END CERTIFICATE REQUEST-----\n"


@pytest.fixture
def http(pki: Pki, client_pair: Pair) -> Iterator[BankHttp]:
    identity = ClientIdentity(
        str(client_pair.certificate_path), str(client_pair.key_path), client_pair.passphrase, str(pki.root_path)
    )
    http = BankHttp(
        build_context(identity, datetime.now(UTC)),
        timeouts=Timeouts(connect=5, read=5),
        pacing=Pacing(sleep=lambda _: None),
        use_system_proxy=False,
    )
    yield http
    http.close()


@pytest.fixture
def sts(server: ScriptedServer, http: BankHttp) -> ItauCertificados:
    return ItauCertificados(http, f"{server.url}/sts")


@pytest.fixture
def answers(server: ScriptedServer, answering: Callable[..., bytes]) -> Callable[..., None]:
    def script(status: int, body: str = "", **headers: str) -> None:
        server.answer = lambda _: answering(status, body, **headers)

    return script


@pytest.mark.parametrize(
    ("body", "secret"),
    [
        (f"Secret: 7f1c\n{PEM}", "7f1c"),
        (f"Secret: 7f1c\r\n\r\n{PEM}".replace("\nQ", "\r\nQ"), "7f1c"),
        (f"7f1c\n{PEM}", "7f1c"),
        (PEM, None),
        (f"\n\n{PEM}\n", None),
        (f"Secret: 7f1c\n{PEM}{PEM}", "7f1c"),
    ],
)
def test_answers_with_a_certificate(server: ScriptedServer, sts, answers, body: str, secret: str | None) -> None:
    answers(200, body)
    recebido = sts.solicitar(CSR, "token-temporario")
    assert recebido.client_secret == secret
    assert recebido.certificate_pem.startswith(b"-----BEGIN CERTIFICATE-----\nQUJD\n")
    (request,) = server.requests
    assert (request.method, request.target) == ("POST", "/sts/seguranca/v1/certificado/solicitacao")
    assert request.body == CSR
    assert request.headers["authorization"] == "Bearer token-temporario"
    assert request.headers["content-type"] == "text/plain"


@pytest.mark.parametrize(
    ("status", "body", "headers", "error", "code"),
    [
        (400, json.dumps({"codigo": "C800b", "mensagem": "excedida"}), {}, CredentialError, "credencial.C800B"),
        (400, json.dumps({"mensagem": "C800a - CN"}), {}, CredentialError, "credencial.C800A"),
        (403, "C100: certificado ausente", {}, CredentialError, "credencial.C100"),
        (400, "", {"x_itau_client_cert_error": "C700a"}, CredentialError, "credencial.C700A"),
        (401, "", {}, CredentialError, "credencial.token_temporario"),
        (401, json.dumps({"mensagem": "Unauthorized"}), {}, CredentialError, "credencial.token_temporario"),
        (401, json.dumps({"codigo": "C500", "mensagem": "x"}), {}, CredentialError, "credencial.C500"),
        (403, json.dumps({"mensagem": "Proibido"}), {}, CredentialError, "credencial.permissao"),
        (404, "<html></html>", {}, CredentialError, "credencial.endereco"),
        (400, "nada que se entenda", {}, BankRefused, "recusado"),
        (422, json.dumps({"mensagem": "CSR com OU inválido"}), {}, BankRefused, "recusado"),
        (200, "", {}, OutcomeUnknown, "a_confirmar"),
        (200, "<html>manutenção</html>", {}, OutcomeUnknown, "a_confirmar"),
        (200, "Secret: 7f1c\n-----BEGIN CERTIFICATE-----\nQUJD", {}, OutcomeUnknown, "a_confirmar"),
        (302, "", {"location": "https://outro"}, OutcomeUnknown, "a_confirmar"),
        (500, "Secret: 7f1c", {}, OutcomeUnknown, "a_confirmar"),
        (429, "", {}, BankUnavailable, "indisponivel.limite"),
    ],
)
def test_answers_without_a_certificate(sts, answers, status, body, headers, error, code) -> None:
    answers(status, body, **headers)
    with pytest.raises(error) as refused:
        sts.solicitar(CSR, "token-temporario")
    assert type(refused.value) is error
    assert refused.value.code == code
    assert refused.value.hint
    assert "7f1c" not in str(refused.value)
    assert "token-temporario" not in str(refused.value)


def test_a_connection_cut_before_the_answer(server: ScriptedServer, sts) -> None:
    server.answer = lambda _: None
    with pytest.raises(OutcomeUnknown):
        sts.solicitar(CSR, "t")
    assert len(server.requests) == 1


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_renewal_takes_a_new_token_after_401_and_asks_once_more(
    server: ScriptedServer, http: BankHttp, sts, answering, version: str
) -> None:
    tokens = iter(["primeiro", "segundo"])

    def answer(received: Received) -> bytes:
        if received.target.endswith("/token"):
            return answering(200, json.dumps({"access_token": next(tokens), "expires_in": 300}))
        return answering(200, PEM) if received.headers["authorization"] == "Bearer segundo" else answering(401)

    server.answer = answer
    recebido = sts.renovar(CSR, TokenSource(http, f"{server.url}/sts", "id", lambda: "s"), version)
    assert recebido.client_secret is None
    asked = [request.target for request in server.requests if "certificado" in request.target]
    assert asked == [f"/sts/seguranca/{version}/certificado/renovacao"] * 2


def test_nothing_of_it_reaches_the_log(sts, answers, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    answers(200, f"Secret: 7f1c-segredo\n{PEM}")
    recebido = sts.solicitar(CSR, "token-temporario")
    shown = caplog.text + repr(recebido)
    assert "certificado/solicitacao" in caplog.text
    for hidden in ("7f1c-segredo", "token-temporario", "QUJD\n-----END CERTIFICATE REQUEST"):
        assert hidden not in shown
