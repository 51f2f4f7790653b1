"""What the screen needs to know and change of the workstation's preferences."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class BoletoPreferences(Protocol):
    """Whether and where boletos are saved as PDF. All may block, and raise ``StoreError``."""

    def gerar_pdf(self) -> bool: ...

    def save_gerar_pdf(self, gerar_pdf: bool) -> None: ...

    def folder(self) -> Path: ...

    def save_folder(self, folder: Path) -> None: ...
