"""A new office's data file without running every migration again, which takes longer than most tests.

``tests/store/test_migration.py`` makes its files by the migrations themselves, as a first start of the program does.
"""

from __future__ import annotations

import sqlite3
import tempfile
import uuid
from contextlib import closing
from functools import cache
from pathlib import Path

from bancointegra.store import open_store
from tests.builders import KnownInstances, ManualClock


def new_data_file(path: Path) -> Path:
    """``path``, where an empty data file with an identity of its own is now; one that was there before stays."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_migrated_file())
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE data_file SET identity = ?", (uuid.uuid4().hex,))
    return path


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dados.sqlite3"
        open_store(path, instances=KnownInstances(), clock=ManualClock()).close()
        return path.read_bytes()
