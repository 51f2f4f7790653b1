from __future__ import annotations

import base64
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bancointegra.domain.errors import CredentialError, InputError
from bancointegra.domain.ports import Vault
from bancointegra.system.encrypted_vault import SCRYPT_N, EncryptedFileVault

QUICK = 2**10
PASSWORD = "senha mestra com ç"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cofre.json"


def open_quick(file: Path, password: str = PASSWORD) -> EncryptedFileVault:
    return EncryptedFileVault(file, password, scrypt_n=QUICK)


def test_secrets_come_back_after_reopening(file: Path) -> None:
    vault: Vault = open_quick(file)
    vault.set("conta/client_secret", "s3gr3do ção")
    assert open_quick(file).get("conta/client_secret") == "s3gr3do ção"
    assert vault.get("outro") is None


def test_a_deleted_secret_is_gone_and_deleting_it_again_is_no_error(file: Path) -> None:
    vault = open_quick(file)
    vault.set("a", "1")
    vault.delete("a")
    vault.delete("a")
    assert open_quick(file).get("a") is None


def test_nothing_is_readable_in_the_file_nor_in_repr(file: Path) -> None:
    vault = open_quick(file)
    vault.set("nome-do-segredo", "valor-do-segredo")
    for text in (file.read_text(), repr(vault), str(vars(vault).keys())):
        assert "segredo" not in text
        assert PASSWORD not in text


def test_a_wrong_password_opens_nothing(file: Path) -> None:
    open_quick(file).set("a", "1")
    before = file.read_bytes()
    with pytest.raises(CredentialError, match="não confere") as raised:
        open_quick(file, "outra senha qualquer")
    assert raised.value.code == "credencial.senha_mestra"
    assert raised.value.title == "Cofre de senhas"
    assert file.read_bytes() == before


def test_the_password_is_the_same_however_its_accents_are_composed(file: Path) -> None:
    open_quick(file, "cação-da-maré").set("a", "1")
    assert open_quick(file, "cac\u0327a\u0303o-da-mare\u0301").get("a") == "1"


@pytest.mark.parametrize("field", ["salt", "nonce", "ciphertext"])
def test_one_changed_bit_is_noticed(file: Path, field: str) -> None:
    vault = open_quick(file)
    vault.set("a", "1")
    document = json.loads(file.read_text())
    content = bytearray(base64.b64decode(document[field]))
    content[0] ^= 1
    document[field] = base64.b64encode(bytes(content)).decode()
    file.write_text(json.dumps(document))
    with pytest.raises(CredentialError):
        open_quick(file)
    with pytest.raises(CredentialError):
        vault.get("a")


@pytest.mark.parametrize(
    "change",
    [{"scrypt_n": QUICK * 2}, {"scrypt_n": 2**30}, {"scrypt_n": 1000}, {"scrypt_n": "x"}, {"format": "2"}, {"salt": 1}],
)
def test_a_changed_header_is_noticed(file: Path, change: dict[str, object]) -> None:
    open_quick(file)
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    with pytest.raises(CredentialError):
        open_quick(file)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe"])
def test_a_file_of_something_else_is_refused_and_kept(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(CredentialError):
        open_quick(file)
    assert file.read_bytes() == content


def test_a_new_password_must_have_some_length(file: Path) -> None:
    with pytest.raises(InputError, match="8 caracteres"):
        open_quick(file, "1234567")
    assert not file.exists()


def test_a_secret_longer_than_the_smallest_vault_is_refused(file: Path) -> None:
    vault = open_quick(file)
    vault.set("a", "x" * 1279)
    with pytest.raises(InputError, match="longo demais"):
        vault.set("a", "x" * 1280)
    assert vault.get("a") == "x" * 1279


def test_two_programs_do_not_overwrite_each_other(file: Path) -> None:
    open_quick(file)
    script = (
        "import sys; from pathlib import Path; from bancointegra.system.encrypted_vault import EncryptedFileVault\n"
        "vault = EncryptedFileVault(Path(sys.argv[1]), sys.argv[2])\n"
        "for n in range(20): vault.set(f'{sys.argv[3]}{n}', 'x')\n"
    )
    commands = [[sys.executable, "-c", script, str(file), PASSWORD, prefix] for prefix in "ab"]
    with ThreadPoolExecutor() as pool:
        for done in pool.map(lambda command: subprocess.run(command, check=False, capture_output=True), commands):
            assert done.returncode == 0, done.stderr.decode()
    vault = open_quick(file)
    assert all(vault.get(f"{prefix}{n}") == "x" for prefix in "ab" for n in range(20))


def test_the_real_cost_is_written_into_a_new_file(file: Path) -> None:
    EncryptedFileVault(file, PASSWORD).set("a", "1")
    assert json.loads(file.read_text())["scrypt_n"] == SCRYPT_N >= 2**17
    assert open_quick(file).get("a") == "1"
