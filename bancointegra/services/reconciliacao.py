"""Reconciliação: every order on a título whose outcome nobody knows is settled by asking the bank."""

from __future__ import annotations

import uuid

from bancointegra.domain.errors import AppError, OutcomeUnknown
from bancointegra.domain.order import Desfecho, Order, OrderState, Resultado
from bancointegra.domain.ports import Instances, Journal
from bancointegra.domain.situacao import Operacao
from bancointegra.services.conferencia import ConferenciaService
from bancointegra.services.envio import Conduct, OrderSender, resultado_of
from bancointegra.services.in_flight import OrdersInFlight
from bancointegra.services.order_settling import Progress, Settler

_DENIED = "A aprovação foi negada; o pedido foi encerrado sem ser feito. Se ela vier depois, Consultar mostra."


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
        conferencia: ConferenciaService,
        in_flight: OrdersInFlight,
        instances: Instances,
    ) -> None:
        super().__init__(journal=journal, sender=sender, in_flight=in_flight, instances=instances)
        self._registro = registro
        self._instrucao = instrucao
        self._conferencia = conferencia

    def conduct_of(self, order: Order) -> Conduct:
        return self._registro if order.operacao is Operacao.REGISTRAR else self._instrucao

    def verificar(self, titulo_id: int) -> Resultado | None:
        """Settle the order in doubt of one título; None when it has none (any more)."""
        for order in self._journal.in_doubt([titulo_id]):
            return self.settle(order)
        return None

    def encerrar_negada(self, titulo_id: int) -> Resultado | None:
        """Close an instruction whose approval a person denied, after asking the bank once more; None without one.

        The bank tells nobody of a denial: only a query that shows the instruction done says more than the person.
        """
        for order in self._journal.in_doubt([titulo_id]):
            return self._close_denied(order) if order.state is OrderState.AGUARDANDO else self.settle(order)
        return None

    def verificar_todas(self, progress: Progress | None = None) -> tuple[Resultado, ...]:
        """Settle all orders in doubt, one after the other; ``progress`` receives (done, total).

        First what a restored copy has forgotten is looked for: it may be what an order in doubt is about.
        """
        resultados = list(self._conferencia.conferir())
        orders = self.a_confirmar()
        for done, order in enumerate(orders, start=1):
            resultados.append(self.settle(order))
            if progress:
                progress(done, len(orders))
        return tuple(resultados)

    def _close_denied(self, order: Order) -> Resultado:
        try:
            if not self._journal.take_over(order, uuid.uuid4().hex):
                return resultado_of(order, Desfecho.A_CONFIRMAR, "Outra janela já está verificando.")
            try:
                answered = self._instrucao.ask(order)
            except OutcomeUnknown:
                answered = None  # the query cannot tell: the person's word is all there is
            return answered or self._sender.refuse(order, _DENIED, "aprovacao_negada", "Aprovação negada")
        except AppError as error:
            return resultado_of(order, Desfecho.AGUARDANDO, f"Não foi possível perguntar ao banco: {error}", error.code)
