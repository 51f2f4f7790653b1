"""The screen's preferences about boletos, kept in the workstation's settings file."""

from __future__ import annotations

from pathlib import Path

from bancointegra.bootstrap.program import Program


class ProgramPreferences:
    """``ui.integracao.preferences.BoletoPreferences`` over a ``Program``."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def gerar_pdf(self) -> bool:
        return self._program.settings.gerar_pdf

    def save_gerar_pdf(self, gerar_pdf: bool) -> None:
        self._program.save_settings(gerar_pdf=gerar_pdf)

    def folder(self) -> Path:
        return self._program.boleto_folder

    def save_folder(self, folder: Path) -> None:
        self._program.save_settings(boleto_folder=folder)
