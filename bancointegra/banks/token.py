"""An OAuth 2 access token shared by many calls: asked for once, renewed in time, by one thread while others wait."""

from __future__ import annotations

import copy
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bancointegra.banks.http import Reply, UnreadableAnswer
from bancointegra.banks.node import Node
from bancointegra.domain.errors import AppError, BankUnavailable

_SECONDS = re.compile(r"[0-9]{1,6}")
_MARGIN_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Token:
    """``stale_at`` is on the monotonic clock, already with the margin."""

    value: str = field(repr=False)
    stale_at: float


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Seconds: what a bank grants when it does not say, and how early to renew (a fifth of a short life at most)."""

    usual: int
    margin: float


class SharedToken:
    """``ask`` sends the request for a token; ``refusal`` is the error for a 4xx answer to it."""

    def __init__(
        self,
        ask: Callable[[], Reply],
        refusal: Callable[[Reply], AppError],
        lifetime: Lifetime,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask = ask
        self._refusal = refusal
        self._lifetime = lifetime
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
        reply = self._ask()
        if not reply.is_success:
            raise self._refusal(reply)
        try:
            body = Node(reply.json())
        except UnreadableAnswer:
            body = Node(None)
        value = body.text("access_token")
        if not value or not value.isascii() or not value.isprintable():
            raise BankUnavailable("O banco respondeu ao pedido de token algo que não pôde ser lido.")
        expires_in = body.text("expires_in")
        seconds = int(expires_in) if _SECONDS.fullmatch(expires_in) else self._lifetime.usual
        return Token(value, asked + seconds - min(self._lifetime.margin, seconds * _MARGIN_SHARE))
