"""One window per data folder."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from bancointegra.domain.errors import RuleError, StoreError


@contextlib.contextmanager
def single_instance(data: Path) -> Iterator[None]:
    """Hold the data folder's window lock. Raises ``RuleError`` (code ``ja_aberto``) when another window has it.

    The lock goes with the process, so nothing remains to be cleaned up after a crash.
    """
    lock = FileLock(data / "window.lock", thread_local=False, fallback_to_soft=False)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout as error:
        raise RuleError(
            "O BancoIntegra já está aberto com estes dados.",
            hint="Procure a janela na barra de tarefas.",
            code="ja_aberto",
        ) from error
    except OSError as error:
        raise StoreError(
            f"Não foi possível usar a pasta {data}.", hint="Confira a permissão da pasta.", code="pasta"
        ) from error
    try:
        yield
    finally:
        lock.release()
