from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from bancointegra.domain.errors import StoreError
from bancointegra.system.atomic_file import write_atomically


def test_it_replaces_the_whole_content_and_leaves_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "nova pasta" / "arquivo.json"
    write_atomically(file, b"um conteudo mais longo")
    write_atomically(file, b"curto")
    assert file.read_bytes() == b"curto"
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permission bits")
def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    write_atomically(tmp_path / "segredo", b"x")
    assert stat.S_IMODE((tmp_path / "segredo").stat().st_mode) == 0o600


def test_a_target_that_cannot_be_replaced_is_a_sentence_and_leaves_no_litter(tmp_path: Path) -> None:
    folder = tmp_path / "ocupado"
    folder.mkdir()
    with pytest.raises(StoreError, match="ocupado"):
        write_atomically(folder, b"x")
    assert list(tmp_path.iterdir()) == [folder]


def test_a_full_disk_is_named_and_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "arquivo"
    file.write_bytes(b"antes")
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(StoreError, match="disco está cheio") as raised:
        write_atomically(file, b"depois")
    assert raised.value.code == "disco_cheio"
    assert file.read_bytes() == b"antes"
    assert list(tmp_path.iterdir()) == [file]
