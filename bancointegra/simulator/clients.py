"""Who may talk to the bank: clients, accounts, certificates and tokens.

Access tokens live on the machine's clock, as the client counts them; temporary tokens and the bank's own look at
certificates go by the simulated clock, so that advancing it a year makes them expire.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from bancointegra.simulator.ca import CertificateAuthority
from bancointegra.simulator.clock import SimulatedClock
from bancointegra.simulator.model import Account
from bancointegra.simulator.storage import Storage

TEMPORARY_TOKEN_DAYS = 7


@dataclass(frozen=True, slots=True)
class TemporaryToken:
    client_id: str
    is_expired: bool
    is_used: bool


class Clients:
    """The registry of clients. Methods are safe from any thread."""

    def __init__(self, storage: Storage, clock: SimulatedClock, ca: CertificateAuthority) -> None:
        self._storage = storage
        self._clock = clock
        self._ca = ca

    def add(self, client_id: str) -> None:
        """Make the client known, with a secret, unless it is."""
        with self._storage.transaction():
            self._storage.execute(
                "INSERT OR IGNORE INTO client (client_id, secret) VALUES (?, ?)", client_id, str(uuid.uuid4())
            )

    def register(self, client_id: str, account: Account) -> None:
        """Make the client known and allow it to use ``account``; both may be known already."""
        with self._storage.transaction():
            self.add(client_id)
            self._storage.execute(
                "INSERT OR REPLACE INTO account VALUES (?, ?)", account.id_beneficiario, account.to_json()
            )
            self._storage.execute("INSERT OR IGNORE INTO permission VALUES (?, ?)", client_id, account.id_beneficiario)

    def secret(self, client_id: str) -> str | None:
        """The client secret; None for an unknown client."""
        with self._storage.transaction():
            row = self._storage.first("SELECT secret FROM client WHERE client_id = ?", client_id)
        return None if row is None else str(row["secret"])

    def new_secret(self, client_id: str) -> str:
        secret = str(uuid.uuid4())
        with self._storage.transaction():
            self._storage.execute("UPDATE client SET secret = ? WHERE client_id = ?", secret, client_id)
        return secret

    def account(self, id_beneficiario: str) -> Account | None:
        with self._storage.transaction():
            row = self._storage.first("SELECT content FROM account WHERE id_beneficiario = ?", id_beneficiario)
        return None if row is None else Account.from_json(row["content"])

    def is_allowed(self, client_id: str, id_beneficiario: str) -> bool:
        with self._storage.transaction():
            row = self._storage.first(
                "SELECT 1 FROM permission WHERE client_id = ? AND id_beneficiario = ?", client_id, id_beneficiario
            )
        return row is not None

    def keep_credentials(self, client_id: str, certificate: bytes, key: bytes) -> None:
        with self._storage.transaction():
            self._storage.execute(
                "UPDATE client SET certificate = ?, key = ? WHERE client_id = ?", certificate, key, client_id
            )

    def credentials(self, client_id: str) -> tuple[bytes, bytes] | None:
        """Certificate and key that the simulator itself made for the client."""
        with self._storage.transaction():
            row = self._storage.first("SELECT certificate, key FROM client WHERE client_id = ?", client_id)
        return None if row is None or row["certificate"] is None else (row["certificate"], row["key"])

    def record_certificate(self, serial: int, client_id: str, not_after: datetime) -> None:
        with self._storage.transaction():
            self._storage.execute(
                "INSERT OR REPLACE INTO certificate VALUES (?, ?, ?)",
                format_serial(serial),
                client_id,
                not_after.isoformat(),
            )

    def certificate_expiry(self, serial: str) -> datetime | None:
        """When the certificate with that serial (hexadecimal) expires, as the bank's register says."""
        with self._storage.transaction():
            row = self._storage.first("SELECT not_after FROM certificate WHERE serial = ?", serial.upper())
        return None if row is None else datetime.fromisoformat(row["not_after"])

    def latest_expiry(self, client_id: str) -> datetime | None:
        """When the client's last certificate expires."""
        with self._storage.transaction():
            rows = self._storage.execute("SELECT not_after FROM certificate WHERE client_id = ?", client_id).fetchall()
        return max((datetime.fromisoformat(row["not_after"]) for row in rows), default=None)

    def expire_certificates(self, client_id: str | None = None) -> None:
        """From now on the bank takes the present certificates (of one client, or all) for expired."""
        moment = (self._clock.now() - timedelta(seconds=1)).isoformat()
        with self._storage.transaction():
            self._storage.execute(
                "UPDATE certificate SET not_after = ? WHERE client_id = ? OR ? IS NULL", moment, client_id, client_id
            )

    def temporary_token(self, client_id: str, lifetime: timedelta) -> str:
        """A new single-use token for a certificate request."""
        expires_at = self._clock.now() + lifetime
        token = self._ca.sign_token({"sub": client_id, "jti": str(uuid.uuid4()), "exp": int(expires_at.timestamp())})
        with self._storage.transaction():
            self._storage.execute(
                "INSERT INTO temporary_token (digest, client_id, expires_at) VALUES (?, ?, ?)",
                _digest(token),
                client_id,
                expires_at.isoformat(),
            )
        return token

    def find_temporary_token(self, token: str) -> TemporaryToken | None:
        with self._storage.transaction():
            row = self._storage.first("SELECT * FROM temporary_token WHERE digest = ?", _digest(token))
        if row is None:
            return None
        is_expired = datetime.fromisoformat(row["expires_at"]) <= self._clock.now()
        return TemporaryToken(row["client_id"], is_expired, bool(row["used"]))

    def use_temporary_token(self, token: str) -> None:
        with self._storage.transaction():
            self._storage.execute("UPDATE temporary_token SET used = 1 WHERE digest = ?", _digest(token))

    def access_token(self, client_id: str, seconds: int) -> str:
        """A new access token good for that many seconds."""
        now = self._clock.real().timestamp()
        claims = {"sub": client_id, "jti": str(uuid.uuid4()), "iat": int(now), "exp": int(now) + seconds}
        token = self._ca.sign_token(claims)
        with self._storage.transaction():
            self._storage.execute("DELETE FROM access_token WHERE expires_at < ?", now)
            self._storage.execute("INSERT INTO access_token VALUES (?, ?, ?)", _digest(token), client_id, now + seconds)
        return token

    def token_owner(self, token: str) -> str | None:
        """The client of a valid access token."""
        with self._storage.transaction():
            row = self._storage.first(
                "SELECT client_id FROM access_token WHERE digest = ? AND expires_at > ?",
                _digest(token),
                self._clock.real().timestamp(),
            )
        return None if row is None else str(row["client_id"])

    def expire_tokens(self) -> None:
        """All access tokens stop being valid now."""
        with self._storage.transaction():
            self._storage.execute("DELETE FROM access_token")


def format_serial(serial: int) -> str:
    """As TLS reports it: upper-case hexadecimal, an even number of digits."""
    text = f"{serial:X}"
    return text if len(text) % 2 == 0 else f"0{text}"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
