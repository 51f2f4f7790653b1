"""A vault in one encrypted file, for machines whose system offers none.

The key comes from a master password by scrypt; the secrets are one AES-256-GCM message, so that a changed byte
anywhere, the header included, is noticed. The file is read again for every call: two programs may share it.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import unicodedata
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from filelock import FileLock

from bancointegra.domain.errors import CredentialError, InputError, StoreError
from bancointegra.system.atomic_file import write_atomically
from bancointegra.system.secret_size import check_secret_size

TITLE = "Cofre de senhas"
SCRYPT_N = 2**17  # with r=8, p=1: 128 MiB and about half a second, as OWASP's password storage sheet asks
MINIMUM_PASSWORD_LENGTH = 8
_SCRYPT_N_LIMIT = 2**20  # a damaged header must not make the program ask for all memory
_FORMAT = "bancointegra-cofre-1"
_LOCK_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The file's content: how the key is derived, and the encrypted secrets."""

    scrypt_n: int
    salt: bytes
    nonce: bytes
    ciphertext: bytes


class EncryptedFileVault:
    """``domain.ports.Vault`` over one file. Any thread and several programs may use it.

    Opening an existing file needs its password; without a file a new one is made. Raises ``CredentialError`` when the
    password is wrong or the file was changed, ``InputError`` for a new password too short, ``StoreError`` for the disk.
    """

    description = "arquivo cifrado, aberto por senha mestra"

    def __init__(self, path: Path, password: str, *, scrypt_n: int = SCRYPT_N) -> None:
        self._path = path
        with self._exclusive():
            if path.exists():
                sealed = self._load()
                self._scrypt_n, self._salt = sealed.scrypt_n, sealed.salt
                self._key = _derive_key(password, sealed.salt, sealed.scrypt_n)
                self._unseal(sealed)
            else:
                if len(password) < MINIMUM_PASSWORD_LENGTH:
                    raise InputError(
                        f"A senha mestra precisa de pelo menos {MINIMUM_PASSWORD_LENGTH} caracteres.",
                        field="Senha mestra",
                    )
                self._scrypt_n, self._salt = scrypt_n, os.urandom(16)
                self._key = _derive_key(password, self._salt, scrypt_n)
                self._store({})

    def __repr__(self) -> str:
        return f"EncryptedFileVault({self._path.name!r})"

    def get(self, name: str) -> str | None:
        return self._secrets().get(name)

    def set(self, name: str, secret: str) -> None:
        check_secret_size(secret)
        with self._exclusive():
            self._store({**self._secrets(), name: secret})

    def delete(self, name: str) -> None:
        with self._exclusive():
            secrets = self._secrets()
            if secrets.pop(name, None) is not None:
                self._store(secrets)

    def _exclusive(self) -> AbstractContextManager[object]:
        """One writer at a time, so that neither overwrites what the other just added."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return FileLock(
                self._path.with_suffix(".lock"), timeout=_LOCK_WAIT_SECONDS, fallback_to_soft=False
            ).acquire()
        except OSError as error:
            raise StoreError(
                f"Não foi possível usar a pasta {self._path.parent}.",
                hint="Confira a permissão da pasta, feche outros BancoIntegra abertos e tente de novo.",
                code="pasta",
            ) from error

    def _secrets(self) -> dict[str, str]:
        sealed = self._load()
        if sealed.salt != self._salt:
            raise _cannot_open()
        return self._unseal(sealed)

    def _load(self) -> _Sealed:
        try:
            return _parse(self._path.read_bytes())
        except OSError as error:
            raise StoreError(f"Não foi possível ler {self._path}.", hint="Confira a permissão do arquivo.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise _cannot_open() from error

    def _unseal(self, sealed: _Sealed) -> dict[str, str]:
        header = _header(sealed.scrypt_n, sealed.salt)
        try:
            content = AESGCM(self._key).decrypt(sealed.nonce, sealed.ciphertext, header)
        except InvalidTag as error:
            raise _cannot_open() from error
        secrets: dict[str, str] = json.loads(content)
        return secrets

    def _store(self, secrets: dict[str, str]) -> None:
        nonce = os.urandom(12)
        content = json.dumps(secrets).encode()
        ciphertext = AESGCM(self._key).encrypt(nonce, content, _header(self._scrypt_n, self._salt))
        write_atomically(self._path, _serialise(_Sealed(self._scrypt_n, self._salt, nonce, ciphertext)))


def _cannot_open() -> CredentialError:
    return CredentialError(
        "A senha mestra não confere, ou o arquivo do cofre foi alterado.",
        hint="Digite a senha de novo. Se ela estiver certa, restaure a cópia de segurança do arquivo.",
        code="credencial.senha_mestra",
        title=TITLE,
    )


def _derive_key(password: str, salt: bytes, scrypt_n: int) -> bytes:
    # NFC: the same accented password may arrive composed or not, depending on the keyboard.
    typed = unicodedata.normalize("NFC", password).encode()
    return Scrypt(salt=salt, length=32, n=scrypt_n, r=8, p=1).derive(typed)


def _header(scrypt_n: int, salt: bytes) -> bytes:
    return f"{_FORMAT}:{scrypt_n}:{salt.hex()}".encode()


def _serialise(sealed: _Sealed) -> bytes:
    document = {
        "format": _FORMAT,
        "scrypt_n": sealed.scrypt_n,
        "salt": _to_text(sealed.salt),
        "nonce": _to_text(sealed.nonce),
        "ciphertext": _to_text(sealed.ciphertext),
    }
    return json.dumps(document, indent=1).encode()


def _parse(content: bytes) -> _Sealed:
    """Raises ``ValueError``, ``KeyError`` or ``TypeError`` when it is not one of our files."""
    document = json.loads(content)
    scrypt_n = document["scrypt_n"]
    if document["format"] != _FORMAT or not 2 <= scrypt_n <= _SCRYPT_N_LIMIT or scrypt_n & (scrypt_n - 1):
        raise ValueError("not a vault of this program")
    return _Sealed(
        scrypt_n, _to_bytes(document["salt"]), _to_bytes(document["nonce"]), _to_bytes(document["ciphertext"])
    )


def _to_text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _to_bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("damaged text") from error
