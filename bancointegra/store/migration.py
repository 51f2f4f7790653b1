"""Brings the data file to this version's tables, after copying it."""

from __future__ import annotations

import getpass
import platform
from datetime import datetime
from itertools import count
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from bancointegra import __version__
from bancointegra.domain.copia import PASTA_DE_COPIAS, MotivoCopia, NomeCopia, origem_da_copia
from bancointegra.domain.errors import StoreError
from bancointegra.store.engine import translated, write_transaction
from bancointegra.store.schema import Base
from bancointegra.store.sqlite_copy import copy_database

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(
    engine: Engine, path: Path, now: datetime, scripts_folder: Path = MIGRATIONS, *, keep_copy: bool = True
) -> None:
    """Upgrade the store in ``engine`` (the file at ``path``) if it is older; a copy is kept in *copias* beside it.

    Without ``keep_copy`` none is, because the file is a copy itself.

    All or nothing: an upgrade that fails leaves the file as it was. Raises ``StoreError`` when the file is of a
    newer program, locked, damaged or the disk is full.
    """
    scripts = ScriptDirectory(str(scripts_folder))
    head = scripts.get_current_head()
    with translated(), engine.connect() as connection:
        if _revision(connection, scripts) == head:
            return
    with write_transaction(engine) as connection:
        # Another program may have upgraded the file while this one waited for its turn.
        present = _revision(connection, scripts)
        if present == head:
            return
        if present is not None and keep_copy:
            # Read by a second connection, which sees the file as it was before this transaction.
            copy_database(engine, _copy_path(path, now))
        command.upgrade(alembic_config(connection, scripts_folder), "head")


def alembic_config(connection: Connection, scripts_folder: Path = MIGRATIONS) -> Config:
    """Alembic's settings for our scripts on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(scripts_folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = Base.metadata
    return config


def _revision(connection: Connection, scripts: ScriptDirectory) -> str | None:
    """The revision of the file, None for a new one. Raises ``StoreError`` when no script of ours made it."""
    present = MigrationContext.configure(connection).get_current_revision()
    if present is not None and present not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError(
            "Os dados foram gravados por uma versão mais nova do BancoIntegra.",
            hint="Instale a versão mais nova neste computador; nada foi alterado.",
            code="dados_mais_novos",
        )
    return present


def _copy_path(path: Path, now: datetime) -> Path:
    """A free name among the copies beside ``path``: an earlier copy is never replaced."""
    folder = path.with_name(PASTA_DE_COPIAS)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"Não foi possível criar a pasta {folder} para a cópia de segurança.",
            hint="Confira o espaço em disco e a permissão. Os dados não foram mudados.",
            code="pasta",
        ) from error
    origem = origem_da_copia(getpass.getuser(), platform.node())
    nome = NomeCopia(now, MotivoCopia.ANTES_DE_ATUALIZAR, __version__, origem)
    return next(free for number in count(1) if not (free := folder / nome.arquivo(number)).exists())
