"""The services the screen calls, in one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bancointegra.services.certificado import CertificadoService
from bancointegra.services.certificado_flow import CertificadoFlow
from bancointegra.services.conta import ContaService
from bancointegra.services.teste_conexao import TesteConexaoService

LANE = "cadastro-contas"
"""What is being stored or asked of the bank here ends before the window closes."""


@dataclass(frozen=True, slots=True)
class ContaServices:
    conta: ContaService
    certificado: CertificadoService
    novo_fluxo: Callable[[], CertificadoFlow]
    """A flow of its own for each wizard."""
    teste: TesteConexaoService
