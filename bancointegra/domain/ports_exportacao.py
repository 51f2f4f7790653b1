"""What exporting a list needs from the outside world."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from bancointegra.domain.exportacao import Relatorio
from bancointegra.domain.ports_importacao import Andamento


class RelatorioEncoder(Protocol):
    def encode(self, relatorio: Relatorio, agora: datetime, andamento: Andamento) -> bytes:
        """The whole file. Raises ``InputError`` when there is more than the format holds, ``JobCancelled``."""


class FileWriter(Protocol):
    def __call__(self, path: Path, content: bytes) -> None:
        """Put ``content`` in the place of whatever is at ``path``, whole or not at all. Raises ``StoreError``."""
