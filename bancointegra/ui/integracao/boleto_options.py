"""“Gerar PDF ao registrar Boleto” and its folder: kept in the preferences, shown in the actions bar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from bancointegra.domain.errors import AppError
from bancointegra.ui.integracao.action_bar import ActionBar
from bancointegra.ui.integracao.preferences import BoletoPreferences
from bancointegra.ui.jobs import Jobs


class BoletoOptions(QObject):
    """Reads and writes the preferences in the background; until they are read, no PDF can be asked for."""

    failed = Signal(AppError)

    def __init__(self, bar: ActionBar, jobs: Jobs, preferences: BoletoPreferences, parent: QObject) -> None:
        super().__init__(parent)
        self._bar, self._jobs, self._preferences = bar, jobs, preferences
        self._folder: Path | None = None
        bar.gerar_pdf.setEnabled(False)
        bar.gerar_pdf_changed.connect(self._save_gerar_pdf)
        bar.folder_requested.connect(self._choose_folder)
        self._load()

    @property
    def pdf_folder(self) -> Path | None:
        """Where the PDFs go; None when none are wanted."""
        return self._folder if self._bar.gerar_pdf.isChecked() else None

    def _load(self) -> None:
        self._jobs.run(
            lambda _ctx: (self._preferences.gerar_pdf(), self._preferences.folder()),
            owner=self,
            done=lambda kept: self._show(*kept),
            failed=self.failed.emit,
        )

    def _show(self, gerar_pdf: bool, folder: Path) -> None:
        self._folder = folder
        self._bar.gerar_pdf.setEnabled(True)
        self._bar.show_preferences(gerar_pdf, folder)

    def _save_gerar_pdf(self, gerar_pdf: bool) -> None:
        self._jobs.run(lambda _ctx: self._preferences.save_gerar_pdf(gerar_pdf), owner=self, failed=self.failed.emit)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self._bar, "Pasta dos boletos em PDF", str(self._folder or ""))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self._save_folder(Path(chosen)))
        dialog.open()

    def _save_folder(self, folder: Path) -> None:
        self._jobs.run(
            lambda _ctx: self._preferences.save_folder(folder),
            owner=self,
            done=lambda _none: self._load(),
            failed=self.failed.emit,
        )
