"""The bank's own certification authority: server certificate, client certificates, signatures of tokens."""

from __future__ import annotations

import base64
import ipaddress
import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from bancointegra.simulator.clock import SimulatedClock

CLIENT_DAYS = 365
_CA_DAYS = 7300
_SERVER_DAYS = 397
_SLACK = timedelta(hours=1)
_CA_FILE = "ca.pem"
_CA_KEY_FILE = "ca.key"


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    draft = path.with_name(f".{path.name}.novo")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    draft.replace(path)


def new_client_key() -> rsa.RSAPrivateKey:
    """A key as the bank asks of its clients (RSA 2048)."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _subject(common_name: str, unit: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BR"),
        ]
    )


class CertificateAuthority:
    """Signs with an RSA key kept in ``folder`` (made at the first use). Moments are aware datetimes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / _CA_FILE
        key_file = folder / _CA_KEY_FILE
        if self.path.exists() and key_file.exists():
            key = serialization.load_pem_private_key(
                key_file.read_bytes(),
                None,
                unsafe_skip_rsa_key_validation=True,  # we made it; to prove it sound would double the bank's start
            )
            if not isinstance(key, rsa.RSAPrivateKey):
                raise ValueError(f"{key_file} não é uma chave RSA.")
            self._key = key
            self._certificate = x509.load_pem_x509_certificate(self.path.read_bytes())
        else:
            self._key = new_client_key()
            self._certificate = self._self_signed()
            write_private(key_file, key_pem(self._key))
            self.path.write_bytes(self._certificate.public_bytes(serialization.Encoding.PEM))

    def server_files(self, folder: Path) -> tuple[Path, Path]:
        """A fresh certificate and key for localhost and the loopback addresses."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = [x509.DNSName("localhost")]
        addresses = [x509.IPAddress(ipaddress.ip_address(text)) for text in ("127.0.0.1", "::1")]
        now = SimulatedClock.real()
        certificate = (
            self._builder(_subject("localhost", "SIMULACAO"), now - _SLACK, now + timedelta(days=_SERVER_DAYS))
            .public_key(key.public_key())
            .add_extension(x509.SubjectAlternativeName([*names, *addresses]), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        certificate_file, key_file = folder / "servidor.crt", folder / "servidor.key"
        certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        write_private(key_file, key_pem(key))
        return certificate_file, key_file

    def issue(
        self, client_id: str, public_key: rsa.RSAPublicKey, not_before: datetime, not_after: datetime
    ) -> x509.Certificate:
        """A client certificate with ``CN=client_id``."""
        return (
            self._builder(_subject(client_id, "SIMULACAO"), not_before, not_after)
            .public_key(public_key)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )

    def validity(self, simulated_now: datetime, days: int = CLIENT_DAYS) -> tuple[datetime, datetime]:
        """From just before now until ``days`` from now, good both on the simulated and on the machine's clock."""
        real = SimulatedClock.real()
        return min(real, simulated_now) - _SLACK, max(real, simulated_now) + timedelta(days=days)

    def sign_token(self, claims: Mapping[str, Any]) -> str:
        """A JSON Web Token signed RS256."""
        parts = [_base64url(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "JWT"}, dict(claims))]
        signature = self._key.sign(".".join(parts).encode(), padding.PKCS1v15(), hashes.SHA256())
        return ".".join([*parts, _base64url(signature)])

    def _self_signed(self) -> x509.Certificate:
        now = SimulatedClock.real()
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
            key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
            decipher_only=False,
        )  # fmt: skip
        name = _subject("Banco simulado (SIMULACAO)", "SIMULACAO")
        return (
            x509.CertificateBuilder(name, name, self._key.public_key(), x509.random_serial_number())
            .not_valid_before(now - _SLACK)
            .not_valid_after(now + timedelta(days=_CA_DAYS))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )

    def _builder(self, subject: x509.Name, not_before: datetime, not_after: datetime) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._certificate.subject)
            .serial_number(x509.random_serial_number())
            .not_valid_before(not_before)
            .not_valid_after(not_after)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        )


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
