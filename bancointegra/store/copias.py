"""``CopiaStore`` on the store: makes a copy of the open data file, and tells what one holds."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bancointegra.domain.copia import ConteudoCopia, TabelasCopia
from bancointegra.domain.errors import StoreError
from bancointegra.domain.situacao import Situacao
from bancointegra.store.busca import IN_DOUBT
from bancointegra.store.sqlite_copy import CopyProgress, copy_database, read_copy
from bancointegra.store.version import known_revisions, newest_revision


class SqlCopiaStore:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, target: Path, progress: CopyProgress | None = None) -> None:
        copy_database(self._engine, target, progress)


def describe_copy(path: Path) -> ConteudoCopia:
    """What the copy holds. Raises ``StoreError`` when it is missing, damaged or not a copy of our data."""
    with read_copy(path) as connection:
        return ConteudoCopia(
            contas=tuple(name for (name,) in _rows(connection, "SELECT mnemonico FROM conta_bancaria ORDER BY 1")),
            titulos={
                Situacao(situacao): count
                for situacao, count in _rows(connection, "SELECT situacao, count(*) FROM titulo GROUP BY 1")
            },
            a_confirmar=_count_in_doubt(connection),
            ultima_mudanca=_last_change(connection),
            tabelas=tables_of(connection),
        )


def tables_of(connection: sqlite3.Connection) -> TabelasCopia:
    """How the tables of an open copy stand to ours. Raises ``StoreError`` when they are not ours."""
    revision = _one(connection, "SELECT version_num FROM alembic_version")
    if revision == newest_revision():
        return TabelasCopia.IGUAIS
    return TabelasCopia.ANTERIORES if revision in known_revisions() else TabelasCopia.MAIS_NOVAS


def _count_in_doubt(connection: sqlite3.Connection) -> int:
    marks = ", ".join("?" * len(IN_DOUBT))
    query = f"SELECT count(*) FROM bank_order WHERE state IN ({marks})"  # noqa: S608 - question marks only
    return int(connection.execute(query, tuple(IN_DOUBT)).fetchone()[0])


def _last_change(connection: sqlite3.Connection) -> datetime | None:
    moment = _one(connection, "SELECT max(em) FROM history")
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone() if moment else None


def _one(connection: sqlite3.Connection, query: str) -> Any:
    rows = _rows(connection, query)
    if len(rows) != 1:
        raise _strange()
    return rows[0][0]


def _rows(connection: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(query).fetchall()
    except sqlite3.OperationalError as error:
        raise _strange() from error


def _strange() -> StoreError:
    return StoreError(
        "O arquivo não é uma cópia de segurança do BancoIntegra.", hint="Escolha outro.", code="copia_estranha"
    )
