"""The registers by keyboard: search, add, change, delete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from bancointegra.ui.cadastros import rascunho as nomes
from bancointegra.ui.cadastros.nome_dialog import NomeDialog
from bancointegra.ui.cadastros.pagador_dialog import PagadorDialog
from bancointegra.ui.cadastros.pages import EscritoriosPage, PagadoresPage, TiposPage
from bancointegra.ui.cadastros.register_page import RegisterPage
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.jobs import Jobs
from tests.ui.integracao.escritorio import Escritorio, novo


@dataclass
class Mesa:
    qtbot: QtBot
    page: RegisterPage[Any]
    said: list[str] = field(default_factory=list)

    def shown(self) -> list[str]:
        """The first column, top to bottom."""
        return [self.page.model.index(row, 1).data() for row in range(self.page.model.rowCount())]

    def wait_list(self, *names: str) -> None:
        self.qtbot.waitUntil(lambda: self.shown() == list(names))

    def choose(self, name: str) -> None:
        self.page.table.selectRow(self.shown().index(name))
        self.page.table.setFocus()
        self.qtbot.waitUntil(lambda: self.page.open_button.isEnabled())

    def dialog(self, kind: type[QWidget]) -> Any:
        self.qtbot.waitUntil(lambda: type(QApplication.activeModalWidget()) is kind)
        return QApplication.activeModalWidget()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Escritorio]:
    """Two payers with títulos; each test works on a register of its own."""
    office = Escritorio(tmp_path_factory.mktemp("escritorio"))
    office.add_titulos(
        office.add_conta(),
        [
            novo(1001, "MERCADO AURORA LTDA", "11.222.333/0001-81", "1.250,00"),
            novo(1002, "JOÃO BATISTA DE SOUZA", "529.982.247-25", "380,40"),
        ],
    )
    yield office
    office.close()


@pytest.fixture
def open_page(qtbot: QtBot, jobs: Jobs, settings: QSettings) -> Iterator[Callable[..., Mesa]]:
    pages: list[QWidget] = []

    def make(page: type[RegisterPage[Any]], service: object) -> Mesa:
        opened = page(service, jobs=jobs, settings=settings)  # type: ignore[call-arg]
        pages.append(opened)
        desk = Mesa(qtbot, opened)
        opened.status_changed.connect(lambda text, _tone: desk.said.append(text))
        opened.resize(1000, 600)
        with qtbot.waitExposed(opened):
            opened.show()
        return desk

    yield make
    jobs.shutdown()
    for page in pages:
        delete(page)


def test_pagadores_are_searched_while_typing_and_changed(office: Escritorio, open_page: Callable[..., Mesa]) -> None:
    mesa = open_page(PagadoresPage, office.pagadores)
    mesa.wait_list("JOÃO BATISTA DE SOUZA", "MERCADO AURORA LTDA")
    mesa.qtbot.keyClicks(mesa.page.field, "aurora")
    mesa.wait_list("MERCADO AURORA LTDA")
    mesa.qtbot.keyClick(mesa.page.field, Qt.Key.Key_Return)
    mesa.qtbot.keyClick(mesa.page.table, Qt.Key.Key_F2)
    dialog = mesa.dialog(PagadorDialog)
    mesa.qtbot.waitUntil(lambda: dialog.titulos_label.text().startswith("1 título deste pagador."))
    mesa.qtbot.keyClicks(dialog.fields.edits[nomes.EMAIL], "contas@aurora")
    dialog.submit()
    assert "não é um endereço de e-mail" in dialog.fields.note_of(nomes.EMAIL)
    mesa.qtbot.keyClicks(dialog.fields.edits[nomes.EMAIL], "contas@aurora.com.br")
    dialog.submit()
    mesa.qtbot.waitUntil(lambda: mesa.said == ["MERCADO AURORA LTDA: no cadastro."])
    assert office.pagadores.buscar("aurora", 1)[0].email == "contas@aurora.com.br"


def test_what_the_bank_keeps_is_told_while_typing(office: Escritorio, open_page: Callable[..., Mesa]) -> None:
    mesa = open_page(PagadoresPage, office.pagadores)
    mesa.qtbot.keyClick(mesa.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = mesa.dialog(PagadorDialog)
    for name, text, note in (
        (nomes.BAIRRO, "Centro", "6 de 15 letras"),
        (nomes.CIDADE, "Sao Jose do Vale do Rio Preto", "29 letras; o banco guarda 20"),
    ):
        mesa.qtbot.keyClicks(dialog.fields.edits[name], text)
        assert dialog.fields.note_of(name) == note
    mesa.qtbot.keyClicks(dialog.fields.edits[nomes.CEP], "01310-100")
    mesa.qtbot.keyClicks(dialog.fields.edits[nomes.UF], "rj")
    assert dialog.fields.note_of(nomes.CEP) == "este CEP é de SP, não de RJ"
    dialog.reject()


def test_a_pagador_with_titulos_stays(office: Escritorio, open_page: Callable[..., Mesa]) -> None:
    mesa = open_page(PagadoresPage, office.pagadores)
    mesa.wait_list("JOÃO BATISTA DE SOUZA", "MERCADO AURORA LTDA")
    mesa.choose("JOÃO BATISTA DE SOUZA")
    mesa.qtbot.keyClick(mesa.page.table, Qt.Key.Key_Delete)
    mesa.dialog(MessageDialog).accept()
    mesa.qtbot.waitUntil(lambda: bool(mesa.said))
    assert "tem títulos e fica no cadastro" in mesa.dialog(MessageDialog).message
    QApplication.activeModalWidget().accept()


def test_tipos_of_every_account_are_added_renamed_and_deleted(
    office: Escritorio, open_page: Callable[..., Mesa]
) -> None:
    mesa = open_page(TiposPage, office.conta)
    mesa.wait_list("BOLETO ITAÚ")
    mesa.page.ask_new()
    dialog = mesa.dialog(NomeDialog)
    mesa.qtbot.keyClicks(dialog.nome, "ALUGUEL")
    mesa.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    mesa.wait_list("ALUGUEL", "BOLETO ITAÚ")
    mesa.choose("ALUGUEL")
    mesa.qtbot.keyClick(mesa.page.table, Qt.Key.Key_Return)
    dialog = mesa.dialog(NomeDialog)
    mesa.qtbot.keyClicks(dialog.nome, "CONDOMINIO")
    dialog.submit()
    mesa.wait_list("BOLETO ITAÚ", "CONDOMINIO")
    mesa.choose("CONDOMINIO")
    mesa.page.delete_button.click()
    mesa.dialog(MessageDialog).accept()
    mesa.wait_list("BOLETO ITAÚ")


def test_an_empty_register_says_how_to_begin(office: Escritorio, open_page: Callable[..., Mesa]) -> None:
    mesa = open_page(EscritoriosPage, office.escritorios)
    mesa.qtbot.waitUntil(lambda: mesa.page.empty.isVisible() and mesa.page.empty.title == "Nada cadastrado")
    mesa.qtbot.mouseClick(mesa.page.empty.action_button, Qt.MouseButton.LeftButton)
    dialog = mesa.dialog(NomeDialog)
    dialog.submit()
    mesa.qtbot.waitUntil(lambda: dialog.problem != "")
    mesa.qtbot.keyClicks(dialog.nome, "Silva")
    dialog.submit()
    mesa.wait_list("Silva")
