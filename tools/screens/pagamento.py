"""The screen Pagamento de Contas in its states: a real store and services, over a small Celcoin."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bancointegra.domain.conta_consultada import ContaConsultada, Parte, ValoresConta
from bancointegra.domain.convenio import Convenio
from bancointegra.domain.errors import InputError, OutcomeUnknown
from bancointegra.domain.leitura_codigo import read_codigo
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import ResultadoPagamento, SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import Comprovante
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.pagamento.actions import CONFIRMAR, PAGAR
from bancointegra.ui.pagamento.agendar_dialog import AgendarDialog
from bancointegra.ui.pagamento.comprovante_dialog import ComprovanteDialog
from bancointegra.ui.pagamento.conta_dialog import ContaPagamentoDialog
from bancointegra.ui.pagamento.decidir_dialog import DecidirDialog
from bancointegra.ui.pagamento.file_reading import EscolherCodigoDialog, SenhaDialog
from bancointegra.ui.pagamento.lote_dialog import LoteDialog
from bancointegra.ui.pagamento.page import PagamentoPage
from bancointegra.ui.pagamento.pay_many import LinhaResultado
from bancointegra.ui.pagamento.results_dialog import ResultadosDialog
from bancointegra.ui.screens import ScreenEntry
from tests.printing.sample_pagamentos import TEXTO
from tests.services.pay_office import PayFolder, PayOffice
from tests.services.small_celcoin import AGUA, FICHA, FICHA_ALTERAVEL, FICHA_GRANDE, SmallCelcoin
from tests.ui.pagamento.conftest import services_of
from tools.screens.stage import Screen, Stage

_folders = itertools.count(1)
_PAUSE_MS = 400
_LONG = "CONSTRUTORA E INCORPORADORA HORIZONTE DO BRASIL PARTICIPAÇÕES LTDA"
_CONVENIOS = (
    Convenio("AGUAS DO RIO 4 RJ", "82______________1699____________________________", time(19), "ESTADUAL", ("RJ",)),
    Convenio("CONSIGAZ - SP", "83______________0221____________________________", time(19), "ESTADUAL", ("SP",)),
    Convenio("MINAS GERAIS MULTA", "87______________3466____________________________", time(16), "ESTADUAL", ("MG",)),
    Convenio("RECEITA FEDERAL DARF", "85______________0385____________________________", time(20), "NACIONAL"),
)


class _Celcoin(SmallCelcoin):
    """With bills as an office has them."""

    def consultar(self, linha: str) -> ContaConsultada:
        plain = super().consultar(linha)
        if linha == FICHA_GRANDE:
            due = plain.consultada_em.date() - timedelta(days=10)
            return replace(
                plain,
                emissor="ITAU UNIBANCO S.A.",
                beneficiario=Parte(_LONG, "04252011000110"),
                vencimento=due,
                ultimo_dia=plain.consultada_em.date(),
                valores=ValoresConta(
                    Reais(3_120_00),
                    original=Reais(3_000_00),
                    juros=Reais(60_00),
                    multa=Reais(60_00),
                    acrescimos=Reais(120_00),
                ),
            )
        return plain

    def comprovante(self, transacao: str) -> Comprovante:
        return Comprovante(transacao, TEXTO, autenticacao="1913")


class _Desk:
    """One office, its page in a window, and what the picture needs of both."""

    def __init__(self, stage: Stage, *, conta: bool = True) -> None:
        self.stage = stage
        folder = stage.folder / f"pagamentos-{next(_folders)}"
        folder.mkdir()
        self.office = PayOffice(PayFolder(folder))
        self.office.celcoin = self.office.banks.celcoin = _Celcoin(self.office.clock)
        self.celcoin.convenant_list = _CONVENIOS
        if not conta:
            self.office.store.contas_pagamento.all = lambda: ()  # type: ignore[method-assign]
        self.services = services_of(self.office)
        self.page = PagamentoPage(
            jobs=stage.jobs,
            services=self.services,
            clock=self.office.clock,
            settings=stage.settings,
            open_path=lambda _path: None,
        )

    @property
    def celcoin(self) -> SmallCelcoin:
        return self.office.banks.celcoin

    def window(self) -> MainWindow:
        entry = ScreenEntry(
            "pagamento", ("Financeiro", "Contas a Pagar"), "Pagamento de Contas", "receipt-text", lambda _w: self.page
        )
        window = MainWindow(jobs=self.stage.jobs, theme=self.stage.theme, settings=self.stage.settings, screens=[entry])
        window.desk = self  # type: ignore[attr-defined]  # the stage knows its widget
        window.open_screen("pagamento")
        window.set_ambiente(self.office.conta.ambiente)
        self.page.status_changed.connect(window.say)
        return window

    def consult(self, linha: str) -> None:
        self.settle()
        self.page.code.clear()
        QTest.keyClicks(self.page.code.field, linha)
        self.page.code.consultar_button.click()
        self.settle()

    def press(self, action: object) -> None:
        self.page.card.buttons[action].click()  # type: ignore[index]
        self.settle()

    def settle(self) -> None:
        self.stage.wait_until(lambda: self.page.conta is not None and not self.page.is_busy)
        QTest.qWait(_PAUSE_MS)

    def fill(self) -> None:
        """A few payments that are over."""
        office = self.office
        office.paid(FICHA)
        office.celcoin.give_back(office.pagamento(1).transacao)
        self.services.ocorrencias.buscar(office.conta.id)
        office.paid(AGUA)
        office.window.pagamento.cancelar(office.reserved(FICHA_ALTERAVEL))
        doubtful = office.reserved(FICHA_GRANDE)
        office.celcoin.fail_next("confirmar", OutcomeUnknown("A resposta não chegou."), committed=True)
        office.window.pagamento.confirmar(doubtful)


def _desk_of(widget: QWidget) -> _Desk:
    return widget.desk  # type: ignore[attr-defined, no-any-return]


def _screen(name: str, prepare: Callable[[_Desk], None], *, conta: bool = True, filled: bool = False) -> Screen:
    def make(stage: Stage) -> QWidget:
        desk = _Desk(stage, conta=conta)
        if filled:
            desk.fill()
        return desk.window()

    return Screen(name, make, lambda widget, _stage: prepare(_desk_of(widget)), is_window=True)


def _dialog(name: str, open_it: Callable[[_Desk], object], *, filled: bool = False) -> Screen:
    """The dialog alone, as it stands over the page."""

    def make(stage: Stage) -> QWidget:
        desk = _Desk(stage)
        if filled:
            desk.fill()
        dialog = open_it(desk)
        dialog.desk = desk  # type: ignore[attr-defined]  # the stage knows its widget
        return dialog  # type: ignore[return-value]

    return Screen(name, make, lambda _widget, _stage: QTest.qWait(_PAUSE_MS))


def _reserved(desk: _Desk) -> None:
    desk.consult(FICHA_GRANDE)
    desk.press(PAGAR)
    desk.office.clock.advance(minutes=1, seconds=12)
    desk.page.card.tick(desk.office.clock.now())


def _paid(desk: _Desk) -> None:
    _reserved(desk)
    desk.press(CONFIRMAR)


def _a_confirmar(desk: _Desk) -> None:
    desk.celcoin.fail_next("reservar", OutcomeUnknown("A resposta não chegou."), committed=True)
    desk.consult(FICHA)
    desk.press(PAGAR)
    if dialog := QApplication.activeModalWidget():
        dialog.close()
    QTest.qWait(_PAUSE_MS)


def _list(desk: _Desk) -> None:
    desk.settle()
    desk.page.pagamentos.toggle_detail(True)
    QTest.qWait(_PAUSE_MS)


def _tab(position: int) -> Callable[[_Desk], None]:
    def prepare(desk: _Desk) -> None:
        desk.settle()
        QTest.keyClicks(desk.page.code.field, AGUA)
        desk.page.tabs.setCurrentIndex(position)
        QTest.qWait(2 * _PAUSE_MS)

    return prepare


def _typing(desk: _Desk) -> None:
    desk.settle()
    QTest.keyClicks(desk.page.code.field, FICHA[:20] + "9")


def _lote(desk: _Desk) -> LoteDialog:
    dialog = LoteDialog(desk.office.conta, desk.stage.jobs, desk.services.lote)
    dialog.text.setPlainText("\n".join([FICHA, AGUA, FICHA_ALTERAVEL, FICHA[:-1] + "1", FICHA]))
    return dialog


def _comprovante(desk: _Desk) -> ComprovanteDialog:
    impresso = desk.services.comprovantes.ver(desk.office.paid(FICHA))
    return ComprovanteDialog(impresso, desk.stage.jobs, desk.services.comprovantes, lambda _path: None)


def _decidir(desk: _Desk) -> DecidirDialog:
    pagamento = desk.office.pagamento(desk.office.reserved())
    return DecidirDialog(pagamento, (SituacaoPagamento.ESTORNADO, SituacaoPagamento.PAGO))


def _agendar(desk: _Desk) -> AgendarDialog:
    pagamento = desk.office.pagamento(desk.office.consulted())
    return AgendarDialog(pagamento, Reais(15_000), desk.office.clock.today)


def _resultados(_desk: _Desk) -> ResultadosDialog:
    ended = (
        ("AGUAS DO RIO 4 RJ", 8_745, Desfecho.CONFIRMADA, "Pago. Autenticação 1913."),
        (
            "FORNECEDOR EXEMPLO LTDA",
            15_000,
            Desfecho.A_CONFIRMAR,
            f"A resposta não chegou. {OutcomeUnknown.default_hint}",
        ),
        (_LONG, 312_000, Desfecho.RECUSADA, "Saldo insuficiente na conta de pagamento. Nada foi debitado."),
    )
    lines = [
        LinhaResultado(nome, Reais(valor), ResultadoPagamento(number, nome, desfecho, mensagem))
        for number, (nome, valor, desfecho, mensagem) in enumerate(ended)
    ]
    return ResultadosDialog("1 conta paga. 1 recusada, 1 a confirmar.", lines)


def _senha(_desk: _Desk) -> SenhaDialog:
    return SenhaDialog("fatura-novembro.pdf", InputError("O PDF tem senha.", hint="Ela fica só na memória."), None)


def _escolher(desk: _Desk) -> EscolherCodigoDialog:
    hoje = desk.office.clock.today()
    return EscolherCodigoDialog([read_codigo(code, hoje) for code in (FICHA, AGUA)], None)


SCREENS = (
    _screen("pagamento-sem-conta", lambda _desk: QTest.qWait(_PAUSE_MS), conta=False),
    _screen("pagamento-vazio", lambda desk: desk.settle()),
    _screen("pagamento-digitando", _typing, filled=True),
    _screen("pagamento-consultado", lambda desk: desk.consult(FICHA_GRANDE)),
    _screen("pagamento-valor-livre", lambda desk: desk.consult(FICHA_ALTERAVEL), filled=True),
    _screen("pagamento-reservado", _reserved),
    _screen("pagamento-pago", _paid),
    _screen("pagamento-a-confirmar", _a_confirmar),
    _screen("pagamento-lista", _list, filled=True),
    _screen("pagamento-ocorrencias", _tab(1), filled=True),
    _screen("pagamento-convenios", _tab(2), filled=True),
    _dialog("pagamento-lote", _lote),
    _dialog("pagamento-comprovante", _comprovante),
    _dialog("pagamento-agendar", _agendar),
    _dialog("pagamento-resultados", _resultados),
    _dialog("pagamento-pdf-senha", _senha),
    _dialog("pagamento-pdf-escolher", _escolher),
    _dialog("pagamento-decidir", _decidir),
    _dialog(
        "pagamento-conta", lambda desk: ContaPagamentoDialog(desk.office.conta, desk.stage.jobs, desk.services.contas)
    ),
)
