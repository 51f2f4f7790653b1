"""Connections of their own for certificates and tests: fresh handshake, fresh token, nothing shared with the orders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ssl import SSLContext

from bancointegra.banks.addresses import resolve_hosts
from bancointegra.banks.credentials import (
    CLIENT_SECRET,
    ITAU_FIELDS,
    KEY_PASSPHRASE,
    check_client_id,
    check_extra_root,
    read_secret,
)
from bancointegra.banks.http import BankHttp, Pacing, Timeouts
from bancointegra.banks.itau.auth import TokenSource
from bancointegra.banks.itau.certificado import ItauCertificados
from bancointegra.banks.itau.client import ItauClient
from bancointegra.banks.itau.options import ItauOptions
from bancointegra.banks.itau.provider import ItauCobrancaProvider
from bancointegra.banks.registry import ITAU, ITAU_HOSTS
from bancointegra.banks.tls import ClientIdentity, build_anonymous_context, build_context
from bancointegra.domain.certificado import CertificadoRecebido
from bancointegra.domain.conta import Ambiente, ContaBancaria, Hosts
from bancointegra.domain.errors import RuleError
from bancointegra.domain.ports import Clock, Conexao, Vault


class AccountAccess:
    """``CertificadoProvider`` and ``ConexaoProvider`` of Itaú. Any thread may call it."""

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

    def solicitar(self, conta: ContaBancaria, csr_pem: bytes, token_temporario: str) -> CertificadoRecebido:
        """Ask without a client certificate, as there is none yet."""
        hosts = _checked_hosts(conta)
        with self._http(conta, build_anonymous_context(conta.ca_path)) as http:
            return ItauCertificados(http, hosts.token).solicitar(csr_pem, token_temporario)

    def renovar(self, conta: ContaBancaria, csr_pem: bytes) -> CertificadoRecebido:
        """Ask with the account's present certificate."""
        hosts = _checked_hosts(conta)
        with self._http(conta, self._own_context(conta)) as http:
            tokens = TokenSource(http, hosts.token, conta.client_id, lambda: self._secret(conta, CLIENT_SECRET))
            return ItauCertificados(http, hosts.token).renovar(csr_pem, tokens, self._itau_options.versao_renovacao)

    @contextmanager
    def conectar(self, conta: ContaBancaria, client_secret: str | None = None) -> Iterator[Conexao]:
        """See ``ConexaoProvider``."""
        hosts = _checked_hosts(conta)
        with self._http(conta, self._own_context(conta)) as http:
            secret = client_secret or self._secret(conta, CLIENT_SECRET)
            tokens = TokenSource(http, hosts.token, conta.client_id, lambda: secret)
            client = ItauClient(http, tokens, conta.client_id, hosts.emissao, hosts.consulta)
            yield _ItauConexao(
                tokens, ItauCobrancaProvider(client, conta, self._clock, self._itau_options), conta.carteira
            )

    @contextmanager
    def _http(self, conta: ContaBancaria, context: SSLContext) -> Iterator[BankHttp]:
        http = BankHttp(
            context,
            timeouts=self._timeouts,
            pacing=self._pacing,
            use_system_proxy=conta.ambiente is Ambiente.PRODUCAO,
        )
        try:
            yield http
        finally:
            http.close()

    def _own_context(self, conta: ContaBancaria) -> SSLContext:
        identity = ClientIdentity(
            conta.certificate_path,
            conta.key_path,
            passphrase=self._secret(conta, KEY_PASSPHRASE),
            ca_path=conta.ca_path,
        )
        return build_context(identity, self._clock.now())

    def _secret(self, conta: ContaBancaria, name: str) -> str:
        return read_secret(self._vault, conta.client_id, name, ITAU_FIELDS)


class _ItauConexao:
    def __init__(self, tokens: TokenSource, provider: ItauCobrancaProvider, carteira: str) -> None:
        self._tokens = tokens
        self._provider = provider
        self._carteira = carteira

    def obter_token(self) -> None:
        self._tokens.current()

    def perguntar(self, nosso_numero: str) -> None:
        self._provider.consultar(self._carteira, nosso_numero)


def _checked_hosts(conta: ContaBancaria) -> Hosts:
    if conta.banco != ITAU:
        raise RuleError(f"Ainda não há integração com o banco {conta.banco}.", hint="Por enquanto, só o Itaú (341).")
    check_client_id(conta.client_id, conta.mnemonico, "o banco")
    check_extra_root(conta.ca_path, conta.ambiente)
    return resolve_hosts(conta.hosts, ITAU_HOSTS, conta.ambiente)
