"""What waits for an approval: the título in the list, the results that ask, and the question of a denial."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from bancointegra.domain.instrucao import AlterarValor
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.integracao.actions import VERIFICAR
from tools.screens.integracao import Demo, _opened, _window
from tools.screens.stage import Screen, Stage

_LOOK_SIZE = (1500, 800)


def _send(demo: Demo) -> None:
    demo.office.bank.aguardando.update(("1003/2", "1005/1"))
    for titulo in ("1003/2", "1005/1"):
        demo.office.instrucao.executar(demo.ids[titulo], AlterarValor(Reais(99_900)))


def _waiting(window: QWidget, stage: Stage) -> None:
    window.resize(*_LOOK_SIZE)
    _send(window.demo)
    window.demo.search(*Situacao)
    window.demo.show("1003/2")
    window.demo.settle()


def _results(stage: Stage) -> QWidget:
    demo = _opened(stage)
    _send(demo)
    demo.search(*Situacao)
    demo.check("1003/2", "1005/1")
    demo.settle()
    demo.page.actions_bar.buttons[VERIFICAR].click()
    stage.wait_until(lambda: not demo.page.is_busy and QApplication.activeModalWidget() is not None)
    return QApplication.activeModalWidget()


def _question(stage: Stage) -> QWidget:
    results = _results(stage)
    results.denied_button.click()
    stage.wait_until(lambda: QApplication.activeModalWidget() not in (None, results))
    return QApplication.activeModalWidget()


SCREENS = (
    Screen("integracao-aguardando", _window, _waiting, is_window=True),
    Screen("integracao-aguardando-resultados", _results),
    Screen("integracao-nao-aprovado", _question),
)
