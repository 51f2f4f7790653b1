"""The SQLite engine: the one file with SQLite-only SQL, and the edge where database errors become sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from bancointegra.domain.errors import StoreError

_BUSY_TIMEOUT_SECONDS = 15
_WRITE = "bancointegra_write"


def create_store_engine(path: Path, *, busy_timeout: float = _BUSY_TIMEOUT_SECONDS) -> Engine:
    """An engine on the SQLite file: WAL, foreign keys, and a wait of ``busy_timeout`` seconds for a locked file."""
    engine = create_engine(f"sqlite+pysqlite:///{path}", connect_args={"timeout": busy_timeout})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        cursor = connection.cursor()
        for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL", "cache_size = -65536"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that turns into a write can fail at once instead of waiting its turn.
        writing = connection.get_execution_options().get(_WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


class Sessions:
    """Opens short sessions: one per call, never shared between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing_engine = engine.execution_options(**{_WRITE: True})

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
        return connection.execute(text("PRAGMA quick_check(1)")).scalar() != "ok"


def copy_database(engine: Engine, target: Path) -> None:
    """Write a consistent copy of the open database to a new file. Raises ``StoreError``."""
    with translated(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM INTO :target"), {"target": str(target)})


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLAlchemy's errors into ``StoreError``; a broken query of ours stays what it is."""
    try:
        yield
    except (OperationalError, DatabaseError) as error:
        sentence = _sentence(str(error.orig or error).lower())
        if sentence is None:
            raise
        raise StoreError(sentence[0], hint=sentence[1], code=sentence[2]) from error
    except SQLAlchemyError as error:
        if "timeout" not in str(error).lower():
            raise
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
            ("disk is full", "disk i/o error"),
            "Não há espaço no disco para gravar os dados.",
            "Libere espaço e tente de novo; nada do que já estava gravado se perdeu.",
            "disco_cheio",
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
