"""What must hold before a boleto is registered, and the request that follows from it."""

from __future__ import annotations

from datetime import date

from bancointegra.domain.boleto import PedidoRegistro
from bancointegra.domain.calculo_encargos import validate_encargos
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import RuleError
from bancointegra.domain.fator_vencimento import require_emissivel
from bancointegra.domain.reais import ZERO
from bancointegra.domain.situacao import Operacao, require_permitida
from bancointegra.domain.titulo import Titulo


def plan_registro(titulo: Titulo, conta: ContaBancaria, nosso_numero: str, hoje: date) -> PedidoRegistro:
    """Build the request that registers ``titulo`` under ``nosso_numero`` (8 digits).

    Raises ``RuleError`` when the situação, the dates or the value do not allow it. What only the bank can
    judge (contract, range, address) is left to the bank.
    """
    nome = titulo.identificacao
    require_permitida(Operacao.REGISTRAR, titulo.situacao, nome)
    if not conta.api_bancaria:
        raise RuleError(f"A conta {conta.mnemonico} não tem a API Bancária ativada.")
    if titulo.valor <= ZERO:
        raise RuleError(f"O título {nome} não tem valor a cobrar.")
    if titulo.emissao > hoje:
        raise RuleError(f"A emissão do título {nome} está no futuro ({titulo.emissao:%d/%m/%Y}).")
    if titulo.vencimento < titulo.emissao:
        raise RuleError(f"O título {nome} vence antes da emissão.")
    require_emissivel(titulo.vencimento, hoje)
    validate_encargos(titulo.valor, titulo.vencimento, titulo.encargos)
    return pedido_registro(titulo, conta, nosso_numero)


def pedido_registro(titulo: Titulo, conta: ContaBancaria, nosso_numero: str) -> PedidoRegistro:
    """The request that registers ``titulo``, whether or not it may be sent."""
    return PedidoRegistro(
        agencia=conta.agencia,
        conta=conta.conta,
        dac=conta.dac,
        carteira=conta.carteira,
        nosso_numero=nosso_numero,
        beneficiario=conta.beneficiario,
        sacado=titulo.sacado,
        seu_numero=format_seu_numero(titulo.numero, titulo.parcela),
        especie=titulo.especie,
        aceite=titulo.aceite,
        emissao=titulo.emissao,
        vencimento=titulo.vencimento,
        valor=titulo.valor,
        encargos=titulo.encargos,
        titulo=titulo.identificacao,
    )


def format_nosso_numero(sequencial: int) -> str:
    """The sequence as the 8 digits the bank wants. Raises ``RuleError`` beyond 8 digits."""
    if not 0 < sequencial <= 99_999_999:
        raise RuleError("A sequência do nosso número passou de 8 dígitos.")
    return f"{sequencial:08d}"


def format_seu_numero(numero: str, parcela: str) -> str:
    """The título's number in the 10 letters and digits the bank takes: ``1001/2`` becomes ``1001P2``.

    Of a longer one the end is kept, which tells títulos apart better than the beginning.
    """
    joined = f"{numero}P{parcela}" if parcela else numero
    return "".join(char for char in joined.upper() if char.isascii() and char.isalnum())[-10:]
