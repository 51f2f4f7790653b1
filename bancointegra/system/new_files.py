"""Write files that did not exist before, never over another."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from bancointegra.domain.errors import StoreError

_MOST_COPIES = 1000


def write_new_files(folder: Path, stem: str, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write each ``stem.{extension}``, readable by its owner only; all of them or none.

    When one of the names is taken, all become ``stem (2)``, and so on. Raises ``StoreError``.
    """
    for number in count(1):
        free = stem if number == 1 else f"{stem} ({number})"
        paths = [folder / f"{free}.{extension}" for extension in contents]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _write_all(paths, list(contents.values()))
        except FileExistsError as error:
            # The folder itself may be a file, and then no number is free.
            if number == _MOST_COPIES or not folder.is_dir():
                raise _cannot_write(folder) from error
        except (OSError, ValueError) as error:  # ValueError: a name with a NUL
            raise _cannot_write(folder) from error
    raise AssertionError("count never ends")


def _write_all(paths: list[Path], contents: list[bytes]) -> tuple[Path, ...]:
    written: list[Path] = []
    try:
        for path, content in zip(paths, contents, strict=True):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            written.append(path)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    except OSError:
        for path in written:
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    return tuple(written)


def _cannot_write(folder: Path) -> StoreError:
    return StoreError(
        f"Não foi possível gravar em {folder}.",
        hint="Confira se a pasta existe, o espaço em disco e a permissão, ou escolha outra pasta.",
        code="gravacao",
    )
