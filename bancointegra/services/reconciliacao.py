"""Reconciliação: every order on a título whose outcome nobody knows is settled by asking the bank."""

from __future__ import annotations

from bancointegra.domain.order import Order, Resultado
from bancointegra.domain.ports import Instances, Journal
from bancointegra.domain.situacao import Operacao
from bancointegra.services.envio import Conduct, OrderSender
from bancointegra.services.in_flight import OrdersInFlight
from bancointegra.services.order_settling import Progress, Settler


class ReconciliacaoService(Settler[Order, Resultado]):
    """Settles orders *enviada* and *indefinida*, at start-up, by a timer and by “Verificar agora”.

    To repeat is safe: Itaú refuses a nosso número it already has, and an instruction that it has already done.
    """

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
        super().__init__(journal=journal, sender=sender, in_flight=in_flight, instances=instances)
        self._registro = registro
        self._instrucao = instrucao

    def conduct_of(self, order: Order) -> Conduct:
        return self._registro if order.operacao is Operacao.REGISTRAR else self._instrucao

    def verificar(self, titulo_id: int) -> Resultado | None:
        """Settle the order in doubt of one título; None when it has none (any more)."""
        for order in self._journal.in_doubt([titulo_id]):
            return self.settle(order)
        return None

    def verificar_todas(self, progress: Progress | None = None) -> tuple[Resultado, ...]:
        """Settle all orders in doubt, one after the other; ``progress`` receives (done, total)."""
        orders = self.a_confirmar()
        resultados = []
        for done, order in enumerate(orders, start=1):
            resultados.append(self.settle(order))
            if progress:
                progress(done, len(orders))
        return tuple(resultados)
