"""Sending payment orders, and what is particular to each: its request, and what a status query proves about it.

The tables are Celcoin's recovery flow and the rules drawn from it: a reserve may be sent again only with the same
consult, once Celcoin surely does not know it; a confirmation is asked about first and repeated while the reserve waits;
a reversal is never repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bancointegra.domain.errors import AppError, BankRefused, OutcomeUnknown
from bancointegra.domain.ordem_pagamento import OrdemPagamento
from bancointegra.domain.order import Desfecho, OrderState
from bancointegra.domain.pagamento import OperacaoPagamento, ResultadoPagamento, SituacaoPagamento
from bancointegra.domain.ports import Clock
from bancointegra.domain.ports_pagamento import (
    ContaPagamentoRepository,
    PagamentoProvider,
    PagamentoProviders,
    PaymentJournal,
)
from bancointegra.domain.transacao_pagamento import (
    FUSO_CELCOIN,
    PRAZO_DA_RESERVA,
    EstadoNaCelcoin,
    PagamentoNaCelcoin,
    ReferenciaPagamento,
    Reserva,
)
from bancointegra.services.order_sending import ConductOf, Sender

Pause = Callable[[float], None]

_BEFORE_ASKING_AGAIN = 2.0
_LATE_ARRIVAL = timedelta(minutes=10)


class PaymentSender(Sender[OrdemPagamento, ResultadoPagamento]):
    """Sends payment orders."""

    recusado = "Recusado pela Celcoin"
    nao_enviado = "Não enviado à Celcoin"
    shown_after = PRAZO_DA_RESERVA

    def result_of(self, order: OrdemPagamento, desfecho: Desfecho, message: str, code: str = "") -> ResultadoPagamento:
        return ResultadoPagamento(order.pagamento_id, order.identificacao, desfecho, message, code)

    def would_show_by_now(self, order: OrdemPagamento) -> bool:
        # Only a reserve is looked for by our number; the others are asked about by Celcoin's own.
        return order.operacao is not OperacaoPagamento.RESERVAR or super().would_show_by_now(order)


class PaymentConducts:
    """The conduct of each operation, and what they share: journal, providers, the question to Celcoin."""

    def __init__(
        self,
        *,
        contas: ContaPagamentoRepository,
        journal: PaymentJournal,
        providers: PagamentoProviders,
        sender: PaymentSender,
        clock: Clock,
        pause: Pause,
    ) -> None:
        self.journal = journal
        self.sender = sender
        self.clock = clock
        self._contas = contas
        self._providers = providers
        self._pause = pause
        self._by_operation: dict[OperacaoPagamento, ConductOf[OrdemPagamento, ResultadoPagamento]] = {
            OperacaoPagamento.RESERVAR: _Reservar(self),
            OperacaoPagamento.CONFIRMAR: _Confirmar(self),
            OperacaoPagamento.ANULAR: _Anular(self),
            OperacaoPagamento.ESTORNAR: _Estornar(self),
        }

    def of(self, operacao: OperacaoPagamento) -> ConductOf[OrdemPagamento, ResultadoPagamento]:
        return self._by_operation[operacao]

    def provider(self, order: OrdemPagamento) -> PagamentoProvider:
        return self._providers.for_conta(self._contas.get(order.conta_id))

    def look(self, order: OrdemPagamento) -> PagamentoNaCelcoin:
        """The state of the order's payment. Raises ``OutcomeUnknown`` when the answer is about another one."""
        visto = self._found_by_id(order) if order.transacao else self._found_by_nsu(order)
        if visto.nsu is not None and visto.nsu != order.nsu:
            raise OutcomeUnknown(
                f"A Celcoin respondeu sobre outro pagamento (NSU {visto.nsu} em vez de {order.nsu}).",
                hint="Não repita: confira com o suporte da Celcoin.",
            )
        return visto

    def settle(
        self,
        order: OrdemPagamento,
        state: OrderState,
        situacao: SituacaoPagamento,
        message: str,
        visto: PagamentoNaCelcoin | None = None,
    ) -> ResultadoPagamento:
        """Store how it ended; done when the order is *confirmada*, refused otherwise."""
        self.journal.settle(order.id, state, situacao, self.sender.entry(message, _detail(order, visto)), visto=visto)
        done = state is OrderState.CONFIRMADA
        code = "" if done else situacao.name.lower()
        return self.sender.result_of(order, Desfecho.CONFIRMADA if done else Desfecho.RECUSADA, message, code)

    def unsure(self, visto: PagamentoNaCelcoin) -> OutcomeUnknown:
        """Why the state decides nothing yet."""
        estado = visto.estado
        if estado is EstadoNaCelcoin.DESFAZENDO:
            return OutcomeUnknown("A Celcoin está desfazendo a reserva.", hint="Verifique de novo em um minuto.")
        if estado is EstadoNaCelcoin.NAO_ENCONTRADO:
            return OutcomeUnknown(
                "A Celcoin diz que não conhece este pagamento, que ela mesma reservou.",
                hint="Não repita: confira com o suporte da Celcoin.",
            )
        return OutcomeUnknown(
            f"A Celcoin informa um estado que o programa não conhece: “{visto.texto}”.",
            hint="Não repita: confira com o suporte da Celcoin.",
        )

    def _found_by_id(self, order: OrdemPagamento) -> PagamentoNaCelcoin:
        dia = order.created_at.astimezone(FUSO_CELCOIN).date()
        return self.provider(order).consultar_pagamento(
            ReferenciaPagamento(order.nsu, order.terminal, dia, order.transacao)
        )

    def _found_by_nsu(self, order: OrdemPagamento) -> PagamentoNaCelcoin:
        visto = self._search(order)
        if visto.estado is EstadoNaCelcoin.NAO_ENCONTRADO:
            self._pause(_BEFORE_ASKING_AGAIN)
            visto = self._search(order)
        return visto

    def _search(self, order: OrdemPagamento) -> PagamentoNaCelcoin:
        """By NSU on the day it left (around midnight, on both), then among the reserves that wait."""
        provider = self.provider(order)
        sent_at = order.sent_at or order.created_at
        moments = (order.created_at, sent_at, sent_at + _LATE_ARRIVAL)
        for dia in sorted({moment.astimezone(FUSO_CELCOIN).date() for moment in moments}):
            visto = provider.consultar_pagamento(ReferenciaPagamento(order.nsu, order.terminal, dia))
            if visto.estado is not EstadoNaCelcoin.NAO_ENCONTRADO:
                return visto
        waiting = (p for p in provider.pendentes() if (p.nsu, p.terminal) == (order.nsu, order.terminal))
        return next(waiting, PagamentoNaCelcoin(EstadoNaCelcoin.NAO_ENCONTRADO))


class _Reservar:
    nome = "Reserva"

    def __init__(self, conducts: PaymentConducts) -> None:
        self._conducts = conducts

    def request(self, order: OrdemPagamento) -> ResultadoPagamento:
        reserva = self._conducts.provider(order).reservar(order.pedido_reserva)
        return self._reserved(order, reserva, "Valor reservado na Celcoin")

    def ask(self, order: OrdemPagamento) -> ResultadoPagamento | None:
        visto = self._conducts.look(order)
        if visto.estado is EstadoNaCelcoin.RESERVADO:
            reserva = Reserva(visto.transacao, criada_em=visto.criado_em)
            return self._reserved(order, reserva, "Reserva encontrada na Celcoin")
        if visto.estado is EstadoNaCelcoin.NAO_ENCONTRADO:
            return self._unknown_there(order)
        if visto.estado is EstadoNaCelcoin.CONFIRMADO:
            message = "A Celcoin mostra o pagamento confirmado."
            return self._conducts.settle(order, OrderState.CONFIRMADA, SituacaoPagamento.PAGO, message, visto)
        if visto.estado is EstadoNaCelcoin.DESFEITO:
            message = "A reserva existiu e a Celcoin já a desfez; o dinheiro voltou."
            return self._conducts.settle(order, OrderState.RECUSADA, SituacaoPagamento.DESFEITO, message, visto)
        raise self._conducts.unsure(visto)

    def _reserved(self, order: OrdemPagamento, reserva: Reserva, text: str) -> ResultadoPagamento:
        sender = self._conducts.sender
        self._conducts.journal.confirm_reserva(
            order.id, reserva, sender.entry(text, f"Transação {reserva.transacao}; nada foi pago ainda")
        )
        return sender.result_of(order, Desfecho.CONFIRMADA, "Valor reservado. Confirme em até 30 minutos.")

    def _unknown_there(self, order: OrdemPagamento) -> ResultadoPagamento | None:
        """None lets it be sent again; not so late that its consult, and the clerk's wish, are old."""
        if self._conducts.clock.now() - order.created_at <= PRAZO_DA_RESERVA:
            return None
        message = "A Celcoin não recebeu a reserva; nada foi debitado. Consulte e pague de novo, se for o caso."
        return self._conducts.sender.refuse(order, message, "nao_reservado")


class _Confirmar:
    nome = "Confirmação"

    def __init__(self, conducts: PaymentConducts) -> None:
        self._conducts = conducts

    def request(self, order: OrdemPagamento) -> ResultadoPagamento:
        self._conducts.provider(order).confirmar(_reference(order))
        return self._paid(order, None)

    def ask(self, order: OrdemPagamento) -> ResultadoPagamento | None:
        visto = self._conducts.look(order)
        if visto.estado is EstadoNaCelcoin.CONFIRMADO:
            return self._paid(order, visto)
        if visto.estado is EstadoNaCelcoin.DESFEITO:
            message = "A Celcoin desfez a reserva antes da confirmação; o dinheiro voltou."
            return self._conducts.settle(order, OrderState.RECUSADA, SituacaoPagamento.DESFEITO, message, visto)
        if visto.estado is EstadoNaCelcoin.RESERVADO:
            self._require_time_left(order)
            return None
        raise self._conducts.unsure(visto)

    def _paid(self, order: OrdemPagamento, visto: PagamentoNaCelcoin | None) -> ResultadoPagamento:
        return self._conducts.settle(
            order, OrderState.CONFIRMADA, SituacaoPagamento.PAGO, "Pagamento confirmado.", visto
        )

    def _require_time_left(self, order: OrdemPagamento) -> None:
        """To send it again is Celcoin's own remedy, as long as the reserve may live."""
        if order.expira_em is not None and self._conducts.clock.now() >= order.expira_em:
            raise OutcomeUnknown(
                "Os 30 minutos acabaram e a Celcoin ainda não desfez a reserva.", hint="Verifique de novo em um minuto."
            )


class _Anular:
    nome = "Cancelamento"

    def __init__(self, conducts: PaymentConducts) -> None:
        self._conducts = conducts

    def request(self, order: OrdemPagamento) -> ResultadoPagamento:
        self._conducts.provider(order).anular(_reference(order))
        # Done, but until a query shows it undone the bill is not to be paid again.
        return self._given_up(order, PagamentoNaCelcoin(EstadoNaCelcoin.DESFAZENDO, order.transacao))

    def ask(self, order: OrdemPagamento) -> ResultadoPagamento | None:
        visto = self._conducts.look(order)
        if visto.estado in (EstadoNaCelcoin.DESFEITO, EstadoNaCelcoin.DESFAZENDO):
            return self._given_up(order, visto)
        if visto.estado is EstadoNaCelcoin.CONFIRMADO:
            message = "O pagamento já tinha sido confirmado; se as regras permitirem, use Estornar."
            return self._conducts.settle(order, OrderState.RECUSADA, SituacaoPagamento.PAGO, message, visto)
        if visto.estado is EstadoNaCelcoin.RESERVADO:
            return None
        raise self._conducts.unsure(visto)

    def _given_up(self, order: OrdemPagamento, visto: PagamentoNaCelcoin) -> ResultadoPagamento:
        message = "Tentativa cancelada; a Celcoin devolve o valor reservado."
        return self._conducts.settle(order, OrderState.CONFIRMADA, SituacaoPagamento.CANCELADO, message, visto)


class _Estornar:
    nome = "Estorno"

    def __init__(self, conducts: PaymentConducts) -> None:
        self._conducts = conducts

    def request(self, order: OrdemPagamento) -> ResultadoPagamento:
        try:
            self._conducts.provider(order).estornar(_reference(order))
        except BankRefused as refusal:
            return self._after_refusal(order, refusal)
        try:
            visto = self._conducts.look(order)
        except AppError:
            visto = PagamentoNaCelcoin(EstadoNaCelcoin.CONFIRMADO)
        if _is_undone(visto):
            return self._reversed(order, visto)
        message = "A Celcoin registrou o pedido de estorno e ainda não mostra o dinheiro de volta."
        sender = self._conducts.sender
        self._conducts.journal.await_reversal(order.id, message, sender.entry("Estorno pedido", message))
        return sender.result_of(order, Desfecho.AGUARDANDO, message, "aguardando")

    def ask(self, order: OrdemPagamento) -> ResultadoPagamento | None:
        visto = self._conducts.look(order)
        if _is_undone(visto):
            return self._reversed(order, visto)
        if order.state is OrderState.AGUARDANDO:
            return None
        if visto.estado is EstadoNaCelcoin.CONFIRMADO:
            # Nobody documents that a second request would be harmless: a person decides, with the statement at hand.
            raise OutcomeUnknown(
                "A Celcoin ainda mostra o pagamento confirmado e não diz se recebeu o estorno.",
                hint="Confira o extrato e o saldo na Celcoin e registre aqui o que houve.",
            )
        raise self._conducts.unsure(visto)

    def _after_refusal(self, order: OrdemPagamento, refusal: BankRefused) -> ResultadoPagamento:
        """A request delivered twice on its way is refused the second time, so the state is looked at first."""
        try:
            visto = self._conducts.look(order)
        except AppError as error:
            raise OutcomeUnknown(f"{refusal.message} Não foi possível conferir: {error.message}") from error
        if _is_undone(visto):
            return self._reversed(order, visto)
        raise refusal

    def _reversed(self, order: OrdemPagamento, visto: PagamentoNaCelcoin) -> ResultadoPagamento:
        message = "Pagamento estornado; o dinheiro volta à conta da Celcoin."
        return self._conducts.settle(order, OrderState.CONFIRMADA, SituacaoPagamento.ESTORNADO, message, visto)


def _is_undone(visto: PagamentoNaCelcoin) -> bool:
    return visto.estado in (EstadoNaCelcoin.DESFEITO, EstadoNaCelcoin.DESFAZENDO)


def _reference(order: OrdemPagamento) -> ReferenciaPagamento:
    return ReferenciaPagamento(
        order.nsu, order.terminal, order.created_at.astimezone(FUSO_CELCOIN).date(), order.transacao
    )


def _detail(order: OrdemPagamento, visto: PagamentoNaCelcoin | None) -> str:
    transacao = visto.transacao if visto is not None and visto.transacao else order.transacao
    said = f"; a Celcoin informa: {visto.texto}" if visto is not None and visto.texto else ""
    return f"Transação {transacao}, NSU {order.nsu}{said}"
