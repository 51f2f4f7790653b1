"""The simulated bank as a server on this machine: HTTPS on loopback, mutual TLS, one port for all its hosts."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from aiohttp import web

from bancointegra.simulator.ca import CLIENT_DAYS, CertificateAuthority
from bancointegra.simulator.celcoin.api import CelcoinApi
from bancointegra.simulator.celcoin.celcoin import OPENING_BALANCE
from bancointegra.simulator.clients import TEMPORARY_TOKEN_DAYS
from bancointegra.simulator.control import Control, control_middleware
from bancointegra.simulator.gateway import Gateway
from bancointegra.simulator.hosts import CONTROL, STS, BankHosts, SimulatedHosts, bank_middleware, hosts_at
from bancointegra.simulator.model import Account
from bancointegra.simulator.numbering import account_dac
from bancointegra.simulator.provisioning import Provisioning, SimulatedCredentials
from bancointegra.simulator.state import Bank
from bancointegra.simulator.sts import TokenService
from bancointegra.simulator.tls import TlsListener

_LOOPBACK = "127.0.0.1"
_START_SECONDS = 30
_SHUTDOWN_SECONDS = 0.2


class Simulator:
    """The bank of ``data_dir``, which it goes on from where it stopped.

    ``port`` 0 takes a free one, known after ``start``. ``latency`` is in seconds and is added to every answer but
    those of the control page. Only loopback addresses are accepted as ``host``; ``ValueError`` for any other.
    """

    def __init__(self, data_dir: Path, *, port: int = 0, latency: float = 0.0, host: str = _LOOPBACK) -> None:
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"O banco simulado só atende nesta máquina (127.0.0.1), não em {host}.")
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = data_dir
        self._host = host
        self.port = port
        self.latency = latency
        self._ca = CertificateAuthority(data_dir)
        self.bank = Bank(data_dir, self._ca)
        self.credentials = Provisioning(self.bank, self._ca)
        self._thread: Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    @property
    def ca_path(self) -> Path:
        """The PEM file a client must trust."""
        return self._ca.path

    @property
    def origin(self) -> str:
        return f"https://{self._host}:{self.port}"

    @property
    def hosts(self) -> SimulatedHosts:
        return hosts_at(self.origin)

    @property
    def control_url(self) -> str:
        return f"{self.origin}{CONTROL}/"

    def start(self) -> None:
        """Listen in a thread of its own; returns when listening. Raises ``OSError`` when the port is taken."""
        listening: Future[int] = Future()
        self._thread = Thread(target=self._run, args=(listening,), name="banco-simulado", daemon=True)
        self._thread.start()
        try:
            self.port = listening.result(_START_SECONDS)
        except OSError:
            self._thread.join(_SHUTDOWN_SECONDS)
            self._thread = None
            raise

    def stop(self) -> None:
        """Stop listening, cut the open connections and close the data file. Safe to call twice.

        To go on, make a new ``Simulator`` of the same folder (and port).
        """
        if self._thread is not None and self._loop is not None and self._stopping is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
            self._thread = None
        self.bank.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def provision(
        self,
        *,
        client_id: str | None = None,
        agencia: str = "1500",
        conta: str = "05206",
        dac: str | None = None,
        carteiras: tuple[str, ...] = ("109",),
        nome: str = "Empresa Exemplo Ltda",
        documento: str = "11222333000181",
        valid_days: int = CLIENT_DAYS,
    ) -> SimulatedCredentials:
        """Make a client known, with an account and a certificate. The same ``client_id`` gets the same credentials."""
        account = Account(agencia, conta, dac or account_dac(agencia, conta), carteiras, nome, documento)
        return self.credentials.provision(client_id, account, valid_days)

    def provision_celcoin(
        self, *, client_id: str | None = None, balance: int = OPENING_BALANCE
    ) -> SimulatedCredentials:
        """Make a client known to Celcoin, with ``balance`` cents of its own. The same ``client_id`` is left as it is.

        Its certificate is only asked for with the option ``mtls_required``.
        """
        return self.credentials.provision_celcoin(client_id, balance)

    def register(
        self,
        client_id: str,
        *,
        agencia: str = "1500",
        conta: str = "05206",
        carteiras: tuple[str, ...] = ("109",),
        nome: str = "Empresa Exemplo Ltda",
        documento: str = "11222333000181",
    ) -> None:
        """Make a client known without a certificate: it asks for its first one with a temporary token."""
        account = Account(agencia, conta, account_dac(agencia, conta), carteiras, nome, documento)
        self.bank.clients.register(client_id, account)

    def temporary_token(self, client_id: str, *, days: float = TEMPORARY_TOKEN_DAYS) -> str:
        """The single-use token of a certificate request, for a known client. Raises ``LookupError`` for another."""
        return self.bank.temporary_token(client_id, days)

    def _run(self, listening: Future[int]) -> None:
        try:
            asyncio.run(self._serve(listening))
        except Exception as failure:
            if listening.done():
                raise
            listening.set_exception(failure)

    async def _serve(self, listening: Future[int]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
        await runner.setup()
        listener = TlsListener(self._ssl_context(), runner.server)
        try:
            listening.set_result(await listener.listen(self._host, self.port))
            await self._stopping.wait()
        finally:
            listener.stop_accepting()
            await runner.cleanup()
            await listener.close()

    def _application(self) -> web.Application:
        gateway = Gateway(self.bank)
        around = [control_middleware(), bank_middleware(self.bank, self.latency)]
        application = web.Application(middlewares=around)
        application.add_routes(Control(self.bank).routes())
        application.add_routes(TokenService(self.bank, gateway, self._ca).routes(STS))
        application.add_routes(BankHosts(self.bank, gateway).routes())
        application.add_routes(CelcoinApi(self.bank).routes())
        return application

    def _ssl_context(self) -> ssl.SSLContext:
        """The client certificate is optional in the handshake, so that its absence can be answered (C100)."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(*self._ca.server_files(self._folder))
        context.load_verify_locations(self._ca.path)
        context.verify_mode = ssl.CERT_OPTIONAL
        return context
