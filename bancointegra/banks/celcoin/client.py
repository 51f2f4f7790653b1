"""Celcoin's HTTP: paths, headers, one token renewal on 401. What the answers mean is for ``provider.py``."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from http import HTTPStatus

from bancointegra.banks.celcoin.auth import TokenSource
from bancointegra.banks.http import BankHttp, Effect, Reply, Request
from bancointegra.banks.token import Token

_EXACT = "\ue000"
"""Stands before an amount while the body is written, since ``json`` has no numbers but floats to write."""
_EXACT_NUMBER = re.compile(f'"{_EXACT}(-?[0-9.]+)"')


class CelcoinClient:
    """``host`` is the base address, without a trailing slash. ``transacao`` is always the reserve's id."""

    def __init__(self, http: BankHttp, tokens: TokenSource, host: str) -> None:
        self._http = http
        self._tokens = tokens
        self._merchant = f"{host}/v5/merchant"
        self._transactions = f"{host}/v5/transactions"
        self._bills = f"{self._transactions}/billpayments"

    def post_authorize(self, corpo: object) -> Reply:
        """Query a bill."""
        return self._send("POST", f"{self._bills}/authorize", Effect.READ, corpo=corpo)

    def post_reserve(self, corpo: object) -> Reply:
        return self._send("POST", self._bills, Effect.ORDER, corpo=corpo)

    def put_capture(self, transacao: str, corpo: object) -> Reply:
        """Confirm."""
        return self._send("PUT", f"{self._bills}/{transacao}/capture", Effect.ORDER, corpo=corpo)

    def delete_void(self, transacao: str, corpo: object) -> Reply:
        """Give a reserve up; the DELETE has a body."""
        return self._send("DELETE", f"{self._bills}/{transacao}/void", Effect.ORDER, corpo=corpo)

    def delete_reverse(self, transacao: str) -> Reply:
        return self._send("DELETE", f"{self._bills}/{transacao}/reverse", Effect.ORDER)

    def get_status(self, params: Mapping[str, str]) -> Reply:
        return self._send("GET", f"{self._transactions}/status-consult", Effect.READ, params=params)

    def get_pendency(self) -> Reply:
        return self._send("GET", f"{self._transactions}/pendency", Effect.READ)

    def get_occurrency(self, params: Mapping[str, str]) -> Reply:
        return self._send("GET", f"{self._transactions}/occurrency", Effect.READ, params=params)

    def get_institutions(self) -> Reply:
        return self._send("GET", f"{self._transactions}/institutions", Effect.READ)

    def get_receipt(self, transacao: str) -> Reply:
        return self._send("GET", f"{self._transactions}/receipt/{transacao}", Effect.READ)

    def get_balance(self) -> Reply:
        return self._send("GET", f"{self._merchant}/balance", Effect.READ)

    def _send(
        self,
        method: str,
        url: str,
        effect: Effect,
        *,
        corpo: object = None,
        params: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send with a token; after a 401, which executed nothing, once more with a new one."""
        text = None if corpo is None else exact_json(corpo)
        request = Request(method, url, effect, str(uuid.uuid4()), params=params, text=text)
        token = self._tokens.current()
        reply = self._http.send(_authorized(request, token))
        if reply.status == HTTPStatus.UNAUTHORIZED:
            token = self._tokens.replacement(token)
            reply = self._http.send(_authorized(request, token))
        return reply


def exact_json(corpo: object) -> str:
    """JSON with every ``Decimal`` written as the number it is, digit by digit."""
    text = json.dumps(corpo, default=_mark, ensure_ascii=False)
    return _EXACT_NUMBER.sub(r"\1", text)


def _mark(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{_EXACT}{value:f}"
    raise TypeError(f"{type(value).__name__} has no place in a body")


def _authorized(request: Request, token: Token) -> Request:
    headers = {"Authorization": f"Bearer {token.value}", "Accept": "application/json"}
    if request.text is not None:
        headers["Content-Type"] = "application/json"
    return replace(request, headers=headers)
