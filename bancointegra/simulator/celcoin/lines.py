"""The digits of a bill, as Celcoin's converter judges them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bancointegra.simulator.celcoin.answers import Refusal, malformed_line
from bancointegra.simulator.numbering import modulo10, modulo11

CONCESSIONARIA = 1
FICHA = 2

_BLOCK = 11
_FACTOR_BASES = (date(1997, 10, 7), date(2022, 5, 29))
"""Day zero of the factor, before and after it restarted at 1000 on 2025-02-22."""


def line_of_request(digitable: str, bar_code: str) -> str:
    """The line asked about, digits only. Raises ``Refusal`` (822) for anything a converter cannot take.

    44 digits are a bar code and have no business in ``digitable``.
    """
    if not digitable and not bar_code:
        raise Refusal(400, "822", "Informe a linha digitavel ou o codigo de barras")
    line = digitable or _line_of(bar_code)
    if not _is_sound(line):
        raise malformed_line()
    return line


def kind_of(line: str) -> int:
    """1 for concessionárias and tributos, 2 for a ficha de compensação: the first digit says so."""
    return CONCESSIONARIA if line.startswith("8") else FICHA


def printed_value(line: str) -> int | None:
    """Cents in the code; None when it holds none (zero, or a quantity instead of a value)."""
    if kind_of(line) == FICHA:
        return int(line[37:47]) or None
    return (int(_bar_code(line)[4:15]) or None) if line[2] in "68" else None


def printed_due_date(line: str, today: date) -> date | None:
    """The due date in the code. A factor is read as the day nearest to ``today``."""
    if kind_of(line) == FICHA:
        factor = int(line[33:37])
        days = [base + timedelta(days=factor) for base in _FACTOR_BASES]
        return min(days, key=lambda day: abs(day - today)) if factor else None
    digits = _bar_code(line)[19:27]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def company_of(line: str) -> str:
    """The company code of a type 1 line (bar-code positions 16 to 19)."""
    return _bar_code(line)[15:19]


def printed_in_rows(line: str) -> tuple[str, str]:
    """The two rows of a receipt."""
    if kind_of(line) == FICHA:
        return (
            f"{line[:5]}.{line[5:10]} {line[10:15]}.{line[15:21]}",
            f"{line[21:26]}.{line[26:32]} {line[32]} {line[33:]}",
        )
    blocks = [f"{line[i : i + _BLOCK]}-{line[i + _BLOCK]}" for i in range(0, 48, _BLOCK + 1)]
    return " ".join(blocks[:2]), " ".join(blocks[2:])


def _line_of(bar_code: str) -> str:
    if len(bar_code) != 44 or not _are_digits(bar_code):
        raise malformed_line()
    if bar_code.startswith("8"):
        digit = _digit_rule(bar_code)
        blocks = [bar_code[i : i + _BLOCK] for i in range(0, 44, _BLOCK)]
        return "".join(block + digit(block) for block in blocks)
    fields = (bar_code[:4] + bar_code[19:24], bar_code[24:34], bar_code[34:])
    return "".join(field + modulo10(field) for field in fields) + bar_code[4:19]


def _bar_code(line: str) -> str:
    if kind_of(line) == FICHA:
        return line[:4] + line[32:] + line[4:9] + line[10:20] + line[21:31]
    return "".join(line[i : i + _BLOCK] for i in range(0, 48, _BLOCK + 1))


def _is_sound(line: str) -> bool:
    """Whether every check digit is right."""
    if not _are_digits(line) or len(line) != (48 if line.startswith("8") else 47):
        return False
    code = _bar_code(line)
    if kind_of(line) == FICHA:
        fields = (line[:10], line[10:21], line[21:32])
        return code[4] == modulo11(code[:4] + code[5:]) and all(f[-1] == modulo10(f[:-1]) for f in fields)
    digit = _digit_rule(line)
    blocks = [line[i : i + _BLOCK + 1] for i in range(0, 48, _BLOCK + 1)]
    return code[3] == digit(code[:3] + code[4:]) and all(block[-1] == digit(block[:-1]) for block in blocks)


def _digit_rule(code: str) -> Callable[[str], str]:
    """The rule that the third digit names."""
    if code[2] in "67":
        return modulo10
    if code[2] in "89":
        return _modulo11_of_bills
    raise malformed_line()


def _modulo11_of_bills(digits: str) -> str:
    """Weights 2 to 9 from the right; remainders 0 and 1 give 0, and 10 gives 1."""
    rest = sum(int(digit) * (2 + position % 8) for position, digit in enumerate(reversed(digits))) % 11
    return {0: "0", 1: "0", 10: "1"}.get(rest, str(11 - rest))


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
