"""Reconciliação: every order whose outcome nobody knows is settled by asking the bank."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from bancointegra.domain.errors import AppError
from bancointegra.domain.order import Desfecho, Order, OrderState, Resultado
from bancointegra.domain.ports import Instances, Journal
from bancointegra.domain.situacao import Operacao
from bancointegra.services.envio import Conduct, OrderSender, resultado_of
from bancointegra.services.in_flight import OrdersInFlight

Progress = Callable[[int, int], None]


class ReconciliacaoService:
    """Settles orders *enviada* and *indefinida*, at start-up, by a timer and by “Verificar agora”."""

    def __init__(
        self,
        *,
        journal: Journal,
        sender: OrderSender,
        registro: Conduct,
        instrucao: Conduct,
        in_flight: OrdersInFlight,
        instances: Instances,
    ) -> None:
        self._journal = journal
        self._sender = sender
        self._registro = registro
        self._instrucao = instrucao
        self._in_flight = in_flight
        self._instances = instances

    def a_confirmar(self) -> tuple[Order, ...]:
        """The orders in doubt that nobody is sending at this moment, oldest first."""
        return tuple(order for order in self._journal.in_doubt() if not self._is_being_sent(order))

    def verificar(self, titulo_id: int) -> Resultado | None:
        """Settle the order in doubt of one título; None when it has none (any more)."""
        for order in self._journal.in_doubt([titulo_id]):
            return self._settle(order)
        return None

    def verificar_todas(self, progress: Progress | None = None) -> tuple[Resultado, ...]:
        """Settle all orders in doubt, one after the other; ``progress`` receives (done, total)."""
        orders = self.a_confirmar()
        resultados = []
        for done, order in enumerate(orders, start=1):
            resultados.append(self._settle(order))
            if progress:
                progress(done, len(orders))
        return tuple(resultados)

    def _settle(self, order: Order) -> Resultado:
        try:
            if self._is_being_sent(order):
                return resultado_of(order, Desfecho.A_CONFIRMAR, "O envio ainda está em andamento.")
            return self._ask_then_repeat(order)
        except AppError as error:
            message = f"Ainda não foi possível confirmar: {error}"
            return resultado_of(order, Desfecho.A_CONFIRMAR, message, error.code)

    def _ask_then_repeat(self, order: Order) -> Resultado:
        claim = uuid.uuid4().hex
        if not self._journal.take_over(order, claim):
            return resultado_of(order, Desfecho.A_CONFIRMAR, "Outra janela já está verificando.")
        conduct = self._registro if order.operacao is Operacao.REGISTRAR else self._instrucao
        answered = conduct.ask(order)
        if answered is not None:
            return answered
        if order.state is OrderState.AGUARDANDO:
            # The bank has it: only the approval, or the bank's refusal, is missing.
            return resultado_of(order, Desfecho.AGUARDANDO, order.reason, "aguardando")
        # Safe to repeat: the bank refuses a nosso número it already has, and an instruction that it has already done.
        return self._sender.send(order, claim, conduct)

    def _is_being_sent(self, order: Order) -> bool:
        if order.state is not OrderState.ENVIADA:
            return False
        if order.instance == self._instances.current:
            return order.id in self._in_flight
        return self._instances.is_alive(order.instance)
