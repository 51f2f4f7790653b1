"""The folder of the PDFs, made when the program is first used; another one where the system forbids it."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_documents_path


def usable_folder(wanted: Path) -> Path:
    """``wanted``, made when it was missing; else a folder of the same name among the user's documents."""
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except OSError:
        return user_documents_path() / wanted.name
    return wanted
