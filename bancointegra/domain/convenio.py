"""Convênios: the companies and public bodies whose bills Celcoin takes, each with its mask and hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from bancointegra.domain.linha_digitavel import TAMANHO_LINHA_ARRECADACAO

_QUALQUER = "_"


@dataclass(frozen=True, slots=True)
class Convenio:
    """One convênio. ``mascara`` is laid over the 48 digits of the linha digitável, ``_`` fitting any digit.

    ``limite`` is the last hour of the day at which it takes payments; None when not told.
    """

    nome: str
    mascara: str
    limite: time | None = None
    tipo: str = ""
    ufs: tuple[str, ...] = ()

    def aceita(self, linha: str) -> bool:
        """Whether the line (digits only) is of this convênio; a line that is not of 48 digits never is."""
        if len(linha) != TAMANHO_LINHA_ARRECADACAO or len(self.mascara) != len(linha):
            return False
        return all(expected in (_QUALQUER, digit) for expected, digit in zip(self.mascara, linha, strict=True))

    @property
    def digitos_fixos(self) -> int:
        """How many digits the mask fixes; the more, the more exact."""
        return sum(char != _QUALQUER for char in self.mascara)


def convenio_da_linha(convenios: Iterable[Convenio], linha: str) -> Convenio | None:
    """The convênio with the most exact mask that accepts the line; None without one."""
    return max((c for c in convenios if c.aceita(linha)), key=lambda c: c.digitos_fixos, default=None)
