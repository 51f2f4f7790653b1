"""The order: anything that changes something at the bank, written down before a byte leaves.

``preparada → enviada → confirmada | recusada | indefinida | aguardando``; an order that certainly never left goes back
to *preparada* and keeps its nosso número; one that the bank accepted for somebody's approval is
*aguardando*. See ``docs/architecture.md`` (life of an order).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bancointegra.domain.boleto import PedidoRegistro
from bancointegra.domain.instrucao import PedidoInstrucao
from bancointegra.domain.situacao import Operacao

Pedido = PedidoRegistro | PedidoInstrucao


class OrderState(Enum):
    PREPARADA = "preparada"
    ENVIADA = "enviada"
    CONFIRMADA = "confirmada"
    RECUSADA = "recusada"
    INDEFINIDA = "indefinida"
    AGUARDANDO = "aguardando"

    @property
    def is_open(self) -> bool:
        """Whether the order still holds its título: nothing else may be ordered for it."""
        return self not in (OrderState.CONFIRMADA, OrderState.RECUSADA)

    @property
    def in_doubt(self) -> bool:
        """Whether a request may have reached the bank and its outcome is not known yet."""
        return self in (OrderState.ENVIADA, OrderState.INDEFINIDA, OrderState.AGUARDANDO)


@dataclass(frozen=True, slots=True)
class Order:
    """One entry of the journal.

    ``claim`` names who may send it now; ``instance`` the running program that last did. ``attempts`` counts
    the requests that may have left.
    """

    id: int
    titulo_id: int
    conta_id: int
    operacao: Operacao
    state: OrderState
    correlation_id: str
    carteira: str
    nosso_numero: str
    pedido: Pedido
    claim: str
    instance: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None = None
    reason: str = ""

    @property
    def registro(self) -> PedidoRegistro:
        """The request of a registration. Raises ``TypeError`` for an instruction."""
        if not isinstance(self.pedido, PedidoRegistro):
            raise TypeError("this order is an instruction")
        return self.pedido

    @property
    def instrucao(self) -> PedidoInstrucao:
        """The request of an instruction. Raises ``TypeError`` for a registration."""
        if not isinstance(self.pedido, PedidoInstrucao):
            raise TypeError("this order is a registration")
        return self.pedido


class Desfecho(Enum):
    """How one order, or one query, ended for the clerk."""

    CONFIRMADA = "confirmada"
    RECUSADA = "recusada"
    A_CONFIRMAR = "a confirmar"
    NAO_ENVIADA = "não enviada"
    AGUARDANDO = "aguardando aprovação"


@dataclass(frozen=True, slots=True)
class Resultado:
    """The outcome for one título of a batch. ``mensagem`` is a sentence; ``codigo`` is the error's, empty if none."""

    titulo_id: int
    titulo: str
    desfecho: Desfecho
    mensagem: str
    codigo: str = ""
    pdf_path: str = ""
