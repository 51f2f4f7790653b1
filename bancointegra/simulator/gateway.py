"""What the bank checks of every call before looking at it: certificate, token, headers, permission."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from aiohttp import web

from bancointegra.simulator.answers import BankAnswer, Campo, forbidden, invalid_fields, unauthorized
from bancointegra.simulator.model import Account
from bancointegra.simulator.state import Bank

CERTIFICATE_ERROR_HEADER = "x-itau-client-cert-error"
_PEER = web.RequestKey("peer", dict)
_CERTIFICATE_ERRORS = {
    "C100": "Certificado não informado",
    "C300": "Não foi possível extrair os dados do certificado",
    "C500": "Certificado expirado",
    "C600": "CN do certificado diferente do client_id",
}


def remember_peer(request: web.Request) -> None:
    """Keep the client certificate with the request: a client that hangs up takes it away from the connection."""
    request[_PEER] = request.get_extra_info("peercert") or {}


def has_certificate(request: web.Request) -> bool:
    """Whether the client showed a certificate of the bank's authority."""
    return bool(request[_PEER])


def peer_name(request: web.Request) -> str:
    """The CN of the client certificate; empty without one. TLS has already checked chain and validity."""
    for relative_name in request[_PEER].get("subject", ()):
        for name, value in relative_name:
            if name == "commonName":
                return str(value)
    return ""


class Gateway:
    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def check_certificate(self, request: web.Request, client_id: str | None = None) -> str:
        """The CN of the certificate, which must be ``client_id`` when given. Raises the answer with the C-code."""
        certificate = request[_PEER]
        if not certificate:
            raise self._certificate_error("C100")
        name = peer_name(request)
        if not name:
            raise self._certificate_error("C300")
        expiry = self._bank.clients.certificate_expiry(certificate["serialNumber"])
        if expiry is not None and expiry <= self._bank.clock.now():
            raise self._certificate_error("C500")
        if client_id is not None and name != client_id:
            raise self._certificate_error("C600")
        return name

    def check_call(self, request: web.Request, *, needs_correlation: bool = False) -> str:
        """The client of an API call. Raises the answer of the first check that fails."""
        name = self.check_certificate(request)
        client_id = self.check_bearer(request)
        if name != client_id:
            raise self._certificate_error("C600")
        if request.headers.get("x-itau-apikey") != client_id:
            raise BankAnswer(self._bank.switches.apikey_status, "Acesso Proibido")
        if needs_correlation and not request.headers.get("x-itau-correlationID"):
            raise invalid_fields([Campo("x-itau-correlationID", "não pode ser nulo ou vazio")])
        return client_id

    def check_bearer(self, request: web.Request) -> str:
        """The client of a valid access token. Raises the 401 answer."""
        client_id = self._bank.clients.token_owner(bearer(request))
        if client_id is None:
            raise unauthorized()
        return client_id

    def check_account(self, client_id: str, id_beneficiario: str) -> Account:
        """The account, which the client must be allowed to use. Raises the 403 answer."""
        account = self._bank.clients.account(id_beneficiario)
        if account is None or not self._bank.clients.is_allowed(client_id, id_beneficiario):
            raise forbidden("Usuário não autorizado para o beneficiário informado")
        return account

    def _certificate_error(self, code: str) -> BankAnswer:
        status = self._bank.switches.certificate_error_status
        return BankAnswer(status, _CERTIFICATE_ERRORS[code], certificate_code=code)


def bearer(request: web.Request) -> str:
    """The token of the Authorization header; empty without one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def read_json(request: web.Request) -> Any:
    """The JSON body, numbers kept exact; None when empty. Raises the 400 answer when it is no JSON."""
    text = (await request.read()).decode("utf-8", errors="replace")
    if not text.strip():
        return None
    if request.content_type != "application/json":
        raise invalid_fields([Campo("Content-Type", "Deve ser application/json")])
    try:
        return json.loads(text, parse_float=Decimal)
    except ValueError:
        raise invalid_fields([Campo("", "Corpo da requisição não é um JSON válido")]) from None
