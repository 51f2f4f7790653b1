"""Before a boleto is drawn: what the bank returned must agree with itself and with what was asked.

The bank's line and bars are printed as they came; the arithmetic here only judges them.
"""

from __future__ import annotations

from bancointegra.domain.boleto import BoletoImpresso, BoletoRegistrado
from bancointegra.domain.codigo_barras import TAMANHO_CODIGO_BARRAS, FatorValor, digito_geral_confere, require_digits
from bancointegra.domain.errors import InputError, PrintError
from bancointegra.domain.linha_digitavel import TAMANHO_LINHA_COBRANCA, linha_of

_CONSULTE = "Nada foi gravado. Consulte o boleto no banco antes de imprimir."
_BANCO_E_MOEDA = "3419"
_FATOR_E_VALOR = slice(5, 19)
_CAMPO_LIVRE = slice(19, 44)


def require_consistent(impresso: BoletoImpresso) -> None:
    """Raise ``PrintError`` naming the first disagreement; return when there is none."""
    registrado, pedido = impresso.registrado, impresso.pedido
    _require_well_formed(registrado)
    in_bars = FatorValor.parse(registrado.codigo_barras[_FATOR_E_VALOR])
    if in_bars.valor != registrado.valor:
        raise _disagreement("valor", registrado.valor.com_simbolo, in_bars.valor.com_simbolo)
    try:
        expected = FatorValor.of(registrado.vencimento, registrado.valor)
    except InputError as error:
        raise PrintError(error.message, hint=_CONSULTE, code="pdf_divergente") from error
    if in_bars.fator != expected.fator:
        vencimento = f"{registrado.vencimento:%d/%m/%Y} (fator {_fator(expected)})"
        raise _disagreement("vencimento", vencimento, f"o fator {_fator(in_bars)}")
    _require_same_boleto(impresso)
    if registrado.valor != pedido.valor or registrado.vencimento != pedido.vencimento:
        raise PrintError(
            f"O boleto no banco é de {registrado.valor.com_simbolo} com vencimento em "
            f"{registrado.vencimento:%d/%m/%Y}, mas o pedido era de {pedido.valor.com_simbolo} com vencimento em "
            f"{pedido.vencimento:%d/%m/%Y}.",
            hint=_CONSULTE,
            code="pdf_divergente",
        )


def _require_well_formed(registrado: BoletoRegistrado) -> None:
    try:
        require_digits(registrado.codigo_barras, TAMANHO_CODIGO_BARRAS, "o código de barras")
        require_digits(registrado.linha_digitavel, TAMANHO_LINHA_COBRANCA, "a linha digitável")
    except InputError as error:
        raise PrintError(
            "O banco não informou o código de barras e a linha digitável completos.",
            hint=_CONSULTE,
            code="pdf_divergente",
        ) from error
    if not registrado.codigo_barras.startswith(_BANCO_E_MOEDA) or not digito_geral_confere(registrado.codigo_barras):
        raise PrintError(
            "O código de barras informado pelo banco não é um código válido do Itaú.",
            hint=_CONSULTE,
            code="pdf_divergente",
        )
    if linha_of(registrado.codigo_barras) != registrado.linha_digitavel:
        raise PrintError(
            "A linha digitável informada pelo banco não corresponde ao código de barras.",
            hint=_CONSULTE,
            code="pdf_divergente",
        )


def _require_same_boleto(impresso: BoletoImpresso) -> None:
    """Every Itaú campo livre begins with carteira and nosso número (CNAB 400, July 2021, annexes 2 and 5)."""
    registrado, pedido = impresso.registrado, impresso.pedido
    ours = registrado.carteira + registrado.nosso_numero
    campo_livre = registrado.codigo_barras[_CAMPO_LIVRE]
    if not campo_livre.startswith(ours) or ours != pedido.carteira + pedido.nosso_numero:
        raise _disagreement("nosso número", f"{pedido.carteira}/{pedido.nosso_numero}", campo_livre[:11])


def _fator(value: FatorValor) -> str:
    return "ausente" if value.fator is None else f"{value.fator:04d}"


def _disagreement(what: str, expected: str, found: str) -> PrintError:
    return PrintError(
        f"O {what} do boleto é {expected}, mas o código de barras informado pelo banco traz {found}.",
        hint=_CONSULTE,
        code="pdf_divergente",
    )
