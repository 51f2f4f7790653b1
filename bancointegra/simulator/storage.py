"""The bank's memory: one SQLite file, committed before any answer leaves, so that a kill loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS client (client_id TEXT PRIMARY KEY, secret TEXT NOT NULL, certificate BLOB, key BLOB);
CREATE TABLE IF NOT EXISTS account (id_beneficiario TEXT PRIMARY KEY, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS permission (
    client_id TEXT NOT NULL, id_beneficiario TEXT NOT NULL, PRIMARY KEY (client_id, id_beneficiario));
CREATE TABLE IF NOT EXISTS certificate (serial TEXT PRIMARY KEY, client_id TEXT NOT NULL, not_after TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS temporary_token (
    digest TEXT PRIMARY KEY, client_id TEXT NOT NULL, expires_at TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS access_token (
    digest TEXT PRIMARY KEY, client_id TEXT NOT NULL, expires_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS boleto (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id_beneficiario TEXT NOT NULL, carteira TEXT NOT NULL,
    nosso_numero TEXT NOT NULL, active INTEGER NOT NULL, content TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS boleto_number ON boleto (nosso_numero, carteira, id_beneficiario);
CREATE INDEX IF NOT EXISTS boleto_active ON boleto (active) WHERE active;
"""


class Storage:
    """A shared connection behind one lock. ``execute`` belongs inside ``transaction``."""

    def __init__(self, path: Path) -> None:
        self._lock = RLock()
        self._depth = 0
        path.touch(mode=0o600)  # it holds the clients' secrets and keys
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        # NORMAL in WAL mode survives a killed process, which is all a simulation has to survive.
        self._connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_SCHEMA}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One unit of work, committed at the end and rolled back by an exception; nested ones join the outer."""
        with self._lock:
            if self._depth == 0:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                if self._depth == 1:
                    self._connection.execute("ROLLBACK")
                raise
            else:
                if self._depth == 1:
                    self._connection.execute("COMMIT")
            finally:
                self._depth -= 1

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def first(self, statement: str, *values: Any) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.execute(statement, *values).fetchone()
        return row

    def setting(self, name: str) -> str | None:
        with self.transaction():
            row = self.first("SELECT value FROM setting WHERE name = ?", name)
        return None if row is None else str(row["value"])

    def set_setting(self, name: str, value: str) -> None:
        with self.transaction():
            self.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", name, value)

    def close(self) -> None:
        with self._lock:
            self._connection.close()
