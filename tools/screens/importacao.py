"""The screen Importar títulos: nothing yet, a table with every kind of row, columns missing, notas."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from bancointegra.bootstrap.exporters import encoders
from bancointegra.files.office_files import OfficeFiles
from bancointegra.services.exportacao import ExportacaoService
from bancointegra.services.importacao import ImportacaoService
from bancointegra.system.atomic_file import write_atomically
from bancointegra.system.paths import resources_dir
from bancointegra.ui.importacao.columns_dialog import ColunasDialog
from bancointegra.ui.importacao.page import ImportacaoPage, ImportacaoServices
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.screens import ScreenEntry
from tests.files.sheets import HEADER, duplicata, nfe, row, write_csv, write_nfe
from tests.ui.integracao.escritorio import Escritorio
from tools.screens.stage import Screen, Stage

_folders = itertools.count(1)
_DIRTY = (
    row(numero="1001"),
    row(numero="1002", vencimento="30/12/2026", valor="2.114,90"),
    row(numero="1003", sacado="PADARIA SÃO JORGE ME", documento="12.ABC.345/01DE-35"),
    row(numero="1004", sacado="CONSTRUTORA E INCORPORADORA HORIZONTE DO BRASIL LTDA", documento="41.600.496/0001-11"),
    row(numero="1005", vencimento="31/02/2027", valor="abc"),
    row(numero="1006", documento="11.222.333/0001-82", cep="123"),
    row(numero="1003"),
)


class _Office:
    """An office with an account, and the page over it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.folder = stage.folder / f"importacao-{next(_folders)}"
        self.folder.mkdir()
        self.office = Escritorio(self.folder)
        self.conta = self.office.add_conta()
        self.service = ImportacaoService(
            files=OfficeFiles(), importacoes=self.office.store.importacoes, clock=self.office.clock, quem="carla"
        )
        exportacao = ExportacaoService(
            encoders=encoders(resources_dir() / "fonts"), write=write_atomically, clock=self.office.clock
        )
        self.settings = QSettings(str(self.folder / "settings.ini"), QSettings.Format.IniFormat)
        self.page = ImportacaoPage(
            jobs=stage.jobs,
            services=ImportacaoServices(self.office.busca, self.service, exportacao),
            settings=self.settings,
        )

    def store(self, rows: Sequence[Sequence[object]]) -> None:
        """Títulos that are there already."""
        path = write_csv(self.folder / "antes.csv", *rows)
        tipo = self.office.store.contas.tipos_cobranca(self.conta.id)[0]
        self.service.importar(self.service.ler([path], self.conta), tipo.id)

    def window(self) -> QWidget:
        entry = ScreenEntry(
            "importacao", ("Financeiro", "Contas a Receber"), "Importar títulos", "upload", lambda _window: self.page
        )
        window = MainWindow(jobs=self.stage.jobs, theme=self.stage.theme, settings=self.settings, screens=[entry])
        self.page.status_changed.connect(window.say)
        window.open_screen("importacao")
        window.demo = self
        return window

    def read(self, files: Sequence[Path]) -> None:
        self.stage.wait_until(lambda: self.page.target.count() > 0)
        self.page.open(files)
        self.stage.wait_until(lambda: self.page.previa is not None)
        model = self.page.preview.model
        self.stage.wait_until(lambda: self.page.previa.impedida or model.total == len(self.page.previa.linhas))


def _made(prepare: Callable[[_Office], None] | None = None) -> Callable[[Stage], QWidget]:
    def make(stage: Stage) -> QWidget:
        office = _Office(stage)
        if prepare:
            prepare(office)
        return office.window()

    return make


def _table(window: QWidget, stage: Stage) -> None:
    office = window.demo
    office.read([write_csv(office.folder / "titulos-novembro.csv", *_DIRTY, encoding="cp1252")])


def _changes(window: QWidget, stage: Stage) -> None:
    _table(window, stage)
    preview = window.demo.page.preview
    preview.choose_filter("Mudaram")
    preview.changes.check([0], True)


def _missing(window: QWidget, stage: Stage) -> None:
    office = window.demo
    header = ("Cobrar em", "Código", *HEADER[2:], "Vendedor")
    cells = [("10/01/2027", str(n), *row()[2:], "Ana") for n in range(5)]
    office.read([write_csv(office.folder / "relatorio-erp.csv", *cells, header=header)])


def _columns(stage: Stage) -> QWidget:
    office = _Office(stage)
    header = ("Cobrar em", "Código", *HEADER[2:], "Vendedor")
    path = write_csv(office.folder / "relatorio-erp.csv", ("10/01/2027", "77", *row()[2:], "Ana"), header=header)
    dialog = ColunasDialog(None, office.service.ler([path], office.conta))
    dialog.demo = office
    return dialog


def _notas(window: QWidget, stage: Stage) -> None:
    office = window.demo
    first = write_nfe(office.folder / "nota-1234.xml", nfe(duplicata(), duplicata("002", "2027-01-22")))
    second = write_nfe(office.folder / "nota-1235.xml", nfe(chave="35261111222333000181550010000012351000012350"))
    office.read([first, second])
    QApplication.processEvents()


def _stored(office: _Office) -> None:
    office.store([row(numero="1001"), row(numero="1002")])


SCREENS = [
    Screen("importar-vazio", _made(), is_window=True),
    Screen("importar-planilha", _made(_stored), _table, is_window=True),
    Screen("importar-mudaram", _made(_stored), _changes, is_window=True),
    Screen("importar-faltam-colunas", _made(), _missing, is_window=True),
    Screen("importar-notas", _made(), _notas, is_window=True),
    Screen("importar-colunas", _columns),
]
