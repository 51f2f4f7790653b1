"""Which copies can be restored, and that the data are the old ones or the new ones, never something between."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bancointegra.domain.errors import StoreError
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TituloFilter
from bancointegra.store import open_store
from bancointegra.store.restauracao import restore_store
from tests.builders import NOW, KnownInstances, ManualClock, conta_itau

OLD = Path(__file__).parent / "old" / "0.1.0.sqlite3"


def restore(data_file: Path, copy: Path) -> None:
    restore_store(data_file, copy, aside=data_file.with_name("antes.sqlite3"), now=NOW, shown_after=timedelta(hours=2))


@pytest.fixture
def present(data_file: Path) -> Path:
    store = open_store(data_file, instances=KnownInstances(), clock=ManualClock())
    store.contas.save(conta_itau(mnemonico="AGORA"))
    store.close()
    return data_file


def mnemonicos(path: Path) -> list[str]:
    store = open_store(path, instances=KnownInstances(), clock=ManualClock(), check_integrity=True)
    names = [conta.mnemonico for conta in store.contas.search("")]
    store.close()
    return names


def test_a_copy_of_an_earlier_version_is_brought_to_this_one(present: Path) -> None:
    restore(present, OLD)
    store = open_store(present, instances=KnownInstances(), clock=ManualClock())
    conta = store.contas.by_mnemonico("ITAU01")
    assert conta is not None
    assert store.titulos.count_by_situacao(TituloFilter(conta.id))[Situacao.LIQUIDADO] == 1
    # Its data are not those that were there, so nobody knows what it has forgotten.
    assert [aberta.conta_id for aberta in store.conferencias.abertas()] == [conta.id]
    store.close()
    assert mnemonicos(present.with_name("antes.sqlite3")) == ["AGORA"]


def test_a_copy_of_a_newer_version_is_refused(present: Path, tmp_path: Path) -> None:
    newer = tmp_path / "nova.sqlite3"
    shutil.copy(OLD, newer)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="versão mais nova"):
        restore(present, newer)
    assert mnemonicos(present) == ["AGORA"]


def test_present_data_of_a_newer_version_stay(present: Path) -> None:
    with closing(sqlite3.connect(present)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="dados atuais são de uma versão mais nova"):
        restore(present, OLD)


def test_no_room_to_keep_the_present_data_means_no_restore(present: Path) -> None:
    (present.parent / ".antes.sqlite3.parcial").mkdir()
    with pytest.raises(StoreError):
        restore(present, OLD)
    assert mnemonicos(present) == ["AGORA"]
    assert not list(present.parent.glob("*restaurando*"))


def test_what_a_crash_left_of_an_earlier_restore_does_no_harm(present: Path) -> None:
    """The process died when the new file was ready and had not taken its place."""
    (present.with_name(f".{present.name}.restaurando")).write_bytes(b"meio caminho")
    assert mnemonicos(present) == ["AGORA"]
    restore(present, OLD)
    assert mnemonicos(present) == ["ITAU01"]
