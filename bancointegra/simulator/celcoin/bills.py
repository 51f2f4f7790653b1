"""The query of a bill (“authorize”): what it costs now, until when, and when it would be settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bancointegra.simulator.celcoin.answers import ALREADY_PAID, NOT_IN_THE_MASS, TOO_LATE, BindingError, refused
from bancointegra.simulator.celcoin.convenants import convenant_of
from bancointegra.simulator.celcoin.lines import (
    CONCESSIONARIA,
    FICHA,
    kind_of,
    line_of_request,
    printed_due_date,
    printed_value,
)
from bancointegra.simulator.celcoin.mass import (
    CONTAS,
    FICHAS,
    Scenario,
    Trait,
    issuer_of,
    scenario_of_any,
    settling_institution,
)
from bancointegra.simulator.celcoin.payments import Payments
from bancointegra.simulator.celcoin.reading import Fields
from bancointegra.simulator.celcoin.registry import PAYEE, PAYER, Person, RegisteredBill
from bancointegra.simulator.celcoin.switches import CelcoinSwitches
from bancointegra.simulator.celcoin.windows import FICHA_WINDOW, Window

_ANY_KIND = 0


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill as it stands on one day. ``registered`` is None for type 1, ``value`` and ``due`` come from the code."""

    line: str
    registered: RegisteredBill | None
    issuer: str
    window: Window
    settling: str
    value: int | None
    due: date | None
    trait: Trait | None = None

    @property
    def kind(self) -> int:
        return CONCESSIONARIA if self.registered is None else FICHA

    @property
    def payee(self) -> Person | None:
        return PAYEE if self.registered else None

    @property
    def payer(self) -> Person | None:
        return PAYER if self.registered else None

    @property
    def due_date(self) -> date | None:
        """Registry or code, whichever counts for the kind."""
        return self.registered.due if self.registered else self.due

    def is_expired(self, today: date) -> bool:
        return self.due_date is not None and today > self.due_date

    def accepts(self, cents: int) -> bool:
        if self.registered is not None:
            return self.registered.accepts(cents)
        return cents > 0 and self.value in (None, cents)


def find_bill(line: str, moment: datetime, payments: Payments, switches: CelcoinSwitches) -> Bill:
    """The bill of a sound line. Raises ``Refusal`` where Celcoin would not let it be paid."""
    if switches.paid_bills_stay_paid and any(p.is_settled and p.returned is None for p in payments.of_line(line)):
        raise refused(ALREADY_PAID)
    today = moment.date()
    if kind_of(line) == CONCESSIONARIA:
        if switches.strict_mass and line not in CONTAS:
            raise refused(NOT_IN_THE_MASS)
        convenant = convenant_of(line)
        due = printed_due_date(line, today)
        value = printed_value(line)
        return Bill(line, None, convenant.name, convenant.window, settling_institution(line), value, due)
    scenario = _scenario(line, switches)
    if scenario.bill is None:
        raise refused(scenario.refusal or NOT_IN_THE_MASS)
    registered = scenario.bill(today)
    if today > registered.last_day:
        raise refused(TOO_LATE)
    return Bill(
        line,
        registered,
        issuer_of(line),
        FICHA_WINDOW,
        settling_institution(line),
        printed_value(line),
        None,
        scenario.trait,
    )


def line_in(fields: Fields, *, allowed: tuple[int, ...] = (_ANY_KIND, CONCESSIONARIA, FICHA)) -> str:
    """The line of a request's ``barCode``, whose ``type`` only has to be one that exists."""
    bar_code = fields.block("barCode")
    if bar_code is None:
        raise BindingError("barCode", "The barCode field is required")
    if bar_code.integer("type") not in allowed:
        raise BindingError("barCode.type", f"The type field must be one of {allowed}")
    return line_of_request(bar_code.text("digitable"), bar_code.text("barCode"))


def _scenario(line: str, switches: CelcoinSwitches) -> Scenario:
    known = FICHAS.get(line)
    if known is None and switches.strict_mass:
        raise refused(NOT_IN_THE_MASS)
    return known or scenario_of_any(line)
