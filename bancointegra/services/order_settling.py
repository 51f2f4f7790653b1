"""Settling orders of any kind whose outcome nobody knows: ask the bank, and repeat only what it surely has not done."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Generic, Protocol

from bancointegra.domain.errors import AppError
from bancointegra.domain.order import Desfecho, OrderState
from bancointegra.domain.ports import Instances
from bancointegra.services.in_flight import OrdersInFlight
from bancointegra.services.order_sending import ConductOf, OrderT, ResultT, Sender

Progress = Callable[[int, int], None]


class DoubtfulOrders(Protocol[OrderT]):
    """The part of a journal that settling needs; see ``domain/ports.py``."""

    def in_doubt(self, ids: Sequence[int] | None = None, /) -> tuple[OrderT, ...]: ...

    def take_over(self, order: OrderT, claim: str) -> bool: ...


class Settler(ABC, Generic[OrderT, ResultT]):
    """Settles orders *enviada*, *indefinida* and *aguardando*, one after the other.

    A subclass says which conduct an order has (``conduct_of``).
    """

    def __init__(
        self,
        *,
        journal: DoubtfulOrders[OrderT],
        sender: Sender[OrderT, ResultT],
        in_flight: OrdersInFlight,
        instances: Instances,
    ) -> None:
        self._journal = journal
        self._sender = sender
        self._in_flight = in_flight
        self._instances = instances

    @abstractmethod
    def conduct_of(self, order: OrderT) -> ConductOf[OrderT, ResultT]:
        """What is particular to the order's kind."""

    def a_confirmar(self) -> tuple[OrderT, ...]:
        """The orders in doubt that nobody is sending at this moment, oldest first."""
        return tuple(order for order in self._journal.in_doubt() if not self._is_being_sent(order))

    def settle(self, order: OrderT) -> ResultT:
        """Settle one order in doubt. Never raises an ``AppError``: what went wrong is in the result."""
        try:
            if self._is_being_sent(order):
                return self._sender.result_of(order, Desfecho.A_CONFIRMAR, "O envio ainda está em andamento.")
            return self._ask_then_repeat(order)
        except AppError as error:
            message = f"Ainda não foi possível confirmar: {error}"
            return self._sender.result_of(order, Desfecho.A_CONFIRMAR, message, error.code)

    def _ask_then_repeat(self, order: OrderT) -> ResultT:
        claim = uuid.uuid4().hex
        if not self._journal.take_over(order, claim):
            return self._sender.result_of(order, Desfecho.A_CONFIRMAR, "Outra janela já está verificando.")
        conduct = self.conduct_of(order)
        answered = conduct.ask(order)
        if answered is not None:
            return answered
        if order.state is OrderState.AGUARDANDO:
            # The bank has it: only the approval, or the bank's refusal, is missing.
            return self._sender.result_of(order, Desfecho.AGUARDANDO, order.reason, "aguardando")
        # Safe to repeat: the bank refuses what it already has, or has already done.
        return self._sender.send(order, claim, conduct)

    def _is_being_sent(self, order: OrderT) -> bool:
        if order.state is not OrderState.ENVIADA:
            return False
        if order.instance == self._instances.current:
            return order.id in self._in_flight
        return self._instances.is_alive(order.instance)
