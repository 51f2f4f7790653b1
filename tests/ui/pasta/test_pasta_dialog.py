"""Pasta monitorada: what can be chosen, and what is said before money is at stake."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bancointegra.domain.conta import Ambiente, TipoCobranca
from bancointegra.domain.ponte import PreferenciasPasta
from bancointegra.ui.pasta.dialog import PastaDialog, Target
from tests.builders import conta_itau

SIMULATED = conta_itau(id=1)
REAL = replace(SIMULATED, id=2, mnemonico="ITAU02", ambiente=Ambiente.PRODUCAO)
TARGETS: list[Target] = [(SIMULATED, TipoCobranca(1, "BOLETO", 1)), (REAL, TipoCobranca(2, "CARNÊ", 2))]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(window: QWidget, preferencias: PreferenciasPasta, targets: list[Target] = TARGETS) -> PastaDialog:
    dialog = PastaDialog(preferencias, targets, window)
    dialog.open()
    return dialog


def test_it_is_off_at_first_and_nothing_else_can_be_changed(window: QWidget) -> None:
    dialog = opened(window, PreferenciasPasta())
    assert not dialog.active.isChecked()
    assert not any(widget.isEnabled() for widget in (dialog.folder, dialog.target, dialog.register, dialog.pdf))


def test_what_was_chosen_is_told(window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(window, PreferenciasPasta(True, tmp_path, "ITAU02", "CARNÊ"))
    qtbot.keyClick(dialog.register, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)
    assert chosen.args == [PreferenciasPasta(True, tmp_path, "ITAU02", "CARNÊ", registrar=True)]


def test_only_real_boletos_without_a_second_look_are_warned_about(window: QWidget, tmp_path: Path) -> None:
    dialog = opened(window, PreferenciasPasta(True, tmp_path, "ITAU02", "CARNÊ"))
    assert not dialog.warning.isVisible()
    dialog.register.setChecked(True)
    assert dialog.warning.isVisible()
    dialog.target.setCurrentIndex(0)
    assert not dialog.warning.isVisible()


@pytest.mark.parametrize(("folder", "targets"), [("", TARGETS), ("nada", TARGETS), (".", [])])
def test_without_folder_or_account_it_is_not_switched_on(
    window: QWidget, qtbot: QtBot, tmp_path: Path, folder: str, targets: list[Target]
) -> None:
    dialog = opened(window, PreferenciasPasta(True), targets)
    dialog.folder.setText(str(tmp_path / folder) if folder else "")
    qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.problem
