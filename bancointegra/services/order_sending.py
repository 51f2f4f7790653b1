"""Sending one order of any kind: what the bank answers, or does not, is stored before anybody hears of it."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from bancointegra.domain.errors import AppError, BankRefused, OutcomeUnknown, StoreError
from bancointegra.domain.order import Desfecho, OrderState
from bancointegra.domain.ports import Clock
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.services.in_flight import OrdersInFlight

log = logging.getLogger(__name__)


class SendableOrder(Protocol):
    """What the orders of títulos and of pagamentos have in common."""

    @property
    def id(self) -> int: ...

    @property
    def state(self) -> OrderState: ...

    @property
    def attempts(self) -> int: ...

    @property
    def instance(self) -> str: ...

    @property
    def created_at(self) -> datetime: ...

    @property
    def reason(self) -> str: ...


OrderT = TypeVar("OrderT", bound=SendableOrder)
OrderT_co = TypeVar("OrderT_co", bound=SendableOrder, covariant=True)
OrderT_contra = TypeVar("OrderT_contra", bound=SendableOrder, contravariant=True)
ResultT = TypeVar("ResultT")
ResultT_co = TypeVar("ResultT_co", covariant=True)


class Outcomes(Protocol[OrderT_co]):
    """The part of a journal that sending needs; see ``domain/ports.py``."""

    def mark_enviada(self, order_id: int, claim: str) -> OrderT_co: ...

    def refuse(self, order_id: int, reason: str, entry: HistoryEntry) -> None: ...

    def doubt(self, order_id: int, reason: str, entry: HistoryEntry) -> None: ...

    def not_sent(self, order_id: int, reason: str, entry: HistoryEntry) -> None: ...


class ConductOf(Protocol[OrderT_contra, ResultT_co]):
    """What is particular to one kind of order."""

    @property
    def nome(self) -> str:
        """The order's name in the history: ``Registro``, ``Baixa``."""

    def request(self, order: OrderT_contra) -> ResultT_co:
        """Send it and store that it was done (or accepted). Raises what the provider raises."""

    def ask(self, order: OrderT_contra) -> ResultT_co | None:
        """Ask the bank whether it was done, and store the answer; None when it surely was not.

        Raises what the query raises, and ``OutcomeUnknown`` when the query cannot tell.
        """


class Sender(ABC, Generic[OrderT, ResultT]):
    """Sends claimed orders. Any number of threads may call it for different orders.

    A subclass says how an outcome is told (``result_of``), and may name the bank otherwise.
    """

    recusado = "Recusado pelo banco"
    nao_enviado = "Não enviado ao banco"
    shown_after = timedelta(hours=2)
    """What the bank does not show this long after the first request, it does not have. New boletos have been seen to
    stay out of the query for half an hour (a production diary of another client, 2026-06)."""

    def __init__(self, *, journal: Outcomes[OrderT], in_flight: OrdersInFlight, clock: Clock, quem: str) -> None:
        self._journal = journal
        self._in_flight = in_flight
        self._clock = clock
        self._quem = quem

    @abstractmethod
    def result_of(self, order: OrderT, desfecho: Desfecho, message: str, code: str = "") -> ResultT:
        """The outcome of an order, named as the clerk names what it is about."""

    def send(self, order: OrderT, claim: str, conduct: ConductOf[OrderT, ResultT]) -> ResultT:
        """Send ``order`` once. Never raises an ``AppError``: what went wrong is in the result."""
        with self._in_flight.holding(order.id):
            try:
                # Until this commit nothing has left; a crash before it leaves *preparada*, taken over next time.
                sent = self._journal.mark_enviada(order.id, claim)
            except AppError as error:
                # This request did not leave; of an order in doubt, an earlier one may have.
                desfecho = Desfecho.A_CONFIRMAR if order.state.in_doubt else Desfecho.NAO_ENVIADA
                return self.result_of(order, desfecho, str(error), error.code)
            try:
                return self._send(sent, conduct)
            except StoreError as error:
                # The order stays *enviada* in the journal, so the next check asks the bank.
                log.error("outcome of order %s not stored: %s", order.id, error.code)
                message = f"O pedido saiu, mas o resultado não pôde ser gravado aqui. {error}"
                return self.result_of(order, Desfecho.A_CONFIRMAR, message, error.code)

    def refuse(self, order: OrderT, message: str, code: str, text: str = "") -> ResultT:
        """Store that the bank said no; ``text`` names it in the history otherwise than ``recusado``."""
        self._journal.refuse(order.id, message, self.entry(text or self.recusado, message))
        return self.result_of(order, Desfecho.RECUSADA, message, code)

    def entry(self, text: str, detail: str = "") -> HistoryEntry:
        """A line of the history, by this user, now."""
        return HistoryEntry(self._clock.now(), text, detail, self._quem)

    def would_show_by_now(self, order: OrderT) -> bool:
        """Whether the bank would show by now what it did with the order."""
        return self._clock.now() - order.created_at > self.shown_after

    def _send(self, order: OrderT, conduct: ConductOf[OrderT, ResultT]) -> ResultT:
        try:
            return conduct.request(order)
        except OutcomeUnknown as error:
            return self._doubtful(order, conduct, error)
        except BankRefused as refusal:
            return self._after_refusal(order, conduct, refusal)
        except StoreError:
            raise
        except AppError as error:
            return self._not_executed(order, conduct, error)
        except Exception:
            # A defect of ours with the request maybe gone: the bank must be asked before anything else.
            self._doubt_after_defect(order, conduct)
            raise

    def _after_refusal(self, order: OrderT, conduct: ConductOf[OrderT, ResultT], refusal: BankRefused) -> ResultT:
        repeated = order.attempts > 1
        if not (refusal.possibly_duplicate or repeated):
            return self.refuse(order, str(refusal), refusal.code)
        try:
            found = conduct.ask(order)
        except StoreError:
            raise
        except AppError as error:
            unsure = OutcomeUnknown(f"{refusal.message} Não foi possível conferir: {error.message}")
            return self._doubtful(order, conduct, unsure)
        if found is not None:
            return found
        if repeated and refusal.possibly_duplicate and not self.would_show_by_now(order):
            # The bank may know it without showing it yet; only time tells.
            unsure = OutcomeUnknown(f"{refusal.message} O banco ainda não mostra o resultado.")
            return self._doubtful(order, conduct, unsure)
        return self.refuse(order, str(refusal), refusal.code)

    def _not_executed(self, order: OrderT, conduct: ConductOf[OrderT, ResultT], error: AppError) -> ResultT:
        if order.attempts > 1:
            # This request did not leave, but an earlier one may have.
            return self._doubtful(order, conduct, error)
        self._journal.not_sent(order.id, error.message, self.entry(self.nao_enviado, error.message))
        return self.result_of(order, Desfecho.NAO_ENVIADA, str(error), error.code)

    def _doubt_after_defect(self, order: OrderT, conduct: ConductOf[OrderT, ResultT]) -> None:
        try:
            entry = self.entry(f"{conduct.nome} a confirmar")
            self._journal.doubt(order.id, "falha interna durante o envio", entry)
        except StoreError as error:
            # The order stays *enviada*, which is as good; the defect under way must not be hidden by this one.
            log.error("doubt about order %s not stored: %s", order.id, error.code)

    def _doubtful(self, order: OrderT, conduct: ConductOf[OrderT, ResultT], error: AppError) -> ResultT:
        self._journal.doubt(order.id, error.message, self.entry(f"{conduct.nome} a confirmar", error.message))
        message = f"{error.message} {OutcomeUnknown.default_hint}"
        return self.result_of(order, Desfecho.A_CONFIRMAR, message, OutcomeUnknown.default_code)
