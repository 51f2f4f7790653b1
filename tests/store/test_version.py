"""The quick look at a file's version agrees with what would upgrade it."""

from __future__ import annotations

from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import text

from bancointegra.store.engine import create_store_engine
from bancointegra.store.migration import MIGRATIONS, migrate
from bancointegra.store.version import is_current
from tests.builders import NOW


def test_the_newest_file_name_is_the_head(data_file: Path) -> None:
    engine = create_store_engine(data_file)
    assert not is_current(engine)
    migrate(engine, data_file, NOW)
    assert is_current(engine)
    for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")
    engine.dispose()


def test_an_older_and_a_newer_file_are_not_current(data_file: Path) -> None:
    engine = create_store_engine(data_file)
    migrate(engine, data_file, NOW)
    for revision in ("0001", "9999"):
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        assert not is_current(engine)
    engine.dispose()
