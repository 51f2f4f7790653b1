"""The button Exportar of a list of títulos: what it shows as a file, and the boletos of what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from bancointegra.domain.exportacao import FormatoExportacao, Relatorio
from bancointegra.domain.titulo import TituloRow
from bancointegra.services.busca import BuscaService
from bancointegra.services.exportacao import ExportacaoService
from bancointegra.services.impressao import BoletosGerados, ImpressaoService, ModoBoletos
from bancointegra.ui.exportacao.exporter import Exporter
from bancointegra.ui.exportacao.relatorio import relatorio_de
from bancointegra.ui.exportacao.texts import boletos_gerados, detalhe
from bancointegra.ui.feedback import Tone, show_error, show_message
from bancointegra.ui.integracao.list_card import ListCard
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.style import tool_button
from bancointegra.ui.table.column import Column
from bancointegra.ui.table.view import TableView
from bancointegra.ui.widgets.inline_progress import InlineProgress

SHORTCUT = ("Ctrl+Shift+E", "Exportar a lista, ou gerar os boletos")
CSV, XLSX, PDF = "Lista em CSV…", "Lista em planilha (XLSX)…", "Relatório em PDF…"
_FORMATS = {CSV: FormatoExportacao.CSV, XLSX: FormatoExportacao.XLSX, PDF: FormatoExportacao.PDF}
_TITLE = "Títulos a receber"
_CHUNK = 400
_LANE = "boletos"
"""What is being printed ends before the window closes."""


class ListExport(QObject):
    """Adds the button to ``titulos`` and does what its menu says; ``name`` is proposed for the file.

    The rows are those of the search shown, all of them, in its order; the columns those that are shown, in theirs.
    """

    said = Signal(str, Tone)

    def __init__(
        self,
        titulos: ListCard,
        *,
        jobs: Jobs,
        busca: BuscaService,
        exportacao: ExportacaoService,
        impressao: ImpressaoService,
        open_path: Callable[[Path], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._list, self._jobs, self._busca = titulos, jobs, busca
        self._impressao, self._open_path, self._window = impressao, open_path, window
        self._printing = False
        self._exporter = Exporter(window, jobs, exportacao)
        self._exporter.done.connect(lambda text: self.said.emit(text, Tone.SUCCESS))
        self._exporter.started.connect(self._watch)
        self.progress = InlineProgress()
        self.progress.stop_button.setToolTip("Parar")
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(False)
        self.progress.setSizePolicy(policy)
        self.button: QToolButton = tool_button("download", f"{SHORTCUT[1]} ({SHORTCUT[0]})")
        self.button.clicked.connect(self.show_menu)
        QShortcut(QKeySequence(SHORTCUT[0]), window).activated.connect(self.show_menu)
        titulos.add_tool(self.progress)
        titulos.add_tool(self.button)

    def menu(self) -> QMenu:
        """What can be done now."""
        menu = QMenu(self.button)
        searched = self._list.shown_filter is not None and self._list.model.total > 0
        for title, formato in _FORMATS.items():
            action = menu.addAction(title)
            action.setEnabled(searched)
            action.triggered.connect(lambda _checked, formato=formato: self.export(formato))
        menu.addSeparator()
        chosen = [row.id for row in self._list.chosen]
        for modo in ModoBoletos:
            action = menu.addAction(modo.value)
            action.setEnabled(bool(chosen) and not self._printing)
            action.triggered.connect(lambda _checked, modo=modo: self.print_boletos(modo, chosen))
        return menu

    def show_menu(self) -> None:
        """Below the button."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def export(self, formato: FormatoExportacao) -> None:
        """Ask for the file and write the list."""
        filtro = self._list.shown_filter
        if filtro is None:
            return
        sort, descending = self._list.model.sorted_by
        columns, total, busca = shown_columns(self._list.table), self._list.model.total, self._busca

        def relatorio() -> Relatorio:
            ids = busca.ids(filtro, sort, descending)  # type: ignore[arg-type]  # the list is of títulos here
            return relatorio_de(_TITLE, detalhe(filtro, busca.contas()), columns, _rows(busca, ids), len(ids) or total)

        self._exporter.save("titulos-a-receber", formato, relatorio)

    def print_boletos(self, modo: ModoBoletos, titulo_ids: Sequence[int]) -> None:
        """Make the PDFs in the folder of the boletos; a single file is opened."""
        if self._printing or not titulo_ids:
            return
        self._printing = True
        handle = self._jobs.run(
            lambda ctx: self._impressao.gerar_boletos(titulo_ids, modo, ctx),
            owner=self,
            done=self._tell,
            failed=lambda error: show_error(self._window, error),
            lane=_LANE,
        )
        handle.ended.connect(self._printed)
        self._watch(handle, "Gerando os boletos")

    def _tell(self, gerados: BoletosGerados) -> None:
        text = boletos_gerados(gerados)
        self.said.emit(text, Tone.SUCCESS if gerados.paths else Tone.WARNING)
        if gerados.problemas or len(gerados.paths) != 1:
            tone = Tone.WARNING if gerados.problemas else Tone.SUCCESS
            show_message(self._window, text, title="Boletos", tone=tone, details="\n".join(gerados.problemas))
        if len(gerados.paths) == 1:
            path = gerados.paths[0]
            self._jobs.run(
                lambda _ctx: self._open_path(path),
                owner=self,
                failed=lambda error: show_error(self._window, error),
            )

    def _printed(self) -> None:
        self._printing = False

    def _watch(self, handle: JobHandle, text: str) -> None:
        self.progress.watch(handle, text)


def shown_columns(table: TableView) -> list[Column[TituloRow]]:
    """As the clerk arranged them."""
    header = table.horizontalHeader()
    sections = [at for at in range(1, table.rows.columnCount()) if not table.isColumnHidden(at)]
    return [table.rows.columns[at - 1] for at in sorted(sections, key=header.visualIndex)]


def _rows(busca: BuscaService, ids: Sequence[int]) -> Iterator[TituloRow]:
    for start in range(0, len(ids), _CHUNK):
        yield from busca.rows(ids[start : start + _CHUNK])
