"""Open a file or folder with the program the system has for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bancointegra.domain.errors import AppError

_OPENER_SECONDS = 5.0


class OpenError(AppError):
    """The file is not there any more, or the system has no program to show it."""

    title = "Não foi possível abrir"
    default_code = "abrir"


def open_with_system(path: Path) -> None:
    """Show ``path`` to the user; returns once the system has accepted it. Raises ``OpenError``."""
    if not path.exists():
        raise OpenError(f"{path} não existe mais.", hint="O arquivo pode ter sido movido ou apagado.")
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - a document of ours, by its association
        else:
            _run_opener("open" if sys.platform == "darwin" else "xdg-open", path)
    except OSError as error:
        raise _no_program(path) from error


def _run_opener(opener: str, path: Path) -> None:
    process = subprocess.Popen(  # noqa: S603 - fixed program, one argument, no shell
        [opener, os.fspath(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # the viewer outlives this program
    )
    try:
        status = process.wait(timeout=_OPENER_SECONDS)
    except subprocess.TimeoutExpired:
        return  # on some desktops the opener becomes the viewer, and so is still running: it worked
    if status != 0:
        raise _no_program(path)


def _no_program(path: Path) -> OpenError:
    return OpenError(
        f"O sistema não conseguiu abrir {path}.",
        hint="Abra a pasta e confira se há um programa instalado para este tipo de arquivo.",
    )
