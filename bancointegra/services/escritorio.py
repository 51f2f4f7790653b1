"""The small register of Escritórios de Cobrança."""

from __future__ import annotations

from bancointegra.domain.errors import InputError
from bancointegra.domain.ports import EscritorioRepository

_MAX = 60


class EscritorioService:
    """Lists and adds; a protest remembers the name in the título's history."""

    def __init__(self, escritorios: EscritorioRepository) -> None:
        self._escritorios = escritorios

    def todos(self) -> tuple[str, ...]:
        """The names, sorted."""
        return self._escritorios.all()

    def incluir(self, nome: str) -> str:
        """Add one; returns its name as stored. Raises ``InputError`` when it is empty, too long or already there."""
        clean = " ".join(nome.split())
        if not clean or len(clean) > _MAX or not clean.isprintable():
            raise InputError(f"O nome do escritório vai de 1 a {_MAX} caracteres.", field="Escritório de Cobrança")
        self._escritorios.add(clean)
        return clean
