"""What each bank asks of an account, as data: the settings screen draws itself from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.errors import CredentialError
from bancointegra.domain.ports import Vault


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

CELCOIN_FIELDS = (
    CredentialField("client_id", "ClientID", CredentialKind.TEXT, "O identificador que a Celcoin enviou."),
    CredentialField(CLIENT_SECRET, "ClientSecret", CredentialKind.HIDDEN, "Veio junto com o ClientID."),
    CredentialField("certificate_path", "Certificado", CredentialKind.FILE, "Só se a Celcoin o exigir: o .crt dela."),
    CredentialField("key_path", "Chave privada", CredentialKind.FILE, "Só com certificado: o PKCS#8 com senha."),
    CredentialField(KEY_PASSPHRASE, "Senha da chave", CredentialKind.HIDDEN, "Só com certificado: abre a chave."),
)
ITAU_FIELDS = (
    CredentialField("client_id", "ClientID", CredentialKind.TEXT, "O identificador que o banco enviou."),
    CredentialField(CLIENT_SECRET, "ClientSecret", CredentialKind.HIDDEN, "Veio na resposta do certificado."),
    CredentialField("certificate_path", "Certificado", CredentialKind.FILE, "O arquivo .crt ou .pem do banco."),
    CredentialField("key_path", "Chave privada", CredentialKind.FILE, "O arquivo PKCS#8 cifrado com senha."),
    CredentialField(KEY_PASSPHRASE, "Senha da chave", CredentialKind.HIDDEN, "A senha que abre a chave privada."),
)


def check_client_id(client_id: str, mnemonico: str, sender: str) -> str:
    """``client_id``, which goes into headers. Raises ``CredentialError``; ``sender`` is who gave it, as ``o banco``."""
    if not client_id or not client_id.isascii() or not client_id.isprintable():
        raise CredentialError(
            f"A conta {mnemonico} está sem um ClientID que sirva.",
            hint=f"Informe o ClientID que {sender} enviou.",
            code="credencial.client_id",
        )
    return client_id


def check_extra_root(ca_path: str, ambiente: Ambiente) -> str:
    """``ca_path``, the root of the simulated bank. Raises ``CredentialError``: no other may be trusted besides."""
    if ca_path and ambiente is not Ambiente.SIMULACAO:
        raise CredentialError(
            "A raiz de confiança extra só serve para a SIMULAÇÃO.",
            hint="Deixe-a vazia nas contas de PRODUÇÃO.",
            code="credencial.raiz",
        )
    return ca_path


def read_secret(vault: Vault, client_id: str, secret: str, fields: Sequence[CredentialField]) -> str:
    """A secret of a client. Raises ``CredentialError`` naming it as ``fields`` do when the vault has none."""
    found = vault.get(secret_name(client_id, secret))
    if not found:
        label = next(field.label for field in fields if field.name == secret)
        is_of_key = secret == KEY_PASSPHRASE
        raise CredentialError(
            f"Falta no cofre deste computador: {label} do ClientID {client_id}.",
            hint="Importe de novo o certificado e a chave." if is_of_key else "Informe-o de novo na conta.",
            code="credencial.cofre",
        )
    return found


def file_version(path: str) -> tuple[int, int] | None:
    """Size and time of a file; None when it is not there, which building the connection then says in words."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def secret_name(client_id: str, secret: str) -> str:
    """The name in the vault: ``{client_id}/client_secret`` or ``{client_id}/key_passphrase``."""
    return f"{client_id}/{secret}"
