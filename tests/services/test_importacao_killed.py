"""The process dies by SIGKILL in the middle of an import; tried again, nothing is twice and nothing is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from bancointegra.domain.importacao import SituacaoLinha
from tests.files.sheets import row, write_csv
from tests.services.test_importacao import Desk

ROWS = 900
ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("killed_import.py")


def test_killed_while_reading_while_storing_and_right_after(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    sheet = write_csv(tmp_path / "t.csv", *[row(numero=str(number)) for number in range(ROWS)])
    desk.store.close()
    command = [sys.executable, str(SCRIPT), str(tmp_path / "dados.sqlite3"), str(sheet), "reading", "storing", "stored"]
    ended = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    died = int(signal.SIGKILL)
    assert ended.stdout.splitlines() == [f"reading {died} 0", f"storing {died} 0", f"stored {died} {ROWS}"], (
        ended.stderr
    )
    desk = Desk(tmp_path)
    try:
        again = desk.read(sheet)
        assert again.contagem == {SituacaoLinha.JA_EXISTE: ROWS}
        assert not desk.service.importar(again, desk.tipo.id).novos
    finally:
        desk.store.close()
