"""Which version of our tables a data file has, told without loading what upgrades it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from bancointegra.store.engine import translated

_SCRIPTS = Path(__file__).parent / "migrations" / "versions"
_RECORD = "alembic_version"


def known_revisions() -> tuple[str, ...]:
    """All our migrations, oldest first: the first word of a script's name is also its revision."""
    return tuple(sorted(script.name.partition("_")[0] for script in _SCRIPTS.glob("[0-9]*.py")))


def newest_revision() -> str:
    """The migration that brings a file to this program's tables."""
    return known_revisions()[-1]


def is_current(engine: Engine) -> bool:
    """Whether the newest of our migrations was the last one applied. Raises ``StoreError``."""
    with translated(), engine.connect() as connection:
        if not inspect(connection).has_table(_RECORD):
            return False
        query = text(f"SELECT version_num FROM {_RECORD}")  # noqa: S608 - a constant
        return list(connection.execute(query).scalars()) == [newest_revision()]
