"""What certificates need from the outside world: their files, what reads and makes them, who issues them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bancointegra.domain.certificado import (
    CertificadoLido,
    CertificadoRecebido,
    DadosCertificado,
    EstadoFluxo,
    ParCertificado,
    PedidoCertificado,
)
from bancointegra.domain.conta import ContaBancaria


@dataclass(frozen=True, slots=True)
class StoredPair:
    """Where a certificate and its encrypted key are, and the passphrase that opens the key (for the vault)."""

    certificate_path: str
    key_path: str
    passphrase: str = field(repr=False)


class CertificateStore(Protocol):
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

    def load(self, certificate_path: str, key_path: str, passphrase: str) -> ParCertificado:
        """The pair kept there. Raises ``CredentialError`` when it cannot be read or opened."""

    def discard(self, pair: StoredPair) -> None:
        """Remove a pair that no account points to."""

    def write_copies(self, pasta: Path, stem: str, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
        """Write ``stem.{extension}`` for each entry under a free name, closed to other users. Raises ``StoreError``."""


class Certificates(Protocol):
    """What can be done with certificates and keys without a bank."""

    def read(self, *, certificado: bytes | None, chave: bytes | None, pfx: bytes | None, senha: str) -> ParCertificado:
        """A pair from files of any usual form. Raises ``InputError`` naming the file, ``CredentialError``."""

    def describe(self, certificate_path: str) -> CertificadoLido | None:
        """What the first certificate of the file says; None when it cannot be read."""

    def request(self, dados: DadosCertificado) -> PedidoCertificado:
        """A new key and the CSR for it (RSA 2048, SHA-512)."""

    def export(self, par: ParCertificado, formato: str, senha: str) -> bytes:
        """The content of a ``key``, ``csr``, ``crt`` or ``pfx`` file; ``senha`` protects key and pfx when given."""


class CertificateRequests(Protocol):
    """Requests of certificates under way, one an account; each call is written whole or not at all.

    The key and the bank's answer are on disk only encrypted with ``passphrase``.
    """

    def get(self, conta_id: int) -> EstadoFluxo | None:
        """The request of the account, as last saved."""

    def save(self, estado: EstadoFluxo) -> None: ...

    def save_key(self, estado: EstadoFluxo, key_pem: bytes, passphrase: str) -> None:
        """Keep the key, and then ``estado``."""

    def key(self, conta_id: int, passphrase: str) -> bytes:
        """The key kept, PKCS#8 PEM without a password. Raises ``CredentialError`` when it cannot be opened."""

    def save_answer(self, estado: EstadoFluxo, recebido: CertificadoRecebido, passphrase: str) -> None:
        """Keep the bank's answer, and then ``estado``."""

    def answer(self, conta_id: int, passphrase: str) -> CertificadoRecebido | None:
        """The answer kept; None when none came."""

    def discard(self, conta_id: int) -> None: ...

    def exclusive(self, conta_id: int) -> AbstractContextManager[object]:
        """Held while the request of one account is advanced. Raises ``RuleError`` when somebody else holds it."""


class CertificadoProvider(Protocol):
    """Certificates from the bank of an account.

    Both raise ``CredentialError``, ``BankRefused`` and ``BankUnavailable`` when certainly nothing was issued, and
    ``OutcomeUnknown`` when nobody knows.
    """

    def solicitar(self, conta: ContaBancaria, csr_pem: bytes, token_temporario: str) -> CertificadoRecebido:
        """The first certificate, or one after expiry, for a single-use token of the bank."""

    def renovar(self, conta: ContaBancaria, csr_pem: bytes) -> CertificadoRecebido:
        """The next certificate, asked for with the present one."""
