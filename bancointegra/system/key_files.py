"""Certificate and private key on disk: the key always as encrypted PKCS#8, whatever it came as."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from bancointegra.domain.errors import CredentialError, InputError
from bancointegra.domain.ports import StoredPair
from bancointegra.system.atomic_file import write_atomically

_MIN_BITS = 2048


class KeyFiles:
    """Keeps certificate pairs in one folder, a subfolder for each ClientID."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def store(self, client_id: str, certificate: bytes, key: bytes, password: str = "") -> StoredPair:
        """Check and keep a PEM pair; ``password`` opens ``key`` when it is encrypted.

        Raises ``CredentialError`` when the pair cannot be read, does not match, is too weak or is not of
        ``client_id``; ``StoreError`` when it cannot be written.
        """
        chain = _load_certificates(certificate)
        private = _load_key(key, password)
        _require_pair(chain[0], private)
        _require_owner(chain[0], client_id)
        passphrase = secrets.token_urlsafe(32)
        encrypted = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase.encode()),
        )
        folder = self._folder / _safe(client_id)
        # A new name each time: the pair in use stays whole until the account points to this one.
        stem = f"{chain[0].serial_number:x}-{secrets.token_hex(4)}"
        certificate_path, key_path = folder / f"{stem}.crt", folder / f"{stem}.key"
        write_atomically(certificate_path, b"".join(c.public_bytes(serialization.Encoding.PEM) for c in chain))
        write_atomically(key_path, encrypted)
        return StoredPair(str(certificate_path), str(key_path), passphrase)

    def valid_until(self, certificate_path: str) -> datetime | None:
        """When the certificate expires (UTC); None when it cannot be read."""
        try:
            return x509.load_pem_x509_certificate(Path(certificate_path).read_bytes()).not_valid_after_utc
        except (OSError, ValueError):
            return None


def _load_certificates(data: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(data)
    except ValueError as error:
        raise CredentialError(
            "O arquivo do certificado não pôde ser lido.",
            hint="Escolha o .crt ou .pem que o banco devolveu.",
            code="credencial.certificado",
        ) from error


def _load_key(data: bytes, password: str) -> RSAPrivateKey:
    try:
        key = serialization.load_pem_private_key(data, password.encode() or None)
    except (ValueError, TypeError) as error:
        raise CredentialError(
            "A chave privada não pôde ser lida.",
            hint="Escolha o .key gerado com o certificado; se ele tem senha, confira-a.",
            code="credencial.chave",
        ) from error
    if not isinstance(key, RSAPrivateKey) or key.key_size < _MIN_BITS:
        raise CredentialError(
            f"A chave privada deve ser RSA de {_MIN_BITS} bits ou mais.",
            hint="Gere outra chave e peça outro certificado ao banco.",
            code="credencial.chave_fraca",
        )
    return key


def _require_pair(certificate: x509.Certificate, key: RSAPrivateKey) -> None:
    if certificate.public_key() != key.public_key():
        raise CredentialError(
            "A chave privada não é a deste certificado.",
            hint="Escolha o par gerado junto.",
            code="credencial.par",
        )


def _require_owner(certificate: x509.Certificate, client_id: str) -> None:
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    if not names or names[0].value != client_id:
        raise CredentialError(
            "O certificado não é deste ClientID.",
            hint="O nome (CN) do certificado deve ser igual ao ClientID da conta.",
            code="credencial.cn",
        )


def _safe(client_id: str) -> str:
    if not client_id or not all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in client_id):
        raise InputError("O ClientID tem caracteres que o banco não usa.", field="ClientID")
    return client_id
