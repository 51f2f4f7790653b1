"""What the clock alone does to payments: expiry, undoing, release, settlement, returns."""

from __future__ import annotations

from datetime import datetime, timedelta

from bancointegra.simulator.celcoin.ledger import RETURNED, UNDONE, Ledger
from bancointegra.simulator.celcoin.model import Payment, State
from bancointegra.simulator.celcoin.payments import Payments

REFUSED_BY_PAYEE = "Recusado pelo beneficiário"


class Timers:
    def __init__(self, payments: Payments, ledger: Ledger) -> None:
        self._payments = payments
        self._ledger = ledger

    def run(self, now: datetime, undo_seconds: float) -> None:
        """Do everything whose moment has come, each thing at its own moment."""
        for payment in self._payments.due(now):
            while (moment := payment.due_at) is not None and moment <= now:
                self._step(payment, moment, undo_seconds)
            self._payments.save(payment)

    def give_back(self, payment: Payment, reason: str, moment: datetime) -> None:
        """The payee refused a settled payment: the money returns."""
        payment.returned, payment.return_reason = moment, reason
        self._ledger.give_back(payment, RETURNED, moment)

    def _step(self, payment: Payment, moment: datetime, undo_seconds: float) -> None:
        """The one thing that happens at ``moment``, which is the payment's ``due_at``."""
        if payment.state is State.ESPERANDO:
            begin_undoing(payment, moment, undo_seconds, UNDONE)
        elif payment.state is State.DESFAZENDO:
            self._ledger.give_back(payment, payment.undo_name, moment)
            payment.state = State.DESFEITO
        elif not payment.is_released:
            payment.is_released = True
        elif not payment.is_settled:
            payment.is_settled = True
        else:
            self.give_back(payment, REFUSED_BY_PAYEE, moment)


def begin_undoing(payment: Payment, moment: datetime, undo_seconds: float, entry_name: str) -> None:
    """State 6 now; state 1, and the money back, ``undo_seconds`` later."""
    payment.state = State.DESFAZENDO
    payment.undo_at = moment + timedelta(seconds=undo_seconds)
    payment.undo_name = entry_name
