"""One título repeated as parcelas: monthly, on a fixed day, the value divided or repeated."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from bancointegra.domain.calculo_encargos import DiasUteis
from bancointegra.domain.edicao_titulo import DadosTitulo, com_vencimento
from bancointegra.domain.errors import InputError
from bancointegra.domain.reais import Reais

MIN_PARCELAS, MAX_PARCELAS = 2, 120
_ULTIMO_DIA = 31


class Divisao(Enum):
    """What the value typed means for the parcelas. The value is the label on the screen."""

    RESTO_NA_ULTIMA = "Dividir o valor; os centavos que sobram na última"
    RESTO_NA_PRIMEIRA = "Dividir o valor; os centavos que sobram na primeira"
    MESMO_VALOR = "O mesmo valor em cada parcela"


@dataclass(frozen=True, slots=True)
class Parcelamento:
    """How to repeat. The first parcela is due on the título's own day, the others on ``dia`` of the following months.

    In a shorter month ``dia`` is its last day. ``no_dia_util`` moves a due date without banking to the next banking
    day; otherwise the date stays, and is paid on that day free of charge.
    """

    quantidade: int
    dia: int
    divisao: Divisao = Divisao.RESTO_NA_ULTIMA
    no_dia_util: bool = False


@dataclass(frozen=True, slots=True)
class Parcela:
    """One of them. ``pagavel_ate`` is the due date itself, or the next banking day."""

    dados: DadosTitulo
    pagavel_ate: date

    @property
    def is_sem_banco(self) -> bool:
        """Whether the due date is no banking day."""
        return self.pagavel_ate != self.dados.vencimento


def parcelar(dados: DadosTitulo, parcelamento: Parcelamento, calendario: DiasUteis) -> tuple[Parcela, ...]:
    """The parcelas of ``dados``, numbered from 1. Raises ``InputError`` when they cannot be made."""
    quantidade = parcelamento.quantidade
    if not MIN_PARCELAS <= quantidade <= MAX_PARCELAS:
        raise InputError(f"São de {MIN_PARCELAS} a {MAX_PARCELAS} parcelas.", field="Parcelas")
    if not 1 <= parcelamento.dia <= _ULTIMO_DIA:
        raise InputError(f"O dia do vencimento vai de 1 a {_ULTIMO_DIA}.", field="Dia")
    valores = dividir(dados.valor, quantidade, parcelamento.divisao)
    if not valores[0] or not valores[-1]:
        raise InputError(f"R$ {dados.valor} não dão um centavo para cada parcela.", field="Parcelas")
    parcelas = []
    for number, valor in enumerate(valores):
        vencimento = _month_later(dados.vencimento, number, parcelamento.dia) if number else dados.vencimento
        pagavel_ate = calendario.proximo_dia_util(vencimento)
        if parcelamento.no_dia_util:
            vencimento = pagavel_ate
        moved = com_vencimento(replace(dados, parcela=str(number + 1), valor=valor), vencimento)
        parcelas.append(Parcela(moved, pagavel_ate))
    return tuple(parcelas)


def dividir(valor: Reais, quantidade: int, divisao: Divisao) -> Sequence[Reais]:
    """The value of each parcela; divided, they sum up to ``valor`` to the cent."""
    if divisao is Divisao.MESMO_VALOR:
        return [valor] * quantidade
    each, rest = divmod(valor.centavos, quantidade)
    valores = [Reais(each)] * quantidade
    at = 0 if divisao is Divisao.RESTO_NA_PRIMEIRA else -1
    valores[at] = Reais(each + rest)
    return valores


def _month_later(first: date, months: int, dia: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    return date(year, month, min(dia, calendar.monthrange(year, month)[1]))
