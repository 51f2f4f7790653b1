"""Which running programs share a data folder (``domain.ports.Instances``).

Each run holds an operating-system lock on a file of its own, ``instances/<uuid>.lock``. The system lets the lock go
when the program ends, however it ends, so "the lock is free" means "that run is over", and no clock or process
number is believed. ``registry.lock`` is held for the moments in which a file is created, probed or removed:
without it a newborn file could be probed, and taken for dead, before its owner has locked it.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from bancointegra.domain.errors import RuleError, StoreError

_REGISTRY_WAIT_SECONDS = 10.0


class RunningInstances:
    """This run, entered in ``folder`` until ``close``; and whether other runs go on. Any thread may ask.

    Raises ``StoreError`` when the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current = uuid.uuid4().hex
        self._lock = FileLock(self._file(self._current), thread_local=False, fallback_to_soft=False)
        with _folder_errors(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._registry():
                self._lock.acquire(blocking=False)
                self._remove_dead()

    @property
    def current(self) -> str:
        return self._current

    def is_alive(self, instance: str) -> bool:
        if instance == self._current:
            return self._lock.is_locked
        if not _is_identity(instance):
            return False
        with _folder_errors(self._folder), self._registry():
            return not _removed_if_dead(self._file(instance))

    def others_alive(self) -> bool:
        """Whether any other run goes on."""
        with _folder_errors(self._folder), self._registry():
            self._remove_dead()
            return any(_is_identity(file.stem) and file.stem != self._current for file in self._folder.glob("*.lock"))

    def close(self) -> None:
        """This run is over for the others too. Calling it again does nothing."""
        if not self._lock.is_locked:
            return
        with _folder_errors(self._folder), self._registry():
            self._lock.release()
            _removed_if_dead(self._file(self._current))

    def __enter__(self) -> RunningInstances:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _file(self, instance: str) -> Path:
        return self._folder / f"{instance}.lock"

    def _registry(self) -> contextlib.AbstractContextManager[object]:
        return FileLock(self._folder / "registry.lock", timeout=_REGISTRY_WAIT_SECONDS, fallback_to_soft=False)

    def _remove_dead(self) -> None:
        for file in self._folder.glob("*.lock"):
            if _is_identity(file.stem) and file.stem != self._current:
                _removed_if_dead(file)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While the block runs no program is at work on the data of ``folder``, and none can start.

    Raises ``RuleError`` when one is, ``StoreError`` when the folder cannot be used.
    """
    with _folder_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        registry = FileLock(folder / "registry.lock", timeout=_REGISTRY_WAIT_SECONDS, fallback_to_soft=False)
        registry.acquire()
    try:
        with _folder_errors(folder):
            busy = any(_is_identity(file.stem) and not _removed_if_dead(file) for file in folder.glob("*.lock"))
        if busy:
            raise RuleError(
                "Outro BancoIntegra está trabalhando com estes dados.",
                hint="Feche as outras janelas e espere terminarem os comandos, e tente de novo.",
                code="outro_em_andamento",
            )
        yield
    finally:
        registry.release()


def _removed_if_dead(file: Path) -> bool:
    """Whether no program holds ``file``; it is then gone. The registry must be held."""
    if not file.exists():
        return True
    probe = FileLock(file, fallback_to_soft=False)
    try:
        probe.acquire(blocking=False)
    except Timeout:
        return False
    probe.release()
    file.unlink(missing_ok=True)
    return True


def _is_identity(text: str) -> bool:
    return len(text) == 32 and all(letter in "0123456789abcdef" for letter in text)


@contextlib.contextmanager
def _folder_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, Timeout) as error:
        raise StoreError(
            f"Não foi possível usar a pasta {folder}.",
            hint="Confira a permissão e o espaço em disco, feche outros BancoIntegra abertos e tente de novo.",
            code="pasta",
        ) from error
