"""The screen Importar títulos, by clicks and keys, over real files and a real store."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from bancointegra.bootstrap.exporters import encoders
from bancointegra.domain.importacao import Campo, FormatoData
from bancointegra.domain.titulo import TituloFilter
from bancointegra.files.office_files import OfficeFiles
from bancointegra.services.exportacao import ExportacaoService
from bancointegra.services.importacao import ImportacaoService
from bancointegra.system.atomic_file import write_atomically
from bancointegra.system.paths import resources_dir
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.importacao.columns_dialog import ColunasDialog
from bancointegra.ui.importacao.page import ImportacaoPage, ImportacaoServices
from bancointegra.ui.jobs import Jobs
from tests.files.sheets import HEADER, duplicata, nfe, row, write_csv, write_nfe
from tests.ui.hostile import Walker, require_plain
from tests.ui.integracao.escritorio import Escritorio


class Mesa:
    """The page, its office, and what it told."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, settings: QSettings, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.office = Escritorio(folder)
        self.conta = self.office.add_conta()
        clock = self.office.clock
        importacao = ImportacaoService(
            files=OfficeFiles(), importacoes=self.office.store.importacoes, clock=clock, quem="carla"
        )
        exportacao = ExportacaoService(
            encoders=encoders(resources_dir() / "fonts"), write=write_atomically, clock=clock
        )
        self.page = ImportacaoPage(
            jobs=jobs, services=ImportacaoServices(self.office.busca, importacao, exportacao), settings=settings
        )
        self.said: list[str] = []
        self.page.status_changed.connect(lambda text, _tone: self.said.append(text))
        qtbot.addWidget(self.page)
        self.page.resize(1300, 700)
        with qtbot.waitExposed(self.page):
            self.page.show()
        qtbot.waitUntil(lambda: self.page.target.count() == 1)

    def read(self, *files: Path) -> None:
        self.page.open(files)
        self.wait_read()

    def wait_read(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.previa is not None)

    def rows(self) -> list[list[str]]:
        """What the table shows: where, situação, título and explanation."""
        model = self.page.preview.model
        wanted = range(len(self.page.previa.linhas))
        self.qtbot.waitUntil(lambda: model.total == len(wanted) and all(model.row(at) for at in wanted))
        self.qtbot.waitUntil(lambda: all(model.row(at).linha is self.page.previa.linhas[at] for at in wanted))
        return [[str(model.index(at, section).data()) for section in (1, 2, 3, 8)] for at in range(model.total)]

    def message(self) -> MessageDialog:
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MessageDialog))
        found = QApplication.activeModalWidget()
        assert isinstance(found, MessageDialog)
        return found

    def stored(self) -> int:
        return self.office.busca.totais(TituloFilter(self.conta.id)).quantidade


@pytest.fixture
def mesa(qtbot: QtBot, jobs: Jobs, settings: QSettings, tmp_path: Path) -> Iterator[Mesa]:
    desk = Mesa(qtbot, jobs, settings, tmp_path)
    yield desk
    desk.office.close()


def test_good_rows_go_in_wrong_ones_stay_out_and_the_second_time_nothing_happens(mesa: Mesa) -> None:
    path = write_csv(mesa.folder / "t.csv", row(), row(numero="1002", uf="XX"), row(numero="1003"))
    mesa.read(path)
    assert mesa.page.preview.counted == "3 linhas: 2 novas e 1 com erro."
    assert mesa.rows() == [
        ["Linha 2", "NOVO", "1001", ""],
        ["Linha 3", "ERRADO", "1002", "UF: “XX” não é uma UF."],
        ["Linha 4", "NOVO", "1003", ""],
    ]
    assert mesa.stored() == 0
    assert mesa.page.import_button.text() == "Importar 2 títulos"
    QTest.keyClick(mesa.page, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    message = mesa.message()
    assert message.message == "2 títulos importados."
    assert message.hint.startswith("1 linha com erro ficou de fora.")
    message.accept()
    mesa.wait_read()
    assert mesa.stored() == 2
    assert mesa.page.preview.counted == "3 linhas: 2 já existem e 1 com erro."
    assert not mesa.page.import_button.isEnabled()


def test_a_changed_titulo_is_updated_only_when_ticked(mesa: Mesa) -> None:
    mesa.read(write_csv(mesa.folder / "a.csv", row()))
    mesa.page.import_button.click()
    mesa.message().accept()
    mesa.wait_read()
    mesa.read(write_csv(mesa.folder / "b.csv", row(vencimento="30/12/2026"), row(numero="1002")))
    preview = mesa.page.preview
    assert mesa.page.import_button.text() == "Importar 1 título"
    preview.filters["Mudaram"].click()
    mesa.qtbot.waitUntil(lambda: preview.changes.total == 1)
    preview.changes_table.setFocus()
    preview.changes_table.selectRow(0)
    QTest.keyClick(preview.changes_table, Qt.Key.Key_Space)
    assert mesa.page.import_button.text() == "Importar 1 título e atualizar 1"
    mesa.page.import_button.click()
    assert mesa.message().message == "1 título importado e 1 atualizado."


def test_a_missing_column_is_chosen_in_the_dialog_and_the_dates_in_the_list(mesa: Mesa) -> None:
    header = ("Cobrar em", "Código", *HEADER[2:])
    mesa.read(write_csv(mesa.folder / "erp.csv", ("01/12/2026", "77", *row()[2:]), header=header))
    assert mesa.page.reading.summary.endswith("Diga em que coluna está: Número do título, Vencimento.")
    mesa.page.reading.columns_button.click()
    dialog = mesa.page.reading.findChild(ColunasDialog)
    dialog.confirm_button.click()
    assert dialog.problem == "Diga em que coluna está: Número do título, Vencimento."
    dialog.fields[Campo.VENCIMENTO].setCurrentText("1 · Cobrar em")
    dialog.fields[Campo.NUMERO].setCurrentText("1 · Cobrar em")
    dialog.confirm_button.click()
    assert dialog.problem.startswith("A mesma coluna serve a Número do título e a Vencimento.")
    dialog.fields[Campo.NUMERO].setCurrentText("2 · Código")
    dialog.confirm_button.click()
    mesa.wait_read()
    assert mesa.rows()[0][1:3] == ["NOVO", "77"]
    mesa.page.reading.formato_data.setCurrentText(FormatoData.MES_DIA_ANO.value)
    mesa.wait_read()
    assert mesa.rows()[0][3] == "Vencimento: é anterior à emissão."


def test_notas_are_dropped_on_the_page(mesa: Mesa) -> None:
    nota = write_nfe(mesa.folder / "n.xml", nfe(duplicata(), duplicata("002", "2027-01-22")))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(nota))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    mesa.page.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, buttons, keys))
    mesa.wait_read()
    assert not mesa.page.reading.isVisible()
    assert [shown[2] for shown in mesa.rows()] == ["1234/1", "1234/2"]


def test_the_faults_are_saved_as_a_sheet(mesa: Mesa) -> None:
    mesa.read(write_csv(mesa.folder / "t.csv", row(uf="XX", cep="1"), row(numero="1002", sacado="=1+1", valor="x")))
    mesa.page.faults_button.click()
    dialog = mesa.page.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("erros-t.csv")
    target = mesa.folder / "erros.csv"
    dialog.fileSelected.emit(str(target))
    mesa.qtbot.waitUntil(lambda: bool(mesa.said))
    dialog.close()
    assert mesa.said == [f"Exportado para {target}."]
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";"))[1:] == [
            ["Linha 2", "UF", "“XX” não é uma UF.", "1001", "MERCADO SÃO JORGE"],
            ["Linha 2", "CEP", "o CEP deve ter 8 dígitos.", "1001", "MERCADO SÃO JORGE"],
            ["Linha 3", "Valor", "“x” não é um valor em reais.", "1002", "'=1+1"],
        ]


def test_a_file_that_cannot_be_read_says_why(mesa: Mesa) -> None:
    path = mesa.folder / "t.xlsx"
    path.write_bytes(b"PK\x03\x04 cortado")
    mesa.page.open([path])
    mesa.qtbot.waitUntil(lambda: mesa.page.preview.empty.title == "Confira o que foi informado")
    assert mesa.said == ["O arquivo t.xlsx está danificado. Peça ou gere o arquivo de novo."]
    assert not mesa.page.import_button.isEnabled()


def test_reading_is_stopped_and_begun_again(mesa: Mesa) -> None:
    path = write_csv(mesa.folder / "t.csv", *[row(numero=str(number)) for number in range(1500)])
    mesa.page.open([path])
    mesa.page.progress.stop_button.click()
    mesa.qtbot.waitUntil(lambda: mesa.page.preview.empty.title == "Leitura interrompida")
    assert mesa.page.previa is None
    QTest.keyClick(mesa.page, Qt.Key.Key_F5)
    mesa.wait_read()
    assert mesa.page.import_button.text() == "Importar 1.500 títulos"
    mesa.page.import_button.click()
    mesa.page.progress.stop_button.click()
    mesa.qtbot.waitUntil(mesa.page.import_button.isEnabled)
    assert mesa.stored() in (0, 1500), "all of it or nothing"


def test_a_file_that_nobody_should_have_chosen_is_told_and_stores_nothing(mesa: Mesa, walker: Walker) -> None:
    for path in walker.files:
        mesa.said.clear()
        mesa.page.open([path])
        mesa.qtbot.waitUntil(lambda: mesa.page._reading is None)
        if mesa.page.previa is None:
            require_plain(mesa.said[-1], path)
        else:
            assert mesa.page.previa.impedida, path
            assert not mesa.page.import_button.isEnabled()
    assert mesa.stored() == 0


def test_a_header_that_nobody_wrote_by_hand_is_shown_and_chosen_from_at_once(mesa: Mesa) -> None:
    strange = ["x" * 100_000, "<b>oi</b><img src=//estranho/x.png>", "a\u202e\u200bb", *["y" * 5000] * 150]
    path = write_csv(mesa.folder / "a.csv", ("",) * len(strange), header=strange)
    mesa.read(path)
    started = time.perf_counter()
    mesa.page.reading.choose_columns()
    mesa.page.repaint()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ColunasDialog)
    assert time.perf_counter() - started < 3
    shown = max(len(dialog.fields[Campo.NUMERO].itemText(at)) for at in range(len(strange)))
    assert shown < 80
    assert len(mesa.page.reading.summary) < 1000
    assert "e mais 141." in mesa.page.reading.summary
    dialog.reject()
