"""The 47 digits of a cobrança line, to and from the bar code, and both kinds of line as they are printed.

``AAABC.CCCCX DDDDD.DDDDDY EEEEE.EEEEEZ K UUUUVVVVVVVVVV``: fields 1 to 3 carry their own modulo 10; field 5 (due
factor and value) has none and is guarded by K alone, the general digit of the bar code. Source: Itaú, Cobrança
CNAB 400, July 2021, §8.4 and annex 3.
"""

from __future__ import annotations

from bancointegra.domain import arrecadacao
from bancointegra.domain.codigo_barras import TAMANHO_CODIGO_BARRAS, require_digits
from bancointegra.domain.digitos import mod10

TAMANHO_LINHA_COBRANCA = 47
TAMANHO_LINHA_ARRECADACAO = 48

_CAMPOS_COM_DIGITO = (slice(0, 10), slice(10, 21), slice(21, 32))


def linha_of(codigo_barras: str) -> str:
    """The line of a 44-digit bar code: 47 digits for cobrança, 48 when it begins with 8 (arrecadação).

    Raises ``InputError`` when it has not 44 digits. Check digits of the bar code are not judged here.
    """
    require_digits(codigo_barras, TAMANHO_CODIGO_BARRAS, "código de barras")
    if codigo_barras.startswith(arrecadacao.PRODUTO):
        return arrecadacao.linha_of(codigo_barras)
    fields = (codigo_barras[:4] + codigo_barras[19:24], codigo_barras[24:34], codigo_barras[34:])
    return "".join(f"{field}{mod10(field)}" for field in fields) + codigo_barras[4:19]


def codigo_barras_of(linha: str) -> str:
    """The 44-digit bar code of a line of 47 (cobrança) or 48 digits (arrecadação), digits only.

    Raises ``InputError`` for another length. Check digits are not judged here.
    """
    if len(linha) == TAMANHO_LINHA_ARRECADACAO:
        require_digits(linha, TAMANHO_LINHA_ARRECADACAO, "linha digitável")
        return arrecadacao.codigo_barras_of(linha)
    require_digits(linha, TAMANHO_LINHA_COBRANCA, "linha digitável")
    return linha[:4] + linha[32:] + linha[4:9] + linha[10:20] + linha[21:31]


def campos_errados(linha: str) -> tuple[int, ...]:
    """The numbers (1 to 3) of the fields of a 47-digit line whose own digit is wrong."""
    return tuple(
        number
        for number, campo in enumerate(_CAMPOS_COM_DIGITO, start=1)
        if linha[campo][-1] != str(mod10(linha[campo][:-1]))
    )


def format_linha(linha: str) -> str:
    """A line of 47 or 48 digits as it is printed: ``34191.10121 34567.880058 71234.570001 6 16670000012345``."""
    if len(linha) == TAMANHO_LINHA_ARRECADACAO:
        return arrecadacao.format_linha(linha)
    fields = [f"{linha[campo][:5]}.{linha[campo][5:]}" for campo in _CAMPOS_COM_DIGITO]
    return " ".join([*fields, linha[32], linha[33:]])
