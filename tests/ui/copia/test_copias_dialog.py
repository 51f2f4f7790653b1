"""The list of copies, what each holds, and the question before one takes the place of the data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from bancointegra.domain.conta import TipoCobranca
from bancointegra.domain.copia import MotivoCopia, PreferenciasCopia
from bancointegra.domain.errors import StoreError
from bancointegra.services.copia import CatalogoCopias, CopiaService
from bancointegra.store import open_store
from bancointegra.store.copias import describe_copy
from bancointegra.system.copy_state import CopyStateFile
from bancointegra.ui.copia.command import CopiaCommand
from bancointegra.ui.copia.copias_dialog import CopiasDialog
from bancointegra.ui.copia.leaving import copy_before_leaving, restoring_dialog, wait_for
from bancointegra.ui.copia.restaurar_dialog import RestaurarDialog
from bancointegra.ui.jobs import Jobs
from tests.builders import ENTRY, KnownInstances, ManualClock, conta_itau, novo_titulo
from tests.new_data import new_data_file


class Desk:
    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(datetime(2026, 11, 23, 18, 2, 10).astimezone())
        self.store = open_store(new_data_file(folder / "dados.sqlite3"), instances=KnownInstances(), clock=self.clock)
        conta = self.store.contas.save(conta_itau())
        tipo = self.store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO", conta.id))
        self.store.titulos.add_many(conta.id, tipo.id, [novo_titulo(1001), novo_titulo(1002)], ENTRY)
        self.preferencias = PreferenciasCopia()
        self.catalogo = CatalogoCopias(
            padrao=folder / "copias", preferencias=lambda: self.preferencias, describe=describe_copy
        )
        self.copias = CopiaService(
            catalogo=self.catalogo,
            store=self.store.copias,
            estado=CopyStateFile(folder / "copia.json"),
            clock=self.clock,
            versao="0.1.0",
            origem="maria@FINANCEIRO",
        )

    def save(self, preferencias: PreferenciasCopia) -> None:
        self.preferencias = preferencias


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shutdown()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def command(window: QWidget, jobs: Jobs, desk: Desk) -> CopiaCommand:
    return CopiaCommand(window, jobs, desk.catalogo, desk.copias, desk.save)


@pytest.fixture
def dialog(qtbot: QtBot, command: CopiaCommand, desk: Desk) -> CopiasDialog:
    desk.copias.fazer(MotivoCopia.AO_FECHAR)
    desk.clock.advance(minutes=5)
    opened = command.open()
    qtbot.waitUntil(lambda: opened.restore_button.isEnabled())
    return opened


def said(dialog: CopiasDialog) -> str:
    return "\n".join(text.text() for text in dialog.findChildren(QLabel) if text.isVisible())


def test_the_newest_copy_is_looked_into_at_once(dialog: CopiasDialog) -> None:
    assert dialog.table.rowCount() == 1
    shown = said(dialog)
    assert "conferida, sem erros" in shown
    assert "2 títulos: 2 PENDENTE" in shown
    assert "ITAU01" in shown
    assert "no mesmo disco dos dados" in shown


def test_a_copy_made_now_is_listed_and_chosen(dialog: CopiasDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.make_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2 and dialog.restore_button.isEnabled())
    assert dialog.table.item(0, 1).text() == "a pedido"
    assert dialog.table.currentRow() == 0


def test_how_many_are_kept_is_a_preference(dialog: CopiasDialog, desk: Desk, qtbot: QtBot) -> None:
    dialog.kept.setValue(30)
    dialog.kept.editingFinished.emit()
    qtbot.waitUntil(lambda: desk.preferencias == PreferenciasCopia(None, 30))


def test_nothing_is_restored_before_the_clerk_says_to_have_understood(
    dialog: CopiasDialog, command: CopiaCommand, desk: Desk, qtbot: QtBot
) -> None:
    confirmed: list[Path] = []
    command.restore_confirmed.connect(confirmed.append)
    qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    [question] = dialog.findChildren(RestaurarDialog)
    assert not question.confirm_button.isEnabled()
    qtbot.keyClick(question.understood, Qt.Key.Key_Return)
    assert confirmed == []
    qtbot.keyClick(question.understood, Qt.Key.Key_Space)
    qtbot.mouseClick(question.confirm_button, Qt.MouseButton.LeftButton)
    assert confirmed == [desk.catalogo.listar()[0].path]


def test_while_orders_are_under_way_nothing_is_asked(dialog: CopiasDialog, jobs: Jobs, qtbot: QtBot) -> None:
    handle = jobs.run(lambda ctx: ctx.wait(20), owner=dialog, lane="conta")
    qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    assert dialog.findChildren(RestaurarDialog) == []
    handle.cancel()


def test_without_open_data_copies_are_only_looked_at_and_restored(
    window: QWidget, jobs: Jobs, desk: Desk, qtbot: QtBot
) -> None:
    desk.copias.fazer(MotivoCopia.A_PEDIDO)
    opened = CopiaCommand(window, jobs, desk.catalogo, None, desk.save).open()
    qtbot.waitUntil(lambda: opened.restore_button.isEnabled())
    assert not opened.make_button.isEnabled()


def test_the_copy_on_leaving_is_made_and_a_failure_told_at_the_next_start(
    jobs: Jobs, desk: Desk, command: CopiaCommand, qtbot: QtBot, tmp_path: Path
) -> None:
    copy_before_leaving(jobs, desk.copias)
    assert [copia.nome.motivo for copia in desk.catalogo.listar()] == [MotivoCopia.AO_FECHAR]
    desk.preferencias = PreferenciasCopia(tmp_path / "pendrive")
    copy_before_leaving(jobs, desk.copias)
    with qtbot.waitSignal(command.told) as told:
        command.warn()
    assert "pendrive não está disponível" in told.args[0]


def test_what_goes_wrong_behind_the_waiting_dialog_is_raised(jobs: Jobs) -> None:
    def fail(_ctx: object) -> None:
        raise StoreError("Sem espaço.")

    with pytest.raises(StoreError, match="Sem espaço"):
        wait_for(jobs, restoring_dialog(), fail)
