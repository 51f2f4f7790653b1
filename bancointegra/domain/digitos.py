"""Check digits of boletos: modulo 10 and the two modulo 11 that Brazilian documents use.

Sources: Itaú, Cobrança CNAB 400, July 2021, annexes 2 and 3; FEBRABAN, Layout padrão de arrecadação v04, §7-9.
All functions take a text of ASCII digits and return one digit as an ``int``.
"""

from __future__ import annotations

from itertools import cycle


def mod10(digits: str) -> int:
    """Weights 2, 1, 2, 1… from the right, digits of each product added; 10 becomes 0."""
    total = 0
    for digit, weight in zip(reversed(digits), cycle((2, 1)), strict=False):
        product = int(digit) * weight
        total += product // 10 + product % 10
    return -total % 10


def mod11_cobranca(digits: str) -> int:
    """General digit of a cobrança bar code; 0, 10 and 11 become 1, so it is never 0."""
    digit = 11 - _remainder_mod11(digits)
    return 1 if digit >= 10 else digit


def mod11_arrecadacao(digits: str) -> int:
    """Digit of an arrecadação bar code or block; remainders 0 and 1 give 0, so 0 is legal."""
    remainder = _remainder_mod11(digits)
    return 0 if remainder <= 1 else 11 - remainder


def _remainder_mod11(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(reversed(digits), cycle(range(2, 10)), strict=False)) % 11
