"""Brings the data file to this version's tables, after copying it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from bancointegra.domain.errors import StoreError
from bancointegra.store.engine import copy_database, translated
from bancointegra.store.schema import Base

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, path: Path, now: datetime) -> None:
    """Upgrade the store in ``engine`` (the file at ``path``) if it is older; a copy is kept beside it.

    Raises ``StoreError`` when the file is of a newer program, locked, damaged or the disk is full.
    """
    scripts = ScriptDirectory(str(_SCRIPTS))
    with translated(), engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == scripts.get_current_head():
        return
    known = {script.revision for script in scripts.walk_revisions()}
    if present is not None and present not in known:
        raise StoreError(
            "Os dados foram gravados por uma versão mais nova do BancoIntegra.",
            hint="Instale a versão mais nova neste computador; nada foi alterado.",
            code="dados_mais_novos",
        )
    if present is not None:
        copy_database(engine, path.with_name(f"{path.stem} antes da atualização {now:%Y-%m-%d %H%M%S}{path.suffix}"))
    with translated(), engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: object) -> Config:
    """Alembic's settings for our scripts on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = Base.metadata
    return config
