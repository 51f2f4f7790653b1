"""``bancointegra --selfcheck FILE``: Verificar instalação without the dialog."""

from __future__ import annotations

from pathlib import Path

from bancointegra.cli import exit_codes
from bancointegra.cli.output import write_line


def run_selfcheck(file: Path, data: Path | None) -> int:
    """Write the report to ``file``, and a line for each part; returns the process status."""
    from bancointegra.bootstrap.prova_tela import selfcheck  # Qt and the simulated bank take their time

    itens = selfcheck(file, data)
    for item in itens:
        write_line(f"{'ok' if item.ok else 'FALHOU':<6}  {item.nome}: {item.detalhe} {item.remedio}".rstrip())
    return exit_codes.OK if all(item.ok for item in itens) else exit_codes.PARTIAL
