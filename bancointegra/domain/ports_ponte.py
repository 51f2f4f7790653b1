"""What the watched folder needs from the disk."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Chegado:
    """A file in the folder: it is taken when two looks in a row show it the same."""

    nome: str
    tamanho: int
    alterado: int


class CaixaDeEntrada(Protocol):
    """One watched folder. What is taken from it is out of every other program's reach. All raise ``StoreError``."""

    def exclusiva(self) -> AbstractContextManager[bool]:
        """Held for one round of work; False while another program, on whatever computer, holds it."""

    def chegados(self) -> Sequence[Chegado]:
        """The files that wait, oldest first; unfinished ones (``.tmp``), hidden ones and answers are none."""

    def tomar(self, nome: str) -> Path | None:
        """Take a file to work on it; None when it is gone or somebody still writes it."""

    def tomados(self) -> Sequence[Path]:
        """What these data have taken and not finished, an earlier run's too."""

    def rascunho(self, tomado: Path) -> bytes | None:
        """The answer kept beside a taken file; None when none was given yet."""

    def responder(self, tomado: Path, resposta: bytes) -> None:
        """Put the answer beside where the file was dropped, whole or not at all, and keep it beside the file."""

    def encerrar(self, tomado: Path, *, com_erro: bool) -> Path:
        """The file is done: move it to *processados* or *com-erro*, never over another; returns where it is."""
