"""A bank over real TLS, and an office with an account there, as every provider of the program must serve it.

The bank is started once; each test gets it with default switches, no faults, an empty log, today's date and numbers
of its own.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from bancointegra.banks.http import Pacing, Timeouts
from bancointegra.banks.itau.options import ItauOptions
from bancointegra.banks.registry import BankRegistry
from bancointegra.domain.boleto import PedidoRegistro
from bancointegra.domain.conta import Ambiente, ContaBancaria, Hosts
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.errors import BankRefused
from bancointegra.domain.instrucao import Aceite, Instrucao, PedidoInstrucao
from bancointegra.domain.ports import CobrancaProvider
from bancointegra.domain.reais import Reais
from bancointegra.simulator import Bank, SimulatedCredentials, Simulator
from bancointegra.system.clock import SystemClock
from tests.builders import AURORA, BENEFICIARIO, conta_itau
from tests.contract.celcoin import PaymentOffice

PASSPHRASE = "senha da chave"


class DictVault:
    """``Vault`` in memory."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        self._secrets.pop(name, None)


class Office:
    """One computer: its vault, its certificate files, its accounts and its way to the banks."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.simulator = simulator
        self.folder = folder
        self.vault = DictVault()
        self.naps: list[float] = []
        self.registry = self.open_registry()

    def open_registry(self, *, read_timeout: float = 20.0, days_ago: int = 0, **options: Any) -> BankRegistry:
        """The way to the banks of a program whose clock is ``days_ago`` behind."""
        return BankRegistry(
            self.vault,
            _Late(days_ago),
            timeouts=Timeouts(connect=10, read=read_timeout),
            pacing=Pacing(sleep=self.naps.append),
            itau_options=ItauOptions(**options),
        )

    def conta(self, credentials: SimulatedCredentials, **changes: Any) -> ContaBancaria:
        """An account with these credentials on disk and in the vault."""
        stem = self.folder / uuid.uuid4().hex
        certificate, key = stem.with_suffix(".crt"), stem.with_suffix(".key")
        self.write_pair(credentials, certificate, key)
        self.vault.set(f"{credentials.client_id}/client_secret", credentials.client_secret)
        self.vault.set(f"{credentials.client_id}/key_passphrase", PASSPHRASE)
        hosts = self.simulator.hosts
        conta = conta_itau(
            ambiente=Ambiente.SIMULACAO,
            client_id=credentials.client_id,
            certificate_path=str(certificate),
            key_path=str(key),
            ca_path=str(self.simulator.ca_path),
            hosts=Hosts(hosts.token, hosts.emissao, hosts.consulta),
        )
        return replace(conta, **changes)

    def write_pair(self, credentials: SimulatedCredentials, certificate: Path, key: Path) -> None:
        certificate.write_bytes(credentials.certificate_pem)
        key.write_bytes(encrypted(credentials.key_pem))


@cache
def encrypted(key_pem: bytes) -> bytes:
    """The key as the program keeps it; most tests have the same one, and opening it takes its time."""
    plain = load_pem_private_key(key_pem, None)
    return plain.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE.encode()))


class _Late(SystemClock):
    """The machine's clock, some days behind."""

    def __init__(self, days: int) -> None:
        self._lag = timedelta(days=days)

    def now(self) -> datetime:
        return super().now() - self._lag


_numbers = count(1)


@pytest.fixture(scope="session")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(tmp_path_factory.mktemp("banco")) as simulator:
        yield simulator


@pytest.fixture(scope="session")
def credentials(simulator: Simulator) -> SimulatedCredentials:
    return simulator.provision()


@pytest.fixture
def bank(simulator: Simulator) -> Bank:
    bank = simulator.bank
    bank.reset_switches()
    bank.celcoin.reset_switches()
    bank.faults.clear()
    bank.log.clear()
    bank.clock.set(bank.clock.real())
    return bank


@pytest.fixture
def office(simulator: Simulator, bank: Bank, tmp_path: Path) -> Iterator[Office]:
    office = Office(simulator, tmp_path)
    yield office
    office.registry.close()


@pytest.fixture
def conta(office: Office, credentials: SimulatedCredentials) -> ContaBancaria:
    return office.conta(credentials)


@pytest.fixture
def provider(office: Office, conta: ContaBancaria) -> CobrancaProvider:
    return office.registry.for_conta(conta)


@pytest.fixture(scope="module")
def standing_provider(
    simulator: Simulator, credentials: SimulatedCredentials, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CobrancaProvider]:
    """One connection for a whole module, for opening one takes longer than most tests."""
    office = Office(simulator, tmp_path_factory.mktemp("escritorio"))
    yield office.registry.for_conta(office.conta(credentials))
    office.registry.close()


@pytest.fixture(scope="module")
def payment_office(simulator: Simulator, celcoin_credentials: SimulatedCredentials) -> Iterator[PaymentOffice]:
    """One office for a whole module, for opening connections takes longer than most tests."""
    office = PaymentOffice(simulator, celcoin_credentials, DictVault())
    yield office
    office.close()


@pytest.fixture(scope="session")
def celcoin_credentials(simulator: Simulator) -> SimulatedCredentials:
    return simulator.provision_celcoin(balance=100_000_000_00)


@pytest.fixture
def pagar(payment_office: PaymentOffice) -> PaymentOffice:
    payment_office.reset()
    return payment_office


@pytest.fixture
def new_pedido(bank: Bank) -> Callable[..., PedidoRegistro]:
    """Ordinary requests, each under a fresh nosso número."""

    def make(**changes: Any) -> PedidoRegistro:
        today = bank.clock.today()
        pedido = PedidoRegistro(
            agencia="1500",
            conta="05206",
            dac="1",
            carteira="109",
            nosso_numero=f"{next(_numbers):08d}",
            beneficiario=BENEFICIARIO,
            sacado=AURORA,
            seu_numero="1001P1",
            especie="01",
            aceite=False,
            emissao=today,
            vencimento=today + timedelta(days=30),
            valor=Reais(125_000),
            encargos=Encargos(),
        )
        return replace(pedido, **changes)

    return make


@pytest.fixture
def pedido(new_pedido: Callable[..., PedidoRegistro]) -> PedidoRegistro:
    return new_pedido()


@pytest.fixture
def registered(provider: CobrancaProvider, new_pedido: Callable[..., PedidoRegistro]) -> Callable[..., PedidoRegistro]:
    """Register an ordinary boleto, or one with changes."""

    def make(**changes: Any) -> PedidoRegistro:
        pedido = new_pedido(**changes)
        provider.registrar(pedido, str(uuid.uuid4()))
        return pedido

    return make


@pytest.fixture
def instruct(provider: CobrancaProvider) -> Callable[..., Aceite]:
    """Send an instruction on the boleto of a registration; the provider can be another one."""

    def send(pedido: PedidoRegistro, instrucao: Instrucao, by: CobrancaProvider = provider) -> Aceite:
        return by.instruir(pedido_instrucao(pedido, instrucao), str(uuid.uuid4()))

    return send


@pytest.fixture
def refused(instruct: Callable[..., Aceite]) -> Callable[[PedidoRegistro, Instrucao], BankRefused]:
    """Send an instruction that the bank must refuse; its error, said in words for the clerk."""

    def send(pedido: PedidoRegistro, instrucao: Instrucao) -> BankRefused:
        with pytest.raises(BankRefused) as caught:
            instruct(pedido, instrucao)
        assert caught.value.message.endswith(".")
        assert "COD-RET" not in caught.value.message
        return caught.value

    return send


def pedido_instrucao(pedido: PedidoRegistro, instrucao: Instrucao) -> PedidoInstrucao:
    return PedidoInstrucao(
        chave=f"{pedido.agencia}00{pedido.conta}{pedido.dac}{pedido.carteira}{pedido.nosso_numero}",
        carteira=pedido.carteira,
        nosso_numero=pedido.nosso_numero,
        vencimento=pedido.vencimento,
        valor=pedido.valor,
        encargos=pedido.encargos,
        instrucao=instrucao,
        titulo=pedido.numero_documento,
    )
