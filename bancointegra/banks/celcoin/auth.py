"""The access token of Celcoin: OAuth 2 client credentials in the body, forty minutes long."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from bancointegra.banks.celcoin.errors import token_error
from bancointegra.banks.http import BankHttp, Effect, Reply, Request
from bancointegra.banks.token import Lifetime, SharedToken

_PATH = "/v5/token"
_LIFETIME = Lifetime(usual=2400, margin=120.0)


class TokenSource(SharedToken):
    """One token for all calls of one ClientID."""

    def __init__(
        self,
        http: BankHttp,
        host: str,
        client_id: str,
        secret: Callable[[], str],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``secret`` is asked at each renewal, so that a corrected one is used at once."""
        super().__init__(self._send, token_error, _LIFETIME, monotonic)
        self._http = http
        self._url = host + _PATH
        self._client_id = client_id
        self._secret = secret

    def _send(self) -> Reply:
        form = {"client_id": self._client_id, "client_secret": self._secret(), "grant_type": "client_credentials"}
        headers = {"Accept": "application/json"}
        return self._http.send(Request("POST", self._url, Effect.READ, str(uuid.uuid4()), headers=headers, form=form))
