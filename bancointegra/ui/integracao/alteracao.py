"""The instructions of Enviar Alteração as the clerk chooses and types them. No window is needed for this module."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from bancointegra.domain.encargos import Desconto, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.errors import InputError
from bancointegra.domain.instrucao import (
    Alteracao,
    AlterarAbatimento,
    AlterarDataLimite,
    AlterarDesconto,
    AlterarJuros,
    AlterarMulta,
    AlterarSeuNumero,
    AlterarValor,
    AlterarVencimento,
)
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.domain.titulo import TituloRow

Unidade = TipoMulta | TipoJuros | TipoDesconto

_PERCENTUAL = re.compile(r"\d{1,2}(?:[.,]\d{1,5})?")
_SHOWN = 40


class TipoAlteracao(Enum):
    """One line of Seleção de Instrução. The value is its label."""

    VENCIMENTO = "Data (vencimento)"
    MULTA = "Multa"
    JUROS = "Juros"
    DESCONTO = "Desconto"
    ABATIMENTO = "Abatimento"
    SEU_NUMERO = "Seu número"
    DATA_LIMITE = "Data limite de pagamento"
    VALOR = "Valor nominal"


DO_MANUAL = (TipoAlteracao.VENCIMENTO, TipoAlteracao.MULTA, TipoAlteracao.JUROS, TipoAlteracao.DESCONTO)
"""Source: the manual, Envio de Alteração, step 8. The others the bank's API has besides."""
ALEM_DO_MANUAL = tuple(tipo for tipo in TipoAlteracao if tipo not in DO_MANUAL)


@dataclass(frozen=True, slots=True)
class Formulario:
    """What one instruction asks for: the field's name, what to know, the units to choose from, and an example."""

    campo: str
    ajuda: str
    unidades: tuple[tuple[str, Unidade], ...] = ()
    is_data: bool = False
    exemplo: str = ""


FORMULARIOS = {
    TipoAlteracao.VENCIMENTO: Formulario("Novo vencimento", "A partir de hoje.", is_data=True),
    TipoAlteracao.MULTA: Formulario(
        "Valor da multa",
        "Cobrada uma vez, a partir do dia seguinte ao vencimento.",
        (("%", TipoMulta.PERCENTUAL), ("R$", TipoMulta.VALOR), ("sem multa", TipoMulta.NENHUMA)),
        exemplo="2",
    ),
    TipoAlteracao.JUROS: Formulario(
        "Valor dos juros",
        "Cobrados por dia de atraso.",
        (
            ("% ao mês", TipoJuros.PERCENTUAL_AO_MES),
            ("R$ por dia", TipoJuros.VALOR_POR_DIA),
            ("% ao dia", TipoJuros.PERCENTUAL_AO_DIA),
            ("% ao ano", TipoJuros.PERCENTUAL_AO_ANO),
            ("sem juros", TipoJuros.NENHUM),
        ),
        exemplo="1",
    ),
    TipoAlteracao.DESCONTO: Formulario(
        "Valor do desconto",
        "Para quem paga até a data. Substitui todos os descontos que o boleto tem.",
        (
            ("R$ até a data", TipoDesconto.VALOR_ATE_DATA),
            ("% até a data", TipoDesconto.PERCENTUAL_ATE_DATA),
            ("R$ por dia antes", TipoDesconto.VALOR_POR_DIA_ANTECIPADO),
            ("% por dia antes", TipoDesconto.PERCENTUAL_POR_DIA_ANTECIPADO),
            ("sem desconto", TipoDesconto.NENHUM),
        ),
        exemplo="10,00",
    ),
    TipoAlteracao.ABATIMENTO: Formulario(
        "Valor do abatimento (R$)",
        "Diminui o valor a pagar, em qualquer dia. Com 0,00, o abatimento é retirado.",
        exemplo="50,00",
    ),
    TipoAlteracao.SEU_NUMERO: Formulario("Seu número", "Até 10 letras e números, sem acentos.", exemplo="NF1001"),
    TipoAlteracao.DATA_LIMITE: Formulario("Data limite", "O último dia em que o boleto pode ser pago.", is_data=True),
    TipoAlteracao.VALOR: Formulario("Novo valor (R$)", "O valor do título antes de encargos.", exemplo="1.250,00"),
}
SEM_VALOR = (TipoMulta.NENHUMA, TipoJuros.NENHUM, TipoDesconto.NENHUM)
"""The units that take no value."""
ATE = "Desconto até"
"""The name of the discount's date."""


def read_alteracao(tipo: TipoAlteracao, unidade: Unidade | None, texto: str, data: date | None) -> Alteracao:
    """Make the instruction from what was typed. Raises ``InputError`` naming the field.

    ``data`` is the date of VENCIMENTO, DATA_LIMITE or DESCONTO, None when none could be read.
    """
    campo = FORMULARIOS[tipo].campo
    if FORMULARIOS[tipo].is_data:
        day = _require_data(data, campo)
        return AlterarVencimento(day) if tipo is TipoAlteracao.VENCIMENTO else AlterarDataLimite(day)
    match unidade:
        case TipoMulta():
            return AlterarMulta(Multa(unidade, *_amount(unidade, texto, campo)))
        case TipoJuros():
            return AlterarJuros(Juros(unidade, *_amount(unidade, texto, campo)))
        case TipoDesconto.NENHUM:
            return AlterarDesconto(unidade, ())
        case TipoDesconto():
            amount = _amount(unidade, texto, campo)
            return AlterarDesconto(unidade, (Desconto(_require_data(data, ATE), *amount),))
    if tipo is TipoAlteracao.SEU_NUMERO:
        return AlterarSeuNumero(_require_texto(texto, campo))
    make: Callable[[Reais], Alteracao] = AlterarAbatimento if tipo is TipoAlteracao.ABATIMENTO else AlterarValor
    return make(_reais(texto, campo))


def read_percentual(texto: str, campo: str) -> Decimal:
    """Read ``2``, ``2,5`` or ``2,5%``: up to five decimals. Raises ``InputError``."""
    cleaned = _require_texto(texto, campo).removesuffix("%").strip()
    if not (_PERCENTUAL.fullmatch(cleaned) and cleaned.isascii()):
        raise InputError(f"“{cleaned[:_SHOWN]}” não é um percentual.", field=campo, hint="Escreva como 2 ou 2,5.")
    return Decimal(cleaned.replace(",", "."))


def _amount(unidade: Unidade, texto: str, campo: str) -> tuple[Reais, Decimal]:
    """What was typed as an amount or as a percentage, the other being zero."""
    if unidade in SEM_VALOR:
        return ZERO, Decimal(0)
    if unidade.name.startswith("PERCENTUAL"):
        return ZERO, read_percentual(texto, campo)
    return _reais(texto, campo), Decimal(0)


def _reais(texto: str, campo: str) -> Reais:
    try:
        amount = Reais.parse(_require_texto(texto, campo))
    except InputError as error:
        raise InputError(error.message, field=campo, hint=error.hint) from error
    if amount < ZERO:
        raise InputError("O valor não pode ser negativo.", field=campo)
    return amount


def _require_texto(texto: str, campo: str) -> str:
    cleaned = texto.strip()
    if not cleaned:
        raise InputError(f"Preencha o campo {campo}.", field=campo)
    return cleaned


def _require_data(data: date | None, campo: str) -> date:
    if data is None:
        raise InputError("Informe uma data.", field=campo, hint="Escreva como 23/11/2026.")
    return data


@dataclass(frozen=True, slots=True)
class PedidoAlteracao:
    """What the clerk confirmed: one instruction for ``rows``, and whether each boleto is printed again."""

    alteracao: Alteracao
    rows: tuple[TituloRow, ...]
    gerar_pdf: bool
