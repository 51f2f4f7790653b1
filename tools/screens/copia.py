"""Cópia de segurança: the list, the question before a restore, and the waiting."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bancointegra.domain.copia import ConteudoCopia, MotivoCopia, NomeCopia, PreferenciasCopia, TabelasCopia
from bancointegra.domain.situacao import Situacao
from bancointegra.services.copia import CatalogoCopias
from bancointegra.ui.copia.copias_dialog import CopiasDialog
from bancointegra.ui.copia.leaving import copying_dialog
from bancointegra.ui.copia.restaurar_dialog import RestaurarDialog
from tools.screens.stage import Screen, Stage

_NOW = datetime(2026, 11, 23, 18, 2, 10).astimezone()
_CONTENT = ConteudoCopia(
    ("ITAU-MATRIZ", "ITAU-FILIAL-CAMPINAS"),
    {Situacao.PENDENTE: 84, Situacao.REGISTRADO: 212, Situacao.LIQUIDADO: 1380},
    1,
    _NOW - timedelta(minutes=4),
    TabelasCopia.IGUAIS,
)


def catalogo(folder: Path, preferencias: PreferenciasCopia) -> CatalogoCopias:
    return CatalogoCopias(padrao=folder, preferencias=lambda: preferencias, describe=lambda path: _CONTENT)


def copias(stage: Stage) -> QWidget:
    folder = stage.folder / "copias"
    folder.mkdir(exist_ok=True)
    motivos = (MotivoCopia.AO_FECHAR, MotivoCopia.A_PEDIDO, MotivoCopia.AO_FECHAR, MotivoCopia.ANTES_DE_ATUALIZAR)
    for days, motivo in enumerate(motivos):
        nome = NomeCopia(_NOW - timedelta(days=days), motivo, "0.1.0", "maria@FINANCEIRO")
        (folder / nome.arquivo()).write_bytes(b"0" * (2_300_000 - days * 120_000))
    return CopiasDialog(stage.jobs, catalogo(folder, PreferenciasCopia()), None, lambda _: None)


def wait_for_preview(dialog: QWidget, stage: Stage) -> None:
    stage.wait_until(lambda: dialog.restore_button.isEnabled())  # type: ignore[attr-defined]  # the stage knows its widget
    dialog.make_button.setEnabled(True)  # type: ignore[attr-defined]  # the stage knows its widget


def no_copies(stage: Stage) -> QWidget:
    folder = stage.folder / "pendrive" / "Cópias do BancoIntegra"
    folder.mkdir(parents=True, exist_ok=True)
    return CopiasDialog(stage.jobs, catalogo(stage.folder / "nada", PreferenciasCopia(folder)), None, lambda _: None)


def wait_for_list(dialog: QWidget, stage: Stage) -> None:
    stage.wait_until(lambda: bool(dialog.source.text()))  # type: ignore[attr-defined]  # the stage knows its widget


def restaurar(stage: Stage) -> QWidget:
    nome = NomeCopia(_NOW, MotivoCopia.AO_FECHAR, "0.1.0", "maria@FINANCEIRO")
    return RestaurarDialog(Path(nome.arquivo()), _CONTENT)


def waiting(stage: Stage) -> QWidget:
    dialog = copying_dialog()
    dialog.bar.setMaximum(100)
    dialog.bar.setValue(40)
    return dialog


SCREENS = (
    Screen("copia-lista", copias, wait_for_preview),
    Screen("copia-nenhuma", no_copies, wait_for_list),
    Screen("copia-restaurar", restaurar),
    Screen("copia-ao-fechar", waiting),
)
