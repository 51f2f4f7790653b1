"""The button Exportar of a list: every row of the search in the columns shown, and the boletos of the selection."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from bancointegra.bootstrap.exporters import encoders
from bancointegra.domain.titulo import TituloFilter
from bancointegra.printing.boleto_pdf import PdfBoletoPrinter
from bancointegra.services.exportacao import ExportacaoService
from bancointegra.services.impressao import ImpressaoService, ModoBoletos
from bancointegra.system.atomic_file import write_atomically
from bancointegra.system.paths import resources_dir
from bancointegra.ui.exportacao.list_export import CSV, PDF, XLSX, ListExport
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.integracao.list_card import ListCard
from bancointegra.ui.jobs import Jobs
from tests.ui.integracao.escritorio import Escritorio, many, novo

FONTS = resources_dir() / "fonts"


@dataclass
class Mesa:
    """A list, its button, and the office behind."""

    qtbot: QtBot
    office: Escritorio
    folder: Path
    card: ListCard
    export: ListExport
    conta_id: int
    opened: list[Path] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def search(self) -> None:
        with self.qtbot.waitSignal(self.card.model.order_known):
            self.card.search(TituloFilter(self.conta_id))

    def choose(self, title: str) -> None:
        menu = self.export.menu()
        (action,) = [action for action in menu.actions() if action.text() == title]
        assert action.isEnabled()
        action.trigger()

    def save(self, title: str, name: str) -> Path:
        """Choose an entry, name the file, and wait until it is written."""
        self.choose(title)
        dialog = self.export.parent().findChildren(QFileDialog)[-1]
        target = self.folder / name
        dialog.fileSelected.emit(str(target))
        dialog.close()
        self.qtbot.waitUntil(lambda: any(str(target) in text for text in self.said))
        return target


@pytest.fixture
def mesa(qtbot: QtBot, jobs: Jobs, settings: QSettings, tmp_path: Path) -> Iterator[Mesa]:
    office = Escritorio(tmp_path)
    conta = office.add_conta()
    card = ListCard(jobs, office.busca, settings)
    qtbot.addWidget(card)
    impressao = ImpressaoService(
        contas=office.store.contas,
        titulos=office.store.titulos,
        journal=office.store.journal,
        printer=PdfBoletoPrinter(FONTS),
        folder=lambda: tmp_path / "boletos",
        clock=office.clock,
        quem="carla",
    )
    opened: list[Path] = []
    export = ListExport(
        card,
        jobs=jobs,
        busca=office.busca,
        exportacao=ExportacaoService(encoders=encoders(FONTS), write=write_atomically, clock=office.clock),
        impressao=impressao,
        open_path=opened.append,
        window=card,
    )
    desk = Mesa(qtbot, office, tmp_path, card, export, conta.id, opened)
    export.said.connect(lambda text, _tone: desk.said.append(text))
    card.resize(1200, 600)
    card.show()
    yield desk
    office.close()


def test_nothing_can_be_exported_before_a_search(mesa: Mesa) -> None:
    assert not any(action.isEnabled() for action in mesa.export.menu().actions() if action.text())


def test_all_rows_of_the_search_in_the_columns_shown(mesa: Mesa) -> None:
    (conta,) = mesa.office.busca.contas()
    mesa.office.add_titulos(conta, [*many(450), novo(9001, "=SOMA(A1)", "529.982.247-25", "1.234,56")])
    mesa.search()
    documento = [column.key for column in mesa.card.model.columns].index("documento") + 1
    mesa.card.table.setColumnHidden(documento, True)
    mesa.card.table.horizontalHeader().moveSection(1, 2)
    with mesa.save(CSV, "lista.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    assert header[:2] == ["Sacado", "Título"]
    assert "CPF/CNPJ" not in header
    assert len(rows) == 451
    assert ["'=SOMA(A1)", "9001/1"] in [row[:2] for row in rows]
    assert load_workbook(mesa.save(XLSX, "lista.xlsx")).active.max_row == 453, "header, rows, total"
    with pdfium.PdfDocument(mesa.save(PDF, "lista.pdf")) as document:
        assert "451 linhas" in document[len(document) - 1].get_textpage().get_text_range()


def test_a_file_that_is_there_stays_when_the_new_one_fails(mesa: Mesa) -> None:
    (conta,) = mesa.office.busca.contas()
    mesa.office.add_titulos(conta, many(1))
    mesa.search()
    (mesa.folder / "pasta").write_text("não é uma pasta", encoding="utf-8")
    mesa.choose(CSV)
    dialog = mesa.card.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(mesa.folder / "pasta" / "lista.csv"))
    dialog.close()
    mesa.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MessageDialog))
    message = QApplication.activeModalWidget()
    assert message.message.startswith("Não foi possível gravar")
    message.accept()


def test_the_boletos_of_the_selection_become_a_carne(mesa: Mesa) -> None:
    (conta,) = mesa.office.busca.contas()
    ids = mesa.office.add_titulos(conta, many(4))
    for titulo in ("2001/1", "2002/1", "2003/1"):
        mesa.office.registro.registrar(ids[titulo], gerar_pdf=False)
    mesa.search()
    mesa.card.model.check(range(4), True)
    mesa.choose(ModoBoletos.CARNE.value)
    mesa.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MessageDialog))
    message = QApplication.activeModalWidget()
    assert message.message.startswith("3 boletos em ")
    assert message.message.endswith("1 título ficou de fora.")
    assert message.details == "O título 2004/1 não tem boleto registrado."
    message.accept()
    mesa.qtbot.waitUntil(lambda: len(mesa.opened) == 1)
    assert mesa.opened[0].name.startswith("CARNÊ MERCADO AURORA LTDA")
    with pdfium.PdfDocument(mesa.opened[0]) as document:
        assert len(document) == 1
