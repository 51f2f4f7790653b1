"""The sentences of exporting."""

from __future__ import annotations

from collections.abc import Sequence

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.titulo import TituloFilter
from bancointegra.services.impressao import BoletosGerados
from bancointegra.ui.integracao.texts import contar


def detalhe(filtro: TituloFilter, contas: Sequence[ContaBancaria]) -> str:
    """What was looked for: ``ITAU-MATRIZ · vencimento de 01/11/2026 até 30/11/2026 · PENDENTE, REGISTRADO``."""
    conta = next((conta.mnemonico for conta in contas if conta.id == filtro.conta_id), "")
    period = [f"de {filtro.de:%d/%m/%Y}" if filtro.de else "", f"até {filtro.ate:%d/%m/%Y}" if filtro.ate else ""]
    bounds = " ".join(part for part in period if part)
    parts = (
        conta,
        f"{filtro.tipo_periodo.value.lower()} {bounds}" if bounds else "",
        ", ".join(sorted(situacao.value for situacao in filtro.situacoes)),
        "só A CONFIRMAR" if filtro.somente_a_confirmar else "",
        f"com “{filtro.texto}”" if filtro.texto else "",
    )
    return " · ".join(part for part in parts if part)


def boletos_gerados(gerados: BoletosGerados) -> str:
    """``12 boletos em CARNÊ ….pdf. 1 ficou de fora.``"""
    left_out = contar(len(gerados.problemas), "título ficou de fora", "títulos ficaram de fora")
    if not gerados.paths:
        return f"Nenhum boleto gerado: {left_out}."
    count = contar(gerados.quantidade, "boleto", "boletos")
    where = gerados.paths[0] if len(gerados.paths) == 1 else gerados.paths[0].parent
    text = f"{count} em {where}."
    return f"{text} {left_out}." if gerados.problemas else text
