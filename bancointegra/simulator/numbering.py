"""Check digits, bar code and typed line as the bank computes them.

Written from the bank's manual (CNAB 400, July 2021, annexes 3-4 and notes 23-24) on purpose without the rest of
the program: the simulator must not repeat a mistake of the side it judges.
"""

from __future__ import annotations

from datetime import date, timedelta

BANCO = "341"
ESCRITURAIS = frozenset({"112", "104", "147", "188", "115"})
"""Carteiras whose nosso número the bank chooses (115 excepted: simple, with a range free for the client)."""

NUMBERED_BY_BANK = ESCRITURAIS - {"115"}
DAC_WITHOUT_ACCOUNT = ESCRITURAIS | {"126", "131", "145", "150", "168"}

_FATOR_BASE = date(1997, 10, 7)
_FATOR_RESTART = date(2025, 2, 22)
_LARGEST_VALUE = 9_999_999_999


def modulo10(digits: str) -> str:
    """Weights 2, 1 from the right, digit sums of the products, ten minus the rest."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        total += sum(divmod(int(digit) * (2 - position % 2), 10))
    return str(-total % 10)


def modulo11(digits: str) -> str:
    """Weights 2 to 9 from the right; results 0, 10 and 11 become 1."""
    total = sum(int(digit) * (2 + position % 8) for position, digit in enumerate(reversed(digits)))
    result = 11 - total % 11
    return "1" if result in (0, 10, 11) else str(result)


def account_dac(agencia: str, conta: str) -> str:
    """The check digit of agência (4) and conta (5)."""
    return modulo10(agencia + conta)


def nosso_numero_dac(agencia: str, conta: str, carteira: str, nosso_numero: str) -> str:
    """The check digit of a nosso número (8); escriturais leave the account out (note 23)."""
    if carteira in DAC_WITHOUT_ACCOUNT:
        return modulo10(carteira + nosso_numero)
    return modulo10(agencia + conta + carteira + nosso_numero)


def fator_vencimento(vencimento: date) -> int:
    """Days since 1997-10-07; restarted at 1000 on 2025-02-22."""
    if vencimento < _FATOR_RESTART:
        return (vencimento - _FATOR_BASE).days
    return 1000 + (vencimento - _FATOR_RESTART) // timedelta(days=1) % 9000


def bar_code(agencia: str, conta: str, carteira: str, nosso_numero: str, vencimento: date, centavos: int) -> str:
    """The 44 digits. Above R$ 99.999.999,99 the value takes over the digits of the factor."""
    dac = nosso_numero_dac(agencia, conta, carteira, nosso_numero)
    livre = carteira + nosso_numero + dac + agencia + conta + account_dac(agencia, conta) + "000"
    if centavos > _LARGEST_VALUE:
        factor_and_value = f"{centavos:014d}"
    else:
        factor_and_value = f"{fator_vencimento(vencimento):04d}{centavos:010d}"
    rest = BANCO + "9" + factor_and_value + livre
    return rest[:4] + modulo11(rest) + rest[4:]


def typed_line(barras: str) -> str:
    """The 47 digits of the linha digitável of a 44-digit bar code."""
    livre = barras[19:]
    fields = (barras[:4] + livre[:5], livre[5:15], livre[15:25])
    return "".join(field + modulo10(field) for field in fields) + barras[4] + barras[5:19]
