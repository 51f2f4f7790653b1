"""The pagamento: one attempt to pay one bill, from its consult to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.order import Desfecho
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import EstadoNaCelcoin


class SituacaoPagamento(Enum):
    """The status word of a pagamento. The value is the label on the screen."""

    CONSULTADO = "Consultado"
    AGUARDANDO_CONFIRMACAO = "Aguardando confirmação"
    PAGO = "Pago"
    CANCELADO = "Cancelado"
    DESFEITO = "Desfeito"
    ESTORNADO = "Estornado"
    DEVOLVIDO = "Devolvido"
    A_CONFIRMAR = "A CONFIRMAR"
    """An order went out and nobody knows yet what Celcoin did; the only next step is to ask."""

    @property
    def is_open(self) -> bool:
        """Whether the bill is held by this pagamento: nobody may begin another one for the same line."""
        return self in (
            SituacaoPagamento.CONSULTADO,
            SituacaoPagamento.AGUARDANDO_CONFIRMACAO,
            SituacaoPagamento.A_CONFIRMAR,
        )

    @property
    def is_pago(self) -> bool:
        return self is SituacaoPagamento.PAGO


class OperacaoPagamento(Enum):
    """What can be ordered of Celcoin. The value is the label on the button."""

    RESERVAR = "Pagar"
    CONFIRMAR = "Confirmar"
    ANULAR = "Cancelar tentativa"
    ESTORNAR = "Estornar"


@dataclass(frozen=True, slots=True)
class Aprovacao:
    """Who let a payment above the limit go, when, and for how much: another amount needs another approval."""

    quem: str
    em: datetime
    valor: Reais


@dataclass(frozen=True, slots=True)
class Pagamento:
    """One attempt to pay ``consulta.linha``.

    ``valor_informado`` is the amount the clerk chose, None while it is the bill's. ``nsu`` is our number of the present
    attempt, ``transacao`` the reserve's id at Celcoin (empty before). ``expira_em`` is when an unconfirmed reserve is
    undone. ``estado_visto`` is the last state that a query showed; ``aviso`` is a sentence when it calls for one.
    ``preparado_por`` consulted it, or last changed what is to be paid; ``agendado_para`` is the day on which the open
    program pays it.
    """

    id: int
    conta_id: int
    consulta: ContaConsultada
    situacao: SituacaoPagamento
    situacao_em: datetime
    preparado_por: str
    criado_em: datetime
    valor_informado: Reais | None = None
    nsu: int | None = None
    transacao: str = ""
    reservado_em: datetime | None = None
    expira_em: datetime | None = None
    confirmado_em: datetime | None = None
    liquida_em: date | None = None
    liquidante: str = ""
    autenticacao: str = ""
    estado_visto: EstadoNaCelcoin | None = None
    aviso: str = ""
    agendado_para: date | None = None
    aprovacao: Aprovacao | None = None

    @property
    def linha(self) -> str:
        return self.consulta.linha

    @property
    def valor(self) -> Reais | None:
        """What is, or will be, paid; None while only the clerk can tell."""
        return self.valor_informado if self.valor_informado is not None else self.consulta.valores.total

    @property
    def identificacao(self) -> str:
        """How messages name it: who is paid and how much."""
        amount = f" · {self.valor.com_simbolo}" if self.valor is not None else ""
        return f"{self.consulta.recebedor.nome}{amount}"

    @property
    def vencimento(self) -> date | None:
        return self.consulta.vencimento


@dataclass(frozen=True, slots=True)
class ResultadoPagamento:
    """How one operation on one pagamento ended. ``mensagem`` is a sentence; ``codigo`` is the error's, empty if none.

    CONFIRMADA: done. RECUSADA: Celcoin said no, nothing changed. NAO_ENVIADA: nothing left this machine.
    A_CONFIRMAR: nobody knows; Verificar agora. AGUARDANDO: Celcoin has taken it and has not finished.
    """

    pagamento_id: int
    identificacao: str
    desfecho: Desfecho
    mensagem: str
    codigo: str = ""


class TipoPeriodoPagamento(Enum):
    """Which date the period bounds. The value is the label on the screen."""

    PAGAMENTO = "PAGAMENTO"
    VENCIMENTO = "VENCIMENTO"
    INCLUSAO = "INCLUSÃO"


class PagamentoSort(Enum):
    """The column a list is sorted by."""

    INCLUSAO = "inclusao"
    BENEFICIARIO = "beneficiario"
    VENCIMENTO = "vencimento"
    VALOR = "valor"
    SITUACAO = "situacao"
    PAGAMENTO = "pagamento"


@dataclass(frozen=True, slots=True)
class PagamentoFilter:
    """What to look for. None or empty means all; ``texto`` is typed to filter the list (accents ignored)."""

    conta_id: int | None = None
    situacoes: frozenset[SituacaoPagamento] = frozenset()
    tipo_periodo: TipoPeriodoPagamento = TipoPeriodoPagamento.INCLUSAO
    de: date | None = None
    ate: date | None = None
    texto: str = ""
    somente_agendados: bool = False
    somente_sem_aprovacao: bool = False
    """Only those that wait for the approval of a second person."""


class AvisoBeneficiario(Enum):
    """Why to look twice at who is paid. The value is the sentence for the clerk."""

    PRIMEIRA_VEZ = "Primeiro pagamento a este beneficiário: confira o documento."
    NOME_MUDOU = "O mesmo CPF/CNPJ já foi pago com outro nome: confira o beneficiário."
    DOCUMENTO_MUDOU = "O mesmo nome já foi pago com outro CPF/CNPJ: confira o beneficiário."
