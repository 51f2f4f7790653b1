"""Opening a data file: new, current, older, newer."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from bancointegra.domain.errors import StoreError
from bancointegra.store import open_store
from bancointegra.store.engine import create_store_engine
from bancointegra.store.migration import migrate
from bancointegra.store.schema import Base
from tests.builders import NOW, KnownInstances, ManualClock, conta_itau
from tests.store.imaginary_release import add_revision


def _columns(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(titulo)")}


def copies_beside(path: Path) -> list[Path]:
    return sorted((path.parent / "copias").iterdir(), key=lambda file: file.stat().st_mtime_ns)


def _upgrade(path: Path, scripts: Path) -> None:
    engine = create_store_engine(path)
    try:
        migrate(engine, path, NOW, scripts)
    finally:
        engine.dispose()


def _a_file_of_today(path: Path) -> None:
    store = open_store(path, instances=KnownInstances(), clock=ManualClock())
    store.contas.save(conta_itau())
    store.close()


def test_the_migrations_build_exactly_the_models(data_file: Path) -> None:
    engine: Engine = create_store_engine(data_file)
    migrate(engine, data_file, NOW)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_new_file_is_made_with_its_folder_and_no_copy_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "Usuário #1" / "dados do escritório?.sqlite3"
    open_store(path, instances=KnownInstances(), clock=ManualClock()).close()
    assert list(path.parent.iterdir()) == [path]


def test_a_current_file_is_opened_again_without_a_copy(data_file: Path) -> None:
    _a_file_of_today(data_file)
    store = open_store(data_file, instances=KnownInstances(), clock=ManualClock(), check_integrity=True)
    assert [conta.mnemonico for conta in store.contas.search("")] == ["ITAU01"]
    store.close()
    assert [file.name for file in data_file.parent.iterdir()] == [data_file.name]


def test_an_older_file_is_copied_before_it_is_upgraded(data_file: Path, next_release: Path) -> None:
    _a_file_of_today(data_file)
    _upgrade(data_file, next_release)
    [copy] = copies_beside(data_file)
    assert copy.name.startswith("BancoIntegra 2026-11-23 103000 antes de atualizar v")
    assert "novidade" in _columns(data_file)
    assert "novidade" not in _columns(copy)
    kept = open_store(copy, instances=KnownInstances(), clock=ManualClock(), check_integrity=True)
    assert [conta.mnemonico for conta in kept.contas.search("")] == ["ITAU01"]
    kept.close()


def test_an_upgrade_that_fails_half_way_leaves_the_file_as_it_was(data_file: Path, next_release: Path) -> None:
    _a_file_of_today(data_file)
    add_revision(next_release, "99999", column="outra", then="raise RuntimeError('defeito')")
    with pytest.raises(RuntimeError, match="defeito"):
        _upgrade(data_file, next_release)
    assert not {"novidade", "outra"} & _columns(data_file)
    open_store(data_file, instances=KnownInstances(), clock=ManualClock()).close()


def test_two_programs_that_upgrade_at_once_upgrade_it_once(data_file: Path, next_release: Path) -> None:
    _a_file_of_today(data_file)
    start = threading.Barrier(2)

    def program() -> None:
        start.wait()
        _upgrade(data_file, next_release)

    with ThreadPoolExecutor(2) as pool:
        for ended in [pool.submit(program) for _ in range(2)]:
            ended.result()
    assert "novidade" in _columns(data_file)
    assert len(copies_beside(data_file)) == 1


def test_a_file_of_a_newer_program_is_refused_and_left_as_it_is(data_file: Path, next_release: Path) -> None:
    _upgrade(data_file, next_release)
    before = data_file.read_bytes()
    with pytest.raises(StoreError, match="versão mais nova") as refused:
        open_store(data_file, instances=KnownInstances(), clock=ManualClock(), check_integrity=True)
    assert refused.value.code == "dados_mais_novos"
    assert "Instale a versão mais nova" in refused.value.hint
    assert data_file.read_bytes() == before
    assert [file.name for file in data_file.parent.iterdir() if file.is_file()] == [data_file.name]


def test_an_earlier_copy_is_never_replaced(data_file: Path, next_release: Path) -> None:
    _a_file_of_today(data_file)
    again = next_release.with_name("again")
    shutil.copytree(next_release, again)
    add_revision(again, "99999", column="outra")
    _upgrade(data_file, next_release)
    [earlier] = copies_beside(data_file)
    before = earlier.read_bytes()
    _upgrade(data_file, again)
    assert earlier.read_bytes() == before
    [_, copy] = copies_beside(data_file)
    assert "(2)" in copy.name
    assert {"novidade", "outra"} & _columns(copy) == {"novidade"}
