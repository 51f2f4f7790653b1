"""What the payer owes on a given day, whether charges may be asked for, and how the boleto words them.

Sources: Lei 7.089/1983 art. 1 (a due date without banking is paid on the next banking day, free of charge) and STJ
REsp 1.954.924 (paid later than that, the days count from the original due date); Itaú, Cobrança CNAB 400, July 2021,
notes 12, 13, 16, 35-37 and annex 1 (texts in reais and dates); FEBRABAN 240, C018-C021, G073-G074. Interest is
simple, on the nominal value, with a month of 30 days and a year of 360.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from bancointegra.domain.encargos import (
    Desconto,
    Encargos,
    Juros,
    ModeloJuros,
    Multa,
    TipoDesconto,
    TipoJuros,
    TipoMulta,
)
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.reais import ZERO, Reais

MAX_DESCONTOS = 3

_DIAS_POR_TAXA = {
    TipoJuros.PERCENTUAL_AO_DIA: 1,
    TipoJuros.PERCENTUAL_AO_MES: 30,
    TipoJuros.PERCENTUAL_AO_ANO: 360,
}
_DESCONTOS_PERCENTUAIS = frozenset({TipoDesconto.PERCENTUAL_ATE_DATA, TipoDesconto.PERCENTUAL_POR_DIA_ANTECIPADO})
_DESCONTOS_POR_DIA = frozenset({TipoDesconto.VALOR_POR_DIA_ANTECIPADO, TipoDesconto.PERCENTUAL_POR_DIA_ANTECIPADO})
_CEM = Decimal(100)


class DiasUteis(Protocol):
    """The part of ``CalendarioBancario`` the calculation needs."""

    def proximo_dia_util(self, dia: date) -> date:
        """``dia`` itself when it is a banking day, else the first one after it."""


@dataclass(frozen=True, slots=True)
class Devido:
    """The account of one day. ``total`` = valor - abatimento - desconto + multa + juros."""

    dia: date
    valor: Reais
    abatimento: Reais
    desconto: Reais
    multa: Reais
    juros: Reais
    total: Reais


def devido_em(valor: Reais, vencimento: date, encargos: Encargos, dia: date, calendario: DiasUteis) -> Devido:
    """What the payer owes on ``dia`` for a boleto of ``valor`` due on ``vencimento``.

    Up to the due date, or the next banking day when it is none: no multa, no juros. After that, the days late count
    from the original due date. The discount in force is the one of the first date not yet passed; its dates are taken
    literally, whatever day of the week they are. A discount per day of anticipation is rounded per day, as printed.
    """
    desconto = min(_desconto_em(valor, vencimento, encargos, dia), valor - encargos.abatimento)
    multa = juros = ZERO
    if dia > calendario.proximo_dia_util(vencimento):
        late = (dia - vencimento).days
        multa = multa_of(valor, encargos.multa) if late >= encargos.multa.dias else ZERO
        juros = _juros_of(valor, encargos, max(late - encargos.juros.dias + 1, 0))
    total = valor - encargos.abatimento - desconto + multa + juros
    return Devido(dia, valor, encargos.abatimento, desconto, multa, juros, total)


def multa_of(valor: Reais, multa: Multa) -> Reais:
    """The multa in reais; a percentage is of the nominal value, rounded half up."""
    if multa.tipo is TipoMulta.VALOR:
        return multa.valor
    return valor.percentual(multa.percentual) if multa.tipo is TipoMulta.PERCENTUAL else ZERO


def juros_por_dia(valor: Reais, juros: Juros) -> Reais:
    """The juros of one day, rounded half up to the cent: what the boleto prints and the bank's record holds."""
    return Reais.rounded(_exact_juros_por_dia(valor, juros))


def desconto_of(valor: Reais, tipo: TipoDesconto, desconto: Desconto) -> Reais:
    """One discount in reais; of a single day when ``tipo`` is per day of anticipation."""
    if tipo is TipoDesconto.NENHUM:
        return ZERO
    return valor.percentual(desconto.percentual) if tipo in _DESCONTOS_PERCENTUAIS else desconto.valor


def _exact_juros_por_dia(valor: Reais, juros: Juros) -> Decimal:
    if juros.tipo is TipoJuros.NENHUM:
        return Decimal(0)
    if juros.tipo is TipoJuros.VALOR_POR_DIA:
        return juros.valor.decimal
    return valor.decimal * juros.percentual / _CEM / _DIAS_POR_TAXA[juros.tipo]


def _juros_of(valor: Reais, encargos: Encargos, days: int) -> Reais:
    if encargos.modelo_juros is ModeloJuros.VALOR_DIARIO or encargos.juros.tipo is TipoJuros.VALOR_POR_DIA:
        return juros_por_dia(valor, encargos.juros) * days
    # Multiplied before the division, so that whole months come out exact.
    percent_days = valor.decimal * encargos.juros.percentual * days
    divisor = _DIAS_POR_TAXA.get(encargos.juros.tipo)
    return Reais.rounded(percent_days / (_CEM * divisor)) if divisor else ZERO


def _desconto_em(valor: Reais, vencimento: date, encargos: Encargos, dia: date) -> Reais:
    in_force = [desconto for desconto in encargos.descontos if dia <= min(desconto.ate, vencimento)]
    if not in_force:
        return ZERO
    desconto = min(in_force, key=lambda candidate: candidate.ate)
    amount = desconto_of(valor, encargos.tipo_desconto, desconto)
    if encargos.tipo_desconto in _DESCONTOS_POR_DIA:
        return amount * (vencimento - dia).days
    return amount


# ---- whether charges may be asked for ----


def validate_encargos(valor: Reais, vencimento: date, encargos: Encargos) -> tuple[str, ...]:
    """Raise ``InputError`` (naming the field) or ``RuleError`` when the charges cannot be registered.

    Returns what is allowed but must be told to the clerk: charges that round to R$ 0,00.
    """
    if valor <= ZERO:
        raise InputError("O valor do título deve ser maior que zero.", field="valor")
    avisos = [*_validate_multa(valor, encargos.multa), *_validate_juros(valor, encargos.juros)]
    if encargos.abatimento < ZERO:
        raise InputError("O abatimento não pode ser negativo.", field="abatimento")
    _validate_descontos(valor, vencimento, encargos)
    largest = max((desconto_of(valor, encargos.tipo_desconto, d) for d in encargos.descontos), default=ZERO)
    if encargos.abatimento + largest >= valor:
        raise RuleError(
            "Abatimento e desconto, somados, devem ser menores que o valor do título.",
            hint="Diminua um dos dois.",
        )
    return tuple(avisos)


def _validate_multa(valor: Reais, multa: Multa) -> list[str]:
    if multa.tipo is TipoMulta.NENHUMA:
        return []
    _require_dias(multa.dias, "multa")
    if multa.tipo is TipoMulta.PERCENTUAL:
        _require_percentual(multa.percentual, "multa")
    elif multa.valor <= ZERO:
        raise InputError("O valor da multa deve ser maior que zero.", field="multa")
    amount = multa_of(valor, multa)
    if amount >= valor:
        raise RuleError("A multa deve ser menor que o valor do título.", hint="Diminua a multa.")
    return [] if amount else [f"A multa sobre R$ {valor} arredonda para R$ 0,00: nada será cobrado."]


def _validate_juros(valor: Reais, juros: Juros) -> list[str]:
    if juros.tipo is TipoJuros.NENHUM:
        return []
    _require_dias(juros.dias, "juros")
    if juros.tipo is not TipoJuros.VALOR_POR_DIA:
        _require_percentual(juros.percentual, "juros")
    elif juros.valor <= ZERO:
        raise InputError("O valor dos juros por dia deve ser maior que zero.", field="juros")
    if juros_por_dia(valor, juros):
        return []
    return [f"Os juros de um dia sobre R$ {valor} arredondam para R$ 0,00: nada será cobrado por dia de atraso."]


def _validate_descontos(valor: Reais, vencimento: date, encargos: Encargos) -> None:
    if (encargos.tipo_desconto is TipoDesconto.NENHUM) == bool(encargos.descontos):
        raise InputError("Informe o tipo e ao menos um desconto, ou nenhum dos dois.", field="desconto")
    if len(encargos.descontos) > MAX_DESCONTOS:
        raise InputError(f"São no máximo {MAX_DESCONTOS} descontos.", field="desconto")
    if len({desconto.ate for desconto in encargos.descontos}) < len(encargos.descontos):
        raise InputError("Dois descontos têm a mesma data.", field="desconto")
    for desconto in encargos.descontos:
        if desconto.ate > vencimento:
            raise InputError(
                f"A data do desconto, {desconto.ate:%d/%m/%Y}, é depois do vencimento.",
                field="desconto",
                hint=f"Use uma data até {vencimento:%d/%m/%Y}.",
            )
        if encargos.tipo_desconto in _DESCONTOS_PERCENTUAIS:
            _require_percentual(desconto.percentual, "desconto")
        if desconto_of(valor, encargos.tipo_desconto, desconto) <= ZERO:
            raise InputError("O desconto, em reais, deve ser maior que zero.", field="desconto")


def _require_dias(dias: int, field: str) -> None:
    if dias < 1:
        raise InputError("A cobrança começa ao menos 1 dia depois do vencimento.", field=field)


def _require_percentual(percentual: Decimal, field: str) -> None:
    if not (percentual.is_finite() and 0 < percentual < _CEM):
        raise InputError("O percentual deve ser maior que 0 e menor que 100.", field=field)


# ---- the boleto's words ----


def textos_encargos(valor: Reais, vencimento: date, encargos: Encargos) -> tuple[str, ...]:
    """The instructions printed on the boleto: reais and dates, never percentages or numbers of days (annex 1).

    Charges that round to R$ 0,00 are left out; ``validate_encargos`` tells the clerk of them.
    """
    textos = []
    if encargos.abatimento:
        textos.append(f"Conceder abatimento de R$ {encargos.abatimento}")
    per_day = " por dia de antecipação" if encargos.tipo_desconto in _DESCONTOS_POR_DIA else ""
    for desconto in sorted(encargos.descontos, key=lambda d: d.ate):
        amount = desconto_of(valor, encargos.tipo_desconto, desconto)
        ate = min(desconto.ate, vencimento)
        textos.append(f"Até {ate:%d/%m/%Y} conceder desconto de R$ {amount}{per_day}")
    if multa := multa_of(valor, encargos.multa):
        textos.append(f"Após {_last_day_without(vencimento, encargos.multa.dias)} cobrar multa de R$ {multa}")
    if juros := juros_por_dia(valor, encargos.juros):
        after = _last_day_without(vencimento, encargos.juros.dias)
        textos.append(f"Após {after} cobrar juros de R$ {juros} por dia de atraso")
    return tuple(textos)


def _last_day_without(vencimento: date, dias: int) -> str:
    return f"{vencimento + timedelta(days=dias - 1):%d/%m/%Y}"
