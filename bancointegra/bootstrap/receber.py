"""The screens of Contas a Receber: Títulos a Receber and the registers, and what they tell the other screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from bancointegra.bootstrap.list_export import add_export
from bancointegra.bootstrap.program import Program
from bancointegra.ui.cadastros.keys import SHORTCUTS as REGISTER_SHORTCUTS
from bancointegra.ui.exportacao.list_export import SHORTCUT as EXPORTAR
from bancointegra.ui.importacao.keys import SHORTCUTS as IMPORTACAO_SHORTCUTS
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.screens import ScreenEntry
from bancointegra.ui.style import tool_button
from bancointegra.ui.titulos.keys import SHORTCUTS

if TYPE_CHECKING:
    from bancointegra.ui.cadastros.pages import EscritoriosPage, PagadoresPage, TiposPage
    from bancointegra.ui.importacao.page import ImportacaoPage
    from bancointegra.ui.titulos.page import TitulosPage

TITULOS, PAGADORES, TIPOS, ESCRITORIOS = "titulos", "pagadores", "tipos-cobranca", "escritorios"
IMPORTACAO = "importacao"


class Receber(QObject):
    """Makes the pages when they are first opened, and only then loads what they are made of."""

    conta_changed = Signal(QWidget)
    """The page on which another account was chosen."""
    titulos_changed = Signal(object)
    """The ids of títulos changed there."""
    imported = Signal()
    """Títulos came in from files."""
    bank_wanted = Signal(object, object, bool)
    """A ``ContaBancaria`` and a ``TituloRow`` to be seen in Integração Bancária; True: to be altered there."""
    tipos_changed = Signal()
    """A tipo de cobrança was added, renamed or deleted."""

    def __init__(self, program: Program, *, jobs: Jobs, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._program, self._jobs, self._settings = program, jobs, settings
        self._pages: list[TitulosPage] = []
        self._importacao: ImportacaoPage | None = None

    @property
    def screens(self) -> tuple[ScreenEntry, ...]:
        """For the menu."""
        return (
            ScreenEntry(
                key=TITULOS,
                menu_path=("Financeiro", "Contas a Receber"),
                title="Títulos a Receber",
                icon="receipt-text",
                factory=self._make_titulos,
                shortcut="Ctrl+Shift+T",
                shortcuts=(*SHORTCUTS, EXPORTAR),
            ),
            ScreenEntry(
                key=PAGADORES,
                menu_path=("Cadastros",),
                title="Pagadores",
                icon="users",
                factory=self._make_pagadores,
                shortcut="Ctrl+Shift+G",
                shortcuts=REGISTER_SHORTCUTS,
            ),
            ScreenEntry(
                key=TIPOS,
                menu_path=("Cadastros",),
                title="Tipos de Cobrança",
                icon="receipt-text",
                factory=self._make_tipos,
            ),
            ScreenEntry(
                key=ESCRITORIOS,
                menu_path=("Cadastros",),
                title="Escritórios de Cobrança",
                icon="gavel",
                factory=self._make_escritorios,
            ),
            ScreenEntry(
                key=IMPORTACAO,
                menu_path=("Financeiro", "Contas a Receber"),
                title="Importar títulos",
                icon="upload",
                factory=self._make_importacao,
                shortcuts=IMPORTACAO_SHORTCUTS,
            ),
        )

    @property
    def lists(self) -> Sequence[TitulosPage]:
        """The pages Títulos a Receber that were opened."""
        return self._pages

    def refresh(self) -> None:
        """Accounts or tipos de cobrança changed elsewhere."""
        for page in self._pages:
            page.refresh()
        if self._importacao:
            self._importacao.refresh()

    def refresh_rows(self, titulo_ids: Sequence[int]) -> None:
        """These títulos changed elsewhere."""
        if titulo_ids:
            self._refresh_lists()

    def _make_titulos(self, window: MainWindow) -> TitulosPage:
        from bancointegra.ui.titulos.page import TitulosPage
        from bancointegra.ui.titulos.services import TitulosServices

        services = self._program.services
        page = TitulosPage(
            jobs=self._jobs,
            services=TitulosServices(services.busca, services.titulos, services.pagadores),
            clock=self._program.clock,
            settings=self._settings,
            parent=window,
        )
        page.status_changed.connect(window.say)
        page.conta_changed.connect(lambda _conta: self.conta_changed.emit(page))
        page.titulos_changed.connect(self.titulos_changed)
        page.bank_wanted.connect(self.bank_wanted)
        add_export(page.list, self._program, self._jobs, page).said.connect(window.say)
        importar = tool_button("upload", "Importar títulos de planilhas ou notas fiscais")
        importar.clicked.connect(lambda: window.open_screen(IMPORTACAO))
        page.list.add_tool(importar)
        self._pages.append(page)
        return page

    def _make_pagadores(self, window: MainWindow) -> PagadoresPage:
        from bancointegra.ui.cadastros.pages import PagadoresPage

        page = PagadoresPage(self._program.services.pagadores, jobs=self._jobs, settings=self._settings, parent=window)
        page.status_changed.connect(window.say)
        page.changed.connect(self._refresh_lists)
        return page

    def _make_tipos(self, window: MainWindow) -> TiposPage:
        from bancointegra.ui.cadastros.pages import TiposPage

        page = TiposPage(self._program.services.conta, jobs=self._jobs, settings=self._settings, parent=window)
        page.status_changed.connect(window.say)
        page.changed.connect(self.tipos_changed)
        return page

    def _make_escritorios(self, window: MainWindow) -> EscritoriosPage:
        from bancointegra.ui.cadastros.pages import EscritoriosPage

        page = EscritoriosPage(
            self._program.services.escritorios, jobs=self._jobs, settings=self._settings, parent=window
        )
        page.status_changed.connect(window.say)
        return page

    def _refresh_lists(self) -> None:
        """The lists show the name of a pagador."""
        for page in self._pages:
            page.list.refresh()

    def _make_importacao(self, window: MainWindow) -> ImportacaoPage:
        from bancointegra.ui.importacao.page import ImportacaoPage, ImportacaoServices

        services = self._program.services
        page = ImportacaoPage(
            jobs=self._jobs,
            services=ImportacaoServices(services.busca, services.importacao, services.exportacao),
            settings=self._settings,
            parent=window,
        )
        page.status_changed.connect(window.say)
        page.imported.connect(self._show_imported)
        self._importacao = page
        return page

    def _show_imported(self) -> None:
        for page in self._pages:
            if page.conta:
                page.search()
        self.imported.emit()
