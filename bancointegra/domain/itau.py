"""Itaú's own digits: DAC of the account and of the nosso número, and the campo livre of its boletos.

Sources: Itaú, Cobrança CNAB 400, July 2021, §8.3, annexes 4 and 5, notes 18 and 23. Where annex 4 and note 23
disagree about which carteiras leave agency and account out of the DAC, note 23 is right for carteira 112 (real
boletos of 2024 and 2025 agree with it) and annex 4's 146 is kept beside note 23's 145.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bancointegra.domain.codigo_barras import build_codigo_barras, require_digits
from bancointegra.domain.digitos import mod10
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.linha_digitavel import linha_of
from bancointegra.domain.reais import Reais

BANCO_ITAU = "341"

TAMANHO_AGENCIA = 4
TAMANHO_CONTA = 5
TAMANHO_CARTEIRA = 3
TAMANHO_NOSSO_NUMERO = 8
TAMANHO_SEU_NUMERO = 7
TAMANHO_CODIGO_CLIENTE = 5

CARTEIRAS_ESCRITURAIS = frozenset(
    {"104", "105", "112", "113", "115", "116", "117", "119", "134", "135", "136", "147", "166", "188", "212"}
)
CARTEIRAS_DE_15_DIGITOS = frozenset({"107", "122", "142", "143", "196", "198"})

_DIRETAS_SEM_CONTA_NO_DAC = frozenset({"126", "131", "145", "146", "150", "168"})
_CARTEIRAS_SEM_LAYOUT_CERTO = frozenset({"106", "195"})  # manuals disagree, and none prints their layout

ESPECIES = {
    "01": "Duplicata mercantil",
    "02": "Nota promissória",
    "03": "Nota de seguro",
    "04": "Mensalidade escolar",
    "05": "Recibo",
    "06": "Contrato",
    "07": "Cosseguros",
    "08": "Duplicata de serviço",
    "09": "Letra de câmbio",
    "13": "Nota de débito",
    "15": "Documento de dívida",
    "16": "Encargos condominiais",
    "17": "Prestação de serviços",
    "88": "CBI",
    "89": "Contrato de câmbio",
    "90": "CCB",
    "91": "Confissão de dívida",
    "92": "Cheque",
    "93": "Mútuo",
    "94": "CPS",
    "95": "DMI",
    "96": "DSI",
    "97": "Recibo de aluguel PJ",
    "98": "Termo de acordo",
    "99": "Diversos",
}
"""What a título can be ("API Boletos - Emissão e Instrução", codigo_especie); boleto proposta is another product."""


@dataclass(frozen=True, slots=True)
class CodigosItau:
    """The computed numbers of one boleto; all digits only."""

    dac_conta: str
    dac_nosso_numero: str
    campo_livre: str
    codigo_barras: str
    linha_digitavel: str


def dac_conta(agencia: str, conta: str) -> str:
    """The digit of an account: agency of 4 digits, account of 5 without its digit."""
    require_digits(agencia, TAMANHO_AGENCIA, "agência")
    require_digits(conta, TAMANHO_CONTA, "conta")
    return str(mod10(agencia + conta))


def require_dac_conta(agencia: str, conta: str, dac: str) -> None:
    """Raise ``InputError`` when ``dac`` is not the digit of the account."""
    expected = dac_conta(agencia, conta)
    if dac != expected:
        raise InputError(
            f"O dígito da conta {agencia}/{conta}-{dac} não confere.",
            field="conta",
            hint=f"Com esses números o dígito seria {expected}.",
        )


def needs_conta_for_dac(carteira: str) -> bool:
    """Whether agency and account enter the DAC of the nosso número (annex 4, note 23)."""
    return carteira not in CARTEIRAS_ESCRITURAIS and carteira not in _DIRETAS_SEM_CONTA_NO_DAC


def dac_nosso_numero(carteira: str, nosso_numero: str, agencia: str, conta: str) -> str:
    """The digit of a nosso número of 8 digits.

    For escriturais the bank numbers and prints: prefer the digit it returns. Agency and account may be empty for
    carteiras that leave them out.
    """
    require_digits(carteira, TAMANHO_CARTEIRA, "carteira")
    require_digits(nosso_numero, TAMANHO_NOSSO_NUMERO, "nosso número")
    if not needs_conta_for_dac(carteira):
        return str(mod10(carteira + nosso_numero))
    require_digits(agencia, TAMANHO_AGENCIA, "agência")
    require_digits(conta, TAMANHO_CONTA, "conta")
    return str(mod10(agencia + conta + carteira + nosso_numero))


def campo_livre_padrao(
    carteira: str, nosso_numero: str, dac_nosso_numero: str, agencia: str, conta: str, dac_conta: str
) -> str:
    """The 25 digits of the usual carteiras; the two DACs are taken as given (the bank's word, where there is one).

    Raises ``RuleError`` for the carteiras of the other layout, or of an unknown one.
    """
    require_digits(carteira, TAMANHO_CARTEIRA, "carteira")
    _require_known_layout(carteira)
    if carteira in CARTEIRAS_DE_15_DIGITOS:
        raise RuleError(f"A carteira {carteira} usa o campo livre com seu número e código do cliente.")
    require_digits(nosso_numero, TAMANHO_NOSSO_NUMERO, "nosso número")
    require_digits(dac_nosso_numero, 1, "dígito do nosso número")
    require_digits(agencia, TAMANHO_AGENCIA, "agência")
    require_digits(conta, TAMANHO_CONTA, "conta")
    require_digits(dac_conta, 1, "dígito da conta")
    return f"{carteira}{nosso_numero}{dac_nosso_numero}{agencia}{conta}{dac_conta}000"


def campo_livre_15_digitos(carteira: str, nosso_numero: str, seu_numero: str, codigo_cliente: str) -> str:
    """The 25 digits of carteiras 107, 122, 142, 143, 196 and 198 (annex 5): no agency, no account."""
    if carteira not in CARTEIRAS_DE_15_DIGITOS:
        raise RuleError(f"A carteira {carteira} não usa seu número e código do cliente no campo livre.")
    require_digits(nosso_numero, TAMANHO_NOSSO_NUMERO, "nosso número")
    require_digits(seu_numero, TAMANHO_SEU_NUMERO, "seu número")
    require_digits(codigo_cliente, TAMANHO_CODIGO_CLIENTE, "código do cliente")
    digits = carteira + nosso_numero + seu_numero + codigo_cliente
    return f"{digits}{mod10(digits)}0"


def compute_codigos(
    agencia: str,
    conta: str,
    dac: str,
    carteira: str,
    nosso_numero: str,
    vencimento: date | None,
    valor: Reais,
    *,
    seu_numero: str = "",
    codigo_cliente: str = "",
) -> CodigosItau:
    """All numbers of one boleto from its parts, padded with zeros to their full lengths.

    An empty ``dac`` is computed; a given one must agree. ``seu_numero`` (7 digits) and ``codigo_cliente`` (5) are
    used by the 15-digit carteiras only. Raises ``InputError`` naming the field, and ``RuleError`` for carteiras whose
    layout the manuals leave open.
    """
    if dac:
        require_dac_conta(agencia, conta, dac)
    digit_of_conta = dac_conta(agencia, conta)
    digit_of_nosso_numero = dac_nosso_numero(carteira, nosso_numero, agencia, conta)
    if carteira in CARTEIRAS_DE_15_DIGITOS:
        campo_livre = campo_livre_15_digitos(carteira, nosso_numero, seu_numero, codigo_cliente)
    else:
        campo_livre = campo_livre_padrao(carteira, nosso_numero, digit_of_nosso_numero, agencia, conta, digit_of_conta)
    codigo = build_codigo_barras(BANCO_ITAU, campo_livre, vencimento, valor)
    return CodigosItau(digit_of_conta, digit_of_nosso_numero, campo_livre, codigo, linha_of(codigo))


def _require_known_layout(carteira: str) -> None:
    if carteira in _CARTEIRAS_SEM_LAYOUT_CERTO:
        raise RuleError(
            f"A carteira {carteira} não é suportada: os manuais do Itaú divergem sobre o campo livre dela.",
            hint="Use a carteira 109.",
        )
