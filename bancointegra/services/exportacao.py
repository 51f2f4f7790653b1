"""A list of the screen to a file: chosen by the clerk, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bancointegra.domain.exportacao import FormatoExportacao, Relatorio
from bancointegra.domain.ports import Clock
from bancointegra.domain.ports_exportacao import FileWriter, RelatorioEncoder
from bancointegra.domain.ports_importacao import Andamento


class ExportacaoService:
    """Any thread may call it. ``write`` replaces: whether a file may be, the clerk was asked before."""

    def __init__(
        self, *, encoders: Mapping[FormatoExportacao, RelatorioEncoder], write: FileWriter, clock: Clock
    ) -> None:
        self._encoders = encoders
        self._write = write
        self._clock = clock

    def exportar(self, relatorio: Relatorio, formato: FormatoExportacao, path: Path, andamento: Andamento) -> None:
        """Write ``relatorio`` to ``path``.

        Raises ``InputError``, ``PrintError``, ``StoreError`` and ``JobCancelled``; the old file is then as it was.
        """
        content = self._encoders[formato].encode(relatorio, self._clock.now(), andamento)
        andamento.check_cancelled()
        self._write(path, content)
