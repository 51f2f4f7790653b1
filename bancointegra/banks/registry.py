"""From an account to its bank's provider; connections and tokens are shared by accounts with the same credentials."""

from __future__ import annotations

from dataclasses import dataclass

from bancointegra.banks.addresses import resolve_hosts
from bancointegra.banks.connections import SharedConnections
from bancointegra.banks.credentials import (
    CLIENT_SECRET,
    ITAU_FIELDS,
    KEY_PASSPHRASE,
    CredentialField,
    check_client_id,
    check_extra_root,
    file_version,
    read_secret,
)
from bancointegra.banks.http import BankHttp, Pacing, Timeouts
from bancointegra.banks.itau.auth import TokenSource
from bancointegra.banks.itau.client import ItauClient
from bancointegra.banks.itau.options import ItauOptions
from bancointegra.banks.itau.provider import ItauCobrancaProvider
from bancointegra.banks.tls import ClientIdentity, build_context
from bancointegra.domain.conta import Ambiente, ContaBancaria, Hosts
from bancointegra.domain.errors import RuleError
from bancointegra.domain.ports import Clock, CobrancaProvider, Vault

ITAU = "341"
ITAU_HOSTS = Hosts(
    token="https://sts.itau.com.br",  # noqa: S106 - an address
    emissao="https://api.gateway.itau.com.br/cash_management/v2",
    consulta="https://secure.api.cloud.itau.com.br/boletoscash/v2",
)
"""Production. ``api.itau.com.br`` stopped answering emissions on 2026-09-15; the gateway took its place."""


@dataclass(frozen=True, slots=True)
class _Credentials:
    """What a connection depends on. ``files`` tells a certificate replaced on disk from the one in use."""

    client_id: str
    ambiente: Ambiente
    certificate_path: str
    key_path: str
    ca_path: str
    hosts: Hosts
    files: tuple[tuple[int, int] | None, ...]


class BankRegistry:
    """``CobrancaProviders``. Secrets come from the vault under ``credentials.secret_name``."""

    def __init__(
        self,
        vault: Vault,
        clock: Clock,
        *,
        timeouts: Timeouts | None = None,
        pacing: Pacing | None = None,
        itau_options: ItauOptions | None = None,
    ) -> None:
        self._vault = vault
        self._clock = clock
        self._timeouts = timeouts
        self._pacing = pacing
        self._itau_options = itau_options or ItauOptions()
        self._connections = SharedConnections(self._connect)

    def credential_fields(self, banco: str) -> tuple[CredentialField, ...]:
        """What an account at ``banco`` (3 digits) must inform. Raises ``RuleError`` for a bank not integrated."""
        _require_integrated(banco)
        return ITAU_FIELDS

    def for_conta(self, conta: ContaBancaria) -> CobrancaProvider:
        """The provider of an account.

        Raises ``CredentialError`` when certificate, key, secrets or addresses cannot be used, ``RuleError`` for a
        bank that is not integrated.
        """
        _require_integrated(conta.banco)
        client = self._connections.client(_credentials(conta))
        return ItauCobrancaProvider(client, conta, self._clock, self._itau_options)

    def close(self) -> None:
        """Close all connections."""
        self._connections.close()

    def _connect(self, credentials: _Credentials) -> tuple[BankHttp, ItauClient]:
        client_id, hosts = credentials.client_id, credentials.hosts
        identity = ClientIdentity(
            credentials.certificate_path,
            credentials.key_path,
            passphrase=self._secret(client_id, KEY_PASSPHRASE),
            ca_path=credentials.ca_path,
        )
        http = BankHttp(
            build_context(identity, self._clock.now()),
            timeouts=self._timeouts,
            pacing=self._pacing,
            use_system_proxy=credentials.ambiente is Ambiente.PRODUCAO,
        )
        tokens = TokenSource(http, hosts.token, client_id, lambda: self._secret(client_id, CLIENT_SECRET))
        return http, ItauClient(http, tokens, client_id, hosts.emissao, hosts.consulta)

    def _secret(self, client_id: str, name: str) -> str:
        return read_secret(self._vault, client_id, name, ITAU_FIELDS)


def _require_integrated(banco: str) -> None:
    if banco != ITAU:
        raise RuleError(f"Ainda não há integração com o banco {banco}.", hint="Por enquanto, só o Itaú (341).")


def _credentials(conta: ContaBancaria) -> _Credentials:
    return _Credentials(
        client_id=check_client_id(conta.client_id, conta.mnemonico, "o banco"),
        ambiente=conta.ambiente,
        certificate_path=conta.certificate_path,
        key_path=conta.key_path,
        ca_path=check_extra_root(conta.ca_path, conta.ambiente),
        hosts=resolve_hosts(conta.hosts, ITAU_HOSTS, conta.ambiente),
        files=tuple(file_version(path) for path in (conta.certificate_path, conta.key_path, conta.ca_path)),
    )
