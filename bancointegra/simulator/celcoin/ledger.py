"""The own-funds accounts of Celcoin's clients: every movement is an entry, and the sums must agree at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bancointegra.simulator.celcoin.model import Payment
from bancointegra.simulator.storage import Storage

DEPOSIT = "Depósito"
PAID_FICHA = "Pgto Contas Boletos"
PAID_CONTA = "Pgto Contas Concessionarias/Tributos"
UNDONE = "Estorno de Conta - Desfazimento"
REVERSED = "Estorno de Contas"
RETURNED = "Devolução de Pagamento de Conta"

_TABLES = (
    "CREATE TABLE IF NOT EXISTS celcoin_account (client_id TEXT PRIMARY KEY, balance INTEGER NOT NULL,"
    " held INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS celcoin_entry (seq INTEGER PRIMARY KEY AUTOINCREMENT, client_id TEXT NOT NULL,"
    " moment TEXT NOT NULL, payment_id INTEGER, name TEXT NOT NULL, cents INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS celcoin_entry_payment ON celcoin_entry (payment_id)",
)
_BALANCES_THAT_LIE = """
SELECT client_id FROM celcoin_account AS a
WHERE balance < 0 OR balance <> (SELECT COALESCE(SUM(cents), 0) FROM celcoin_entry AS e WHERE e.client_id = a.client_id)
"""
_MOVED_TWICE = """
SELECT payment_id FROM celcoin_entry WHERE payment_id IS NOT NULL GROUP BY payment_id
HAVING SUM(cents < 0) <> 1 OR SUM(cents > 0) > 1 OR SUM(cents) > 0
"""
_STATES_THAT_LIE = """
SELECT id FROM celcoin_transaction AS p
WHERE taken <> (SELECT COALESCE(-SUM(cents), 0) FROM celcoin_entry AS e WHERE e.payment_id = p.id)
"""
_HELD_AMOUNTS_THAT_LIE = """
SELECT client_id FROM celcoin_account AS a
WHERE held <> (SELECT COALESCE(SUM(held), 0) FROM celcoin_transaction AS p WHERE p.client_id = a.client_id)
"""


class LedgerViolation(Exception):
    """Money that moved twice, or without a reason: a bug of the simulator, never of the client."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement: negative cents are a debit."""

    moment: str
    payment_id: int | None
    name: str
    cents: int


class Ledger:
    """Calls belong inside a transaction of ``storage``."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        with storage.transaction():
            for statement in _TABLES:
                storage.execute(statement)

    def open(self, client_id: str, cents: int, moment: datetime) -> None:
        """An account with a first deposit, unless it is there."""
        if not self.has(client_id):
            self._storage.execute("INSERT INTO celcoin_account VALUES (?, 0, 0)", client_id)
            self.deposit(client_id, cents, moment)

    def has(self, client_id: str) -> bool:
        return self._storage.first("SELECT 1 FROM celcoin_account WHERE client_id = ?", client_id) is not None

    def clients(self) -> list[str]:
        rows = self._storage.execute("SELECT client_id FROM celcoin_account ORDER BY client_id")
        return [str(row["client_id"]) for row in rows]

    def deposit(self, client_id: str, cents: int, moment: datetime) -> None:
        self._move(client_id, None, DEPOSIT, cents, moment)

    def balance(self, client_id: str) -> int:
        row = self._storage.first("SELECT balance FROM celcoin_account WHERE client_id = ?", client_id)
        return 0 if row is None else int(row["balance"])

    def reserve(self, payment: Payment) -> None:
        """Take the money of a payment that waits for its confirmation."""
        name = PAID_FICHA if payment.payee else PAID_CONTA
        self._move(payment.client_id, payment.id, name, -payment.cents, payment.created)
        self._hold(payment, payment.cents)

    def confirm(self, payment: Payment) -> None:
        """The money taken is no longer held for a confirmation."""
        self._hold(payment, -payment.cents)

    def give_back(self, payment: Payment, name: str, moment: datetime) -> None:
        if payment.captured is None:
            self._hold(payment, -payment.cents)
        self._move(payment.client_id, payment.id, name, payment.cents, moment)

    def entries(self, client_id: str) -> list[Entry]:
        rows = self._storage.execute("SELECT * FROM celcoin_entry WHERE client_id = ? ORDER BY seq", client_id)
        return [Entry(row["moment"], row["payment_id"], row["name"], row["cents"]) for row in rows]

    def check(self) -> None:
        """Raise ``LedgerViolation`` unless every sum agrees with every payment's state."""
        for what, statement in (
            ("balance", _BALANCES_THAT_LIE),
            ("movements", _MOVED_TWICE),
            ("state", _STATES_THAT_LIE),
            ("held amount", _HELD_AMOUNTS_THAT_LIE),
        ):
            row = self._storage.first(statement)
            if row is not None:
                raise LedgerViolation(f"{what} of {row[0]}")

    def _move(self, client_id: str, payment_id: int | None, name: str, cents: int, moment: datetime) -> None:
        self._storage.execute(
            "INSERT INTO celcoin_entry (client_id, moment, payment_id, name, cents) VALUES (?, ?, ?, ?, ?)",
            client_id,
            moment.isoformat(timespec="seconds"),
            payment_id,
            name,
            cents,
        )
        self._storage.execute("UPDATE celcoin_account SET balance = balance + ? WHERE client_id = ?", cents, client_id)

    def _hold(self, payment: Payment, cents: int) -> None:
        self._storage.execute(
            "UPDATE celcoin_account SET held = held + ? WHERE client_id = ?", cents, payment.client_id
        )
