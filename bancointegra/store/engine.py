"""The SQLite engine: SQLite-only SQL (the rest of it is in sqlite_copy.py), and database errors as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from bancointegra.domain.errors import StoreError

_BUSY_TIMEOUT_SECONDS = 15
_BEGIN = "bancointegra_begin"  # the execution option that says how a connection's transactions start
_READING = "BEGIN"
_WRITING = "BEGIN IMMEDIATE"  # a deferred transaction that turns into a write can fail at once instead of waiting
_NO_TRANSACTION = ""


def create_store_engine(path: Path, *, busy_timeout: float = _BUSY_TIMEOUT_SECONDS) -> Engine:
    """An engine on the SQLite file: WAL, foreign keys, and a wait of ``busy_timeout`` seconds for a locked file."""
    engine = create_engine(URL.create("sqlite+pysqlite", database=str(path)), connect_args={"timeout": busy_timeout})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        cursor = connection.cursor()
        for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL", "cache_size = -65536"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get(_BEGIN, _READING)
        if statement != _NO_TRANSACTION:
            connection.exec_driver_sql(statement)

    return engine


class Sessions:
    """Opens short sessions: one per call, never shared between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing_engine = engine.execution_options(**{_BEGIN: _WRITING})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only view of one moment. Raises ``StoreError``."""
        with translated(), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction, committed when the block ends and rolled back when it raises. Raises ``StoreError``."""
        with translated(), Session(self._writing_engine) as session, session.begin():
            yield session


def is_damaged(engine: Engine) -> bool:
    """Whether SQLite finds the file inconsistent. Reads the whole file. Raises ``StoreError``."""
    with translated(), engine.connect() as connection:
        return connection.execute(text("PRAGMA integrity_check(1)")).scalar() != "ok"


@contextmanager
def write_transaction(engine: Engine) -> Iterator[Connection]:
    """A connection that alone may write until the block ends; committed then, rolled back when it raises."""
    with translated(), engine.execution_options(**{_BEGIN: _WRITING}).begin() as connection:
        yield connection


@contextmanager
def raw_connection(engine: Engine) -> Iterator[Any]:
    """SQLite's own connection, outside any transaction, for what SQLAlchemy has no word for."""
    with translated(), engine.execution_options(**{_BEGIN: _NO_TRANSACTION}).connect() as connection:
        yield connection.connection.driver_connection


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's errors into ``StoreError``; a broken query of ours stays what it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        sentence = _sentence(str(getattr(error, "orig", None) or error).lower())
        if sentence is None:
            raise
        raise StoreError(sentence[0], hint=sentence[1], code=sentence[2]) from error
    except PoolTimeout as error:
        raise StoreError("O arquivo de dados está ocupado.", hint="Tente de novo.", code="dados_ocupados") from error


def _sentence(cause: str) -> tuple[str, str, str] | None:
    known = (
        (
            ("locked", "busy"),
            "O arquivo de dados está em uso por outro programa.",
            "Feche outras janelas do BancoIntegra ou cópias de segurança em andamento e tente de novo.",
            "dados_ocupados",
        ),
        (
            ("disk is full",),
            "Não há espaço no disco para gravar os dados.",
            "Libere espaço e tente de novo; nada do que já estava gravado se perdeu.",
            "disco_cheio",
        ),
        (
            ("disk i/o error",),
            "O disco falhou ao ler ou gravar os dados.",
            "Confira se há espaço livre e se a pasta de dados está acessível, e tente de novo.",
            "disco_falhou",
        ),
        (
            ("readonly", "read-only"),
            "O arquivo de dados não aceita gravação.",
            "Peça permissão de gravação na pasta de dados ao administrador.",
            "dados_somente_leitura",
        ),
        (
            ("unable to open",),
            "O arquivo de dados não pôde ser aberto.",
            "Confira se a pasta de dados existe e se você tem permissão.",
            "dados_inacessiveis",
        ),
        (
            ("malformed", "not a database"),
            "O arquivo de dados está danificado.",
            "Não grave mais nada; restaure a cópia de segurança mais recente e chame o suporte.",
            "dados_danificados",
        ),
    )
    for needles, message, hint, code in known:
        if any(needle in cause for needle in needles):
            return message, hint, code
    return None
