"""The access token of Itaú's STS: OAuth 2 client credentials over mutual TLS, five minutes long."""

from __future__ import annotations

import copy
import re
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from bancointegra.banks.http import BankHttp, Effect, Reply, Request, UnreadableAnswer
from bancointegra.banks.itau.errors import token_error
from bancointegra.banks.itau.node import Node
from bancointegra.domain.errors import AppError, BankUnavailable

_PATH = "/api/oauth/token"
_SECONDS = re.compile(r"[0-9]{1,6}")
_USUAL_LIFETIME = 300
_MARGIN = 45.0
_MARGIN_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Token:
    """``stale_at`` is on the monotonic clock, already with the margin."""

    value: str = field(repr=False)
    stale_at: float


class TokenSource:
    """One token for all calls of one ClientID, renewed by one thread while the others wait for it."""

    def __init__(
        self,
        http: BankHttp,
        base_url: str,
        client_id: str,
        secret: Callable[[], str],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``secret`` is asked at each renewal, so that a corrected one is used at once."""
        self._http = http
        self._url = base_url + _PATH
        self._client_id = client_id
        self._secret = secret
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._token: Token | None = None
        self._failure: tuple[float, AppError] | None = None

    def current(self) -> Token:
        """A token that still holds for a while. Raises ``CredentialError`` or ``BankUnavailable``."""
        return self._obtain(rejected=None)

    def replacement(self, rejected: Token) -> Token:
        """Another token than ``rejected``, which the bank did not take although it looked valid."""
        return self._obtain(rejected)

    def _obtain(self, rejected: Token | None) -> Token:
        arrived = self._monotonic()
        with self._lock:
            token = self._token
            if token is not None and token is not rejected and self._monotonic() < token.stale_at:
                return token
            if self._failure is not None and self._failure[0] >= arrived:
                # It failed while this thread waited for it: asking again would only make the clerk wait longer.
                raise copy.copy(self._failure[1])
            try:
                self._token = self._request()
            except AppError as error:
                self._token = None
                self._failure = (self._monotonic(), error)
                raise
            return self._token

    def _request(self) -> Token:
        asked = self._monotonic()
        correlation_id = str(uuid.uuid4())
        reply = self._http.send(
            Request(
                "POST",
                self._url,
                Effect.READ,
                correlation_id,
                headers={"x-itau-correlationID": correlation_id, "Accept": "application/json"},
                form={
                    "grant_type": "client_credentials",
                    "client_id": self._client_id,
                    "client_secret": self._secret(),
                },
            )
        )
        if not reply.is_success:
            raise token_error(reply)
        return _read_token(reply, asked)


def _read_token(reply: Reply, asked: float) -> Token:
    try:
        body = Node(reply.json())
    except UnreadableAnswer:
        body = Node(None)
    value = body.text("access_token")
    if not value or not value.isascii() or not value.isprintable():
        raise BankUnavailable("O banco respondeu ao pedido de token algo que não pôde ser lido.")
    expires_in = body.text("expires_in")
    lifetime = int(expires_in) if _SECONDS.fullmatch(expires_in) else _USUAL_LIFETIME
    return Token(value, asked + lifetime - min(_MARGIN, lifetime * _MARGIN_SHARE))
