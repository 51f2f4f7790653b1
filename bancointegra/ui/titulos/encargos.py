"""The charges of a título as they stand in its form. No window is needed to import this module."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bancointegra.domain.encargos import (
    Encargos,
    Juros,
    Multa,
    TipoDesconto,
    TipoJuros,
    TipoMulta,
    format_percentual,
)
from bancointegra.domain.errors import InputError
from bancointegra.domain.instrucao import Alteracao, AlterarAbatimento, AlterarJuros, AlterarMulta, encargos_apos
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.ui.integracao.alteracao import FORMULARIOS, TipoAlteracao, Unidade, read_alteracao

MULTA, JUROS, DESCONTO, ABATIMENTO = "Multa", "Juros", "Desconto", "Abatimento"
"""The names of the fields; the date of the discount is ``ATE``."""

_CAMPO = {
    FORMULARIOS[TipoAlteracao.MULTA].campo: MULTA,
    FORMULARIOS[TipoAlteracao.JUROS].campo: JUROS,
    FORMULARIOS[TipoAlteracao.DESCONTO].campo: DESCONTO,
    FORMULARIOS[TipoAlteracao.ABATIMENTO].campo: ABATIMENTO,
}


@dataclass(frozen=True, slots=True)
class EncargosEscritos:
    """As typed. With ``da_conta``, multa and juros are the account's, whatever stands in their fields."""

    da_conta: bool
    multa: TipoMulta
    multa_texto: str
    juros: TipoJuros
    juros_texto: str
    desconto: TipoDesconto
    desconto_texto: str
    desconto_ate: date | None
    abatimento_texto: str


def escritos_de(encargos: Encargos, padrao: Encargos) -> EncargosEscritos:
    """The fields that show ``encargos`` of a título whose account has ``padrao``."""
    desconto = encargos.descontos[0] if encargos.descontos else None
    return EncargosEscritos(
        da_conta=(encargos.multa, encargos.juros) == (padrao.multa, padrao.juros),
        multa=encargos.multa.tipo,
        multa_texto=_texto(encargos.multa.tipo, encargos.multa.valor, encargos.multa.percentual),
        juros=encargos.juros.tipo,
        juros_texto=_texto(encargos.juros.tipo, encargos.juros.valor, encargos.juros.percentual),
        desconto=encargos.tipo_desconto,
        desconto_texto=_texto(encargos.tipo_desconto, desconto.valor, desconto.percentual) if desconto else "",
        desconto_ate=desconto.ate if desconto else None,
        abatimento_texto=str(encargos.abatimento) if encargos.abatimento else "",
    )


def ler_encargos(escritos: EncargosEscritos, base: Encargos, padrao: Encargos) -> Encargos:
    """The charges as typed; what the form does not show, such as further discounts, stays as in ``base``.

    Raises ``InputError`` naming the field.
    """
    if escritos == escritos_de(base, padrao):
        return base
    try:
        charged = replace(
            base,
            multa=padrao.multa if escritos.da_conta else _multa(escritos, base.multa),
            juros=padrao.juros if escritos.da_conta else _juros(escritos, base.juros),
            abatimento=_abatimento(escritos.abatimento_texto),
        )
        if _of_desconto(escritos) == _of_desconto(escritos_de(base, padrao)):
            return charged
        return encargos_apos(charged, _desconto(escritos))
    except InputError as error:
        raise InputError(error.message, field=_CAMPO.get(error.field, error.field), hint=error.hint) from error


def _multa(escritos: EncargosEscritos, base: Multa) -> Multa:
    read = read_alteracao(TipoAlteracao.MULTA, escritos.multa, escritos.multa_texto, None)
    assert isinstance(read, AlterarMulta)
    return replace(read.multa, dias=base.dias)


def _juros(escritos: EncargosEscritos, base: Juros) -> Juros:
    read = read_alteracao(TipoAlteracao.JUROS, escritos.juros, escritos.juros_texto, None)
    assert isinstance(read, AlterarJuros)
    return replace(read.juros, dias=base.dias)


def _abatimento(texto: str) -> Reais:
    if not texto.strip():
        return ZERO
    read = read_alteracao(TipoAlteracao.ABATIMENTO, None, texto, None)
    assert isinstance(read, AlterarAbatimento)
    return read.abatimento


def _desconto(escritos: EncargosEscritos) -> Alteracao:
    return read_alteracao(TipoAlteracao.DESCONTO, escritos.desconto, escritos.desconto_texto, escritos.desconto_ate)


def _of_desconto(escritos: EncargosEscritos) -> tuple[TipoDesconto, str, date | None]:
    return escritos.desconto, escritos.desconto_texto, escritos.desconto_ate


def _texto(unidade: Unidade, valor: Reais, percentual: Decimal) -> str:
    if unidade.name.startswith("PERCENTUAL"):
        return format_percentual(percentual)
    return str(valor) if valor else ""
