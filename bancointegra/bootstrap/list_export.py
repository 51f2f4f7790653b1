"""The button Exportar, put into a list of títulos."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from bancointegra.bootstrap.program import Program
from bancointegra.system.open_file import open_with_system
from bancointegra.ui.exportacao.list_export import ListExport
from bancointegra.ui.integracao.list_card import ListCard
from bancointegra.ui.jobs import Jobs


def add_export(titulos: ListCard, program: Program, jobs: Jobs, window: QWidget) -> ListExport:
    """Let the list of a page, ``window``, be exported and its boletos be printed."""
    services = program.services
    return ListExport(
        titulos,
        jobs=jobs,
        busca=services.busca,
        exportacao=services.exportacao,
        impressao=services.impressao,
        open_path=open_with_system,
        window=window,
    )
