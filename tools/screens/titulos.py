"""Títulos a Receber and its forms, over the office of Integração Bancária."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from bancointegra.domain.conta import Ambiente, TipoCobranca
from bancointegra.domain.encargos import TipoDesconto
from bancointegra.ui.cadastros import rascunho as pagador_nomes
from bancointegra.ui.cadastros.nome_dialog import NomeDialog
from bancointegra.ui.cadastros.pagador_dialog import PagadorDialog
from bancointegra.ui.cadastros.pages import EscritoriosPage, PagadoresPage, TiposPage
from bancointegra.ui.cadastros.register_page import RegisterPage
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.screens import ScreenEntry
from bancointegra.ui.titulos import rascunho as nomes
from bancointegra.ui.titulos.encargos import DESCONTO
from bancointegra.ui.titulos.page import TitulosPage
from bancointegra.ui.titulos.parcelar_dialog import ParcelarDialog
from bancointegra.ui.titulos.services import TitulosServices
from bancointegra.ui.titulos.titulo_dialog import TituloDialog
from tools.screens.integracao import Demo
from tools.screens.stage import Screen, Stage

_PAUSE_MS = 450


class _Desk:
    """The page in its window, over an office in which every status occurs."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.register: Any = None
        self.demo = Demo(stage)
        office = self.demo.office
        self.page = TitulosPage(
            jobs=stage.jobs,
            services=TitulosServices(office.busca, office.titulos, office.pagadores),
            clock=office.clock,
            settings=self.demo.settings,
        )

    def window(self) -> MainWindow:
        entry = ScreenEntry(
            "titulos", ("Financeiro", "Contas a Receber"), "Títulos a Receber", "receipt-text", lambda _: self.page
        )
        window = MainWindow(jobs=self.stage.jobs, theme=self.stage.theme, settings=self.demo.settings, screens=[entry])
        self.page.status_changed.connect(window.say)
        window.set_ambiente(Ambiente.SIMULACAO)
        window.open_screen("titulos")
        window.desk = self  # type: ignore[attr-defined]  # lives as long as its window
        return window

    def settle(self) -> None:
        self.stage.wait_until(lambda: self.page.list.model.total > 0)
        QTest.qWait(_PAUSE_MS)

    def dialog(self, kind: type[QDialog]) -> QDialog:
        found: list[QDialog] = []

        def is_there() -> bool:
            """One of this desk: those of earlier pictures may still be open."""
            found[:] = [each for each in self.page.findChildren(kind) if each.isVisible()]
            return bool(found)

        self.stage.wait_until(is_there)
        QTest.qWait(_PAUSE_MS)
        return found[0]


def _window(stage: Stage) -> QWidget:
    return _Desk(stage).window()


def _list(window: QWidget, stage: Stage) -> None:
    desk: _Desk = window.desk  # type: ignore[attr-defined]  # the stage knows its widget
    desk.settle()
    model = desk.page.list.model
    model.check([0, 2], True)
    desk.page.list.table.selectRow(2)


def _narrow(window: QWidget, stage: Stage) -> None:
    """A 1366 × 768 display at 125 %."""
    window.resize(1093, 574)
    _list(window, stage)


def _opened(open_it: Callable[[_Desk], None], kind: type[QDialog]) -> Callable[[Stage], QWidget]:
    def make(stage: Stage) -> QWidget:
        desk = _Desk(stage)
        window = desk.window()
        window.resize(*stage.window_size)
        window.show()
        desk.settle()
        open_it(desk)
        dialog = desk.dialog(kind)
        dialog.desk, dialog.window_behind = desk, window  # type: ignore[attr-defined]  # the stage knows its widget
        return dialog

    return make


def _new(desk: _Desk) -> None:
    desk.page.new_titulo()


def _stored(titulo: str) -> Callable[[_Desk], None]:
    return lambda desk: desk.page.open_titulo(desk.demo.ids[titulo])


def _baixado(desk: _Desk) -> None:
    office, titulo_id = desk.demo.office, desk.demo.ids["1005/1"]
    office.instrucao.baixar(titulo_id, consultar_antes=False)
    desk.page.open_titulo(titulo_id)


def _none_found(window: QWidget, stage: Stage) -> None:
    _list(window, stage)
    page = window.desk.page  # type: ignore[attr-defined]  # the stage knows its widget
    page.filters.de.set_value(date(2030, 1, 1))
    page.search()
    stage.wait_until(page.list.empty.isVisible)


def _written(dialog: QWidget, stage: Stage) -> None:
    assert isinstance(dialog, TituloDialog)
    form = dialog.form
    form.fields.edits[nomes.NUMERO].setText("2001")
    form.fields.edits[nomes.VALOR].setText("1.000,00")
    desk: _Desk = dialog.desk  # type: ignore[attr-defined]  # the stage knows its widget
    dialog.pagador.show_sacado(desk.demo.office.pagadores.buscar("aurora", 1)[0].sacado)
    form.vencimento.set_value(date(2027, 1, 31))
    form.encargos.da_conta.setChecked(False)
    form.encargos.desconto.setCurrentIndex(form.encargos.desconto.findData(TipoDesconto.PERCENTUAL_ATE_DATA))
    form.fields.edits[DESCONTO].setText("5")
    form.encargos.ate.set_value(date(2027, 1, 20))
    QTest.qWait(_PAUSE_MS)


def _wrong(dialog: QWidget, stage: Stage) -> None:
    _written(dialog, stage)
    assert isinstance(dialog, TituloDialog)
    dialog.form.vencimento.set_value(date(2026, 11, 1))
    dialog.submit()
    QTest.qWait(_PAUSE_MS)


def _parcelar(desk: _Desk) -> None:
    desk.page.new_titulo()
    dialog = desk.dialog(TituloDialog)
    dialog.desk = desk  # type: ignore[attr-defined]  # the stage knows its widget
    _written(dialog, desk.stage)
    assert isinstance(dialog, TituloDialog)
    dialog.parcelar_button.click()


def _parceled(dialog: QWidget, stage: Stage) -> None:
    assert isinstance(dialog, ParcelarDialog)
    dialog.quantidade.setValue(7)
    stage.wait_until(lambda: dialog.table.rowCount() == 7)


def _pagador(desk: _Desk) -> None:
    desk.page.new_titulo()
    dialog = desk.dialog(TituloDialog)
    assert isinstance(dialog, TituloDialog)
    dialog.pagador.register()


def _typed_pagador(dialog: QWidget, stage: Stage) -> None:
    assert isinstance(dialog, PagadorDialog)
    for name, text in (
        (pagador_nomes.NOME, "CONSTRUTORA E INCORPORADORA HORIZONTE DO BRASIL PARTICIPAÇÕES LTDA"),
        (pagador_nomes.ENDERECO, "Avenida Paulista, 1000, conjunto 12"),
        (pagador_nomes.BAIRRO, "Jardim das Bandeiras"),
        (pagador_nomes.CIDADE, "São Paulo"),
        (pagador_nomes.UF, "SP"),
        (pagador_nomes.CEP, "20040-000"),
    ):
        dialog.fields.edits[name].setText(text)


def _known_pagador(dialog: QWidget, stage: Stage) -> None:
    assert isinstance(dialog, PagadorDialog)
    dialog.fields.edits[pagador_nomes.DOCUMENTO].setText("12.ABC.345/01DE-35")
    stage.wait_until(dialog.known_label.isVisible)


def _register(make: Callable[[_Desk], RegisterPage[Any]]) -> Callable[[Stage], QWidget]:
    def window(stage: Stage) -> QWidget:
        desk = _Desk(stage)
        desk.register = make(desk)
        entry = ScreenEntry(
            "cadastro", ("Cadastros",), desk.register.table.accessibleName(), "users", lambda _: desk.register
        )
        result = MainWindow(jobs=stage.jobs, theme=stage.theme, settings=desk.demo.settings, screens=[entry])
        desk.register.status_changed.connect(result.say)
        result.set_ambiente(Ambiente.SIMULACAO)
        result.open_screen("cadastro")
        result.desk = desk  # type: ignore[attr-defined]  # the stage knows its widget
        return result

    return window


def _pagadores(desk: _Desk) -> PagadoresPage:
    office = desk.demo.office
    first = office.pagadores.buscar("aurora", 1)[0]
    office.pagadores.salvar(replace(first, email="financeiro@mercadoaurora.com.br"), first)
    return PagadoresPage(office.pagadores, jobs=desk.stage.jobs, settings=desk.demo.settings)


def _tipos(desk: _Desk) -> TiposPage:
    office = desk.demo.office
    other = office.add_conta("ITAU-FILIAL", conta="81234", dac="0")
    office.conta.salvar_tipo_cobranca(TipoCobranca(0, "ALUGUEL", other.id))
    return TiposPage(office.conta, jobs=desk.stage.jobs, settings=desk.demo.settings)


def _escritorios(desk: _Desk) -> EscritoriosPage:
    office = desk.demo.office
    for nome in ("Silva & Souza Cobranças", "Recupera Crédito Assessoria"):
        office.escritorios.incluir(nome)
    return EscritoriosPage(office.escritorios, jobs=desk.stage.jobs, settings=desk.demo.settings)


def _listed(window: QWidget, stage: Stage) -> None:
    page = window.desk.register  # type: ignore[attr-defined]  # the stage knows its widget
    stage.wait_until(lambda: page.model.total > 0)
    QTest.qWait(_PAUSE_MS)
    page.table.selectRow(0)


def _nothing_found(window: QWidget, stage: Stage) -> None:
    _listed(window, stage)
    page = window.desk.register  # type: ignore[attr-defined]  # the stage knows its widget
    page.field.setText("zebedeu")
    stage.wait_until(page.empty.isVisible)


def _named(desk_page: Callable[[_Desk], RegisterPage[Any]]) -> Callable[[Stage], QWidget]:
    def make(stage: Stage) -> QWidget:
        window = _register(desk_page)(stage)
        window.resize(*stage.window_size)
        window.show()
        _listed(window, stage)
        page = window.desk.register  # type: ignore[attr-defined]  # the stage knows its widget
        page.ask_new()
        stage.wait_until(lambda: bool(page.findChildren(NomeDialog)))
        [dialog] = page.findChildren(NomeDialog)
        dialog.window_behind = window  # type: ignore[attr-defined]  # the stage knows its widget
        return dialog

    return make


SCREENS = (
    Screen("pagadores", _register(_pagadores), _listed, is_window=True),
    Screen("pagadores-nada", _register(_pagadores), _nothing_found, is_window=True),
    Screen("tipos-cobranca", _register(_tipos), _listed, is_window=True),
    Screen("tipos-cobranca-novo", _named(_tipos)),
    Screen("escritorios", _register(_escritorios), _listed, is_window=True),
    Screen("titulos", _window, _list, is_window=True),
    Screen("titulos-estreita", _window, _narrow, is_window=True),
    Screen("titulos-nenhum", _window, _none_found, is_window=True),
    Screen("titulo-baixado", _opened(_baixado, TituloDialog)),
    Screen("titulo-novo", _opened(_new, TituloDialog)),
    Screen("titulo-escrito", _opened(_new, TituloDialog), _written),
    Screen("titulo-errado", _opened(_new, TituloDialog), _wrong),
    Screen("titulo-pendente", _opened(_stored("1001/1"), TituloDialog)),
    Screen("titulo-registrado", _opened(_stored("1003/2"), TituloDialog)),
    Screen("titulo-a-confirmar", _opened(_stored("1004/1"), TituloDialog)),
    Screen("titulo-parcelar", _opened(_parcelar, ParcelarDialog), _parceled),
    Screen("pagador-novo", _opened(_pagador, PagadorDialog), _typed_pagador),
    Screen("pagador-conhecido", _opened(_pagador, PagadorDialog), _known_pagador),
)
