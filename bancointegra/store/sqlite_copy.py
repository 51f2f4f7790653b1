"""Copies of a SQLite file, whole and of one moment, and a look into them; with engine.py the only SQLite-only SQL."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bancointegra.domain.copia import PARCIAL
from bancointegra.domain.errors import StoreError
from bancointegra.store.engine import raw_connection

CopyProgress = Callable[[int, int], None]
"""Receives (pages done, all pages), and stops the copy by raising."""

_PAGES_A_STEP = 2_000


def copy_database(engine: Engine, target: Path, progress: CopyProgress | None = None) -> None:
    """Write the database as it is at this moment to the new file ``target``, which needs no other beside it.

    Others may write to the database meanwhile. The file is read back and compared before it gets its name, so a file
    of that name is whole. Raises ``StoreError``; no half copy stays in any case.
    """
    partial = target.with_name(f".{target.name}{PARCIAL}")
    try:
        with raw_connection(engine) as source:
            rows = _backup(source, partial, progress)
        _require_same(partial, rows)
        _rename(partial, target)
    except BaseException:
        for left in (partial, partial.with_name(f"{partial.name}-journal")):
            with suppress(OSError):
                left.unlink()
        raise


@contextmanager
def read_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy opened for reading only, after a look at all its pages. Raises ``StoreError``."""
    if not path.is_file():
        raise StoreError("A cópia de segurança não está mais lá.", hint="Confira a pasta.", code="copia_inexistente")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("malformed")
            yield connection
    except sqlite3.OperationalError as error:
        raise StoreError(
            "A cópia de segurança não pôde ser lida.", hint="Confira a permissão da pasta.", code="copia_ilegivel"
        ) from error
    except sqlite3.DatabaseError as error:
        raise _damaged() from error


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        quoted = name.replace('"', '""')  # the file may be anybody's
        counts[name] = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]  # noqa: S608 - quoted
    return counts


def _backup(source: Any, target: Path, progress: CopyProgress | None) -> dict[str, int]:
    def tell(_status: int, remaining: int, total: int) -> None:
        if progress:
            progress(total - remaining, total)

    with suppress(OSError):
        target.unlink()  # left by a program that died
    source.execute("BEGIN")
    try:
        rows = count_rows(source)  # from here on this connection sees one moment
        with _writing(target) as copy:
            source.backup(copy, pages=_PAGES_A_STEP, progress=tell)
            copy.execute("PRAGMA journal_mode = DELETE")
        return rows
    finally:
        source.execute("ROLLBACK")


@contextmanager
def _writing(target: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(target)) as copy:
            yield copy
    except sqlite3.OperationalError as error:
        raise _not_written(target, is_full="full" in str(error)) from error


def _require_same(copy: Path, rows: dict[str, int]) -> None:
    with read_copy(copy) as connection:
        if count_rows(connection) != rows:
            raise _damaged()


def _damaged() -> StoreError:
    return StoreError("A cópia de segurança está danificada.", hint="Escolha outra cópia.", code="copia_danificada")


def _rename(partial: Path, target: Path) -> None:
    try:
        if target.exists():
            raise FileExistsError(target)
        partial.rename(target)
    except OSError as error:
        raise _not_written(target, is_full=error.errno == errno.ENOSPC) from error


def _not_written(target: Path, *, is_full: bool) -> StoreError:
    return StoreError(
        f"Não foi possível gravar a cópia de segurança em {target.parent}.",
        hint="O disco está cheio: libere espaço." if is_full else "Confira se a pasta existe e aceita gravação.",
        code="disco_cheio" if is_full else "copia_nao_gravada",
    )
