"""What printing boletos and exporting lists need from the outside world."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.exportacao import Relatorio
from bancointegra.domain.ports_importacao import Andamento


class RelatorioEncoder(Protocol):
    def encode(self, relatorio: Relatorio, agora: datetime, andamento: Andamento) -> bytes:
        """The whole file. Raises ``InputError`` when there is more than the format holds, ``JobCancelled``."""


class FileWriter(Protocol):
    def __call__(self, path: Path, content: bytes) -> None:
        """Put ``content`` in the place of whatever is at ``path``, whole or not at all. Raises ``StoreError``."""


class BoletoPrinter(Protocol):
    def save(self, impresso: BoletoImpresso, folder: Path, file_stem: str) -> Path:
        """Write the boleto's PDF under a free name, after reading it back. Raises ``PrintError``."""

    def save_together(
        self,
        impressos: Sequence[BoletoImpresso],
        folder: Path,
        file_stem: str,
        *,
        carne: bool = False,
        andamento: Andamento | None = None,
    ) -> Path:
        """One PDF of several boletos, one a page or three as a carnê; as ``save``. Raises ``JobCancelled``, too."""
