"""What must hold before an instruction is sent, and the request that follows from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bancointegra.domain.calculo_encargos import validate_encargos
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.fator_vencimento import require_emissivel
from bancointegra.domain.instrucao import (
    MAX_DIAS_PROTESTO,
    AlterarAbatimento,
    AlterarDataLimite,
    AlterarSeuNumero,
    AlterarValor,
    AlterarVencimento,
    CancelarProtesto,
    Instrucao,
    PedidoInstrucao,
    Protestar,
    encargos_apos,
    operacao_of,
    valor_apos,
    vencimento_apos,
)
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.domain.situacao import require_permitida
from bancointegra.domain.titulo import Titulo

_MAX_ABATIMENTO = Decimal(90)
"""Per cent of the value; the bank refuses more (Itaú CNAB 400, July 2021, instruction refusal 19)."""
_MAX_ANOS_DATA_LIMITE = 10


def plan_instrucao(titulo: Titulo, conta: ContaBancaria, instrucao: Instrucao, hoje: date) -> PedidoInstrucao:
    """Build the request of ``instrucao`` on the boleto in force of ``titulo``.

    Raises ``RuleError`` when the situação or the boleto does not allow it, ``InputError`` naming the field when the
    instruction itself cannot be sent. What only the bank can judge is left to the bank.
    """
    nome = titulo.identificacao
    require_permitida(operacao_of(instrucao), titulo.situacao, nome)
    if not conta.api_bancaria:
        raise RuleError(f"A conta {conta.mnemonico} não tem a API Bancária ativada.")
    if titulo.boleto is None:
        raise RuleError(f"O título {nome} não tem boleto registrado.")
    _require_sendable(titulo, instrucao, hoje)
    encargos = encargos_apos(titulo.encargos, instrucao)
    if encargos != titulo.encargos or valor_apos(titulo.valor, instrucao) != titulo.valor:
        validate_encargos(valor_apos(titulo.valor, instrucao), vencimento_apos(titulo.vencimento, instrucao), encargos)
    return PedidoInstrucao(
        chave=titulo.boleto.chave,
        carteira=titulo.boleto.carteira,
        nosso_numero=titulo.boleto.nosso_numero,
        vencimento=titulo.vencimento,
        valor=titulo.valor,
        encargos=titulo.encargos,
        instrucao=instrucao,
        titulo=nome,
    )


def require_for_many(instrucao: Instrucao, quantos: int) -> None:
    """Raise ``InputError`` for an instruction that would make ``quantos`` boletos alike where they must differ."""
    if isinstance(instrucao, AlterarSeuNumero) and quantos > 1:
        raise InputError(
            f"O mesmo seu número iria para {quantos} boletos, e eles não se distinguiriam mais.",
            field="Seu número",
            hint="Altere um boleto de cada vez.",
        )


def _require_sendable(titulo: Titulo, instrucao: Instrucao, hoje: date) -> None:
    match instrucao:
        case AlterarVencimento(vencimento):
            _require_vencimento(titulo, vencimento, hoje)
        case AlterarAbatimento(abatimento):
            if abatimento > titulo.valor.percentual(_MAX_ABATIMENTO):
                raise InputError("O abatimento passa de 90% do valor do título.", field="Abatimento")
        case AlterarSeuNumero(seu_numero):
            if not (0 < len(seu_numero) <= 10 and seu_numero.isascii() and seu_numero.isalnum()):
                raise InputError("O seu número tem até 10 letras e números.", field="Seu número")
        case AlterarDataLimite(data_limite):
            _require_data_limite(titulo, data_limite)
        case AlterarValor(valor):
            _require_valor(titulo, valor)
        case Protestar(data, escritorio):
            _require_protesto(titulo, data, escritorio, hoje)
        case CancelarProtesto(_, motivo):
            if not motivo.strip():
                raise InputError("Informe o motivo do cancelamento do protesto.", field="Motivo")
        case _:
            pass


def _require_vencimento(titulo: Titulo, vencimento: date, hoje: date) -> None:
    if vencimento < hoje:
        raise InputError(f"O novo vencimento {vencimento:%d/%m/%Y} já passou.", field="Vencimento")
    if vencimento == titulo.vencimento:
        raise InputError("O vencimento é o que o boleto já tem.", field="Vencimento")
    limite = titulo.boleto.data_limite if titulo.boleto else None
    if limite is not None and vencimento > limite:
        raise InputError(
            f"O novo vencimento passa da data limite de pagamento ({limite:%d/%m/%Y}).",
            field="Vencimento",
            hint="Altere antes a data limite.",
        )
    require_emissivel(vencimento, hoje)


def _require_valor(titulo: Titulo, valor: Reais) -> None:
    if valor <= ZERO:
        raise InputError("O valor deve ser maior que zero.", field="Valor nominal")
    if valor == titulo.valor:
        raise InputError("O valor é o que o boleto já tem.", field="Valor nominal")


def _require_data_limite(titulo: Titulo, data_limite: date) -> None:
    if data_limite < titulo.vencimento:
        raise InputError("A data limite é anterior ao vencimento.", field="Data limite")
    if data_limite.year - titulo.vencimento.year > _MAX_ANOS_DATA_LIMITE:
        raise InputError("A data limite vai até 10 anos depois do vencimento.", field="Data limite")


def _require_protesto(titulo: Titulo, data: date, escritorio: str, hoje: date) -> None:
    if not escritorio.strip():
        raise InputError("Informe o Escritório de Cobrança.", field="Escritório de Cobrança")
    if data < hoje:
        raise InputError(f"A data do protesto {data:%d/%m/%Y} já passou.", field="Data do protesto")
    if data <= titulo.vencimento:
        raise InputError(
            f"O título vence em {titulo.vencimento:%d/%m/%Y}; só pode ser protestado depois.", field="Data do protesto"
        )
    if (data - titulo.vencimento).days > MAX_DIAS_PROTESTO and data != hoje:
        raise InputError(
            f"O banco conta até {MAX_DIAS_PROTESTO} dias depois do vencimento.",
            field="Data do protesto",
            hint=f"Escolha uma data mais próxima, ou hoje ({hoje:%d/%m/%Y}) para protestar já.",
        )
