"""What Celcoin remembers of queries and payments, in the simulated bank's data file."""

from __future__ import annotations

from datetime import datetime

from bancointegra.simulator.celcoin.model import Authorization, Payment
from bancointegra.simulator.storage import Storage

_TABLES = (
    "CREATE TABLE IF NOT EXISTS celcoin_authorization (id INTEGER PRIMARY KEY, client_id TEXT NOT NULL,"
    " line TEXT NOT NULL, reserves INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE IF NOT EXISTS celcoin_transaction (id INTEGER PRIMARY KEY, client_id TEXT NOT NULL,"
    " nsu INTEGER NOT NULL, terminal TEXT, day TEXT NOT NULL, line TEXT NOT NULL, due_at TEXT,"
    " taken INTEGER NOT NULL, held INTEGER NOT NULL, content TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS celcoin_transaction_nsu ON celcoin_transaction (client_id, nsu)",
    "CREATE INDEX IF NOT EXISTS celcoin_transaction_due ON celcoin_transaction (due_at)",
)
_LAST_ID = "celcoin_last_id"
_FIRST_ID = 5_332_764_900
"""Beyond 32 bits, as the ids of production are."""


class Payments:
    """Calls belong inside a transaction of ``storage``."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        with storage.transaction():
            for statement in _TABLES:
                storage.execute(statement)

    def new_id(self) -> int:
        """Queries and payments draw from one sequence."""
        number = int(self._storage.setting(_LAST_ID) or _FIRST_ID) + 1
        self._storage.set_setting(_LAST_ID, str(number))
        return number

    def add_authorization(self, client_id: str, line: str) -> Authorization:
        authorization = Authorization(self.new_id(), client_id, line, 0)
        self._storage.execute(
            "INSERT INTO celcoin_authorization (id, client_id, line) VALUES (?, ?, ?)",
            authorization.id,
            client_id,
            line,
        )
        return authorization

    def authorization(self, client_id: str, number: int) -> Authorization | None:
        row = self._storage.first(
            "SELECT * FROM celcoin_authorization WHERE id = ? AND client_id = ?", number, client_id
        )
        return None if row is None else Authorization(row["id"], row["client_id"], row["line"], row["reserves"])

    def count_reserve(self, authorization: Authorization) -> None:
        self._storage.execute("UPDATE celcoin_authorization SET reserves = reserves + 1 WHERE id = ?", authorization.id)

    def save(self, payment: Payment) -> None:
        """Insert or replace."""
        self._storage.execute(
            "INSERT OR REPLACE INTO celcoin_transaction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            payment.id,
            payment.client_id,
            payment.nsu,
            payment.terminal,
            payment.created.date().isoformat(),
            payment.line,
            None if payment.due_at is None else payment.due_at.isoformat(),
            payment.taken,
            payment.held,
            payment.to_json(),
        )

    def get(self, number: int, client_id: str | None = None) -> Payment | None:
        """By id P, of one client or of any."""
        found = self._select("id = ? AND (? IS NULL OR client_id = ?)", number, client_id, client_id)
        return found[0] if found else None

    def matching(self, client_id: str, **wanted: object) -> list[Payment]:
        """Those of the client whose columns ``id``, ``nsu``, ``terminal`` or ``day`` are as wanted, newest last."""
        conditions = "".join(f" AND {column} = ?" for column in wanted)
        return self._select(f"client_id = ?{conditions}", client_id, *wanted.values())

    def due(self, now: datetime) -> list[Payment]:
        """Those that the clock has changed by ``now``."""
        return self._select("due_at <= ?", now.isoformat())

    def of_line(self, line: str) -> list[Payment]:
        return self._select("line = ?", line)

    def all(self) -> list[Payment]:
        return self._select("1")

    def _select(self, condition: str, *values: object) -> list[Payment]:
        rows = self._storage.execute(
            f"SELECT content FROM celcoin_transaction WHERE {condition} ORDER BY id",  # noqa: S608 - columns, from our code
            *values,
        ).fetchall()
        return [Payment.from_json(row["content"]) for row in rows]
