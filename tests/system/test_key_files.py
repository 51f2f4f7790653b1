"""Pairs on disk: encrypted, each under a name of its own; copies never over another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bancointegra.domain.errors import CredentialError, InputError, StoreError
from bancointegra.system.key_files import KeyFiles
from bancointegra.system.new_files import write_new_files
from tests.pairs import CLIENT_ID, SENHA, make_pair, rsa_key


@pytest.fixture
def key_files(tmp_path: Path) -> KeyFiles:
    return KeyFiles(tmp_path / "certificados")


def test_a_second_pair_leaves_the_first_in_use(key_files: KeyFiles) -> None:
    first, second = make_pair(), make_pair(key=rsa_key("next"))
    old = key_files.store(CLIENT_ID, first.crt, first.key_file(SENHA), SENHA)
    new = key_files.store(CLIENT_ID, second.crt, second.key_file(), passphrase=old.passphrase)
    assert new.passphrase == old.passphrase
    for stored, pair in ((old, first), (new, second)):
        par = key_files.load(stored.certificate_path, stored.key_path, stored.passphrase)
        assert par.key_pem == pair.key_file()
        assert b"ENCRYPTED" in Path(stored.key_path).read_bytes()
        assert old.passphrase not in repr(stored)
    key_files.discard(new)
    key_files.discard(new)
    assert Path(old.key_path).exists()
    assert not Path(new.key_path).exists()


def test_what_cannot_be_stored(key_files: KeyFiles, tmp_path: Path) -> None:
    pair, weak = make_pair(), make_pair(key=rsa_key("weak", 1024))
    for certificate, key, password, client_id, code in (
        (b"nada", pair.key_file(), "", CLIENT_ID, "credencial.certificado"),
        (pair.crt, b"nada", "", CLIENT_ID, "credencial.chave"),
        (pair.crt, pair.key_file(SENHA), "errada", CLIENT_ID, "credencial.chave"),
        (weak.crt, weak.key_file(), "", CLIENT_ID, "credencial.chave_fraca"),
        (pair.crt, make_pair(key=rsa_key("next")).key_file(), "", CLIENT_ID, "credencial.par"),
        (pair.crt, pair.key_file(), "", "outro", "credencial.cn"),
    ):
        with pytest.raises(CredentialError) as refused:
            key_files.store(client_id, certificate, key, password)
        assert refused.value.code == code
    assert not (tmp_path / "certificados").exists()


def test_a_pair_that_is_gone_or_closed(key_files: KeyFiles) -> None:
    stored = key_files.store(CLIENT_ID, make_pair().crt, make_pair().key_file())
    with pytest.raises(CredentialError, match="abertos"):
        key_files.load(stored.certificate_path, stored.key_path, "outra")
    with pytest.raises(CredentialError, match="não está mais no lugar"):
        key_files.load(stored.certificate_path, stored.key_path + "x", stored.passphrase)


def test_copies_take_a_free_name_together(key_files: KeyFiles, tmp_path: Path) -> None:
    folder = tmp_path / "cópias" / "do itaú"
    names = [
        [path.name for path in key_files.write_copies(folder, CLIENT_ID, {"key": b"k", "crt": b"c"})] for _ in range(2)
    ]
    (folder / f"{CLIENT_ID} (3).crt").write_bytes(b"de outro")
    third = key_files.write_copies(folder, CLIENT_ID, {"key": b"k3", "crt": b"c3"})
    assert names == [[f"{CLIENT_ID}.key", f"{CLIENT_ID}.crt"], [f"{CLIENT_ID} (2).key", f"{CLIENT_ID} (2).crt"]]
    assert [path.name for path in third] == [f"{CLIENT_ID} (4).key", f"{CLIENT_ID} (4).crt"]
    assert (folder / f"{CLIENT_ID} (3).crt").read_bytes() == b"de outro"
    assert not (folder / f"{CLIENT_ID} (3).key").exists()
    assert {path.stat().st_mode & 0o777 for path in third} == {0o600}
    with pytest.raises(InputError):
        key_files.write_copies(folder, "../fora", {"key": b"k"})


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "arquivo").write_text("não sou pasta")
    for folder in (tmp_path / "arquivo", tmp_path / "arquivo" / "dentro"):
        with pytest.raises(StoreError):
            write_new_files(folder, "a", {"key": b"k"})
