"""Data files that cannot be used: each gives a sentence, and nothing is half written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, text

from bancointegra.domain.conta import TipoCobranca
from bancointegra.domain.errors import StoreError
from bancointegra.domain.situacao import Situacao
from bancointegra.store import Store, open_store
from bancointegra.store.engine import Sessions, create_store_engine
from bancointegra.store.migration import migrate
from tests.builders import ENTRY, NOW, KnownInstances, ManualClock, conta_itau, novo_titulo, plan, registrado_de

OPEN_AND_SAVE = """
import sys
from pathlib import Path
from bancointegra.domain.errors import StoreError
from bancointegra.store import open_store
from tests.builders import KnownInstances, ManualClock, conta_itau

try:
    store = open_store(Path(sys.argv[1]), instances=KnownInstances(), clock=ManualClock())
    store.contas.save(conta_itau())
    print("gravou")
except StoreError as error:
    print(error.code, error.message, error.hint, sep="|")
"""


def _open(path: Path, *, check_integrity: bool = False) -> Store:
    return open_store(
        path, instances=KnownInstances(), clock=ManualClock(), check_integrity=check_integrity, busy_timeout=0.1
    )


def _refusal(path: Path, *, check_integrity: bool = False) -> StoreError:
    with pytest.raises(StoreError) as refused:
        _open(path, check_integrity=check_integrity).close()
    assert refused.value.message.endswith(".")
    assert refused.value.hint
    return refused.value


def _without_privileges(path: Path) -> list[str]:
    """What a program that must obey the permissions says of ``path``; root obeys none by itself."""
    command = [sys.executable, "-c", OPEN_AND_SAVE, str(path)]
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root obeys no permission, and setpriv is missing")
        command = [setpriv, "--bounding-set=-dac_override,-dac_read_search", *command]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout.strip().split("|")


@contextmanager
def _mode(path: Path, mode: int) -> Iterator[None]:
    before = path.stat().st_mode
    path.chmod(mode)
    yield
    path.chmod(before)


@pytest.fixture
def filled_file(data_file: Path) -> Path:
    """A closed data file with enough títulos to span many pages."""
    store = _open(data_file)
    conta = store.contas.save(conta_itau())
    tipo = store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO", conta.id))
    store.titulos.add_many(conta.id, tipo.id, [novo_titulo(n) for n in range(500)], ENTRY)
    store.close()
    return data_file


@pytest.mark.parametrize("check_integrity", [False, True])
def test_a_text_file_is_refused_and_kept(data_file: Path, check_integrity: bool) -> None:
    letter = "Prezados,\n" * 200
    data_file.write_text(letter, encoding="utf-8")
    assert _refusal(data_file, check_integrity=check_integrity).code == "dados_danificados"
    assert data_file.read_text(encoding="utf-8") == letter


def test_a_file_with_overwritten_pages_is_found_damaged(filled_file: Path) -> None:
    with filled_file.open("r+b") as file:
        file.seek(4096 * 8)
        file.write(b"\xff" * 4096 * 8)
    refusal = _refusal(filled_file, check_integrity=True)
    assert refusal.code == "dados_danificados"
    assert "cópia de segurança" in refusal.hint


def test_a_file_cut_short_is_found_damaged(filled_file: Path) -> None:
    with filled_file.open("r+b") as file:
        file.truncate(filled_file.stat().st_size // 2)
    assert _refusal(filled_file, check_integrity=True).code == "dados_danificados"


def test_a_folder_in_the_place_of_the_file(data_file: Path) -> None:
    data_file.mkdir()
    assert _refusal(data_file).code == "dados_inacessiveis"


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "dados").write_text("", encoding="utf-8")
    assert _refusal(tmp_path / "dados" / "dados.sqlite3").code == "dados_inacessiveis"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are told otherwise there")
class TestPermissions:
    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        folder = tmp_path / "somente leitura"
        folder.mkdir()
        with _mode(folder, 0o555):
            assert _without_privileges(folder / "dados.sqlite3")[0] == "dados_inacessiveis"

    def test_a_parent_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        with _mode(tmp_path, 0o555):
            code, message, _ = _without_privileges(tmp_path / "nova" / "dados.sqlite3")
        assert (code, message) == ("dados_inacessiveis", "A pasta de dados não pôde ser criada.")

    def test_a_file_that_cannot_be_written(self, filled_file: Path) -> None:
        before = filled_file.read_bytes()
        with _mode(filled_file, 0o444):
            assert _without_privileges(filled_file)[0] == "dados_somente_leitura"
        assert filled_file.read_bytes() == before

    def test_a_file_in_a_folder_that_cannot_be_written(self, filled_file: Path) -> None:
        with _mode(filled_file.parent, 0o555):
            assert _without_privileges(filled_file)[0] in ("dados_inacessiveis", "dados_somente_leitura")


class TestLocked:
    @pytest.fixture
    def lock(self, filled_file: Path) -> Iterator[Callable[[], None]]:
        with closing(sqlite3.connect(filled_file, isolation_level=None)) as other:
            yield lambda: other.execute("BEGIN EXCLUSIVE") and None

    def test_writing_waits_and_then_says_who_is_in_the_way(self, filled_file: Path, lock: Callable[[], None]) -> None:
        store = _open(filled_file)
        lock()
        with pytest.raises(StoreError, match="em uso por outro programa") as refused:
            store.contas.save(conta_itau(mnemonico="OUTRA"))
        assert refused.value.code == "dados_ocupados"
        store.close()

    def test_reading_goes_on_while_another_writes(self, filled_file: Path, lock: Callable[[], None]) -> None:
        lock()
        store = _open(filled_file)
        assert len(store.contas.search("")) == 1
        store.close()

    def test_the_order_that_could_not_be_written_leaves_no_trace(
        self, filled_file: Path, lock: Callable[[], None]
    ) -> None:
        store = _open(filled_file)
        lock()
        with pytest.raises(StoreError):
            store.journal.prepare_registro(1, plan, "a")
        assert store.contas.search("")[0].ultimo_nosso_numero == 0
        store.close()

    def test_a_new_file_taken_by_another_program(self, data_file: Path) -> None:
        with closing(sqlite3.connect(data_file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert _refusal(data_file).code == "dados_ocupados"


class TestFull:
    """The file may not grow any more, which SQLite reports like a full disk."""

    @pytest.fixture
    def store(self, filled_file: Path) -> Iterator[Store]:
        engine = create_store_engine(filled_file)

        @event.listens_for(engine, "connect")
        def _no_growth(connection: sqlite3.Connection, _record: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

        opened = Store(engine, instances=KnownInstances(), clock=ManualClock())
        yield opened
        opened.close()

    def test_an_import_is_stored_whole_or_not_at_all(self, store: Store) -> None:
        new = [novo_titulo(n) for n in range(1000, 3000)]
        with pytest.raises(StoreError, match="espaço no disco") as refused:
            store.titulos.add_many(1, 1, new, ENTRY)
        assert refused.value.code == "disco_cheio"
        assert not store.titulos.existing(1, [(novo.numero, novo.parcela) for novo in new])

    def test_an_outcome_that_finds_no_room_leaves_the_order_in_doubt(self, store: Store) -> None:
        orders = []
        with pytest.raises(StoreError):
            for titulo_id in range(1, 400):
                order = store.journal.prepare_registro(titulo_id, plan, f"claim {titulo_id}")
                orders.append(store.journal.mark_enviada(order.id, order.claim))
                store.journal.confirm_registro(order.id, registrado_de(order.pedido), ENTRY)
        for order in orders:
            titulo = store.titulos.get(order.titulo_id)
            state = store.journal.get(order.id).state
            assert state.in_doubt == titulo.a_confirmar
            assert (titulo.situacao is Situacao.REGISTRADO) == (titulo.boleto is not None) == (not state.in_doubt)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may mount")
class TestFullDisk:
    """A disk of two megabytes, really full."""

    @pytest.fixture
    def disk(self, tmp_path: Path) -> Iterator[Path]:
        mount = tmp_path / "disco"
        mount.mkdir()
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(mount)], capture_output=True)
        if made.returncode:
            pytest.skip("mounting is not allowed here")
        yield mount
        subprocess.run(["umount", "-l", str(mount)], check=True)

    def _fill(self, disk: Path, *, leaving: int = 0) -> None:
        with (disk / "fotos").open("wb", buffering=0) as file:
            with pytest.raises(OSError, match="No space"):
                while True:
                    file.write(b"\0" * 4096)
            file.truncate(file.tell() - leaving)

    def test_a_new_file_finds_no_room(self, disk: Path) -> None:
        self._fill(disk)
        assert _refusal(disk / "dados.sqlite3").code in ("disco_cheio", "disco_falhou", "dados_inacessiveis")

    def test_what_was_stored_is_still_there(self, disk: Path) -> None:
        path = disk / "dados.sqlite3"
        store = _open(path)
        store.contas.save(conta_itau())
        self._fill(disk)
        with pytest.raises(StoreError) as refused:
            for number in range(1000):
                store.contas.save(conta_itau(mnemonico=f"CONTA {number}"))
        assert refused.value.code in ("disco_cheio", "disco_falhou")
        (disk / "fotos").unlink()
        assert store.contas.by_mnemonico("ITAU01") is not None
        store.contas.save(conta_itau(mnemonico="DEPOIS"))
        store.close()
        _open(path, check_integrity=True).close()

    def test_no_room_for_the_copy_means_no_upgrade(self, disk: Path, next_release: Path) -> None:
        path = disk / "dados.sqlite3"
        _open(path).close()
        self._fill(disk, leaving=path.stat().st_size // 2)
        engine = create_store_engine(path)
        with pytest.raises(StoreError) as refused:
            migrate(engine, path, NOW, next_release)
        engine.dispose()
        assert refused.value.code == "disco_cheio"
        assert not list((disk / "copias").iterdir())
        (disk / "fotos").unlink()
        _open(path, check_integrity=True).close()


def test_a_defect_in_our_sql_is_not_dressed_up_as_a_disk_problem(data_file: Path) -> None:
    _open(data_file).close()
    engine = create_store_engine(data_file)
    with pytest.raises(Exception, match="no such column") as raised, Sessions(engine).reading() as session:
        session.execute(text("SELECT inexistente FROM titulo"))
    assert not isinstance(raised.value, StoreError)
    engine.dispose()
