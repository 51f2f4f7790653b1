"""The system's vault for secrets, and the choice between it and the encrypted file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from keyring.backend import KeyringBackend, get_all_keyring

from bancointegra.domain.errors import CredentialError
from bancointegra.system.encrypted_vault import TITLE, EncryptedFileVault
from bancointegra.system.secret_size import check_secret_size

PASSWORD_VARIABLE = "BANCOINTEGRA_SENHA_MESTRA"  # noqa: S105 - the variable's name, not its value

# Only what the operating system itself protects: a list of the known, so that a plain-text or null backend that
# somebody installed is never used by accident.
SYSTEM_VAULTS = {
    "keyring.backends.Windows": "Gerenciador de Credenciais do Windows",
    "keyring.backends.macOS": "Chaves do macOS",
    "keyring.backends.SecretService": "chaveiro do sistema (Secret Service)",
    "keyring.backends.libsecret": "chaveiro do sistema (libsecret)",
    "keyring.backends.kwallet": "carteira do KDE (KWallet)",
}


class KeyringVault:
    """``domain.ports.Vault`` over one backend of the operating system.

    ``data`` is the data folder: two folders on one machine (the demo's, the office's) do not see each other's secrets.
    Every failure of the backend is a ``CredentialError``.
    """

    def __init__(self, backend: KeyringBackend, data: Path) -> None:
        self._backend = backend
        self._folder = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
        self.description = SYSTEM_VAULTS.get(type(backend).__module__, type(backend).__name__)

    def __repr__(self) -> str:
        return f"KeyringVault({self.description!r})"

    def get(self, name: str) -> str | None:
        with self._translated("ler do"):
            return self._backend.get_password(self._service(name), name)

    def set(self, name: str, secret: str) -> None:
        check_secret_size(secret)
        with self._translated("gravar no"):
            self._backend.set_password(self._service(name), name, secret)

    def delete(self, name: str) -> None:
        with self._translated("apagar do"):
            if self._backend.get_password(self._service(name), name) is not None:
                self._backend.delete_password(self._service(name), name)

    def _service(self, name: str) -> str:
        """One service a secret: under a shared one, keyring on Windows moves entries about to make room."""
        return f"BancoIntegra/{self._folder}/{name}"

    @contextmanager
    def _translated(self, doing: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # each backend lets its own library's errors through
            raise CredentialError(
                f"Não foi possível {doing} {self.description}.",
                hint="Desbloqueie o cofre do sistema (entre de novo na sessão, se preciso) e tente outra vez.",
                code="credencial.cofre",
                title=TITLE,
            ) from error


def vault_file(data: Path) -> Path:
    """Where the encrypted vault of a data folder is; it exists once a master password was chosen."""
    return data / "cofre.json"


def open_vault(
    data: Path,
    ask_password: Callable[[], str] | None,
    environ: Mapping[str, str],
    *,
    backends: Callable[[], Iterable[KeyringBackend]] = get_all_keyring,
) -> KeyringVault | EncryptedFileVault:
    """The vault of a data folder.

    Where an encrypted file already exists, or BANCOINTEGRA_SENHA_MESTRA is set, it is the file: secrets do not move
    because the program was once started without a desktop. Otherwise the system's vault, and a new encrypted file only
    where the system has none. ``ask_password`` asks the clerk for the master password (twice, while ``vault_file`` does
    not exist); "" means it was not given. Raises ``CredentialError`` when no vault can be opened.
    """
    file = vault_file(data)
    given = environ.get(PASSWORD_VARIABLE, "")
    if not given and not file.exists():
        backend = _system_backend(backends())
        if backend is not None:
            return KeyringVault(backend, data)
    password = given or (ask_password() if ask_password is not None else "")
    if not password:
        raise CredentialError(
            "Este computador não oferece um cofre de senhas, e a senha mestra não foi informada.",
            hint=f"Informe a senha mestra; em scripts, na variável {PASSWORD_VARIABLE}.",
            code="credencial.sem_cofre",
            title=TITLE,
        )
    return EncryptedFileVault(file, password)


def _system_backend(backends: Iterable[KeyringBackend]) -> KeyringBackend | None:
    trusted = [backend for backend in backends if type(backend).__module__ in SYSTEM_VAULTS]
    return max(trusted, key=lambda backend: backend.priority, default=None)
