"""Sending the orders of títulos."""

from __future__ import annotations

from bancointegra.domain.order import Desfecho, Order, Resultado
from bancointegra.services.order_sending import ConductOf, Sender

Conduct = ConductOf[Order, Resultado]
"""What is particular to registrations, and to instructions."""


class OrderSender(Sender[Order, Resultado]):
    """Sends orders on títulos."""

    def result_of(self, order: Order, desfecho: Desfecho, message: str, code: str = "") -> Resultado:
        return resultado_of(order, desfecho, message, code)


def resultado_of(order: Order, desfecho: Desfecho, message: str, code: str = "") -> Resultado:
    """The outcome of an order, named as the clerk names its título."""
    return Resultado(order.titulo_id, order.pedido.numero_documento, desfecho, message, code)
