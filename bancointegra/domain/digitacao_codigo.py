"""A code while it is typed: its digits in groups, and what can already be said about the groups that are complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bancointegra.domain import arrecadacao
from bancointegra.domain.codigo_barras import TAMANHO_CODIGO_BARRAS
from bancointegra.domain.digitos import mod10
from bancointegra.domain.leitura_codigo import LeituraCodigo, read_codigo
from bancointegra.domain.linha_digitavel import TAMANHO_LINHA_ARRECADACAO, TAMANHO_LINHA_COBRANCA

_CAMPOS = (slice(0, 10), slice(10, 21), slice(21, 32))
_BLOCO = 12
_CORTES_COBRANCA = {5: ".", 10: " ", 15: ".", 21: " ", 26: ".", 32: " ", 33: " "}
_CORTES_ARRECADACAO = {11: "-", 12: " ", 23: "-", 24: " ", 35: "-", 36: " ", 47: "-"}


@dataclass(frozen=True, slots=True)
class DigitacaoCodigo:
    """What was typed so far.

    ``agrupado`` is how the digits are shown; ``errados`` names the complete groups whose own digit is wrong
    (“campo 2”, “bloco 1”); ``leitura`` is there once the digits are as many as a code has.
    """

    digitos: str
    agrupado: str
    esperados: int
    conferidos: int
    errados: tuple[str, ...]
    leitura: LeituraCodigo | None

    @property
    def valida(self) -> bool:
        """Whether this is a whole code that agrees with its digits."""
        return self.leitura is not None and self.leitura.valida


def follow_digitacao(text: str, hoje: date) -> DigitacaoCodigo:
    """Read what was typed so far; anything but digits is dropped. Digits beyond a code's are kept, for the clerk."""
    digits = "".join(char for char in text if char.isascii() and char.isdigit())
    is_arrecadacao = digits.startswith(arrecadacao.PRODUTO)
    expected = TAMANHO_LINHA_ARRECADACAO if is_arrecadacao else TAMANHO_LINHA_COBRANCA
    checked, wrong = _check_blocks(digits) if is_arrecadacao else _check_campos(digits)
    leitura = _read_whole(digits, expected, hoje, in_doubt=bool(wrong))
    if leitura and leitura.valida:
        wrong = ()
    cuts = _CORTES_ARRECADACAO if is_arrecadacao else _CORTES_COBRANCA
    whole_bars = leitura is not None and len(digits) == TAMANHO_CODIGO_BARRAS
    grouped = digits if whole_bars else "".join(f"{cuts.get(at, '')}{char}" for at, char in enumerate(digits))
    return DigitacaoCodigo(digits, grouped, expected, checked, wrong, leitura)


def _read_whole(digits: str, expected: int, hoje: date, *, in_doubt: bool) -> LeituraCodigo | None:
    """44 digits are bars only when they are no line half typed: then a field is wrong, and the bars agree."""
    if len(digits) >= expected:
        return read_codigo(digits, hoje)
    if len(digits) == TAMANHO_CODIGO_BARRAS and in_doubt:
        leitura = read_codigo(digits, hoje)
        return leitura if leitura.valida else None
    return None


def _check_campos(digits: str) -> tuple[int, tuple[str, ...]]:
    complete = [(number, digits[campo]) for number, campo in enumerate(_CAMPOS, start=1) if len(digits) >= campo.stop]
    return len(complete), tuple(f"campo {number}" for number, text in complete if text[-1] != str(mod10(text[:-1])))


def _check_blocks(digits: str) -> tuple[int, tuple[str, ...]]:
    if len(digits) < _BLOCO or not arrecadacao.has_identificador_valido(digits):
        return 0, ()
    complete = min(len(digits) // _BLOCO, TAMANHO_LINHA_ARRECADACAO // _BLOCO)
    padded = digits[: complete * _BLOCO].ljust(TAMANHO_LINHA_ARRECADACAO, "0")
    wrong = arrecadacao.blocos_errados(padded)
    return complete, tuple(f"bloco {number}" for number in wrong if number <= complete)
