"""Ferramentas, Cópia de segurança…: the dialog, the question before a restore, and the warning at the start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bancointegra.domain.copia import ConteudoCopia, PreferenciasCopia
from bancointegra.services.copia import CatalogoCopias, CopiaService
from bancointegra.ui.copia.copias_dialog import CopiasDialog
from bancointegra.ui.copia.restaurar_dialog import RestaurarDialog
from bancointegra.ui.feedback import Tone, show_message
from bancointegra.ui.jobs import Jobs


class CopiaCommand(QObject):
    """Over ``window``; without ``copias`` (the data cannot be opened) copies are only looked at and restored."""

    restore_confirmed = Signal(Path)
    told = Signal(str, Tone)

    def __init__(
        self,
        window: QWidget | None,
        jobs: Jobs,
        catalogo: CatalogoCopias,
        copias: CopiaService | None,
        save: Callable[[PreferenciasCopia], None],
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._catalogo, self._copias, self._save = window, jobs, catalogo, copias, save

    def open(self) -> CopiasDialog:
        """Show the list of copies."""
        dialog = CopiasDialog(self._jobs, self._catalogo, self._copias, self._save, self._window)
        dialog.restore_wanted.connect(lambda path, conteudo: self._ask(dialog, path, conteudo))
        dialog.open()
        return dialog

    def warn(self) -> None:
        """Say in the status line if the last copy failed."""
        copias = self._copias
        if copias is None:
            return
        self._jobs.run(
            lambda _ctx: copias.aviso,
            owner=self,
            done=lambda aviso: self.told.emit(aviso, Tone.WARNING) if aviso else None,
        )

    def _ask(self, above: CopiasDialog, path: Path, conteudo: ConteudoCopia) -> None:
        if self._jobs.running_orders:
            show_message(
                above,
                "Há pedidos indo para o banco agora.",
                title="Restaurar cópia de segurança",
                tone=Tone.WARNING,
                hint="Espere o lote terminar e tente de novo.",
            )
            return
        question = RestaurarDialog(path, conteudo, above)
        question.confirmed.connect(above.accept)
        question.confirmed.connect(self.restore_confirmed)
        question.open()
