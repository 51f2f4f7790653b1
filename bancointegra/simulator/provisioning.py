"""Credentials of a client of the simulated bank, good ones and, for tests, spoiled ones."""

from __future__ import annotations

import tempfile
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from bancointegra.simulator.ca import CLIENT_DAYS, CertificateAuthority, key_pem, new_client_key
from bancointegra.simulator.clock import SimulatedClock
from bancointegra.simulator.model import Account
from bancointegra.simulator.state import Bank


@dataclass(frozen=True, slots=True)
class SimulatedCredentials:
    """What a client needs to talk to the bank; the key is PKCS#8 PEM without a passphrase."""

    client_id: str
    client_secret: str = field(repr=False)
    certificate_pem: bytes = field(repr=False)
    key_pem: bytes = field(repr=False)


class Provisioning:
    def __init__(self, bank: Bank, ca: CertificateAuthority) -> None:
        self._bank = bank
        self._ca = ca

    def provision(self, client_id: str | None, account: Account, valid_days: int = CLIENT_DAYS) -> SimulatedCredentials:
        """Register client and account and make a certificate, or give the ones made before."""
        client_id = client_id or str(uuid.uuid4())
        with self._bank.transaction():
            self._bank.clients.register(client_id, account)
            return self._certified(client_id, valid_days)

    def provision_celcoin(self, client_id: str | None, balance: int) -> SimulatedCredentials:
        """Register a client of Celcoin with ``balance`` cents, or give the one of before as it stands."""
        client_id = client_id or str(uuid.uuid4())
        with self._bank.transaction():
            self._bank.clients.add(client_id)
            self._bank.celcoin.open_account(client_id, balance)
            return self._certified(client_id, CLIENT_DAYS)

    def expired(self, client_id: str) -> SimulatedCredentials:
        """A certificate of the right authority that expired yesterday; TLS refuses it."""
        now = SimulatedClock.real()
        return self._credentials(
            client_id, *self._certificate(client_id, now - timedelta(days=CLIENT_DAYS), now - timedelta(days=1))
        )

    def not_yet_valid(self, client_id: str) -> SimulatedCredentials:
        """A certificate that becomes valid tomorrow; TLS refuses it."""
        now = SimulatedClock.real()
        return self._credentials(
            client_id, *self._certificate(client_id, now + timedelta(days=1), now + timedelta(days=CLIENT_DAYS))
        )

    def wrong_name(self, client_id: str) -> SimulatedCredentials:
        """A sound certificate of somebody else (C600)."""
        not_before, not_after = self._ca.validity(self._bank.clock.now())
        return self._credentials(client_id, *self._certificate(str(uuid.uuid4()), not_before, not_after))

    def foreign(self, client_id: str) -> SimulatedCredentials:
        """A certificate with the right name of an authority the bank does not know; TLS refuses it."""
        with tempfile.TemporaryDirectory() as folder:
            stranger = CertificateAuthority(Path(folder))
        key = new_client_key()
        not_before, not_after = stranger.validity(self._bank.clock.now())
        certificate = stranger.issue(client_id, key.public_key(), not_before, not_after)
        return self._credentials(client_id, certificate.public_bytes(Encoding.PEM), key_pem(key))

    def _certified(self, client_id: str, valid_days: int) -> SimulatedCredentials:
        if self._bank.clients.credentials(client_id) is None:
            not_before, not_after = self._ca.validity(self._bank.clock.now(), valid_days)
            certificate, key = self._certificate(client_id, not_before, not_after)
            self._bank.clients.keep_credentials(client_id, certificate, key)
        return self._credentials(client_id, *self._kept(client_id))

    def _certificate(self, name: str, not_before: datetime, not_after: datetime) -> tuple[bytes, bytes]:
        key = new_client_key()
        certificate = self._ca.issue(name, key.public_key(), not_before, not_after)
        if not_after > SimulatedClock.real():
            self._bank.clients.record_certificate(certificate.serial_number, name, not_after)
        return certificate.public_bytes(Encoding.PEM), key_pem(key)

    def _kept(self, client_id: str) -> tuple[bytes, bytes]:
        kept = self._bank.clients.credentials(client_id)
        if kept is None:
            raise LookupError(f"no credentials kept for {client_id}")
        return kept

    def _credentials(self, client_id: str, certificate: bytes, key: bytes) -> SimulatedCredentials:
        return SimulatedCredentials(client_id, self._bank.clients.secret(client_id) or "", certificate, key)
