"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from bancointegra.domain.errors import StoreError


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``, readable by its owner only; a crash leaves the old file or the new one.

    Raises ``StoreError`` when the disk is full or the folder not writable; the old file is then as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise StoreError(
            f"Não foi possível gravar {path}: {'o disco está cheio' if full else 'sem permissão ou arquivo em uso'}.",
            hint="Libere espaço e tente de novo." if full else "Confira a permissão da pasta e tente de novo.",
            code="disco_cheio" if full else "gravacao",
        ) from error


def _replace(path: Path, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
