"""The access token of Itaú's STS: OAuth 2 client credentials over mutual TLS, five minutes long."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from bancointegra.banks.http import BankHttp, Effect, Reply, Request
from bancointegra.banks.itau.errors import token_error
from bancointegra.banks.token import Lifetime, SharedToken

_PATH = "/api/oauth/token"
_LIFETIME = Lifetime(usual=300, margin=45.0)


class TokenSource(SharedToken):
    """One token for all calls of one ClientID."""

    def __init__(
        self,
        http: BankHttp,
        base_url: str,
        client_id: str,
        secret: Callable[[], str],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``secret`` is asked at each renewal, so that a corrected one is used at once."""
        super().__init__(self._send, token_error, _LIFETIME, monotonic)
        self._http = http
        self._url = base_url + _PATH
        self._client_id = client_id
        self._secret = secret

    def _send(self) -> Reply:
        correlation_id = str(uuid.uuid4())
        return self._http.send(
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
