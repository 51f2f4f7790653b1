"""The simulated bank alone, for scripts and for other programs' tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from bancointegra.domain.errors import StoreError
from bancointegra.simulator import serve_forever
from bancointegra.system.paths import app_paths


def run_simulator(port: int, folder: Path | None, print_line: Callable[[str], None]) -> None:
    """Serve until interrupted, on ``port`` (0: a free one), with its state in ``folder``. Raises ``StoreError``."""
    chosen = folder or app_paths(os.environ).data / "simulador"
    try:
        serve_forever(port, chosen, print_line)
    except OSError as error:
        raise StoreError(
            f"O banco simulado não pôde ser iniciado na porta {port}.",
            hint="Escolha outra porta com --porta, ou confira a pasta --dados.",
            code="simulador",
        ) from error
