"""What each bank asks of an account, as data: the settings screen draws itself from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class CredentialKind(Enum):
    TEXT = "text"
    HIDDEN = "hidden"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One thing to ask. ``name`` is the attribute of ``ContaBancaria``, or the last part of the secret's name."""

    name: str
    label: str
    kind: CredentialKind
    ajuda: str


CLIENT_SECRET = "client_secret"  # noqa: S105 - the name of a secret, not a secret
KEY_PASSPHRASE = "key_passphrase"  # noqa: S105 - likewise

ITAU_FIELDS = (
    CredentialField("client_id", "ClientID", CredentialKind.TEXT, "O identificador que o banco enviou."),
    CredentialField(CLIENT_SECRET, "ClientSecret", CredentialKind.HIDDEN, "Veio na resposta do certificado."),
    CredentialField("certificate_path", "Certificado", CredentialKind.FILE, "O arquivo .crt ou .pem do banco."),
    CredentialField("key_path", "Chave privada", CredentialKind.FILE, "O arquivo PKCS#8 cifrado com senha."),
    CredentialField(KEY_PASSPHRASE, "Senha da chave", CredentialKind.HIDDEN, "A senha que abre a chave privada."),
)


def secret_name(client_id: str, secret: str) -> str:
    """The name in the vault: ``{client_id}/client_secret`` or ``{client_id}/key_passphrase``."""
    return f"{client_id}/{secret}"
