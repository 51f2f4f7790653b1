"""Bills of public services and taxes: 44 digits of bar code, 48 of line, always beginning with 8.

Source: FEBRABAN, Layout padrão de arrecadação/recebimento com código de barras, v04, §3, §5, §7-9; segments and the
two forms of the campo livre as v08 (2026) still has them. The value identifier (position 3) decides which modulo
guards the general digit *and* the digit of each block of the line; functions that need it raise ``InputError`` when
it is none of 6, 7, 8 and 9.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bancointegra.domain.digitos import mod10, mod11_arrecadacao
from bancointegra.domain.errors import InputError
from bancointegra.domain.reais import Reais

PRODUTO = "8"
SEGMENTOS = {
    "1": "Prefeituras",
    "2": "Saneamento",
    "3": "Energia elétrica e gás",
    "4": "Telecomunicações",
    "5": "Órgãos governamentais",
    "6": "Carnês e empresas identificadas pelo CNPJ",
    "7": "Multas de trânsito",
    "9": "Uso exclusivo do banco",
}
_SEGMENTO_COM_CNPJ = "6"

_MODULO_POR_IDENTIFICADOR: dict[str, Callable[[str], int]] = {
    "6": mod10,
    "7": mod10,
    "8": mod11_arrecadacao,
    "9": mod11_arrecadacao,
}
_IDENTIFICADORES_DE_VALOR_EFETIVO = frozenset("68")

_TAMANHO_BLOCO = 11
_BLOCOS = 4
_ANOS_PLAUSIVEIS = timedelta(days=5 * 365 + 1)


def has_identificador_valido(codigo: str) -> bool:
    """Whether position 3 (same place in code and line) is 6, 7, 8 or 9; without it no digit can be checked."""
    return codigo[2] in _MODULO_POR_IDENTIFICADOR


def is_valor_efetivo(codigo: str) -> bool:
    """Whether the code carries an amount in reais to pay, and not a quantity or reference."""
    return codigo[2] in _IDENTIFICADORES_DE_VALOR_EFETIVO


def valor_of(codigo_barras: str) -> Reais | None:
    """The amount to pay; None when the field holds a quantity or reference (identifiers 7 and 9)."""
    return Reais(int(codigo_barras[4:15])) if is_valor_efetivo(codigo_barras) else None


def vencimento_possivel(codigo_barras: str, referencia: date) -> date | None:
    """The date at the start of the campo livre, where issuers may put the due date as AAAAMMDD.

    No segment is obliged to (§3-G), so a number that merely looks like a date is possible: only dates within five
    years of ``referencia`` count, and even those are to be shown as possible.
    """
    start = 23 if codigo_barras[1] == _SEGMENTO_COM_CNPJ else 19
    digits = codigo_barras[start : start + 8]
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if abs(day - referencia) <= _ANOS_PLAUSIVEIS else None


def build_codigo_barras_arrecadacao(segmento: str, identificador: str, valor: Reais, resto: str) -> str:
    """The 44 digits for a segment, a value identifier, a value and positions 16 to 44 (29 digits)."""
    start = f"{PRODUTO}{segmento}{identificador}"
    rest = f"{valor.centavos:011d}{resto}"
    return f"{start}{_modulo(start)(start + rest)}{rest}"


def digito_geral_confere(codigo_barras: str) -> bool:
    """Whether position 4 is right for the other 43 digits."""
    return codigo_barras[3] == str(_modulo(codigo_barras)(codigo_barras[:3] + codigo_barras[4:]))


def blocos_errados(linha: str) -> tuple[int, ...]:
    """The numbers (1 to 4) of the blocks of a 48-digit line whose own digit is wrong."""
    modulo = _modulo(linha)
    return tuple(
        number for number, (block, digit) in enumerate(_blocks_of_linha(linha), start=1) if digit != str(modulo(block))
    )


def linha_of(codigo_barras: str) -> str:
    """The 48 digits of the line of a 44-digit bar code."""
    modulo = _modulo(codigo_barras)
    blocks = (codigo_barras[i * _TAMANHO_BLOCO : (i + 1) * _TAMANHO_BLOCO] for i in range(_BLOCOS))
    return "".join(f"{block}{modulo(block)}" for block in blocks)


def codigo_barras_of(linha: str) -> str:
    """The 44 digits of the bar code of a 48-digit line; the digits of the blocks fall away."""
    return "".join(block for block, _ in _blocks_of_linha(linha))


def format_linha(linha: str) -> str:
    """``81650000001-2 23450042202-2 …`` as printed."""
    return " ".join(f"{block}-{digit}" for block, digit in _blocks_of_linha(linha))


def _modulo(codigo: str) -> Callable[[str], int]:
    if not has_identificador_valido(codigo):
        raise InputError(f"O identificador de valor (posição 3) é {codigo[2]}; deveria ser 6, 7, 8 ou 9.")
    return _MODULO_POR_IDENTIFICADOR[codigo[2]]


def _blocks_of_linha(linha: str) -> tuple[tuple[str, str], ...]:
    step = _TAMANHO_BLOCO + 1
    return tuple((linha[i * step : i * step + _TAMANHO_BLOCO], linha[(i + 1) * step - 1]) for i in range(_BLOCOS))
