"""How long a secret may be, the same in every vault so that none depends on the machine."""

from __future__ import annotations

from bancointegra.domain.errors import InputError

# Windows Credential Manager holds 2,560 bytes of UTF-16 with its mark (CRED_MAX_CREDENTIAL_BLOB_SIZE).
MAXIMUM_UTF16_BYTES = 2_558


def check_secret_size(secret: str) -> None:
    """Raises ``InputError`` when the secret would not fit the smallest vault."""
    if len(secret.encode("utf-16-le")) > MAXIMUM_UTF16_BYTES:
        raise InputError(
            "Este segredo é longo demais para o cofre do sistema (até cerca de 1.280 caracteres).",
            hint="Confira se foi colado só o segredo; a chave privada fica no arquivo dela, não no cofre.",
            field="Segredo",
        )
