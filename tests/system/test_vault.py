from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from bancointegra.domain.errors import CredentialError, InputError
from bancointegra.system.encrypted_vault import EncryptedFileVault
from bancointegra.system.vault import PASSWORD_VARIABLE, KeyringVault, open_vault, vault_file

PASSWORD = {PASSWORD_VARIABLE: "senha mestra"}


class MemoryKeyring(KeyringBackend):
    """A third-party backend, as somebody might install one: works, but is not the operating system's."""

    priority = 99.0

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class LockedKeyring(MemoryKeyring):
    """A locked one, whose library speaks of things that must not be shown."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("org.freedesktop.Secret.Error.IsLocked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError(f"cannot write {password}")


def system_backend(kind: type[MemoryKeyring] = MemoryKeyring) -> MemoryKeyring:
    """A backend that says it comes from Windows' module, for machines that have no system vault."""
    return type("WinVaultKeyring", (kind,), {"__module__": "keyring.backends.Windows"})()


def never_asked() -> str:
    raise AssertionError("nobody should have been asked")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "dados"


def test_the_system_vault_keeps_secrets_by_name(data: Path) -> None:
    vault = KeyringVault(MemoryKeyring(), data)
    vault.set("itau/client_secret", "valor")
    vault.set("itau/key_passphrase", "outra")
    assert vault.get("itau/client_secret") == "valor"
    vault.delete("itau/client_secret")
    vault.delete("itau/client_secret")
    assert vault.get("itau/client_secret") is None
    assert vault.get("itau/key_passphrase") == "outra"


def test_two_data_folders_do_not_see_each_other(tmp_path: Path) -> None:
    backend = MemoryKeyring()
    KeyringVault(backend, tmp_path / "demo").set("a", "da demo")
    assert KeyringVault(backend, tmp_path / "escritorio").get("a") is None
    assert KeyringVault(backend, tmp_path / "demo").get("a") == "da demo"


def test_every_secret_has_a_service_of_its_own(data: Path) -> None:
    backend = MemoryKeyring()
    vault = KeyringVault(backend, data)
    vault.set("a", "1")
    vault.set("b", "2")
    assert len({service for service, _ in backend.entries}) == 2


@pytest.mark.parametrize(
    "act",
    [lambda v: v.get("a"), lambda v: v.set("a", "valor-secreto"), lambda v: v.delete("a")],
    ids=["get", "set", "delete"],
)
def test_what_the_backend_raises_becomes_a_sentence_without_the_secret(
    data: Path, act: Callable[[KeyringVault], object]
) -> None:
    with pytest.raises(CredentialError, match="Gerenciador de Credenciais do Windows") as raised:
        act(KeyringVault(system_backend(LockedKeyring), data))
    assert raised.value.title == "Cofre de senhas"
    assert "valor-secreto" not in f"{raised.value} {raised.value.hint}"
    assert "freedesktop" not in str(raised.value)


def test_a_secret_too_long_for_windows_is_refused_everywhere(data: Path) -> None:
    vault = KeyringVault(MemoryKeyring(), data)
    with pytest.raises(InputError, match=r"1\.280"):
        vault.set("a", "x" * 1300)
    assert vault.get("a") is None


def test_the_system_vault_is_used_where_there_is_one(data: Path) -> None:
    backend = system_backend()
    vault = open_vault(data, never_asked, {}, backends=lambda: [MemoryKeyring(), backend])
    assert isinstance(vault, KeyringVault)
    assert vault.description == "Gerenciador de Credenciais do Windows"
    vault.set("a", "1")
    assert list(backend.entries.values()) == ["1"]
    assert not vault_file(data).exists()


@pytest.mark.parametrize(
    "backends", [[], [fail.Keyring()], [null.Keyring()], [MemoryKeyring()]], ids=["none", "fail", "null", "foreign"]
)
def test_a_backend_that_protects_nothing_is_never_used(data: Path, backends: list[KeyringBackend]) -> None:
    with pytest.raises(CredentialError, match="não oferece um cofre") as raised:
        open_vault(data, None, {}, backends=lambda: backends)
    assert PASSWORD_VARIABLE in raised.value.hint
    vault = open_vault(data, None, PASSWORD, backends=lambda: backends)
    assert isinstance(vault, EncryptedFileVault)


def test_the_clerk_is_asked_and_may_decline(data: Path) -> None:
    with pytest.raises(CredentialError, match="não foi informada"):
        open_vault(data, lambda: "", {}, backends=list)
    assert not vault_file(data).exists()
    open_vault(data, lambda: "senha mestra", {}, backends=list).set("a", "1")
    assert open_vault(data, None, PASSWORD, backends=list).get("a") == "1"


def test_an_existing_file_stays_the_vault_when_a_desktop_appears(data: Path) -> None:
    open_vault(data, None, PASSWORD, backends=list).set("a", "1")
    vault = open_vault(data, lambda: "senha mestra", {}, backends=lambda: [system_backend()])
    assert vault.get("a") == "1"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a desktop's vault")
def test_a_real_machine_without_a_desktop_has_no_system_vault(data: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from bancointegra.system.vault import open_vault\n"
        "from bancointegra.domain.errors import CredentialError\n"
        "try: open_vault(Path(sys.argv[1]), None, {})\n"
        "except CredentialError as error: print(error.code)\n"
    )
    headless = {"PATH": os.environ["PATH"], "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent", "PYTHONPATH": "."}
    answer = subprocess.run(
        [sys.executable, "-c", script, str(data)], env=headless, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "credencial.sem_cofre", answer.stderr
