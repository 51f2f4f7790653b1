"""The two secrets of a ClientID in the vault: the ClientSecret, and the passphrase of its private keys on disk."""

from __future__ import annotations

import secrets

from bancointegra.domain.errors import CredentialError, InputError
from bancointegra.domain.ports import Vault

_LONGEST_SECRET = 200


class SegredosDaConta:
    """Names are ``{client_id}/client_secret`` and ``{client_id}/key_passphrase``, as ``banks`` reads them."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def tem_client_secret(self, client_id: str) -> bool:
        return bool(client_id) and bool(self._vault.get(_client_secret(client_id)))

    def guardar_client_secret(self, client_id: str, client_secret: str) -> None:
        """Raises ``InputError`` for what cannot be a ClientSecret, and what the vault raises."""
        self._vault.set(_client_secret(client_id), require_client_secret(client_secret))

    def guardar_passphrase(self, client_id: str, passphrase: str) -> None:
        """Keep the passphrase of a key that came with one. Raises what the vault raises."""
        self._vault.set(_key_passphrase(client_id), passphrase)

    def passphrase(self, client_id: str) -> str:
        """The passphrase of all keys of this ClientID. Raises ``CredentialError`` when the vault has none."""
        known = self._vault.get(_key_passphrase(client_id))
        if not known:
            raise CredentialError(
                "A senha da chave privada desta conta não está no cofre deste computador.",
                hint="Importe de novo o certificado e a chave, ou use o Assistente de Certificado.",
                code="credencial.cofre",
            )
        return known

    def passphrase_for_storing(self, client_id: str) -> str:
        """The same, made at the first call.

        One for old and new keys alike: so storing a new pair never closes the pair in use, wherever a crash falls.
        """
        name = _key_passphrase(client_id)
        known = self._vault.get(name)
        if known:
            return known
        made = secrets.token_urlsafe(32)
        self._vault.set(name, made)
        return made


def require_client_secret(text: str) -> str:
    """The secret without the blanks of a paste. Raises ``InputError``, which does not repeat it."""
    secret = text.strip()
    if not secret:
        raise InputError("Falta o ClientSecret.", field="ClientSecret")
    if len(secret) > _LONGEST_SECRET or not (secret.isascii() and secret.isprintable()) or " " in secret:
        raise InputError(
            "O ClientSecret não tem a forma que o banco usa.",
            field="ClientSecret",
            hint="Copie só o código que veio depois de “Secret:”, sem espaços.",
        )
    return secret


def _client_secret(client_id: str) -> str:
    return f"{client_id}/client_secret"


def _key_passphrase(client_id: str) -> str:
    return f"{client_id}/key_passphrase"
