"""Telling what became of the rows of a file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bancointegra.cli.output import write_json, write_line
from bancointegra.domain.ponte import LinhaPonte, RespostaPonte
from bancointegra.services.ponte_json import linha_json

if TYPE_CHECKING:
    from bancointegra.bootstrap.program import Program


def show_linhas(program: Program, resposta: RespostaPonte, *, as_json: bool) -> None:
    """Every row as a JSON object; or the rows somebody should look at, and how many there were of each kind."""
    for linha in resposta.linhas:
        if as_json:
            write_json(linha_json(linha, program.services.ponte.titulo(linha)))
        elif linha.mensagem:
            write_line(f"{linha.onde}: {linha.mensagem}")
    if not as_json:
        write_line(summary(resposta.linhas))


def summary(linhas: tuple[LinhaPonte, ...]) -> str:
    """``3 linhas: 2 novo, 1 existente. 1 pendente. 1 com erro.``"""
    counts = Counter(linha.resultado.value for linha in linhas)
    rows = "1 linha" if len(linhas) == 1 else f"{len(linhas)} linhas"
    parts = [f"{rows}: {', '.join(f'{count} {word}' for word, count in counts.items())}." if counts else f"{rows}."]
    pending = sum(linha.pendente for linha in linhas)
    wrong = sum(bool(linha.erro) and not linha.pendente for linha in linhas)
    parts += [f"{count} {word}." for count, word in ((pending, "pendente"), (wrong, "com erro")) if count]
    return " ".join(parts)
