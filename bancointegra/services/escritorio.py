"""The small register of Escritórios de Cobrança."""

from __future__ import annotations

from collections.abc import Mapping

from bancointegra.domain.errors import InputError
from bancointegra.domain.ports_cadastros import EscritorioRepository

_MAX = 60


class EscritorioService:
    """Lists, adds, renames, deletes; a protest remembers the name it was ordered with."""

    def __init__(self, escritorios: EscritorioRepository) -> None:
        self._escritorios = escritorios

    def todos(self) -> tuple[str, ...]:
        """The names, sorted."""
        return self._escritorios.all()

    def incluir(self, nome: str) -> str:
        """Add one; returns its name as stored. Raises ``InputError`` when it is empty, too long or already there."""
        clean = _conferir(nome)
        self._escritorios.add(clean)
        return clean

    def renomear(self, nome: str, novo: str) -> str:
        """Returns the name as stored. Raises as ``incluir``, and ``StoreError`` when ``nome`` is gone."""
        clean = _conferir(novo)
        if clean != nome:
            self._escritorios.rename(nome, clean)
        return clean

    def excluir(self, nome: str) -> None:
        """Raises ``RuleError`` when a protest was ordered with it."""
        self._escritorios.delete(nome)

    def protestos(self) -> Mapping[str, int]:
        """How many protests were ordered with each name."""
        return self._escritorios.protestos()


def _conferir(nome: str) -> str:
    clean = " ".join(nome.split())
    if not clean or len(clean) > _MAX or not clean.isprintable():
        raise InputError(f"O nome do escritório vai de 1 a {_MAX} caracteres.", field="Escritório de Cobrança")
    return clean
