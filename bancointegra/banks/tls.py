"""The client's half of mutual TLS: certificate, encrypted key, trust. Verification is never switched off."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bancointegra.domain.errors import CredentialError

_INFORM_AGAIN = "Informe de novo o certificado e a chave desta conta."


@dataclass(frozen=True, slots=True)
class ClientIdentity:
    """Who we are to the bank. ``key_path`` is an encrypted PKCS#8 PEM, opened by ``passphrase``.

    ``ca_path`` (PEM) is the simulated bank's root, then the only one to trust; empty for a real bank.
    """

    certificate_path: str
    key_path: str
    passphrase: str = field(repr=False)
    ca_path: str = ""


def build_context(identity: ClientIdentity, now: datetime) -> ssl.SSLContext:
    """A verifying context that presents the client certificate.

    ``now`` (with time zone) judges the certificate's validity. Raises ``CredentialError`` naming what is wrong
    with certificate, key, passphrase or trust root.
    """
    certificate = _load_certificate(identity.certificate_path)
    _require_valid_on(certificate, now)
    key_pem = _read_closed_key(identity.key_path)

    context = build_anonymous_context(identity.ca_path)
    try:
        context.load_cert_chain(identity.certificate_path, identity.key_path, password=identity.passphrase)
    except (ssl.SSLError, OSError) as error:
        # TLS only says that it will not; opening the key once more, which takes its time, says why.
        _require_same_key(certificate, _open_key(identity, key_pem))
        raise CredentialError(
            "O certificado e a chave não puderam ser carregados.", hint=_INFORM_AGAIN, code="credencial.certificado"
        ) from error
    return context


def build_anonymous_context(ca_path: str = "") -> ssl.SSLContext:
    """A verifying context without a client certificate, for asking for the first one.

    Trusts ``ca_path`` alone when given, else what the system and certifi trust. Raises ``CredentialError`` when the
    file cannot be read.
    """
    if ca_path:
        context = _trusting_only(ca_path)
    else:
        context = httpx.create_ssl_context(trust_env=False)
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _load_certificate(path: str) -> x509.Certificate:
    """The first certificate of the file: the client's own."""
    data = _read(path, what="certificado", code="credencial.certificado")
    try:
        return x509.load_pem_x509_certificates(data)[0]
    except ValueError as error:
        raise CredentialError(
            f"O arquivo {Path(path).name} não contém um certificado legível.",
            hint="Escolha o arquivo .crt ou .pem que o banco devolveu.",
            code="credencial.certificado",
        ) from error


def _require_valid_on(certificate: x509.Certificate, now: datetime) -> None:
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now > ends:
        raise CredentialError(
            f"O certificado do banco venceu em {ends.astimezone(now.tzinfo):%d/%m/%Y}.",
            hint="Peça ao banco um novo token temporário e gere outro certificado.",
            code="credencial.certificado_vencido",
        )
    if now < begins:
        raise CredentialError(
            f"O certificado do banco só vale a partir de {begins.astimezone(now.tzinfo):%d/%m/%Y %H:%M}.",
            hint="Confira a data e a hora deste computador.",
            code="credencial.certificado_futuro",
        )


def _read_closed_key(path: str) -> bytes:
    """The file of the key, which must not lie there in clear."""
    data = _read(path, what="arquivo da chave", code="credencial.chave")
    if b"PRIVATE KEY" in data and not _is_encrypted(data):
        raise CredentialError(
            f"A chave privada em {Path(path).name} está guardada sem senha.",
            hint="Grave a chave cifrada (PKCS#8 com senha) e informe a senha nas credenciais da conta.",
            code="credencial.chave_aberta",
        )
    return data


def _open_key(identity: ClientIdentity, data: bytes) -> PrivateKeyTypes:
    try:
        return load_pem_private_key(data, identity.passphrase.encode())
    except (TypeError, ValueError, UnsupportedAlgorithm) as error:  # TypeError: an empty passphrase
        if _is_encrypted(data):
            raise CredentialError(
                "A senha da chave privada não confere.",
                hint="Informe de novo a senha da chave nas credenciais da conta.",
                code="credencial.senha_chave",
            ) from error
        raise CredentialError(
            f"O arquivo {Path(identity.key_path).name} não contém uma chave privada legível.",
            hint=_INFORM_AGAIN,
            code="credencial.chave",
        ) from error


def _is_encrypted(key_pem: bytes) -> bool:
    return b"ENCRYPTED" in key_pem


def _require_same_key(certificate: x509.Certificate, key: PrivateKeyTypes) -> None:
    if certificate.public_key() != key.public_key():
        raise CredentialError(
            "A chave privada não é a deste certificado.",
            hint="Escolha o par que foi gerado junto: o certificado e a sua chave.",
            code="credencial.chave_outra",
        )


def _trusting_only(path: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=path)
    except (ssl.SSLError, OSError) as error:
        raise CredentialError(
            f"A raiz de confiança {Path(path).name} não pôde ser lida.",
            hint="Confira o caminho do arquivo da autoridade certificadora.",
            code="credencial.raiz",
        ) from error


def _read(path: str, *, what: str, code: str) -> bytes:
    if not path:
        raise CredentialError(f"Falta informar o {what} desta conta.", hint=_INFORM_AGAIN, code=code)
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CredentialError(
            f"O {what} não pôde ser lido: {Path(path).name}.",
            hint="Confira se o arquivo ainda está no lugar e se você pode abri-lo.",
            code=code,
        ) from error
