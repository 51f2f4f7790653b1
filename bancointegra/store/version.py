"""Whether the data file is of this program's tables, told without loading what upgrades it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from bancointegra.store.engine import translated

_SCRIPTS = Path(__file__).parent / "migrations" / "versions"
_RECORD = "alembic_version"


def is_current(engine: Engine) -> bool:
    """Whether the newest of our migrations was the last one applied. Raises ``StoreError``.

    Migrations are numbered by the first word of their file's name, which is also their revision.
    """
    newest = max(script.name.partition("_")[0] for script in _SCRIPTS.glob("[0-9]*.py"))
    with translated(), engine.connect() as connection:
        if not inspect(connection).has_table(_RECORD):
            return False
        return list(connection.execute(text(f"SELECT version_num FROM {_RECORD}")).scalars()) == [newest]  # noqa: S608
