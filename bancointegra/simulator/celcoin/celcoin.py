"""Celcoin as one object: what it knows, its options, and what whoever plays it may do."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from typing import Any

from bancointegra.simulator.celcoin.conciliation import Conciliation
from bancointegra.simulator.celcoin.convenants import convenant_of
from bancointegra.simulator.celcoin.ledger import Entry, Ledger, LedgerViolation
from bancointegra.simulator.celcoin.lines import CONCESSIONARIA, kind_of
from bancointegra.simulator.celcoin.model import Payment, State
from bancointegra.simulator.celcoin.orders import Orders
from bancointegra.simulator.celcoin.payments import Payments
from bancointegra.simulator.celcoin.queries import Queries
from bancointegra.simulator.celcoin.switches import CELCOIN_CHOICES, CelcoinSwitches
from bancointegra.simulator.celcoin.timers import REFUSED_BY_PAYEE, Timers
from bancointegra.simulator.celcoin.windows import FICHA_WINDOW, Window
from bancointegra.simulator.clock import SimulatedClock
from bancointegra.simulator.lifecycle import SimulationError
from bancointegra.simulator.options import changed
from bancointegra.simulator.storage import Storage

BRASILIA = timezone(timedelta(hours=-3))
OPENING_BALANCE = 100_000_00
_SWITCHES = "celcoin_switches"
_WORDS = {
    State.ESPERANDO: "aguardando confirmação",
    State.DESFAZENDO: "desfazendo",
    State.DESFEITO: "desfeito",
}

logger = logging.getLogger(__name__)


class Celcoin:
    """Thread-safe. Money is integer cents. Asking for the impossible raises ``SimulationError``."""

    def __init__(self, storage: Storage, clock: SimulatedClock) -> None:
        self._storage = storage
        self._clock = clock
        self._payments = Payments(storage)
        self._ledger = Ledger(storage)
        self._timers = Timers(self._payments, self._ledger)
        self.orders = Orders(self._payments, self._ledger, window_of, lambda: self.switches)
        self.queries = Queries(self._payments, self._ledger)
        self.conciliation = Conciliation(self._payments, self._ledger)
        self.switches = changed(CelcoinSwitches(), CELCOIN_CHOICES, json.loads(storage.setting(_SWITCHES) or "{}"))

    def open_account(self, client_id: str, cents: int = OPENING_BALANCE) -> None:
        """Make a client of the bank one of Celcoin's, with a first deposit; nothing happens when it is one."""
        with self._storage.transaction():
            self._ledger.open(client_id, cents, self.now())

    def is_client(self, client_id: str) -> bool:
        with self._storage.transaction():
            return self._ledger.has(client_id)

    def deposit(self, client_id: str, cents: int) -> None:
        if cents <= 0:
            raise SimulationError("O depósito deve ser maior que zero.")
        if not self.is_client(client_id):
            raise SimulationError(f"{client_id} não é cliente do Celcoin simulado.")
        with self.up_to_date():
            self._ledger.deposit(client_id, cents, self.now())

    def occurrence(self, payment_id: int, reason: str = REFUSED_BY_PAYEE) -> None:
        """The payee refuses a settled payment, as Celcoin's support arranges it in the sandbox."""
        with self.up_to_date():
            payment = self._known(payment_id)
            if not payment.is_settled or payment.returned is not None:
                raise SimulationError(f"O pagamento {payment_id} não está liquidado.")
            self._timers.give_back(payment, reason, self.now())
            self._payments.save(payment)

    def payment(self, payment_id: int) -> Payment:
        with self.up_to_date():
            return self._known(payment_id)

    def payments(self, line: str | None = None) -> list[Payment]:
        """All, or those of one line, oldest first, as they stand now."""
        with self.up_to_date():
            return self._payments.all() if line is None else self._payments.of_line(line)

    def balance(self, client_id: str) -> int:
        with self.up_to_date():
            return self._ledger.balance(client_id)

    def entries(self, client_id: str) -> list[Entry]:
        """The statement, oldest first."""
        with self.up_to_date():
            return self._ledger.entries(client_id)

    def clients(self) -> list[str]:
        with self._storage.transaction():
            return self._ledger.clients()

    def switch(self, **changes: Any) -> None:
        """Change some options. Raises ``ValueError`` for unknown ones."""
        self._keep(changed(self.switches, CELCOIN_CHOICES, changes))

    def reset_switches(self) -> None:
        self._keep(CelcoinSwitches())

    def now(self) -> datetime:
        """The simulated moment as Celcoin writes it: Brasília's, whole seconds, no time zone."""
        return self._clock.now().astimezone(BRASILIA).replace(tzinfo=None, microsecond=0)

    @contextmanager
    def up_to_date(self) -> Iterator[None]:
        """One unit of work on a state in which everything due has happened, and after which the sums agree.

        Raises ``LedgerViolation`` when they do not; nothing of the work is kept then.
        """
        with self._storage.transaction():
            self._timers.run(self.now(), self.switches.undo_seconds)
            yield
            try:
                self._ledger.check()
            except LedgerViolation:
                logger.exception("the ledger of the simulated Celcoin does not add up")
                raise

    def state(self) -> dict[str, Any]:
        """For the control page: plain data, money in cents."""
        return {
            "switches": asdict(self.switches),
            "choices": CELCOIN_CHOICES,
            "accounts": [{"client_id": name, "balance": self.balance(name)} for name in self.clients()],
            "payments": [_shown(payment) for payment in self.payments()],
        }

    def _known(self, payment_id: int) -> Payment:
        payment = self._payments.get(payment_id)
        if payment is None:
            raise SimulationError(f"Não há pagamento com o protocolo {payment_id}.")
        return payment

    def _keep(self, switches: CelcoinSwitches) -> None:
        self.switches = switches
        self._storage.set_setting(_SWITCHES, json.dumps(asdict(switches)))


def window_of(line: str) -> Window:
    """The hours in which a bill is settled."""
    return convenant_of(line).window if kind_of(line) == CONCESSIONARIA else FICHA_WINDOW


def _shown(payment: Payment) -> dict[str, Any]:
    return {
        "id": payment.id,
        "nsu": payment.nsu,
        "line": payment.line,
        "issuer": payment.issuer,
        "cents": payment.cents,
        "created": payment.created.isoformat(),
        "state": _word(payment),
        "may_return": payment.is_settled and payment.returned is None,
    }


def _word(payment: Payment) -> str:
    if payment.state is not State.SUCESSO:
        return _WORDS[payment.state]
    if payment.returned is not None:
        return "devolvido"
    if payment.is_settled:
        return "liquidado"
    return "liberado" if payment.is_released else "confirmado"
