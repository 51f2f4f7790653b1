"""Certificate and private key on disk: the key always as encrypted PKCS#8, whatever it came as."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from bancointegra.domain.certificado import MIN_BITS, ParCertificado
from bancointegra.domain.errors import AppError, CredentialError, InputError
from bancointegra.domain.ports_certificado import StoredPair
from bancointegra.system.atomic_file import write_atomically
from bancointegra.system.certificates import CryptographyCertificates, common_name, load_rsa_key
from bancointegra.system.new_files import write_new_files

_INFORM_AGAIN = "Importe de novo o certificado e a chave desta conta."


class KeyFiles:
    """Keeps certificate pairs in one folder, a subfolder for each ClientID."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def store(
        self,
        client_id: str,
        certificate: bytes,
        key: bytes,
        password: str = "",
        *,
        passphrase: str = "",
        any_owner: bool = False,
    ) -> StoredPair:
        """Check and keep a PEM pair; ``password`` opens ``key`` when it is encrypted.

        The key is kept encrypted with ``passphrase``, or a new one when empty. Raises ``CredentialError`` when the
        pair cannot be read, does not match, is too weak or, unless ``any_owner``, is not of ``client_id``;
        ``StoreError`` when it cannot be written.
        """
        chain = _load_certificates(certificate)
        private = _load_key(key, password)
        _require_pair(chain[0], private)
        if not any_owner:
            _require_owner(chain[0], client_id)
        passphrase = passphrase or secrets.token_urlsafe(32)
        folder = self._folder / _safe(client_id)
        # A new name each time: the pair in use stays whole until the account points to this one.
        stem = f"{chain[0].serial_number:x}-{secrets.token_hex(4)}"
        certificate_path, key_path = folder / f"{stem}.crt", folder / f"{stem}.key"
        write_atomically(certificate_path, b"".join(c.public_bytes(serialization.Encoding.PEM) for c in chain))
        write_atomically(key_path, encrypted_key(private, passphrase))
        return StoredPair(str(certificate_path), str(key_path), passphrase)

    def load(self, certificate_path: str, key_path: str, passphrase: str) -> ParCertificado:
        """The pair kept in two files. Raises ``CredentialError`` when it cannot be read or opened."""
        try:
            certificate, key = Path(certificate_path).read_bytes(), Path(key_path).read_bytes()
        except OSError as error:
            raise CredentialError(
                "O certificado ou a chave desta conta não está mais no lugar.",
                hint=_INFORM_AGAIN,
                code="credencial.certificado",
            ) from error
        try:
            return CryptographyCertificates().read(certificado=certificate, chave=key, pfx=None, senha=passphrase)
        except InputError as error:
            raise CredentialError(
                "O certificado ou a chave guardados desta conta não puderam ser abertos.",
                hint=_INFORM_AGAIN,
                code="credencial.chave",
            ) from error

    def discard(self, pair: StoredPair) -> None:
        """Remove a pair that no account points to."""
        for path in (pair.certificate_path, pair.key_path):
            with contextlib.suppress(OSError):  # an encrypted key that nobody uses may as well stay
                Path(path).unlink()

    def write_copies(self, pasta: Path, stem: str, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
        """Write ``stem.{extension}`` for each entry, all under one free stem. Raises ``StoreError``."""
        return write_new_files(pasta, _safe(stem), contents)


def encrypted_key(key: RSAPrivateKey, passphrase: str) -> bytes:
    """PKCS#8 PEM that only ``passphrase`` opens."""
    protection = serialization.BestAvailableEncryption(passphrase.encode())
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)


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
        key = load_rsa_key(data, password)
    except InputError as error:
        raise CredentialError(error.message, hint=error.hint, code="credencial.chave") from error
    if key.key_size < MIN_BITS:
        raise _weak_key()
    return key


def _weak_key() -> AppError:
    return CredentialError(
        f"A chave privada deve ser RSA de {MIN_BITS} bits ou mais.",
        hint="Gere outra chave e peça outro certificado ao banco.",
        code="credencial.chave_fraca",
    )


def _require_pair(certificate: x509.Certificate, key: RSAPrivateKey) -> None:
    if certificate.public_key() != key.public_key():
        raise CredentialError(
            "A chave privada não é a deste certificado.",
            hint="Escolha o par gerado junto.",
            code="credencial.par",
        )


def _require_owner(certificate: x509.Certificate, client_id: str) -> None:
    if common_name(certificate) != client_id:
        raise CredentialError(
            "O certificado não é deste ClientID.",
            hint="O nome (CN) do certificado deve ser igual ao ClientID da conta.",
            code="credencial.cn",
        )


def _safe(client_id: str) -> str:
    if not client_id or not all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in client_id):
        raise InputError("O ClientID tem caracteres que o banco não usa.", field="ClientID")
    return client_id
