"""Itaú's STS as issuer of certificates: a CSR in plain text for ``Secret: …`` and a certificate in plain text.

A request may issue a certificate and spend a token, so a lost answer is ``OutcomeUnknown``; every refusal (4xx) issued
nothing. Sources: Itaú's guides of the dynamic certificate; the two versions of the renewal path, three clients each.
"""

from __future__ import annotations

import uuid
from http import HTTPStatus

from bancointegra.banks.http import BankHttp, Effect, Reply, Request
from bancointegra.banks.itau.auth import TokenSource
from bancointegra.banks.itau.errors import certificate_error, read_error_body
from bancointegra.domain.certificado import CertificadoRecebido, read_certificado_recebido
from bancointegra.domain.errors import AppError, BankRefused, CredentialError


class ItauCertificados:
    """``base_url`` is the STS's address; ``http`` shows the client certificate only for ``renovar``."""

    def __init__(self, http: BankHttp, base_url: str) -> None:
        self._http = http
        self._base_url = base_url

    def solicitar(self, csr_pem: bytes, temporary_token: str) -> CertificadoRecebido:
        """The certificate for a single-use token of the bank. Errors as ``CertificadoProvider`` says."""
        reply = self._post("/seguranca/v1/certificado/solicitacao", csr_pem, temporary_token)
        if reply.status == HTTPStatus.UNAUTHORIZED and certificate_error(reply) is None:
            raise CredentialError(
                "O banco não aceitou o token temporário: ele pode ter vencido ou ser de outro ClientID.",
                hint="Confira se colou o token inteiro. Ele vale 7 dias (5 minutos, se foi gerado no portal); vencido, "
                "peça outro ao banco.",
                code="credencial.token_temporario",
            )
        return _read_answer(reply)

    def renovar(self, csr_pem: bytes, tokens: TokenSource, version: str = "v1") -> CertificadoRecebido:
        """The next certificate, for the present one and an access token. ``version`` is the path's."""
        path = f"/seguranca/{version}/certificado/renovacao"
        token = tokens.current()
        reply = self._post(path, csr_pem, token.value)
        if reply.status == HTTPStatus.UNAUTHORIZED:
            reply = self._post(path, csr_pem, tokens.replacement(token).value)
        return _read_answer(reply)

    def _post(self, path: str, csr_pem: bytes, bearer: str) -> Reply:
        correlation_id = str(uuid.uuid4())
        headers = {
            "Authorization": f"Bearer {bearer}",
            "Content-Type": "text/plain",
            "Accept": "*/*",
            "x-itau-correlationID": correlation_id,
        }
        url = f"{self._base_url}{path}"
        return self._http.send(
            Request("POST", url, Effect.ORDER, correlation_id, headers=headers, text=csr_pem.decode("ascii"))
        )


def _read_answer(reply: Reply) -> CertificadoRecebido:
    if not reply.is_success:
        raise _refusal(reply)
    received = read_certificado_recebido(reply.text)
    if received is None:
        raise Effect.ORDER.lost("O banco respondeu algo que não é um certificado.")
    return received


def _refusal(reply: Reply) -> AppError:
    """What a 4xx means; all of them come before anything is issued."""
    certificate = certificate_error(reply)
    if certificate is not None:
        return certificate
    if reply.status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return CredentialError(
            f"O endereço do pedido de certificado não é o do banco (HTTP {reply.status}).",
            hint="Confira o servidor do token na conta.",
            code="credencial.endereco",
        )
    body = read_error_body(reply)
    words = f": “{body.sentence}”" if body else ""
    if reply.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return CredentialError(
            f"O banco não permitiu o pedido de certificado (HTTP {reply.status}){words}.",
            hint="Confira o ClientID e fale com o suporte do banco.",
            code="credencial.permissao",
        )
    return BankRefused(
        f"O banco recusou o pedido de certificado (HTTP {reply.status}){words}.",
        hint="Confira os dados do pedido; se persistir, fale com o suporte do banco.",
    )
