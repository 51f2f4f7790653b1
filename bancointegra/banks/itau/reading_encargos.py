"""The charges of a boleto as a query shows them. Pure.

The bank translates the code of juros according to how the beneficiary's days are counted (OpenAPI "Emissão e
Instrução" 2.75); both numberings and that of requests are read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from bancointegra.banks.http import UnreadableAnswer
from bancointegra.banks.node import Node
from bancointegra.domain.encargos import Desconto, Encargos, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.reais import Reais

_MULTA = {"01": TipoMulta.VALOR, "02": TipoMulta.PERCENTUAL, "03": TipoMulta.NENHUMA}
_JUROS = {
    "05": TipoJuros.NENHUM,
    **dict.fromkeys(("90", "08", "03"), TipoJuros.PERCENTUAL_AO_MES),
    **dict.fromkeys(("91", "07", "02"), TipoJuros.PERCENTUAL_AO_DIA),
    **dict.fromkeys(("92", "09", "04"), TipoJuros.PERCENTUAL_AO_ANO),
    **dict.fromkeys(("93", "06", "01"), TipoJuros.VALOR_POR_DIA),
}
"""Of requests, counted in business days, in calendar days."""
_DESCONTO = {
    "00": TipoDesconto.NENHUM,
    "01": TipoDesconto.VALOR_ATE_DATA,
    "02": TipoDesconto.PERCENTUAL_ATE_DATA,
    "90": TipoDesconto.PERCENTUAL_POR_DIA_ANTECIPADO,
    "91": TipoDesconto.VALOR_POR_DIA_ANTECIPADO,
}
_DESCONTO_EM_VALOR = (TipoDesconto.VALOR_ATE_DATA, TipoDesconto.VALOR_POR_DIA_ANTECIPADO)
_Tipo = TypeVar("_Tipo", bound=Enum)
_SHOWN_BY = ("multa", "juros", "desconto", "valor_abatimento")
_PERCENT = re.compile(r"[0-9]{1,7}(\.[0-9]{1,10})?")
_DIGITS12 = re.compile(r"[0-9]{12}")
_DAYS = re.compile(r"[0-9]{1,4}")


def read_encargos(dado: Node, vencimento: date) -> Encargos | None:
    """Multa, juros, descontos and abatimento of ``dado_boleto``; what is not among them is none.

    None when the query shows no charges at all, or any that make no sense: what the boleto costs is then unknown,
    and the rest of the answer is worth reading all the same.
    """
    if all(dado.raw(key) is None for key in _SHOWN_BY):
        return None
    try:
        tipo, descontos = _read_descontos(dado.node("desconto"), vencimento)
        return Encargos(
            multa=_read_multa(dado.node("multa"), vencimento),
            juros=_read_juros(dado.node("juros"), vencimento),
            tipo_desconto=tipo,
            descontos=descontos,
            abatimento=_money(dado, "valor_abatimento"),
        )
    except (UnreadableAnswer, OverflowError):
        return None


def _read_multa(block: Node, vencimento: date) -> Multa:
    tipo = _tipo(block, "codigo_tipo_multa", _MULTA, TipoMulta.NENHUMA)
    if tipo is TipoMulta.NENHUMA:
        return Multa()
    dias = _start(block, "multa", vencimento)
    if tipo is TipoMulta.VALOR:
        return Multa(tipo, valor=_money(block, "valor_multa"), dias=dias)
    return Multa(tipo, percentual=_percent(block, "percentual_multa"), dias=dias)


def _read_juros(block: Node, vencimento: date) -> Juros:
    tipo = _tipo(block, "codigo_tipo_juros", _JUROS, TipoJuros.NENHUM)
    if tipo is TipoJuros.NENHUM:
        return Juros()
    dias = _start(block, "juros", vencimento)
    if tipo is TipoJuros.VALOR_POR_DIA:
        return Juros(tipo, valor=_money(block, "valor_juros"), dias=dias)
    return Juros(tipo, percentual=_percent(block, "percentual_juros"), dias=dias)


def _read_descontos(block: Node, vencimento: date) -> tuple[TipoDesconto, tuple[Desconto, ...]]:
    tipo = _tipo(block, "codigo_tipo_desconto", _DESCONTO, TipoDesconto.NENHUM)
    if tipo is TipoDesconto.NENHUM:
        return tipo, ()
    return tipo, tuple(_read_desconto(item, tipo, vencimento) for item in block.nodes("descontos"))


def _read_desconto(item: Node, tipo: TipoDesconto, vencimento: date) -> Desconto:
    ate = item.date("data_desconto") or vencimento - timedelta(days=_days(item, "quantidade_dias_desconto"))
    if tipo in _DESCONTO_EM_VALOR:
        return Desconto(ate, valor=_money(item, "valor_desconto"))
    return Desconto(ate, percentual=_percent(item, "percentual_desconto"))


def _tipo(block: Node, key: str, known: dict[str, _Tipo], none: _Tipo) -> _Tipo:
    """The type of a block; ``none`` for an empty one. Raises ``UnreadableAnswer`` for a code nobody told us."""
    if not block:
        return none
    code = block.text(key).zfill(2)
    if code not in known:
        raise UnreadableAnswer(f"código em {key}")
    return known[code]


def _start(block: Node, encargo: str, vencimento: date) -> int:
    """Days after the due date; one when the bank says none, or a day that is no longer after the due date."""
    day = block.date(f"data_{encargo}")
    dias = (day - vencimento).days if day else _days(block, f"quantidade_dias_{encargo}")
    return max(dias, 1)


def _days(block: Node, key: str) -> int:
    text = block.text(key)
    if not text:
        return 0
    if not _DAYS.fullmatch(text):
        raise UnreadableAnswer(f"dias em {key}")
    return int(text)


def _money(node: Node, key: str) -> Reais:
    return node.money(key, digits_are_cents=False)


def _percent(block: Node, key: str) -> Decimal:
    """``2.00000`` or twelve digits with five decimals, without needless zeros."""
    text = block.text(key)
    if _DIGITS12.fullmatch(text):
        percent = Decimal(text).scaleb(-5)
    elif _PERCENT.fullmatch(text):
        percent = Decimal(text)
    else:
        raise UnreadableAnswer(f"percentual em {key}")
    return Decimal(f"{percent.normalize():f}")
