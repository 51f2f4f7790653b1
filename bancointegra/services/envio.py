"""Sending one order: whatever the bank answers, or does not, the outcome is stored before anybody hears of it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Protocol

from bancointegra.domain.errors import AppError, BankRefused, OutcomeUnknown, StoreError
from bancointegra.domain.order import Desfecho, Order, Resultado
from bancointegra.domain.ports import Clock, Journal
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.services.in_flight import OrdersInFlight

log = logging.getLogger(__name__)

SHOWN_AFTER = timedelta(hours=2)
"""What the bank does not show this long after the first request, it does not have. New boletos have been seen to stay
out of the query for half an hour (a production diary of another client, 2026-06)."""


class Conduct(Protocol):
    """What is particular to one kind of order."""

    @property
    def nome(self) -> str:
        """The order's name in the history: ``Registro``, ``Baixa``."""

    def request(self, order: Order) -> Resultado:
        """Send it and store that it was done (or accepted). Raises what the provider raises."""

    def ask(self, order: Order) -> Resultado | None:
        """Ask the bank whether it was done, and store the answer; None when it surely was not.

        Raises what the query raises, and ``OutcomeUnknown`` when the query cannot tell.
        """


class OrderSender:
    """Sends claimed orders. Any number of threads may call it for different orders."""

    def __init__(self, *, journal: Journal, in_flight: OrdersInFlight, clock: Clock, quem: str) -> None:
        self._journal = journal
        self._in_flight = in_flight
        self._clock = clock
        self._quem = quem

    def send(self, order: Order, claim: str, conduct: Conduct) -> Resultado:
        """Send ``order`` once. Never raises an ``AppError``: what went wrong is in the ``Resultado``."""
        with self._in_flight.holding(order.id):
            try:
                # Until this commit nothing has left; a crash before it leaves *preparada*, taken over next time.
                sent = self._journal.mark_enviada(order.id, claim)
            except AppError as error:
                # This request did not leave; of an order in doubt, an earlier one may have.
                desfecho = Desfecho.A_CONFIRMAR if order.state.in_doubt else Desfecho.NAO_ENVIADA
                return resultado_of(order, desfecho, str(error), error.code)
            try:
                return self._send(sent, conduct)
            except StoreError as error:
                # The order stays *enviada* in the journal, so the next check asks the bank.
                log.error("outcome of order %s not stored: %s", order.id, error.code)
                message = f"O pedido saiu, mas o resultado não pôde ser gravado aqui. {error}"
                return resultado_of(order, Desfecho.A_CONFIRMAR, message, error.code)

    def refuse(self, order: Order, message: str, code: str) -> Resultado:
        """Store that the bank said no."""
        self._journal.refuse(order.id, message, self.entry("Recusado pelo banco", message))
        return resultado_of(order, Desfecho.RECUSADA, message, code)

    def entry(self, text: str, detail: str = "") -> HistoryEntry:
        """A line of the title's history, by this user, now."""
        return HistoryEntry(self._clock.now(), text, detail, self._quem)

    def _send(self, order: Order, conduct: Conduct) -> Resultado:
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

    def _after_refusal(self, order: Order, conduct: Conduct, refusal: BankRefused) -> Resultado:
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
        if repeated and refusal.possibly_duplicate and not self._would_show_by_now(order):
            # The bank may know it without showing it yet; only time tells.
            unsure = OutcomeUnknown(f"{refusal.message} O banco ainda não mostra o resultado.")
            return self._doubtful(order, conduct, unsure)
        return self.refuse(order, str(refusal), refusal.code)

    def _would_show_by_now(self, order: Order) -> bool:
        return self._clock.now() - order.created_at > SHOWN_AFTER

    def _not_executed(self, order: Order, conduct: Conduct, error: AppError) -> Resultado:
        if order.attempts > 1:
            # This request did not leave, but an earlier one may have.
            return self._doubtful(order, conduct, error)
        self._journal.not_sent(order.id, error.message, self.entry("Não enviado ao banco", error.message))
        return resultado_of(order, Desfecho.NAO_ENVIADA, str(error), error.code)

    def _doubt_after_defect(self, order: Order, conduct: Conduct) -> None:
        try:
            entry = self.entry(f"{conduct.nome} a confirmar")
            self._journal.doubt(order.id, "falha interna durante o envio", entry)
        except StoreError as error:
            # The order stays *enviada*, which is as good; the defect under way must not be hidden by this one.
            log.error("doubt about order %s not stored: %s", order.id, error.code)

    def _doubtful(self, order: Order, conduct: Conduct, error: AppError) -> Resultado:
        self._journal.doubt(order.id, error.message, self.entry(f"{conduct.nome} a confirmar", error.message))
        message = f"{error.message} {OutcomeUnknown.default_hint}"
        return resultado_of(order, Desfecho.A_CONFIRMAR, message, OutcomeUnknown.default_code)


def resultado_of(order: Order, desfecho: Desfecho, message: str, code: str = "") -> Resultado:
    """The outcome of an order, named as the clerk names its título."""
    return Resultado(order.titulo_id, order.pedido.numero_documento, desfecho, message, code)
