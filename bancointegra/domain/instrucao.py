"""Instructions on a registered boleto: alterar, baixar, protestar, cancelar protesto.

Each is a small frozen record of what is wanted; ``PedidoInstrucao`` freezes it for the journal together with the boleto
it is about. ``is_efetiva`` reads from a query whether the bank has done it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from bancointegra.domain.boleto import ConsultaBoleto, SituacaoNoBanco
from bancointegra.domain.encargos import Desconto, Encargos, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Operacao

MIN_DIAS_PROTESTO = 1
MAX_DIAS_PROTESTO = 99
_CASAS_DO_PERCENTUAL = Decimal("0.00001")
_EM_VALOR = (
    TipoMulta.VALOR,
    TipoJuros.VALOR_POR_DIA,
    TipoDesconto.VALOR_ATE_DATA,
    TipoDesconto.VALOR_POR_DIA_ANTECIPADO,
)


@dataclass(frozen=True, slots=True)
class AlterarVencimento:
    vencimento: date


@dataclass(frozen=True, slots=True)
class AlterarMulta:
    multa: Multa


@dataclass(frozen=True, slots=True)
class AlterarJuros:
    juros: Juros


@dataclass(frozen=True, slots=True)
class AlterarDesconto:
    """Replaces all discounts; NENHUM and no ``descontos`` removes them."""

    tipo: TipoDesconto
    descontos: tuple[Desconto, ...]


@dataclass(frozen=True, slots=True)
class AlterarAbatimento:
    """Zero cancels the abatimento."""

    abatimento: Reais


@dataclass(frozen=True, slots=True)
class AlterarSeuNumero:
    """At most 10 letters and digits."""

    seu_numero: str


@dataclass(frozen=True, slots=True)
class AlterarDataLimite:
    """The last day on which the boleto can be paid."""

    data_limite: date


@dataclass(frozen=True, slots=True)
class AlterarValor:
    """The título's nominal value."""

    valor: Reais


@dataclass(frozen=True, slots=True)
class Baixar:
    """Write the boleto off without payment."""


@dataclass(frozen=True, slots=True)
class Protestar:
    """Send to protest on ``data``; ``escritorio`` is the Escritório de Cobrança that follows it, for our records."""

    data: date
    escritorio: str

    def dias_apos(self, vencimento: date) -> int:
        """Days after the due date, as the bank counts them, from 1 to 99.

        One day, which has long passed, stands for a protest at once of a título overdue for more than that.
        """
        dias = (self.data - vencimento).days
        return dias if MIN_DIAS_PROTESTO <= dias <= MAX_DIAS_PROTESTO else MIN_DIAS_PROTESTO


@dataclass(frozen=True, slots=True)
class CancelarProtesto:
    """Take the título back from protest; ``data`` and ``motivo`` are for our records."""

    data: date
    motivo: str


Alteracao = (
    AlterarVencimento
    | AlterarMulta
    | AlterarJuros
    | AlterarDesconto
    | AlterarAbatimento
    | AlterarSeuNumero
    | AlterarDataLimite
    | AlterarValor
)
Instrucao = Alteracao | Baixar | Protestar | CancelarProtesto


def operacao_of(instrucao: Instrucao) -> Operacao:
    """Which button of the screen the instruction belongs to."""
    match instrucao:
        case Baixar():
            return Operacao.BAIXAR
        case Protestar():
            return Operacao.PROTESTAR
        case CancelarProtesto():
            return Operacao.CANCELAR_PROTESTO
        case _:
            return Operacao.ALTERAR


@dataclass(frozen=True, slots=True)
class PedidoInstrucao:
    """Everything an instruction sends, frozen when its order is prepared.

    ``chave`` is the provider's key of the boleto; ``vencimento``, ``valor`` and ``encargos`` are those before it.
    """

    chave: str
    carteira: str
    nosso_numero: str
    vencimento: date
    valor: Reais
    encargos: Encargos
    instrucao: Instrucao
    titulo: str

    @property
    def numero_documento(self) -> str:
        """How the clerk calls the título."""
        return self.titulo


class Aceite(Enum):
    """What the bank answered to an instruction it did not refuse."""

    FEITA = "feita"
    AGUARDANDO_APROVACAO = "aguardando aprovação"


def encargos_apos(encargos: Encargos, instrucao: Instrucao) -> Encargos:
    """The charges once the instruction is done."""
    match instrucao:
        case AlterarMulta(multa):
            return replace(encargos, multa=multa)
        case AlterarJuros(juros):
            return replace(encargos, juros=juros)
        case AlterarDesconto(tipo, descontos):
            return replace(encargos, tipo_desconto=tipo, descontos=descontos)
        case AlterarAbatimento(abatimento):
            return replace(encargos, abatimento=abatimento)
        case _:
            return encargos


def vencimento_apos(vencimento: date, instrucao: Instrucao) -> date:
    """The due date once the instruction is done."""
    return instrucao.vencimento if isinstance(instrucao, AlterarVencimento) else vencimento


def valor_apos(valor: Reais, instrucao: Instrucao) -> Reais:
    """The value once the instruction is done."""
    return instrucao.valor if isinstance(instrucao, AlterarValor) else valor


def is_efetiva(instrucao: Instrucao, consulta: ConsultaBoleto) -> bool | None:
    """Whether the boleto at the bank already is as the instruction wants it; None when the query cannot tell."""
    registrado = consulta.registrado
    match instrucao:
        case AlterarVencimento(vencimento):
            return registrado.vencimento == vencimento
        case AlterarValor(valor):
            return registrado.valor == valor
        case AlterarDataLimite(data_limite):
            return None if registrado.data_limite is None else registrado.data_limite == data_limite
        case AlterarSeuNumero(seu_numero):
            return None if not consulta.seu_numero else consulta.seu_numero.strip().upper() == seu_numero.upper()
        case Baixar():
            return consulta.situacao is SituacaoNoBanco.BAIXADO
        case Protestar():
            return consulta.protesto.is_em_curso
        case CancelarProtesto():
            return not consulta.protesto.is_em_curso
        case _:
            if consulta.encargos is None:
                return None
            wanted = encargos_apos(consulta.encargos, instrucao)
            return _essencial(wanted) == _essencial(consulta.encargos)


def _essencial(encargos: Encargos) -> tuple[object, ...]:
    """Only what counts for each type, percentages as finely as banks write them: what costs the same is equal."""
    tipo = encargos.tipo_desconto
    descontos = () if tipo is TipoDesconto.NENHUM else sorted(encargos.descontos, key=lambda desconto: desconto.ate)
    return (
        _essencial_de(encargos.multa),
        _essencial_de(encargos.juros),
        (tipo, *((desconto.ate, _quanto(tipo, desconto)) for desconto in descontos)),
        encargos.abatimento,
    )


def _essencial_de(encargo: Multa | Juros) -> tuple[object, ...]:
    if encargo.tipo in (TipoMulta.NENHUMA, TipoJuros.NENHUM):
        return (encargo.tipo,)
    return encargo.tipo, _quanto(encargo.tipo, encargo), max(encargo.dias, 1)


def _quanto(tipo: Enum, encargo: Multa | Juros | Desconto) -> Reais | Decimal:
    if tipo in _EM_VALOR:
        return encargo.valor
    return encargo.percentual.quantize(_CASAS_DO_PERCENTUAL, ROUND_HALF_UP)


def describe_instrucao(instrucao: Instrucao) -> str:
    """For the history: ``Vencimento para 30/11/2026``."""
    match instrucao:
        case AlterarVencimento(vencimento):
            return f"Vencimento para {vencimento:%d/%m/%Y}"
        case AlterarMulta(multa):
            return f"Multa: {multa.descricao}"
        case AlterarJuros(juros):
            return f"Juros: {juros.descricao}"
        case AlterarDesconto(_, descontos):
            days = ", ".join(f"{desconto.ate:%d/%m/%Y}" for desconto in descontos)
            return f"Desconto até {days}" if days else "Sem desconto"
        case AlterarAbatimento(abatimento):
            return f"Abatimento de {abatimento.com_simbolo}" if abatimento else "Sem abatimento"
        case AlterarSeuNumero(seu_numero):
            return f"Seu número para {seu_numero}"
        case AlterarDataLimite(data_limite):
            return f"Data limite de pagamento para {data_limite:%d/%m/%Y}"
        case AlterarValor(valor):
            return f"Valor nominal para {valor.com_simbolo}"
        case _:
            return _describe_baixa_ou_protesto(instrucao)


def _describe_baixa_ou_protesto(instrucao: Instrucao) -> str:
    match instrucao:
        case Protestar(data, escritorio):
            return f"Protesto em {data:%d/%m/%Y} · {escritorio}"
        case CancelarProtesto(data, motivo):
            return f"Cancelamento em {data:%d/%m/%Y}: {motivo}"
        case _:
            return "Baixa sem pagamento"
