"""What a boleto costs on a given day, as the bank charges it at the counter. Amounts in integer cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bancointegra.simulator.clock import add_business_days, is_business_day
from bancointegra.simulator.model import Boleto

_PERIOD_DAYS = {"90": 30, "91": 1, "92": 360}


@dataclass(frozen=True, slots=True)
class Charges:
    desconto: int
    abatimento: int
    multa: int
    juros: int

    def total(self, valor: int) -> int:
        return valor - self.desconto - self.abatimento + self.multa + self.juros


def percent_of(valor: int, percentual: int) -> Decimal:
    """``percentual`` (hundred-thousandths of one per cent) of ``valor`` cents, not rounded."""
    return Decimal(valor) * percentual / 10_000_000


def charges_on(boleto: Boleto, day: date) -> Charges:
    """The charges of a payment on ``day``; a due date without banking moves to the next banking day."""
    is_late = day > _effective(boleto.vencimento)
    return Charges(
        desconto=0 if is_late else largest_desconto(boleto.desconto, boleto.valor, boleto.vencimento, day),
        abatimento=boleto.abatimento,
        multa=_multa(boleto, day) if is_late else 0,
        juros=_juros(boleto, day) if is_late else 0,
    )


def largest_desconto(desconto: dict[str, Any] | None, valor: int, vencimento: date, day: date) -> int:
    """The largest discount that a payment on ``day`` would get."""
    if not desconto:
        return 0
    por_dia = desconto["codigo_tipo_desconto"] in ("90", "91")
    days_early = max((vencimento - day).days, 0) if por_dia else 1
    amounts = [
        item["valor_desconto"] if "valor_desconto" in item else percent_of(valor, item["percentual_desconto"])
        for item in desconto["descontos"]
        if day <= desconto_date(item, vencimento)
    ]
    return _cents(max(map(Decimal, amounts), default=Decimal(0)) * days_early)


def desconto_date(item: dict[str, Any], vencimento: date) -> date:
    """The last day of one discount, given as a date or as days before the due date."""
    if "data_desconto" in item:
        return date.fromisoformat(item["data_desconto"])
    return vencimento - timedelta(days=item["quantidade_dias_desconto"])


def _multa(boleto: Boleto, day: date) -> int:
    multa = boleto.multa
    if not multa or day < _start(multa, "multa", boleto.vencimento):
        return 0
    return int(multa.get("valor_multa") or _cents(percent_of(boleto.valor, multa.get("percentual_multa", 0))))


def _juros(boleto: Boleto, day: date) -> int:
    juros = boleto.juros
    if not juros:
        return 0
    days = (day - _start(juros, "juros", boleto.vencimento)).days + 1
    if days <= 0:
        return 0
    if juros["codigo_tipo_juros"] == "93":
        return int(juros["valor_juros"]) * days
    per_period = percent_of(boleto.valor, juros["percentual_juros"])
    return _cents(per_period / _PERIOD_DAYS[juros["codigo_tipo_juros"]] * days)


def _start(block: dict[str, Any], name: str, vencimento: date) -> date:
    if f"data_{name}" in block:
        return date.fromisoformat(block[f"data_{name}"])
    return vencimento + timedelta(days=block.get(f"quantidade_dias_{name}") or 1)


def _effective(vencimento: date) -> date:
    return vencimento if is_business_day(vencimento) else add_business_days(vencimento, 1)


def _cents(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
