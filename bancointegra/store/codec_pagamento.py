"""What bill payment keeps whole as JSON: consults, requests of reserves, receipts."""

from __future__ import annotations

from datetime import time
from typing import Any, cast

from cattrs.preconf.json import make_converter

from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import Comprovante, PedidoReserva


def _make() -> Any:
    converter = make_converter()
    converter.register_unstructure_hook(Reais, lambda amount: amount.centavos)
    converter.register_structure_hook(Reais, lambda value, _: Reais(int(value)))
    converter.register_unstructure_hook(time, lambda hour: hour.isoformat())
    converter.register_structure_hook(time, lambda value, _: time.fromisoformat(value))
    return converter


_CONVERTER = _make()


def consulta_to_json(consulta: ContaConsultada) -> dict[str, Any]:
    return cast(dict[str, Any], _CONVERTER.unstructure(consulta))


def consulta_from_json(data: dict[str, Any]) -> ContaConsultada:
    return cast(ContaConsultada, _CONVERTER.structure(data, ContaConsultada))


def reserva_to_json(pedido: PedidoReserva) -> dict[str, Any]:
    return cast(dict[str, Any], _CONVERTER.unstructure(pedido))


def reserva_from_json(data: dict[str, Any]) -> PedidoReserva:
    return cast(PedidoReserva, _CONVERTER.structure(data, PedidoReserva))


def comprovante_to_json(comprovante: Comprovante) -> dict[str, Any]:
    return cast(dict[str, Any], _CONVERTER.unstructure(comprovante))


def comprovante_from_json(data: dict[str, Any]) -> Comprovante:
    return cast(Comprovante, _CONVERTER.structure(data, Comprovante))
