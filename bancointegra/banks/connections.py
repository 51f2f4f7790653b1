"""Connections shared by the accounts that have the same credentials."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from bancointegra.banks.http import BankHttp

Credentials = TypeVar("Credentials", bound=Hashable)
Client = TypeVar("Client")


class SharedConnections(Generic[Credentials, Client]):
    """One connection for each set of credentials, made by ``connect`` when it is first needed. Any thread may call."""

    def __init__(self, connect: Callable[[Credentials], tuple[BankHttp, Client]]) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._made: dict[Credentials, tuple[BankHttp, Client]] = {}

    def client(self, credentials: Credentials) -> Client:
        """The client on the connection with these credentials. Raises what ``connect`` raises."""
        with self._lock:
            if credentials not in self._made:
                self._made[credentials] = self._connect(credentials)
            return self._made[credentials][1]

    def close(self) -> None:
        """Close all, those of replaced credentials included: their last orders may have been running until now."""
        with self._lock:
            for http, _ in self._made.values():
                http.close()
            self._made.clear()
