"""Entries of a boleto's history, as the query shows them."""

from __future__ import annotations

from datetime import date

from bancointegra.simulator.model import Boleto

SISTEMA = "SISTEMA"


def note(
    boleto: Boleto,
    day: date,
    operacao: str,
    *,
    motivo: str = "",
    before: str = "",
    after: str = "",
    by: str = SISTEMA,
    canal: str = "",
) -> None:
    """Append one entry to the boleto's history."""
    boleto.historico.append(
        {
            "data": day.isoformat(),
            "operacao": operacao,
            "comandado_por": by,
            "motivo": motivo,
            "conteudo_anterior": before,
            "conteudo_atual": after,
            "canal_origem": canal,
            "informacao_complementar": "",
            "detalhe": [],
        }
    )
