"""The screen Integração Bancária in all its states, over an office in a temporary folder."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import BankRefused, OutcomeUnknown, StoreError
from bancointegra.domain.instrucao import CancelarProtesto, Protestar
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.integracao.actions import ALTERAR, BAIXAR, CANCELAR_PROTESTO, CONSULTAR, PROTESTAR, REGISTRAR
from bancointegra.ui.integracao.alteracao import TipoAlteracao
from bancointegra.ui.integracao.auto_query_dialog import AutoQueryDialog
from bancointegra.ui.integracao.page import IntegracaoPage
from bancointegra.ui.integracao.sections import BOLETOS, PROTESTO
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.screens import ScreenEntry
from tests.ui.integracao.escritorio import Escritorio, PreferencesInMemory, novo
from tools.screens.stage import Screen, Stage

_LOOK_SIZE = (1520, 830)
_LONG = "CONSTRUTORA E INCORPORADORA HORIZONTE DO BRASIL PARTICIPAÇÕES E EMPREENDIMENTOS IMOBILIÁRIOS LTDA"
_SACADOS = (
    (1001, "1", "MERCADO AURORA LTDA", "94.920.084/0001-25", "1.250,00", 27),
    (1002, "1", "JOÃO BATISTA DE SOUZA", "475.315.619-21", "380,40", 27),
    (1003, "2", "PADARIA SÃO JORGE ME", "12.ABC.345/01DE-35", "2.114,90", 24),
    (1004, "1", "OFICINA TRÊS IRMÃOS", "41.600.496/0001-11", "955,00", 24),
    (1005, "1", "FARMÁCIA POPULAR CENTRO", "43.840.853/0001-44", "4.780,00", 25),
    (1006, "3", _LONG, "31.555.810/0001-38", "18.430,75", 25),
    (1007, "1", "ANA PAULA FERREIRA", "329.668.843-98", "129,90", 26),
    (1008, "1", "TRANSPORTES RODOVALE", "35.370.214/0001-34", "7.300,00", 26),
    (1009, "1", "CLÍNICA VIDA PLENA", "57.779.133/0001-25", "640,00", 27),
    (1010, "1", "PAPELARIA ESTRELA", "29.253.358/0001-08", "212,35", 27),
    (1011, "1", "AUTO POSTO CRUZEIRO", "27.491.349/0001-20", "3.905,18", 30),
)
_PAUSE_MS = 450
"""Longer than the pauses the page makes while one types."""
_folders = itertools.count(1)


class Demo:
    """An office in which every status occurs, and the page over it."""

    def __init__(self, stage: Stage, *, filled: bool = True) -> None:
        self.stage = stage
        folder = stage.folder / f"escritorio-{next(_folders)}"
        folder.mkdir()
        self.office = Escritorio(folder)
        self.office.pasta = folder / "IntegracaoBancaria"
        self.conta = self.office.add_conta()
        self.ids: dict[str, int] = {}
        if filled:
            self._fill(self.conta)
        office = self.office
        self.settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.page = IntegracaoPage(
            jobs=stage.jobs,
            services=office.services,
            clock=office.clock,
            settings=self.settings,
            preferences=PreferencesInMemory(Path("C:/Rezende/IntegracaoBancaria")),
            open_path=lambda path: None,
        )

    def window(self) -> QWidget:
        """The page where it lives."""
        entry = ScreenEntry(
            "integracao", ("Financeiro", "Banco"), "Integração Bancária", "landmark", lambda _window: self.page
        )
        window = MainWindow(jobs=self.stage.jobs, theme=self.stage.theme, settings=self.settings, screens=[entry])
        self.page.status_changed.connect(window.say)
        self.page.a_confirmar_changed.connect(window.set_a_confirmar)
        self.page.conta_changed.connect(lambda conta: window.set_ambiente(conta.ambiente if conta else None))
        window.set_certificate_days(212)
        window.open_screen("integracao")
        window.demo = self
        return window

    def search(self, *situacoes: Situacao) -> None:
        self.stage.wait_until(lambda: self.page.filters.conta is not None)
        for situacao, box in self.page.filters.boxes.items():
            box.setChecked(situacao in situacoes)
        self.page.search()
        self.stage.wait_until(lambda: self.page.list.model.total > 0)
        self.settle()

    def check(self, *titulos: str) -> None:
        model = self.page.list.model
        model.check([model.position_of(self.ids[titulo]) for titulo in titulos], True)

    def show(self, titulo: str) -> None:
        """Make a título the current one, with its detail."""
        self.page.list.table.selectRow(self.page.list.model.position_of(self.ids[titulo]))
        if self.page.detail.isVisible():
            self.stage.wait_until(lambda: self.page.detail.titulo_id == self.ids[titulo])

    def settle(self) -> None:
        """Let timers and background answers come in."""
        done = []
        self.stage.jobs.run(lambda ctx: None, owner=self.page, done=done.append)
        self.stage.wait_until(lambda: bool(done))
        QTest.qWait(_PAUSE_MS)

    def _fill(self, conta: ContaBancaria) -> None:
        novos = [
            replace(
                novo(numero, sacado, documento, valor, parcela=parcela, vencimento=date(2026, 11, dia)),
                emissao=date(2026, 11, 3) + timedelta(days=numero % 7),
            )
            for numero, parcela, sacado, documento, valor, dia in _SACADOS
        ]
        self.ids = self.office.add_titulos(conta, novos)
        for titulo in ("1003/2", "1005/1", "1006/3", "1008/1"):
            self.office.registro.registrar(self.ids[titulo], gerar_pdf=titulo == "1003/2")
        self.office.bank.pagos.add("1008/1")
        self.office.consulta.consultar(self.ids["1008/1"])
        self.office.bank.after["1004/1"] = _raising(OutcomeUnknown("O banco não respondeu em 30 segundos."))
        self.office.registro.registrar(self.ids["1004/1"], gerar_pdf=False)


def _raising(error: Exception) -> Callable[[], None]:
    def fault() -> None:
        raise error

    return fault


def _window(stage: Stage) -> QWidget:
    return Demo(stage).window()


def _empty(stage: Stage) -> QWidget:
    return Demo(stage, filled=False).window()


def _before_search(window: QWidget, stage: Stage) -> None:
    window.demo.settle()


def _nothing_found(window: QWidget, stage: Stage) -> None:
    demo = window.demo
    demo.settle()
    demo.page.search()
    demo.settle()


def _failed(window: QWidget, stage: Stage) -> None:
    demo = window.demo
    demo.search(Situacao.PENDENTE)
    demo.page.list.show_failure(
        StoreError(
            "O arquivo de dados está em uso por outro programa.",
            hint="Feche outras janelas do BancoIntegra ou cópias de segurança em andamento e tente de novo.",
        )
    )
    demo.settle()


def _rows(window: QWidget, stage: Stage) -> None:
    demo = window.demo
    demo.search(*Situacao)
    demo.check("1001/1", "1002/1", "1010/1")
    demo.show("1003/2")
    demo.page.list.table.setFocus()
    demo.settle()


def _look(window: QWidget, stage: Stage) -> None:
    window.resize(*_LOOK_SIZE)
    _rows(window, stage)


def _doubt(window: QWidget, stage: Stage) -> None:
    window.resize(*_LOOK_SIZE)
    demo = window.demo
    demo.search(*Situacao)
    demo.show("1004/1")
    demo.settle()


def _long_detail(window: QWidget, stage: Stage) -> None:
    demo = window.demo
    demo.page.list.detail_button.click()
    demo.search(*Situacao)
    demo.show("1006/3")
    demo.settle()


def _batch(window: QWidget, stage: Stage) -> None:
    demo = window.demo
    demo.search(Situacao.PENDENTE)
    demo.page.list.model.check_all()
    demo.settle()
    door = threading.Event()
    demo.page.destroyed.connect(door.set)
    demo.office.bank.before.update({titulo: door.wait for titulo in ("1002/1", "1009/1", "1010/1", "1011/1")})
    demo.page.actions_bar.buttons[REGISTRAR].click()
    stage.wait_until(lambda: QApplication.activeModalWidget() is not None)
    QApplication.activeModalWidget().yes_button.click()
    stage.wait_until(lambda: demo.page.actions_bar.progress.count == "2/6")
    demo.settle()


def _confirm(stage: Stage) -> QWidget:
    demo = _opened(stage)
    demo.search(*Situacao)
    demo.page.list.model.check_all()
    demo.settle()
    return _dialog_after(demo, REGISTRAR)


def _success(stage: Stage) -> QWidget:
    demo = _opened(stage)
    demo.search(Situacao.REGISTRADO)
    demo.check("1003/2", "1005/1")
    demo.office.bank.pagos.add("1005/1")
    demo.settle()
    return _dialog_after(demo, CONSULTAR)


def _results(stage: Stage) -> QWidget:
    demo = _opened(stage)
    refusal = BankRefused(
        "O banco recusou o registro: o CEP do pagador (00000-000) não existe na base dos Correios; o logradouro "
        "excede 45 caracteres; o campo “sacador avalista” é obrigatório para a espécie informada."
    )
    demo.office.bank.before["1001/1"] = _raising(refusal)
    demo.office.bank.after["1002/1"] = _raising(OutcomeUnknown("A conexão caiu antes da resposta do banco."))
    demo.search(Situacao.PENDENTE)
    demo.check("1001/1", "1002/1", "1007/1", "1009/1", "1010/1", "1011/1")
    demo.settle()
    question = _dialog_after(demo, REGISTRAR)
    question.yes_button.click()
    stage.wait_until(lambda: not demo.page.is_busy and QApplication.activeModalWidget() not in (None, question))
    return QApplication.activeModalWidget()


def _opened(stage: Stage) -> Demo:
    demo = Demo(stage)
    demo.page.resize(*stage.window_size)
    demo.page.show()
    return demo


def _dialog_after(demo: Demo, action: object) -> QWidget:
    demo.page.actions_bar.buttons[action].click()
    demo.stage.wait_until(lambda: QApplication.activeModalWidget() is not None)
    return QApplication.activeModalWidget()


def _registrados(stage: Stage, *titulos: str) -> Demo:
    """The page with these títulos REGISTRADO checked."""
    demo = _opened(stage)
    demo.search(Situacao.REGISTRADO)
    demo.check(*titulos)
    demo.settle()
    return demo


def _baixar(stage: Stage) -> QWidget:
    return _dialog_after(_registrados(stage, "1003/2", "1005/1", "1006/3"), BAIXAR)


def _baixar_second(stage: Stage) -> QWidget:
    first = _baixar(stage)
    first.yes_button.click()
    stage.wait_until(lambda: QApplication.activeModalWidget() not in (None, first))
    return QApplication.activeModalWidget()


def _alterar(stage: Stage) -> QWidget:
    return _dialog_after(_registrados(stage, "1003/2", "1005/1", "1006/3"), ALTERAR)


def _alterar_previewed(dialog: QWidget, stage: Stage) -> None:
    dialog.fields.data.set_value(date(2026, 12, 10))
    stage.wait_until(lambda: bool(dialog.preview.amounts))


def _alterar_discount(dialog: QWidget, stage: Stage) -> None:
    dialog.choose(TipoAlteracao.DESCONTO)
    dialog.fields.texto.setText("2.000,00")
    dialog.fields.data.set_value(date(2026, 11, 24))
    dialog.fields.texto.setFocus()
    stage.wait_until(lambda: bool(dialog.preview.amounts))


def _alterar_refused(dialog: QWidget, stage: Stage) -> None:
    dialog.choose(TipoAlteracao.MULTA)
    dialog.fields.texto.setText("250")
    dialog.submit()


_VENCIDOS = (
    (901, "POSTO DEVEDOR DA SERRA LTDA", "45.997.418/0001-53", "12.900,00", 3),
    (902, "BAR DA ESQUINA", "07.526.557/0001-00", "100,00", 5),
    (903, "MÓVEIS PLANEJADOS SOL NASCENTE", "02.916.265/0001-60", "3.480,50", 9),
    (904, "TECIDOS BOA VISTA LTDA", "61.695.227/0001-93", "7.300,00", 10),
)


def _overdue(demo: Demo) -> None:
    """Overdue títulos: registered, protested, and with a cancellation asked for."""
    demo.office.escritorios.incluir("Silva & Souza Cobranças")
    demo.office.escritorios.incluir("Recupera Crédito Assessoria")
    demo.ids = demo.office.add_titulos(
        demo.conta, [novo(*facts, vencimento=date(2026, 11, dia)) for *facts, dia in _VENCIDOS]
    )
    today, instrucao = date(2026, 11, 23), demo.office.instrucao
    for titulo in ("901/1", "902/1", "903/1", "904/1"):
        demo.office.registro.registrar(demo.ids[titulo], gerar_pdf=False)
    for titulo in ("903/1", "904/1"):
        instrucao.executar(demo.ids[titulo], Protestar(today, "Silva & Souza Cobranças"))
    instrucao.executar(demo.ids["904/1"], CancelarProtesto(today, "pago na empresa"))
    demo.page.sections.choose(PROTESTO)


def _protesto(window: QWidget, stage: Stage) -> None:
    window.resize(*_LOOK_SIZE)
    demo = window.demo
    _overdue(demo)
    demo.search(Situacao.REGISTRADO, Situacao.PROTESTADO, Situacao.CANCELAMENTO_ENVIADO)
    demo.show("903/1")
    demo.settle()


def _protestar(stage: Stage) -> QWidget:
    demo = _opened(stage)
    _overdue(demo)
    demo.search(Situacao.REGISTRADO)
    demo.check("901/1", "902/1", "1005/1")
    demo.settle()
    return _dialog_after(demo, PROTESTAR)


def _second_form(stage: Stage, first: QWidget) -> QWidget:
    first.yes_button.click()
    stage.wait_until(lambda: QApplication.activeModalWidget() not in (None, first))
    return QApplication.activeModalWidget()


def _protestar_form(stage: Stage) -> QWidget:
    return _second_form(stage, _protestar(stage))


def _protestar_new(dialog: QWidget, stage: Stage) -> None:
    dialog.escritorio.new_button.click()
    dialog.escritorio.new_name.setText("silva & souza cobranças" * 4)
    dialog.submit()
    stage.wait_until(lambda: bool(dialog.problem))


def _cancelar(stage: Stage) -> QWidget:
    demo = _opened(stage)
    _overdue(demo)
    demo.search(Situacao.PROTESTADO)
    demo.check("903/1")
    demo.settle()
    return _dialog_after(demo, CANCELAR_PROTESTO)


def _cancelar_form(stage: Stage) -> QWidget:
    return _second_form(stage, _cancelar(stage))


def _alterar_left_out(dialog: QWidget, stage: Stage) -> None:
    dialog.choose(TipoAlteracao.ABATIMENTO)
    dialog.fields.texto.setText("4.500,00")
    dialog.submit()
    stage.wait_until(lambda: bool(dialog.problem))


def _baixar_results(stage: Stage) -> QWidget:
    """One written off, one found paid, one refused, one whose approval is missing."""
    demo = _opened(stage)
    _overdue(demo)
    demo.office.bank.pagos.add("901/1")
    demo.office.bank.aguardando.add("902/1")
    demo.office.bank.before["1005/1"] = _raising(BankRefused("O boleto está em cartório e não pode ser baixado."))
    demo.page.sections.choose(BOLETOS)
    demo.search(Situacao.REGISTRADO)
    demo.check("901/1", "902/1", "1003/2", "1005/1")
    demo.settle()
    first = _dialog_after(demo, BAIXAR)
    second = _second_form(stage, first)
    second.check.setChecked(True)
    second.accept()
    stage.wait_until(lambda: not demo.page.is_busy and QApplication.activeModalWidget() not in (None, first, second))
    return QApplication.activeModalWidget()


def _auto_query(stage: Stage) -> QWidget:
    return AutoQueryDialog(30)


def _failed_detail(window: QWidget, stage: Stage) -> None:
    window.resize(*_LOOK_SIZE)
    demo = window.demo
    demo.search(Situacao.PENDENTE)
    demo.settle()
    demo.page.detail.show_error("O título não existe mais. Pesquise de novo.")


def _narrow(window: QWidget, stage: Stage) -> None:
    """A 1366 × 768 display at 125 %, with the detail open."""
    window.resize(1093, 574)
    _long_detail(window, stage)


SCREENS = (
    Screen("integracao-narrow", _window, _narrow, is_window=True),
    Screen("integracao-detail-failed", _window, _failed_detail, is_window=True),
    Screen("integracao-ready", _window, _before_search, is_window=True),
    Screen("integracao-nothing", _empty, _nothing_found, is_window=True),
    Screen("integracao-failed", _window, _failed, is_window=True),
    Screen("integracao-rows", _window, _rows, is_window=True),
    Screen("integracao-look", _window, _look, is_window=True),
    Screen("integracao-a-confirmar", _window, _doubt, is_window=True),
    Screen("integracao-detail-long", _window, _long_detail, is_window=True),
    Screen("integracao-batch", _window, _batch, is_window=True),
    Screen("integracao-confirm", _confirm),
    Screen("integracao-success", _success),
    Screen("integracao-results", _results),
    Screen("integracao-protesto", _window, _protesto, is_window=True),
    Screen("integracao-protestar", _protestar),
    Screen("integracao-protestar-form", _protestar_form),
    Screen("integracao-protestar-novo", _protestar_form, _protestar_new),
    Screen("integracao-cancelar-protesto", _cancelar),
    Screen("integracao-cancelar-protesto-form", _cancelar_form),
    Screen("integracao-consulta-automatica", _auto_query),
    Screen("integracao-baixar", _baixar),
    Screen("integracao-baixar-consultar", _baixar_second),
    Screen("integracao-alterar", _alterar),
    Screen("integracao-alterar-data", _alterar, _alterar_previewed),
    Screen("integracao-alterar-desconto", _alterar, _alterar_discount),
    Screen("integracao-baixar-resultados", _baixar_results),
    Screen("integracao-alterar-de-fora", _alterar, _alterar_left_out),
    Screen("integracao-alterar-recusado", _alterar, _alterar_refused),
)
