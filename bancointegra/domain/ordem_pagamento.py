"""The payment order: what changes something at Celcoin, written down before a byte leaves (see ``domain/order.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bancointegra.domain.order import OrderState
from bancointegra.domain.pagamento import OperacaoPagamento
from bancointegra.domain.transacao_pagamento import PedidoReserva


@dataclass(frozen=True, slots=True)
class OrdemPagamento:
    """One entry of the payment journal.

    ``reserva`` is the whole request of a reserve and None otherwise; ``transacao`` the reserve's id at Celcoin, empty
    as long as nobody knows it. ``nsu`` is allocated with a reserve's order and belongs to all later orders of the
    same attempt. ``claim``, ``instance`` and ``attempts`` are as in ``Order``.
    """

    id: int
    pagamento_id: int
    conta_id: int
    identificacao: str
    operacao: OperacaoPagamento
    state: OrderState
    nsu: int
    terminal: str
    transacao: str
    reserva: PedidoReserva | None
    claim: str
    instance: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None = None
    expira_em: datetime | None = None
    """Of the reserve, when it exists: after this no capture is ever sent again."""
    reason: str = ""

    @property
    def pedido_reserva(self) -> PedidoReserva:
        """The request of a reserve. Raises ``TypeError`` for any other order."""
        if self.reserva is None:
            raise TypeError("this order is not a reserve")
        return self.reserva
