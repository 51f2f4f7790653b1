"""Frozen domain records to JSON and back, for the columns that keep them whole."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union

from bancointegra.domain.boleto import PedidoRegistro
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.importacao import LeituraGuardada
from bancointegra.domain.instrucao import Instrucao, PedidoInstrucao
from bancointegra.domain.order import Pedido
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Operacao


def _make() -> Any:
    converter = make_converter()
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    converter.register_unstructure_hook(Reais, lambda amount: amount.centavos)
    converter.register_structure_hook(Reais, lambda value, _: Reais(int(value)))
    configure_tagged_union(Instrucao, converter)
    return converter


_CONVERTER = _make()


def encargos_to_json(encargos: Encargos) -> dict[str, Any]:
    return cast(dict[str, Any], _CONVERTER.unstructure(encargos))


def encargos_from_json(data: dict[str, Any]) -> Encargos:
    return cast(Encargos, _CONVERTER.structure(data, Encargos))


def pedido_to_json(pedido: Pedido) -> dict[str, Any]:
    return cast(dict[str, Any], _CONVERTER.unstructure(pedido, type(pedido)))


def pedido_from_json(data: dict[str, Any], operacao: Operacao) -> Pedido:
    """The request of an order; its operation tells which kind it is."""
    kind = PedidoRegistro if operacao is Operacao.REGISTRAR else PedidoInstrucao
    return cast(Pedido, _CONVERTER.structure(data, kind))


def leitura_to_json(leitura: LeituraGuardada) -> dict[str, Any]:
    return cast(dict[str, Any], _CONVERTER.unstructure(leitura))


def leitura_from_json(data: dict[str, Any]) -> LeituraGuardada:
    return cast(LeituraGuardada, _CONVERTER.structure(data, LeituraGuardada))
