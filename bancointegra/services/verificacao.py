"""Verificar instalação: every part of the program is tried out, each with its own result and remedy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bancointegra.services.incident import as_app_error

Prova = tuple[str, Callable[[], str]]
"""The name of a part, and what tries it out: returns what was found, raises when the part does not work."""


@dataclass(frozen=True, slots=True)
class ItemVerificado:
    """How one part did: what was found, or what is wrong and what to do."""

    nome: str
    ok: bool
    detalhe: str
    remedio: str = ""


class VerificacaoService:
    """Tries out the parts in their order. What is made for a trial is removed again."""

    def __init__(self, provas: Sequence[Prova]) -> None:
        self._provas = tuple(provas)

    @property
    def nomes(self) -> tuple[str, ...]:
        """The names of the parts."""
        return tuple(nome for nome, _ in self._provas)

    def verificar(self, progress: Callable[[ItemVerificado], None] | None = None) -> tuple[ItemVerificado, ...]:
        """Try all parts, also after one has failed; each is told to ``progress`` as it ends. Never raises."""
        itens = []
        for nome, prova in self._provas:
            item = _tried(nome, prova)
            itens.append(item)
            if progress:
                progress(item)
        return tuple(itens)


def _tried(nome: str, prova: Callable[[], str]) -> ItemVerificado:
    try:
        return ItemVerificado(nome, True, prova())
    except Exception as error:  # noqa: BLE001 - a missing library or a defect is a result as well
        shown = as_app_error(error)
        return ItemVerificado(nome, False, shown.message, shown.hint)
