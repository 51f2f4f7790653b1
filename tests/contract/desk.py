"""A clerk's computer for the tests of certificates: real store, files and TLS; the vault in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bancointegra.banks.account_access import AccountAccess
from bancointegra.banks.http import Pacing, Timeouts
from bancointegra.bootstrap.accounts import AccountServices, build_account_services
from bancointegra.domain.certificado import CertificadoRecebido, DadosCertificado
from bancointegra.domain.conta import Ambiente, ContaBancaria, Hosts
from bancointegra.domain.ports import Conexao
from bancointegra.simulator import SimulatedCredentials, Simulator
from bancointegra.store import open_store
from bancointegra.system.clock import SystemClock
from tests.builders import KnownInstances, conta_itau
from tests.new_data import new_data_file


class Died(BaseException):
    """The program was killed here."""


class MemoryVault:
    """``Vault`` that outlives the program, as the system's does; dies on the write of a chosen name."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.dies_at: str | None = None

    def get(self, name: str) -> str | None:
        return self.secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        if self.dies_at and name.endswith(self.dies_at):
            raise Died
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self.secrets.pop(name, None)


class MovedClock(SystemClock):
    """The machine's clock, some days off."""

    def __init__(self) -> None:
        self.days = 0

    def now(self) -> datetime:
        return super().now() + timedelta(days=self.days)


class FragileAccess:
    """The real way to the bank; the program dies right before or right after a request for a certificate."""

    def __init__(self, real: AccountAccess) -> None:
        self._real = real
        self.dies: str | None = None

    def solicitar(self, conta: ContaBancaria, csr_pem: bytes, token_temporario: str) -> CertificadoRecebido:
        return self._around(lambda: self._real.solicitar(conta, csr_pem, token_temporario))

    def renovar(self, conta: ContaBancaria, csr_pem: bytes) -> CertificadoRecebido:
        return self._around(lambda: self._real.renovar(conta, csr_pem))

    def conectar(self, conta: ContaBancaria, client_secret: str | None = None) -> AbstractContextManager[Conexao]:
        if self.dies == "before the test":
            raise Died
        return self._real.conectar(conta, client_secret)

    def _around(self, send: Callable[[], CertificadoRecebido]) -> CertificadoRecebido:
        if self.dies == "before the request":
            raise Died
        received = send()
        if self.dies == "after the answer":
            raise Died
        return received


class Desk:
    """``restart`` is the next start of the program on the same data."""

    def __init__(self, simulator: Simulator, folder: Path, **access: Any) -> None:
        self.simulator = simulator
        self.folder = folder
        self.vault = MemoryVault()
        self.clock = MovedClock()
        self._access_options = access
        self._store: Any = None
        self.restart()

    def restart(self) -> AccountServices:
        if self._store is not None:
            self._store.close()
        self._store = open_store(
            new_data_file(self.folder / "dados.sqlite3"), instances=KnownInstances(), clock=self.clock
        )
        self.vault.dies_at = None
        self.access = FragileAccess(
            AccountAccess(
                self.vault,
                self.clock,
                timeouts=Timeouts(connect=5, read=5),
                pacing=Pacing(sleep=lambda _: None),
                **self._access_options,
            )
        )
        self.services = build_account_services(
            contas=self._store.contas,
            vault=self.vault,
            clock=self.clock,
            access=self.access,
            data=self.folder,
        )
        return self.services

    def add(self, client_id: str, **changes: Any) -> ContaBancaria:
        """An account at the simulated bank, without a certificate."""
        hosts = self.simulator.hosts
        conta = conta_itau(
            mnemonico=f"CONTA {len(self.services.conta.todas()) + 1}",
            ambiente=Ambiente.SIMULACAO,
            client_id=client_id,
            ca_path=str(self.simulator.ca_path),
            hosts=Hosts(hosts.token, hosts.emissao, hosts.consulta),
        )
        return self.services.conta.salvar(replace(conta, **changes), None)

    def add_with(self, credentials: SimulatedCredentials) -> ContaBancaria:
        """An account with the certificate of ``credentials`` imported."""
        conta = self.add(credentials.client_id)
        certificado = self.services.certificado
        par = certificado.ler(certificado=credentials.certificate_pem, chave=credentials.key_pem, pfx=None, senha="")
        return certificado.importar(conta, par, credentials.client_secret)

    def stored(self, conta: ContaBancaria) -> ContaBancaria:
        """The account as the store has it now."""
        return next(known for known in self.services.conta.todas() if known.id == conta.id)

    def works(self, conta: ContaBancaria) -> bool:
        """Whether every step of the connection test succeeds with what is stored."""
        return all(passo.ok for passo in self.services.teste_conexao.testar(self.stored(conta)))

    def files(self) -> Iterator[bytes]:
        """The content of everything on this computer's disk."""
        for path in self.folder.rglob("*"):
            if path.is_file():
                yield path.read_bytes()

    def close(self) -> None:
        self._store.close()


def dados_de(conta: ContaBancaria) -> DadosCertificado:
    return DadosCertificado(conta.client_id, conta.beneficiario.nome, "São Paulo", "SP")
