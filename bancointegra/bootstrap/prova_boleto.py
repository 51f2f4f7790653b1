"""One boleto from end to end in a throw-away office: mutual TLS, data file, PDF and its reading back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bancointegra.bootstrap.demo import Demo
from bancointegra.bootstrap.printer import PrinterOnDemand
from bancointegra.domain.errors import PrintError
from bancointegra.domain.order import Desfecho
from bancointegra.domain.titulo import TituloFilter, TituloSort
from bancointegra.system.paths import resources_dir


def provar_boleto() -> str:
    """Register and print a sample título at the simulated bank, on this machine only.

    Raises ``PrintError`` when there is no PDF, and what the start of the simulated bank raises.
    """
    with tempfile.TemporaryDirectory(prefix="bancointegra-prova-", ignore_cleanup_errors=True) as folder:
        demo = Demo(Path(folder), quem="verificação", samples=1, logs=False)
        try:
            program = demo.open()
            conta = program.services.busca.contas()[0]
            titulo_id = program.services.busca.ids(TituloFilter(conta.id), TituloSort.TITULO, descending=False)[0]
            resultado = program.services.registro.registrar(titulo_id, gerar_pdf=True)
            if resultado.desfecho is not Desfecho.CONFIRMADA or not resultado.pdf_path:
                raise PrintError(resultado.mensagem, hint="Instale o programa de novo, ou chame o suporte.")
            size = Path(resultado.pdf_path).stat().st_size
        finally:
            demo.close()
    return (
        f"registrado no banco simulado por TLS mútuo; PDF de {size // 1024} KB conferido pelas barras; "
        f"lotes desenhados {_where_batches_are_drawn()}"
    )


def _where_batches_are_drawn() -> str:
    """A machine that forbids a second process prints all the same, only slower."""
    printer = PrinterOnDemand(resources_dir() / "fonts")
    try:
        return "em processo próprio" if printer.draws_batches_aside() else "neste mesmo processo"
    finally:
        printer.close()
