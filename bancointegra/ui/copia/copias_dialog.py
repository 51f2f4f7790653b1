"""Cópia de segurança: where copies go, which there are, what each holds, and the way back to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from bancointegra.domain.copia import ConteudoCopia, Copia, MotivoCopia, PreferenciasCopia
from bancointegra.domain.errors import AppError
from bancointegra.services.copia import CatalogoCopias, CopiaFeita, CopiaService
from bancointegra.ui.copia import texts
from bancointegra.ui.feedback import show_error
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.style import button, field_label, label
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.inline_progress import InlineProgress
from bancointegra.ui.widgets.labels import ElidedLabel
from bancointegra.ui.widgets.reading_table import ReadingTable

_SIZE = (940, 560)
_TITLES = ("Feita em", "Motivo", "De quem", "Tamanho", "Arquivo")
_WIDTHS = (126, 128, 168, 76)
_MOST_KEPT = 365
_KEPT_WIDTH = 56


class CopiasDialog(QDialog):
    """Without ``copias`` (the data cannot be opened) it only looks and restores.

    ``restore_wanted`` carries the copy's path: restoring is for who can close the data. ``save`` keeps preferences.
    """

    restore_wanted = Signal(Path, object)
    """The copy's file, and the ``ConteudoCopia`` the clerk saw."""

    def __init__(
        self,
        jobs: Jobs,
        catalogo: CatalogoCopias,
        copias: CopiaService | None,
        save: Callable[[PreferenciasCopia], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Cópia de segurança")
        self.resize(*_SIZE)
        self._jobs, self._catalogo, self._copias, self._save = jobs, catalogo, copias, save
        self._listed: Sequence[Copia] = ()
        self._shown: tuple[Path, ConteudoCopia] | None = None
        self._looking: JobHandle | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("Cópia de segurança", "heading"))
        column.addWidget(label(f"{texts.HOLDS} {texts.HOLDS_NOT}", "muted", wrap=True))
        column.addLayout(self._place())
        column.addWidget(self.same_disk)
        column.addWidget(self._list(), 1)
        column.addWidget(self._preview())
        column.addLayout(self._buttons())
        self.table.setFocus()
        self._refresh()

    # Building

    def _place(self) -> QHBoxLayout:
        self.folder = ElidedLabel()
        self.folder_button = button("Mudar pasta…", "folder-open")
        self.folder_button.clicked.connect(self._choose_folder)
        self.beside_button = button("Junto dos dados", tooltip="Guardar as cópias ao lado do arquivo de dados")
        self.beside_button.clicked.connect(lambda: self._keep(pasta=None))
        self.kept = QSpinBox(minimum=1, maximum=_MOST_KEPT)
        self.kept.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.kept.setFixedWidth(_KEPT_WIDTH)
        self.kept.setToolTip("De cada motivo ficam as cópias mais novas; as mais antigas são apagadas")
        self.kept.editingFinished.connect(lambda: self._keep(guardadas=self.kept.value()))
        self.same_disk = label(texts.SAME_DISK, "warning", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field_label("Pasta", self.folder_button))
        row.addWidget(self.folder, 1)
        for widget in (self.folder_button, self.beside_button):
            widget.setAutoDefault(False)
            row.addWidget(widget)
        row.addSpacing(12)
        row.addWidget(field_label("Guardar de cada motivo", self.kept))
        row.addWidget(self.kept)
        return row

    def _list(self) -> Card:
        self.table = ReadingTable("Cópias de segurança", _TITLES, _WIDTHS, one_line=True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.itemSelectionChanged.connect(self._look)
        card = Card(margin=1)
        card.body.addWidget(self.table)
        return card

    def _preview(self) -> QWidget:
        self.content = QFormLayout()
        self.content.setHorizontalSpacing(16)
        self.content.setVerticalSpacing(4)
        self.source = label("", "strong", wrap=True)
        card = Card(margin=12)
        card.body.addWidget(self.source)
        card.body.addLayout(self.content)
        return card

    def _buttons(self) -> QHBoxLayout:
        self.progress = InlineProgress()
        self.make_button = button("Fazer cópia agora", "archive", primary=True)
        self.make_button.clicked.connect(self._make)
        self.make_button.setEnabled(self._copias is not None)
        self.file_button = button("Outro arquivo…", "folder-open", tooltip="Olhar uma cópia que está em outra pasta")
        self.file_button.clicked.connect(self._choose_file)
        self.restore_button = button("Restaurar…", "undo-2", tooltip="Voltar os dados ao que está na cópia escolhida")
        self.restore_button.clicked.connect(self._restore)
        self.restore_button.setEnabled(False)
        close = button("Fechar")
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.make_button, self.file_button, self.restore_button):
            row.addWidget(widget)
        row.addWidget(self.progress, 1)
        row.addWidget(close)
        return row

    # The list

    def _refresh(self, chosen: Path | None = None) -> None:
        def show(found: tuple[Path, PreferenciasCopia, bool, tuple[Copia, ...]]) -> None:
            folder, preferencias, same_disk, copias = found
            self.folder.set_text(str(folder))
            self.beside_button.setVisible(preferencias.pasta is not None)
            self.kept.setValue(preferencias.guardadas)
            self.same_disk.setVisible(same_disk)
            self._fill(copias, chosen)

        catalogo = self._catalogo
        self._jobs.run(
            lambda _ctx: (catalogo.pasta, catalogo.preferencias, catalogo.is_no_mesmo_disco, catalogo.listar()),
            owner=self,
            done=show,
            failed=self._fail,
        )

    def _fill(self, copias: Sequence[Copia], chosen: Path | None) -> None:
        self._listed = copias
        self.table.show_rows([_cells(copia) for copia in copias])
        paths = [copia.path for copia in copias]
        if paths:
            self.table.selectRow(paths.index(chosen) if chosen in paths else 0)
        else:
            self._say("Nenhuma cópia nesta pasta. Clique em Fazer cópia agora.")

    def _look(self) -> None:
        row = self.table.currentRow()
        if self.table.selectionModel().hasSelection() and 0 <= row < len(self._listed):
            self._look_into(self._listed[row].path)

    def _look_into(self, path: Path) -> None:
        self._say("Conferindo a cópia…")

        def show(conteudo: ConteudoCopia) -> None:
            self._say(f"{path.name}: conferida, sem erros")
            for name, text in texts.describe(conteudo):
                self.content.addRow(label(name, "label"), label(text, wrap=True))
            self._shown = (path, conteudo)
            self.restore_button.setEnabled(texts.is_restorable(conteudo))

        if self._looking and isValid(self._looking):
            self._looking.abandon()  # of two answers only the last one asked for may be shown
        self._looking = self._jobs.run(
            lambda _ctx: self._catalogo.previa(path),
            owner=self,
            done=show,
            failed=lambda error: self._say(f"{path.name}: {error}"),
        )

    def _say(self, text: str) -> None:
        """Above an emptied preview."""
        self._shown = None
        self.restore_button.setEnabled(False)
        while self.content.rowCount():
            self.content.removeRow(0)
        self.source.setText(text)

    # What the clerk does

    def _make(self) -> None:
        copias = self._copias
        if copias is None:
            return
        self.make_button.setEnabled(False)

        def done(feita: CopiaFeita) -> None:
            self.make_button.setEnabled(True)
            self._refresh(feita.path)

        def failed(error: AppError) -> None:
            self.make_button.setEnabled(True)
            self._fail(error)

        handle = self._jobs.run(
            lambda ctx: copias.fazer(MotivoCopia.A_PEDIDO, lambda at, total: ctx.report(at, total)),
            owner=self,
            done=done,
            failed=failed,
        )
        self.progress.watch(handle, "Fazendo a cópia", can_stop=False)

    def _restore(self) -> None:
        if self._shown:
            self.restore_wanted.emit(*self._shown)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, "Pasta das cópias de segurança", self.folder.full_text)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self._keep(pasta=Path(chosen)))
        dialog.open()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, "Cópia de segurança", self.folder.full_text)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters(["Cópias de segurança (*.sqlite3)", "Todos os arquivos (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self._look_elsewhere(Path(chosen)))
        dialog.open()

    def _look_elsewhere(self, path: Path) -> None:
        self.table.clearSelection()
        self._look_into(path)

    def _keep(self, **changes: object) -> None:
        def save() -> None:
            self._save(replace(self._catalogo.preferencias, **changes))  # type: ignore[arg-type]  # fields by name

        self._jobs.run(lambda _ctx: save(), owner=self, done=lambda _none: self._refresh(), failed=self._fail)

    def _fail(self, error: AppError) -> None:
        show_error(self, error)


def _cells(copia: Copia) -> tuple[str, ...]:
    nome = copia.nome
    return texts.moment(copia), nome.motivo.value, nome.origem, texts.size_text(copia.tamanho), copia.path.name
