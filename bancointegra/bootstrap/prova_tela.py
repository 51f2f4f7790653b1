"""Verificar instalação where there is a screen: Qt and its parts, the menu's dialog, and the command for scripts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QSettings, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImageReader
from PySide6.QtWidgets import QWidget

from bancointegra.bootstrap.program import program_paths
from bancointegra.bootstrap.verificacao import build_verificacao, write_report
from bancointegra.domain.errors import RuleError
from bancointegra.services.verificacao import ItemVerificado
from bancointegra.system.paths import AppPaths
from bancointegra.system.settings import Settings, SettingsFile
from bancointegra.ui.app import create_application
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.verificacao_dialog import VerificacaoDialog

TELA = "Tela (Qt)"
_FONTS = ("Inter", "JetBrains Mono")
_REINSTALL = "Instale o programa de novo."


def show_verificacao(parent: QWidget, jobs: Jobs, paths: AppPaths, boleto_folder: Path) -> VerificacaoDialog:
    """Ajuda → Verificar instalação. Qt is looked at now, for only this thread may."""
    found = _try_screen()
    dialog = VerificacaoDialog(parent, jobs, build_verificacao(paths, boleto_folder, (TELA, lambda: found)))
    dialog.open()
    return dialog


def selfcheck(file: Path, data: Path | None) -> tuple[ItemVerificado, ...]:
    """``--selfcheck FILE``: try everything out and write the report, also while it goes on.

    A part that ends the process leaves the report of those before it; Qt comes last. Raises ``StoreError``.
    """
    paths = program_paths(data).create()
    itens: list[ItemVerificado] = []

    def note(item: ItemVerificado) -> None:
        itens.append(item)
        write_report(file, tuple(itens), complete=False)

    boleto_folder = SettingsFile(paths.settings_file, Settings(paths.default_boleto_folder)).load().boleto_folder
    build_verificacao(paths, boleto_folder, (TELA, lambda: _start_screen(paths))).verificar(note)
    write_report(file, tuple(itens), complete=True)
    return tuple(itens)


def _start_screen(paths: AppPaths) -> str:
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if QGuiApplication.instance() is None:
        create_application(["bancointegra"], QSettings(str(paths.config / "window.ini"), QSettings.Format.IniFormat))
    return _try_screen()


def _try_screen() -> str:
    """Raises ``RuleError`` naming the part of Qt that is missing."""
    missing = [font for font in _FONTS if font not in QFontDatabase.families()]
    if b"svg" not in [bytes(each.data()) for each in QImageReader.supportedImageFormats()]:
        missing.append("ícones (SVG)")
    translations = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    if not (translations / "qtbase_pt_BR.qm").is_file():
        missing.append("textos em português")
    if missing:
        raise RuleError(f"Falta na tela: {', '.join(missing)}.", hint=_REINSTALL, code="tela")
    screen = QGuiApplication.primaryScreen()
    size, scale = screen.size(), screen.devicePixelRatio()
    return f"Qt {qVersion()} ({QGuiApplication.platformName()}), {size.width()} × {size.height()}, escala {scale:.2g}"
