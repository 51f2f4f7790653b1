"""Money: an exact amount of Brazilian reais, kept as integer cents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bancointegra.domain.errors import InputError

_BRAZILIAN = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d{1,2})?")
_PLAIN = re.compile(r"-?\d+\.\d{1,2}")
_MAX_DIGITS = 15
_MAX_PRECISION = 26  # what ``Decimal`` multiplies exactly by 100 within its default 28 digits


@dataclass(frozen=True, order=True, slots=True)
class Reais:
    """An amount in reais. ``centavos`` may be negative; there are no fractions of a cent."""

    centavos: int

    @classmethod
    def parse(cls, text: str) -> Reais:
        """Read what a clerk types: ``1250``, ``1.250,00``, ``R$ 1.250,5``, ``1250.00``.

        A single dot followed by three digits is a thousands separator (``1.250`` is R$ 1.250,00).
        Raises ``InputError`` for anything else.
        """
        cleaned = text.strip().removeprefix("R$").strip()
        if len(cleaned) <= _MAX_DIGITS + 8:
            if _BRAZILIAN.fullmatch(cleaned) and cleaned.isascii():
                return cls.from_decimal(Decimal(cleaned.replace(".", "").replace(",", ".")))
            if _PLAIN.fullmatch(cleaned) and cleaned.isascii():
                return cls.from_decimal(Decimal(cleaned))
        raise InputError(f"“{cleaned[:40]}” não é um valor em reais.", field="valor", hint="Escreva como 1.250,00.")

    @classmethod
    def from_decimal(cls, value: Decimal) -> Reais:
        """Take an exact decimal of reais. Raises ``InputError`` when it has fractions of a cent."""
        if not value.is_finite():
            raise InputError("O valor não é um número.", field="valor")
        # The size is judged before any arithmetic: an exponent of a million digits must not be written out.
        if value and (value.adjusted() > _MAX_DIGITS - 3 or len(value.as_tuple().digits) > _MAX_PRECISION):
            raise InputError("O valor é grande demais.", field="valor")
        cents = value * 100
        if cents != cents.to_integral_value():
            raise InputError("O valor tem frações de centavo.", field="valor", hint="Use até duas casas.")
        return cls(int(cents))

    @classmethod
    def rounded(cls, value: Decimal) -> Reais:
        """Take any decimal of reais, rounded half up to the cent."""
        return cls(int((value * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)))

    @classmethod
    def total(cls, amounts: Iterable[Reais]) -> Reais:
        """The sum; zero for none."""
        return cls(sum(amount.centavos for amount in amounts))

    @property
    def decimal(self) -> Decimal:
        """The amount in reais with two decimals."""
        return Decimal(self.centavos).scaleb(-2)

    @property
    def com_simbolo(self) -> str:
        """``R$ 1.250,00``, with a no-break space."""
        return f"R$\u00a0{self}"

    def percentual(self, percent: Decimal) -> Reais:
        """``percent`` per cent of the amount, rounded half up to the cent."""
        return Reais.rounded(self.decimal * percent / 100)

    def __add__(self, other: Reais) -> Reais:
        return Reais(self.centavos + other.centavos)

    def __sub__(self, other: Reais) -> Reais:
        return Reais(self.centavos - other.centavos)

    def __mul__(self, times: int) -> Reais:
        return Reais(self.centavos * times)

    def __bool__(self) -> bool:
        return self.centavos != 0

    def __str__(self) -> str:
        whole, cents = divmod(abs(self.centavos), 100)
        sign = "-" if self.centavos < 0 else ""
        return f"{sign}{whole:,}".replace(",", ".") + f",{cents:02d}"


ZERO = Reais(0)
