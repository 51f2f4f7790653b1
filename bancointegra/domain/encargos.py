"""What late or early payment costs: multa, juros, desconto, abatimento.

Source of the rules: FEBRABAN 240 (C018-C021, G073-G074); Itaú CNAB 400, July 2021, notes 12, 13, 16, 35-37;
Lei 7.089/1983 art. 1 (due date on a day without banking). Percentages are ``Decimal`` in per cent (2 % is
``Decimal("2")``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from bancointegra.domain.reais import ZERO, Reais


class TipoMulta(Enum):
    NENHUMA = "nenhuma"
    VALOR = "valor"
    PERCENTUAL = "percentual"


class TipoJuros(Enum):
    NENHUM = "nenhum"
    VALOR_POR_DIA = "valor_por_dia"
    PERCENTUAL_AO_DIA = "percentual_ao_dia"
    PERCENTUAL_AO_MES = "percentual_ao_mes"
    PERCENTUAL_AO_ANO = "percentual_ao_ano"


class TipoDesconto(Enum):
    NENHUM = "nenhum"
    VALOR_ATE_DATA = "valor_ate_data"
    PERCENTUAL_ATE_DATA = "percentual_ate_data"
    VALOR_POR_DIA_ANTECIPADO = "valor_por_dia_antecipado"
    PERCENTUAL_POR_DIA_ANTECIPADO = "percentual_por_dia_antecipado"


class ModeloJuros(Enum):
    """How a rate becomes money: per day rounded to the cent once and then multiplied, or rounded at the end."""

    VALOR_DIARIO = "valor_diario"
    TAXA = "taxa"


_PERIODO_DOS_JUROS = {
    TipoJuros.PERCENTUAL_AO_DIA: "ao dia",
    TipoJuros.PERCENTUAL_AO_MES: "ao mês",
    TipoJuros.PERCENTUAL_AO_ANO: "ao ano",
}


def format_percentual(percentual: Decimal) -> str:
    """``2``, ``2,5``: without needless zeros."""
    return f"{percentual.normalize():f}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Multa:
    """Charged once, from ``dias`` days after the due date on. ``valor`` or ``percentual`` as ``tipo`` says."""

    tipo: TipoMulta = TipoMulta.NENHUMA
    valor: Reais = ZERO
    percentual: Decimal = Decimal(0)
    dias: int = 1

    @property
    def descricao(self) -> str:
        """``R$ 10,00``, ``2%`` or ``sem multa``."""
        if self.tipo is TipoMulta.NENHUMA:
            return "sem multa"
        return self.valor.com_simbolo if self.tipo is TipoMulta.VALOR else f"{format_percentual(self.percentual)}%"


@dataclass(frozen=True, slots=True)
class Juros:
    """Charged per day late, from ``dias`` days after the due date on."""

    tipo: TipoJuros = TipoJuros.NENHUM
    valor: Reais = ZERO
    percentual: Decimal = Decimal(0)
    dias: int = 1

    @property
    def descricao(self) -> str:
        """``R$ 0,70 por dia``, ``1% ao mês`` or ``sem juros``."""
        if self.tipo is TipoJuros.NENHUM:
            return "sem juros"
        if self.tipo is TipoJuros.VALOR_POR_DIA:
            return f"{self.valor.com_simbolo} por dia"
        return f"{format_percentual(self.percentual)}% {_PERIODO_DOS_JUROS[self.tipo]}"


@dataclass(frozen=True, slots=True)
class Desconto:
    """Granted to who pays on or before ``ate``."""

    ate: date
    valor: Reais = ZERO
    percentual: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Encargos:
    """All charges of one título. At most three ``descontos``, all of ``tipo_desconto``."""

    multa: Multa = field(default_factory=Multa)
    juros: Juros = field(default_factory=Juros)
    tipo_desconto: TipoDesconto = TipoDesconto.NENHUM
    descontos: tuple[Desconto, ...] = ()
    abatimento: Reais = ZERO
    modelo_juros: ModeloJuros = ModeloJuros.VALOR_DIARIO
