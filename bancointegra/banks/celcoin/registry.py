"""From a Conta de Pagamento to its provider; accounts with the same credentials share connections and token."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from bancointegra.banks.addresses import check_address
from bancointegra.banks.celcoin.auth import TokenSource
from bancointegra.banks.celcoin.client import CelcoinClient
from bancointegra.banks.celcoin.provider import CelcoinPagamentoProvider
from bancointegra.banks.connections import SharedConnections
from bancointegra.banks.credentials import (
    CELCOIN_FIELDS,
    CLIENT_SECRET,
    KEY_PASSPHRASE,
    CredentialField,
    check_client_id,
    check_extra_root,
    file_version,
    read_secret,
)
from bancointegra.banks.http import BankHttp, Pacing, Timeouts
from bancointegra.banks.tls import ClientIdentity, build_anonymous_context, build_context
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.ports import Clock, Vault
from bancointegra.domain.ports_pagamento import PagamentoProvider

CELCOIN_HOST = "https://api.openfinance.celcoin.com.br"
"""Production. The sandbox, ``https://sandbox.openfinance.celcoin.dev``, is an address of its own in the account."""


@dataclass(frozen=True, slots=True)
class _Credentials:
    """What a connection depends on. ``files`` tells a certificate replaced on disk from the one in use."""

    client_id: str
    ambiente: Ambiente
    host: str
    certificate_path: str
    key_path: str
    ca_path: str
    files: tuple[tuple[int, int] | None, ...]


class CelcoinRegistry:
    """``PagamentoProviders``. Secrets come from the vault under ``credentials.secret_name``."""

    def __init__(
        self, vault: Vault, clock: Clock, *, timeouts: Timeouts | None = None, pacing: Pacing | None = None
    ) -> None:
        self._vault = vault
        self._clock = clock
        self._timeouts = timeouts
        self._pacing = pacing
        self._connections = SharedConnections(self._connect)

    @property
    def credential_fields(self) -> tuple[CredentialField, ...]:
        """What an account must inform; certificate, key and passphrase only where Celcoin wants them."""
        return CELCOIN_FIELDS

    def for_conta(self, conta: ContaPagamento) -> PagamentoProvider:
        """The provider of an account. Raises ``CredentialError`` when its credentials or its address cannot be used."""
        client = self._connections.client(_credentials(conta))
        return CelcoinPagamentoProvider(client, conta.terminal, self._clock)

    def close(self) -> None:
        """Close all connections."""
        self._connections.close()

    def _connect(self, credentials: _Credentials) -> tuple[BankHttp, CelcoinClient]:
        http = BankHttp(
            self._context(credentials),
            timeouts=self._timeouts,
            pacing=self._pacing,
            use_system_proxy=credentials.ambiente is Ambiente.PRODUCAO,
        )
        client_id = credentials.client_id
        tokens = TokenSource(http, credentials.host, client_id, lambda: self._secret(client_id, CLIENT_SECRET))
        return http, CelcoinClient(http, tokens, credentials.host)

    def _context(self, credentials: _Credentials) -> ssl.SSLContext:
        """With the client certificate if the account has one: Celcoin's sandbox does not ask for it."""
        if not credentials.certificate_path and not credentials.key_path:
            return build_anonymous_context(credentials.ca_path)
        identity = ClientIdentity(
            credentials.certificate_path,
            credentials.key_path,
            passphrase=self._secret(credentials.client_id, KEY_PASSPHRASE),
            ca_path=credentials.ca_path,
        )
        return build_context(identity, self._clock.now())

    def _secret(self, client_id: str, name: str) -> str:
        return read_secret(self._vault, client_id, name, CELCOIN_FIELDS)


def _credentials(conta: ContaPagamento) -> _Credentials:
    return _Credentials(
        client_id=check_client_id(conta.client_id, conta.mnemonico, "a Celcoin"),
        ambiente=conta.ambiente,
        host=check_address(conta.host or CELCOIN_HOST, "da Celcoin", conta.ambiente),
        certificate_path=conta.certificate_path,
        key_path=conta.key_path,
        ca_path=check_extra_root(conta.ca_path, conta.ambiente),
        files=tuple(file_version(path) for path in (conta.certificate_path, conta.key_path, conta.ca_path)),
    )
