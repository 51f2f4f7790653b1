"""How the command line speaks: JSON on stdout when asked, sentences in Portuguese on stderr."""

from __future__ import annotations

import json
import sys
from typing import Any

from bancointegra.domain.errors import AppError


def write_line(text: str) -> None:
    """One line on stdout."""
    sys.stdout.write(f"{text}\n")


def write_json(value: Any) -> None:
    """One JSON value on one line of stdout."""
    write_line(json.dumps(value, ensure_ascii=False))


def write_error(error: AppError) -> None:
    """What happened and what to do, on stderr."""
    sys.stderr.write(f"{error.title}: {error.message}\n")
    if error.hint:
        sys.stderr.write(f"{error.hint}\n")


def write_note(text: str) -> None:
    """A line on stderr that is not an error."""
    sys.stderr.write(f"{text}\n")
