"""HTTP to a bank: time limits, pool, pacing, log without secrets, and the only translation of httpx's errors.

What each failure means for a read and for an order is the table of design §6: once a request that changes
something may have left, only a readable answer of the bank ends the doubt.
"""

from __future__ import annotations

import json
import logging
import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from enum import Enum
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from bancointegra.domain.errors import AppError, BankUnavailable, CredentialError, OutcomeUnknown

logger = logging.getLogger(__name__)

_POOL_SIZE = 16
_MAX_TRIES = 3
_DIGITS_OF_A_KEY = re.compile(r"\d{5,}")
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_CERTIFICATE_ALERTS = (
    "bad certificate",
    "unsupported certificate",
    "certificate revoked",
    "certificate expired",
    "certificate unknown",
    "certificate required",
    "no certificate",
    "unknown ca",
    "access denied",
)


class Effect(Enum):
    """What a request may leave behind at the bank, which decides what a lost answer means."""

    READ = "read"
    ORDER = "order"

    def lost(self, message: str, *, retry_after: float | None = None) -> AppError:
        """The error for a request that left and whose answer is missing or cannot be read."""
        if self is Effect.ORDER:
            return OutcomeUnknown(message)
        return BankUnavailable(message, retry_after=retry_after)


class UnreadableAnswer(Exception):
    """The answer is not what this call returns. Private to ``banks``: the provider turns it into an ``AppError``."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to connect (handshake included) and between two pieces of the answer."""

    connect: float = 10.0
    read: float = 30.0


@dataclass(frozen=True, slots=True)
class Pacing:
    """How long to obey 429: at most ``budget`` seconds of waiting in all; ``default`` when the bank names none."""

    budget: float = 60.0
    default: float = 2.0
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Request:
    """One call. ``params``, ``json``, ``form`` and ``text`` never reach the log, nor do the headers."""

    method: str
    url: str
    effect: Effect
    correlation_id: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    params: Mapping[str, str] | None = field(default=None, repr=False)
    json: object = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def masked(self) -> str:
        """``POST host/path`` without query and without runs of digits that could name a boleto or a person."""
        return f"{self.method} {self.host}{_DIGITS_OF_A_KEY.sub('…', urlsplit(self.url).path)}"


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer with status 2xx, 3xx or 4xx. Header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    text: str = field(default="", repr=False)

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> object:
        """The body with fractions as ``Decimal``. Raises ``UnreadableAnswer`` when it is no JSON."""
        try:
            return json.loads(self.text.removeprefix("\ufeff"), parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            raise UnreadableAnswer(f"HTTP {self.status}, {len(self.text)} caracteres que não são JSON") from error


class BankHttp:
    """Sends requests over one pool with one client certificate. Any thread may call it."""

    def __init__(
        self,
        context: ssl.SSLContext,
        *,
        timeouts: Timeouts | None = None,
        pacing: Pacing | None = None,
        use_system_proxy: bool = True,
    ) -> None:
        timeouts = timeouts or Timeouts()
        self._pacing = pacing or Pacing()
        self._client = httpx.Client(
            verify=context,
            headers={"User-Agent": "BancoIntegra"},
            timeout=httpx.Timeout(timeouts.read, connect=timeouts.connect),
            limits=httpx.Limits(max_connections=_POOL_SIZE, max_keepalive_connections=_POOL_SIZE),
            follow_redirects=False,
            trust_env=use_system_proxy,
        )

    def close(self) -> None:
        self._client.close()

    def send(self, request: Request) -> Reply:
        """Send once (again only after 429) and return the answer; 4xx is the caller's to judge.

        Raises ``CredentialError`` and ``BankUnavailable`` when nothing was executed; a lost or failed answer
        (broken connection, 408, 5xx, redirect) is ``OutcomeUnknown`` for an order, ``BankUnavailable`` for a read.
        """
        waited = 0.0
        for attempt in range(1, _MAX_TRIES + 1):
            reply = self._send_once(request)
            if reply.status != HTTPStatus.TOO_MANY_REQUESTS:
                break
            pause = retry_after(reply.headers)
            wait = self._pacing.default * attempt if pause is None else pause
            if attempt == _MAX_TRIES or waited + wait > self._pacing.budget:
                raise BankUnavailable(
                    "O banco pediu para esperar: houve chamadas demais em pouco tempo.",
                    retry_after=wait,
                    hint="Tente de novo em alguns minutos.",
                    code="indisponivel.limite",
                )
            self._pacing.sleep(wait)
            waited += wait
        _raise_if_failed(reply, request)
        return reply

    def _send_once(self, request: Request) -> Reply:
        started = time.perf_counter()
        outcome = "sem resposta"
        try:
            response = self._client.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                params=request.params,
                json=request.json,
                data=request.form,
                content=request.text,
            )
            outcome = str(response.status_code)
        except httpx.RequestError as error:
            outcome = type(error).__name__
            raise translate(error, request) from error
        finally:
            elapsed = round((time.perf_counter() - started) * 1000)
            logger.info("%s -> %s em %d ms [%s]", request.masked, outcome, elapsed, request.correlation_id)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, response.text)


def translate(error: httpx.RequestError, request: Request) -> AppError:
    """What a failure of the transport means to the clerk (design §6)."""
    verification = next((e for e in _causes(error) if isinstance(e, ssl.SSLCertVerificationError)), None)
    if verification is not None:
        return CredentialError(
            f"O certificado do servidor {request.host} não é confiável ({verification.verify_message}).",
            hint="Nada foi enviado. Confira o endereço na conta, a data deste computador e se um antivírus ou "
            "proxy intercepta a conexão.",
            code="credencial.servidor",
        )
    if any(_is_certificate_alert(e) for e in _causes(error)):
        return CredentialError(
            "O banco recusou o certificado desta conta ao abrir a conexão.",
            hint="Nada foi executado. Confira se o certificado é o que o banco emitiu e se ainda vale.",
            code="credencial.certificado_recusado",
        )
    if isinstance(error, httpx.ProxyError):
        return BankUnavailable(
            "O proxy da rede não deixou chegar ao banco.",
            hint=f"Peça a quem cuida da rede que libere {request.host}.",
            code="indisponivel.proxy",
        )
    if isinstance(error, _NEVER_SENT):
        return BankUnavailable(f"Não foi possível conectar ao banco ({request.host}).", code="indisponivel.conexao")
    if isinstance(error, httpx.TimeoutException):
        return request.effect.lost("O banco não respondeu a tempo.")
    if isinstance(error, httpx.DecodingError):
        return request.effect.lost("O banco respondeu algo que não pôde ser lido.")
    return request.effect.lost("A conexão com o banco caiu antes da resposta.")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds of a ``Retry-After`` header (number or HTTP date, RFC 9110 §10.2.3); None without a usable one."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _raise_if_failed(reply: Reply, request: Request) -> None:
    """What is neither success nor the bank's own no."""
    if reply.status >= 500 or reply.status == HTTPStatus.REQUEST_TIMEOUT:
        raise request.effect.lost(
            f"O serviço do banco falhou (HTTP {reply.status}).", retry_after=retry_after(reply.headers)
        )
    if 300 <= reply.status < 400:
        raise request.effect.lost(f"O endereço {request.host} respondeu com um desvio (HTTP {reply.status}).")


def _is_certificate_alert(error: BaseException) -> bool:
    """Whether the server's TLS alert is about our certificate.

    Under TLS 1.3 it comes after our handshake is done, hence as a read error. The words are OpenSSL's, in
    whatever spelling its version uses (``SSLV3_ALERT_BAD_CERTIFICATE``, ``ssl/tls alert bad certificate``).
    """
    if not isinstance(error, ssl.SSLError):
        return False
    words = f"{error.reason or ''} {error}".lower().replace("_", " ")
    return "alert" in words and any(alert in words for alert in _CERTIFICATE_ALERTS)


def _causes(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__
