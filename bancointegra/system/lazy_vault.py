"""A vault that is opened when a secret is first wanted, so that searching and printing never ask for a password."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bancointegra.domain.ports import Vault


class LazyVault:
    """``domain.ports.Vault``. A failed opening is tried again at the next call. Any thread may use it."""

    def __init__(self, open_vault: Callable[[], Vault]) -> None:
        self._open_vault = open_vault
        self._vault: Vault | None = None
        self._lock = threading.Lock()

    def open(self) -> Vault:
        """The vault itself, opened now if it was not. Raises ``CredentialError``."""
        with self._lock:
            if self._vault is None:
                self._vault = self._open_vault()
            return self._vault

    def get(self, name: str) -> str | None:
        return self.open().get(name)

    def set(self, name: str, secret: str) -> None:
        self.open().set(name, secret)

    def delete(self, name: str) -> None:
        self.open().delete(name)
