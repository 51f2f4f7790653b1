"""The screens of Contas a Receber: Títulos a Receber and the registers, and what they tell the other screens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSettings, Signal

from bancointegra.bootstrap.program import Program
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.screens import ScreenEntry
from bancointegra.ui.titulos.page import SHORTCUTS, TitulosPage
from bancointegra.ui.titulos.services import TitulosServices

TITULOS = "titulos"


class Receber(QObject):
    """Makes the pages when they are first opened."""

    titulos_changed = Signal(object)
    """The ids of títulos changed there."""
    bank_wanted = Signal(object, object, bool)
    """A ``ContaBancaria`` and a ``TituloRow`` to be seen in Integração Bancária; True: to be altered there."""

    def __init__(self, program: Program, *, jobs: Jobs, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._program, self._jobs, self._settings = program, jobs, settings
        self._pages: list[TitulosPage] = []

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
                shortcuts=SHORTCUTS,
            ),
        )

    def refresh(self) -> None:
        """Accounts or tipos de cobrança changed elsewhere."""
        for page in self._pages:
            page.refresh()

    def refresh_rows(self, titulo_ids: Sequence[int]) -> None:
        """These títulos changed elsewhere."""
        if titulo_ids:
            for page in self._pages:
                page.list.refresh()

    def _make_titulos(self, window: MainWindow) -> TitulosPage:
        services = self._program.services
        page = TitulosPage(
            jobs=self._jobs,
            services=TitulosServices(services.busca, services.titulos, services.pagadores),
            clock=self._program.clock,
            settings=self._settings,
            parent=window,
        )
        page.status_changed.connect(window.say)
        page.titulos_changed.connect(self.titulos_changed)
        page.bank_wanted.connect(self.bank_wanted)
        self._pages.append(page)
        return page
