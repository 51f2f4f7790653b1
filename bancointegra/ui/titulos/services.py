"""The services the screen calls, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from bancointegra.services.busca import BuscaService
from bancointegra.services.pagador import PagadorService
from bancointegra.services.titulo import TituloService

LANE = "titulos"
"""What is being stored ends before the window closes."""


@dataclass(frozen=True, slots=True)
class TitulosServices:
    """All block; the screen calls them through ``Jobs`` only."""

    busca: BuscaService
    titulos: TituloService
    pagadores: PagadorService
