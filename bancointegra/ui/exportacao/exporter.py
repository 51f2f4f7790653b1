"""Asks where to, and has the file written in the background; another file is replaced only when the clerk says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from bancointegra.domain.exportacao import FormatoExportacao, Relatorio
from bancointegra.services.exportacao import ExportacaoService
from bancointegra.ui.feedback import show_error
from bancointegra.ui.jobs import JobHandle, Jobs

_KINDS = {
    FormatoExportacao.CSV: "CSV (*.csv)",
    FormatoExportacao.XLSX: "Planilha do Excel (*.xlsx)",
    FormatoExportacao.PDF: "Relatório em PDF (*.pdf)",
}


class Exporter(QObject):
    """Exports for one page, ``window``."""

    done = Signal(str)
    """A sentence with the file's name."""
    started = Signal(JobHandle, str)

    def __init__(self, window: QWidget, jobs: Jobs, exportacao: ExportacaoService) -> None:
        super().__init__(window)
        self._window, self._jobs, self._exportacao = window, jobs, exportacao

    def save_csv(self, name: str, relatorio: Relatorio) -> None:
        """Ask for the file and write a list that is small and already there."""
        self.save(name, FormatoExportacao.CSV, lambda: relatorio)

    def save(self, name: str, formato: FormatoExportacao, relatorio: Callable[[], Relatorio]) -> None:
        """Ask for the file, then call ``relatorio`` on a worker thread and write what it gives."""
        dialog = QFileDialog(self._window, "Exportar")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_KINDS[formato])
        dialog.setDefaultSuffix(formato.value)
        dialog.selectFile(f"{name}.{formato.value}")
        dialog.fileSelected.connect(lambda chosen: self.write(Path(chosen), formato, relatorio))
        dialog.open()

    def write(self, path: Path, formato: FormatoExportacao, relatorio: Callable[[], Relatorio]) -> JobHandle:
        """Write the file, in place of one the clerk agreed to replace."""
        handle = self._jobs.run(
            lambda ctx: self._exportacao.exportar(relatorio(), formato, path, ctx),
            owner=self,
            done=lambda _: self.done.emit(f"Exportado para {path}."),
            failed=lambda error: show_error(self._window, error),
        )
        self.started.emit(handle, "Exportando")
        return handle
