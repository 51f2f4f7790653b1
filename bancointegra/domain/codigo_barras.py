"""The 44 digits of a cobrança bar code: bank, currency, general digit, due factor, value, campo livre.

Source: Itaú, Cobrança CNAB 400, July 2021, §8.3 and annexes 2 and 6 (the layout is the same for every bank).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bancointegra.domain.digitos import mod11_cobranca
from bancointegra.domain.errors import InputError
from bancointegra.domain.fator_vencimento import fator_of
from bancointegra.domain.reais import Reais

MOEDA_REAL = "9"
TAMANHO_CODIGO_BARRAS = 44
TAMANHO_CAMPO_LIVRE = 25

_MAX_CENTAVOS_COM_FATOR = 9_999_999_999
_MAX_CENTAVOS = 9_999_999_999_999  # a larger value would put a digit that looks like a factor in front


@dataclass(frozen=True, slots=True)
class FatorValor:
    """The 14 digits of factor and value. ``fator`` is None when there is no due date in the code."""

    fator: int | None
    valor: Reais

    @property
    def toma_lugar_do_fator(self) -> bool:
        """Whether the value is so large that it left no place for a factor."""
        return self.valor.centavos > _MAX_CENTAVOS_COM_FATOR

    @classmethod
    def parse(cls, digits: str) -> FatorValor:
        """Read 14 digits. A first digit 0 means no factor: all 14 are the value (annex 6.3)."""
        if digits[0] == "0":
            return cls(None, Reais(int(digits)))
        return cls(int(digits[:4]), Reais(int(digits[4:])))

    @classmethod
    def of(cls, vencimento: date | None, valor: Reais) -> FatorValor:
        """What to write for a due date and a value.

        Above R$ 99.999.999,99 the value takes the place of the factor. Raises ``InputError`` for a value that does
        not fit, and for a due date before the first factor.
        """
        if not 0 <= valor.centavos <= _MAX_CENTAVOS:
            raise InputError("O valor não cabe no código de barras.", field="valor")
        if vencimento is None or valor.centavos > _MAX_CENTAVOS_COM_FATOR:
            return cls(None, valor)
        return cls(fator_of(vencimento), valor)

    def __str__(self) -> str:
        if self.fator is None:
            return f"{self.valor.centavos:014d}"
        return f"{self.fator:04d}{self.valor.centavos:010d}"


def build_codigo_barras(banco: str, campo_livre: str, vencimento: date | None, valor: Reais) -> str:
    """The 44 digits for a bank (3 digits) and its campo livre (25 digits); no due date means factor 0000.

    Raises ``InputError`` when a part has the wrong length or the value does not fit.
    """
    require_digits(banco, 3, "banco")
    require_digits(campo_livre, TAMANHO_CAMPO_LIVRE, "campo livre")
    start = banco + MOEDA_REAL
    rest = f"{FatorValor.of(vencimento, valor)}{campo_livre}"
    return f"{start}{mod11_cobranca(start + rest)}{rest}"


def digito_geral_confere(codigo_barras: str) -> bool:
    """Whether position 5 is the modulo 11 of the other 43 digits."""
    return codigo_barras[4] == str(mod11_cobranca(codigo_barras[:4] + codigo_barras[5:]))


def require_digits(text: str, length: int, field: str) -> None:
    """Raise ``InputError`` naming ``field`` unless ``text`` is exactly ``length`` ASCII digits."""
    if len(text) != length or not (text.isascii() and text.isdigit()):
        raise InputError(f"Informe {field} com {length} dígitos.", field=field)
