"""The bank's token service: access tokens, first certificate, renewal."""

from __future__ import annotations

import re
from datetime import timedelta

from aiohttp import web
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from bancointegra.simulator.answers import BankAnswer, unauthorized
from bancointegra.simulator.ca import CertificateAuthority
from bancointegra.simulator.gateway import Gateway, bearer
from bancointegra.simulator.state import Bank

_MIN_KEY_BITS = 2048
_PEM = re.compile(r"-----BEGIN CERTIFICATE REQUEST-----.+?-----END CERTIFICATE REQUEST-----", re.DOTALL)


class TokenService:
    def __init__(self, bank: Bank, gateway: Gateway, ca: CertificateAuthority) -> None:
        self._bank = bank
        self._gateway = gateway
        self._ca = ca

    def routes(self, prefix: str) -> list[web.RouteDef]:
        renewal = f"{prefix}/seguranca/{{version:v1|v2}}/certificado/renovacao"
        return [
            web.post(f"{prefix}/api/oauth/token", self.token),
            web.post(f"{prefix}/seguranca/v1/certificado/solicitacao", self.first_certificate),
            web.post(renewal, self.renewal),
        ]

    async def token(self, request: web.Request) -> web.Response:
        """Client credentials over mutual TLS, form-urlencoded, for a Bearer token of five minutes."""
        name = self._gateway.check_certificate(request)
        if request.content_type != "application/x-www-form-urlencoded":
            return _oauth_error(400, "invalid_request", "Content-Type deve ser application/x-www-form-urlencoded")
        form = await request.post()
        client_id = str(form.get("client_id", ""))
        if form.get("grant_type") != "client_credentials":
            return _oauth_error(400, "unsupported_grant_type", "grant_type deve ser client_credentials")
        secret = self._bank.clients.secret(client_id)
        if secret is None or form.get("client_secret") != secret:
            return _oauth_error(401, "invalid_client", "client_id ou client_secret inválido")
        if name != client_id:
            self._gateway.check_certificate(request, client_id)
        seconds = self._bank.switches.token_seconds
        token = self._bank.clients.access_token(client_id, seconds)
        return web.json_response({"access_token": token, "token_type": "Bearer", "expires_in": seconds})

    async def first_certificate(self, request: web.Request) -> web.Response:
        """A CSR with a temporary token, for ``Secret: …`` and the certificate, in plain text."""
        text = await _read_csr(request)
        token = bearer(request)
        clients = self._bank.clients
        with self._bank.transaction():
            known = clients.find_temporary_token(token)
            if known is None or known.is_expired:
                raise unauthorized()
            if known.is_used:
                raise _refused("C800b", "Quantidade de certificados por token excedida")
            expiry = clients.latest_expiry(known.client_id)
            if expiry is not None and expiry > self._bank.clock.now():
                raise _refused("C700a", "Já existe um certificado válido para o client_id")
            certificate = self._issue(text, known.client_id)
            clients.use_temporary_token(token)
            secret = clients.new_secret(known.client_id)
        return web.Response(text=f"Secret: {secret}\n{certificate}")

    async def renewal(self, request: web.Request) -> web.Response:
        """A CSR with an access token and the present certificate, near its expiry."""
        paths = self._bank.switches.renewal_paths
        if paths not in ("both", request.match_info["version"]):
            raise BankAnswer(404, "Recurso não encontrado")
        client_id = self._gateway.check_bearer(request)
        self._gateway.check_certificate(request, client_id)
        text = await _read_csr(request)
        expiry = self._bank.clients.latest_expiry(client_id)
        window = timedelta(days=self._bank.switches.renewal_window_days)
        if expiry is not None and expiry - self._bank.clock.now() > window:
            raise _refused("C700", "Certificado ainda válido; renovação fora do prazo")
        with self._bank.transaction():
            answer = self._issue(text, client_id)
            if self._bank.switches.renewal_with_secret:
                answer = f"Secret: {self._bank.clients.new_secret(client_id)}\n{answer}"
        return web.Response(text=answer)

    def _issue(self, text: str, client_id: str) -> str:
        """The PEM of a certificate for the CSR in ``text``. Raises the answers C800 and C800a."""
        found = _PEM.search(text)
        try:
            csr = x509.load_pem_x509_csr(found.group().encode()) if found else None
            is_sound = csr is not None and csr.is_signature_valid
        except (ValueError, InvalidSignature):
            is_sound = False
        key = csr.public_key() if csr and is_sound else None
        if csr is None or not isinstance(key, rsa.RSAPublicKey) or key.key_size < _MIN_KEY_BITS:
            raise _refused("C800", "CSR inválido")
        names = csr.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        if [name.value for name in names] != [client_id]:
            raise _refused("C800a", "CN do CSR diferente do client_id")
        not_before, not_after = self._ca.validity(self._bank.clock.now())
        certificate = self._ca.issue(client_id, key, not_before, not_after)
        self._bank.clients.record_certificate(certificate.serial_number, client_id, not_after)
        return certificate.public_bytes(Encoding.PEM).decode()


async def _read_csr(request: web.Request) -> str:
    if request.content_type != "text/plain":
        raise _refused("C800", "Content-Type deve ser text/plain")
    return await request.text()


def _refused(code: str, mensagem: str) -> BankAnswer:
    return BankAnswer(400, mensagem, certificate_code=code)


def _oauth_error(status: int, error: str, description: str) -> web.Response:
    return web.json_response({"error": error, "error_description": description}, status=status)
