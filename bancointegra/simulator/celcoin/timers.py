"""What the clock alone does to payments: expiry, undoing, release, settlement, returns."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bancointegra.simulator.celcoin.ledger import RETURNED, UNDONE, Ledger
from bancointegra.simulator.celcoin.model import Payment, State
from bancointegra.simulator.celcoin.payments import Payments
from bancointegra.simulator.clock import add_business_days

TIME_TO_CAPTURE = timedelta(minutes=30)
REFUSED_BY_PAYEE = "Recusado pelo beneficiário"
_RETURN_HOUR = time(10)


class Timers:
    def __init__(self, payments: Payments, ledger: Ledger) -> None:
        self._payments = payments
        self._ledger = ledger

    def run(self, now: datetime, undo_seconds: float) -> None:
        """Do everything whose moment has come, each thing at its own moment."""
        for payment in self._payments.waiting():
            before = payment.to_json()
            while self._step(payment, now, undo_seconds):
                pass
            if payment.to_json() != before:
                self._payments.save(payment)

    def give_back(self, payment: Payment, reason: str, moment: datetime) -> None:
        """The payee refused a settled payment: the money returns."""
        payment.returned, payment.return_reason = moment, reason
        self._ledger.give_back(payment, RETURNED, moment)

    def _step(self, payment: Payment, now: datetime, undo_seconds: float) -> bool:
        """One thing that is due; False when there is none."""
        if payment.state is State.ESPERANDO and now >= payment.created + TIME_TO_CAPTURE:
            begin_undoing(payment, payment.created + TIME_TO_CAPTURE, undo_seconds, UNDONE)
        elif payment.state is State.DESFAZENDO and _is_over(payment.undo_at, now):
            self._ledger.give_back(payment, payment.undo_name, payment.undo_at or now)
            payment.state = State.DESFEITO
        elif payment.state is not State.SUCESSO:
            return False
        elif not payment.is_released and _is_over(payment.release_at, now):
            payment.is_released = True
        elif not payment.is_settled and _is_over(payment.settle_at, now):
            payment.is_settled = True
        elif payment.return_scheduled and payment.returned is None and now >= _return_moment(payment):
            self.give_back(payment, REFUSED_BY_PAYEE, _return_moment(payment))
        else:
            return False
        return True


def begin_undoing(payment: Payment, moment: datetime, undo_seconds: float, entry_name: str) -> None:
    """State 6 now; state 1, and the money back, ``undo_seconds`` later."""
    payment.state = State.DESFAZENDO
    payment.undo_at = moment + timedelta(seconds=undo_seconds)
    payment.undo_name = entry_name


def _is_over(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and now >= moment


def _return_moment(payment: Payment) -> datetime:
    """The morning of the banking day after the settlement."""
    return datetime.combine(add_business_days(payment.settle_day, 1), _RETURN_HOUR)
