"""The services the screen calls, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from bancointegra.services.busca import BuscaService
from bancointegra.services.consulta import ConsultaService
from bancointegra.services.escritorio import EscritorioService
from bancointegra.services.impressao import ImpressaoService
from bancointegra.services.instrucao import InstrucaoService
from bancointegra.services.reconciliacao import ReconciliacaoService
from bancointegra.services.registro import RegistroService


@dataclass(frozen=True, slots=True)
class IntegracaoServices:
    """All block; the screen calls them through ``Jobs`` only."""

    busca: BuscaService
    registro: RegistroService
    consulta: ConsultaService
    instrucao: InstrucaoService
    escritorios: EscritorioService
    impressao: ImpressaoService
    reconciliacao: ReconciliacaoService
