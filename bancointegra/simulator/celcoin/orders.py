"""What moves money: query with its id, reserve, capture, void, reverse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bancointegra.simulator.celcoin.answers import (
    ALREADY_DONE,
    DEADLINE_PASSED,
    NO_BALANCE,
    NO_REVERSE,
    NO_VOID,
    NOT_ALLOWED_VALUE,
    UNKNOWN_ID,
    BindingError,
    Content,
    refused,
)
from bancointegra.simulator.celcoin.authorize import authorize_content
from bancointegra.simulator.celcoin.bills import Bill, find_bill, line_in
from bancointegra.simulator.celcoin.ledger import REVERSED, UNDONE, Ledger
from bancointegra.simulator.celcoin.lines import CONCESSIONARIA, FICHA
from bancointegra.simulator.celcoin.mass import FICHAS, Trait
from bancointegra.simulator.celcoin.model import Authorization, Payment, State
from bancointegra.simulator.celcoin.payments import Payments
from bancointegra.simulator.celcoin.queries import reserve_content
from bancointegra.simulator.celcoin.reading import Fields
from bancointegra.simulator.celcoin.registry import Person
from bancointegra.simulator.celcoin.switches import CelcoinSwitches
from bancointegra.simulator.celcoin.timers import begin_undoing
from bancointegra.simulator.celcoin.windows import Window
from bancointegra.simulator.faults import Fault

_SUCCESS = {"errorCode": "000", "message": "SUCESSO", "status": 0}
_REVERSE_ASKED = {"errorCode": "000", "message": "Pedido de estorno registrado com sucesso.", "status": "0"}
_DOCUMENT_LENGTHS = (11, 14)


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer, and what happens to it on its way because of the bill's scenario."""

    content: Content | list[Content]
    mishap: Fault | None = None


class Orders:
    """Calls belong inside a transaction. ``window_of`` tells the hours of a line; ``switches`` the present options."""

    def __init__(
        self,
        payments: Payments,
        ledger: Ledger,
        window_of: Callable[[str], Window],
        switches: Callable[[], CelcoinSwitches],
    ) -> None:
        self._payments = payments
        self._ledger = ledger
        self._window_of = window_of
        self._switches = switches

    def authorize(self, client_id: str, fields: Fields, now: datetime) -> Outcome:
        """Look a bill up; nothing moves."""
        fields.integer("externalNSU")
        fields.text("externalTerminal")
        switches = self._switches()
        bill = find_bill(line_in(fields), now, self._payments, switches)
        authorization = self._payments.add_authorization(client_id, bill.line)
        slow = Fault("delay", "after", seconds=switches.slow_query_seconds)
        content = authorize_content(bill, authorization.id, now, switches)
        return Outcome(content, slow if bill.trait is Trait.SLOW_QUERY else None)

    def reserve(self, client_id: str, fields: Fields, now: datetime) -> Outcome:
        """Take the money; not paid yet."""
        line = line_in(fields, allowed=(CONCESSIONARIA, FICHA))
        document = _document(fields)
        if fields.day("dueDate") is None:
            raise BindingError("dueDate", "The dueDate field is required")
        authorization = self._authorization(client_id, fields.identifier("transactionIdAuthorize"), line)
        switches = self._switches()
        bill = find_bill(line, now, self._payments, switches)
        cents, face = _amounts(fields, bill)
        if cents > self._ledger.balance(client_id):
            raise refused(NO_BALANCE)
        payment = Payment(
            id=self._payments.new_id(),
            client_id=client_id,
            authorize_id=authorization.id,
            nsu=fields.integer("externalNSU") or 0,
            terminal=fields.text("externalTerminal") or None,
            document=document,
            line=line,
            kind=bill.kind,
            cents=cents,
            face=face,
            due=bill.due_date or now.date(),
            created=now,
            settle_day=bill.window.settle_day(now),
            issuer=bill.issuer,
            convenant=bill.settling,
            payee=_pair(bill.payee),
            payer=_pair(bill.payer),
            is_expired=bill.is_expired(now.date()),
            return_scheduled=bill.trait is Trait.COMES_BACK,
        )
        self._payments.count_reserve(authorization)
        self._payments.save(payment)
        self._ledger.reserve(payment)
        dropped = Fault("dropped_connection", "after") if bill.trait is Trait.LOSES_RESERVE_ANSWER else None
        return Outcome(reserve_content(payment, switches), dropped)

    def capture(self, client_id: str, number: int, fields: Fields, now: datetime) -> Outcome:
        """Confirm: from now on it will be settled."""
        _check_reference(fields)
        payment = self._payment(client_id, number)
        if payment.state is State.SUCESSO:
            return self._done_already(self._switches().capture_again)
        if payment.state is not State.ESPERANDO:
            raise refused(DEADLINE_PASSED)
        trait = FICHAS[payment.line].trait if payment.line in FICHAS else None
        payment.captures += 1
        if trait is Trait.FIRST_CAPTURE_FAILS and payment.captures == 1:
            self._payments.save(payment)
            return Outcome(_SUCCESS, Fault("status", "after", status=500))
        window = self._window_of(payment.line)
        self._ledger.confirm(payment)
        payment.state, payment.captured = State.SUCESSO, now
        payment.settle_day = window.settle_day(now)
        payment.release_at, payment.settle_at = window.released_at(now), window.settled_at(now)
        payment.is_released = now >= payment.release_at
        self._payments.save(payment)
        dropped = Fault("dropped_connection", "after") if trait is Trait.LOSES_CAPTURE_ANSWER else None
        return Outcome(_SUCCESS, dropped)

    def void(self, client_id: str, number: int, fields: Fields, now: datetime) -> Outcome:
        """Give a reserve up before its capture."""
        _check_reference(fields, required=True)
        payment = self._payment(client_id, number)
        if payment.state is State.SUCESSO:
            raise refused(NO_VOID)
        if payment.state is not State.ESPERANDO:
            return self._done_already(self._switches().void_again)
        begin_undoing(payment, now, self._switches().undo_seconds, UNDONE)
        self._payments.save(payment)
        return Outcome(_SUCCESS)

    def reverse(self, client_id: str, number: int, now: datetime) -> Outcome:
        """Take a capture back, while it has not been released to settlement."""
        payment = self._payment(client_id, number)
        if payment.state is not State.SUCESSO or payment.is_released:
            raise refused(NO_REVERSE)
        begin_undoing(payment, now, self._switches().undo_seconds, REVERSED)
        self._payments.save(payment)
        return Outcome(_REVERSE_ASKED)

    def _authorization(self, client_id: str, number: int | None, line: str) -> Authorization:
        known = None if number is None else self._payments.authorization(client_id, number)
        if known is None or known.line != line:
            raise refused(UNKNOWN_ID)
        if known.reserves and self._switches().single_use_authorize:
            raise refused(ALREADY_DONE)
        return known

    def _payment(self, client_id: str, number: int) -> Payment:
        payment = self._payments.get(number, client_id)
        if payment is None:
            raise refused(UNKNOWN_ID)
        return payment

    def _done_already(self, answer: str) -> Outcome:
        if answer == "refused":
            raise refused(ALREADY_DONE)
        return Outcome(_SUCCESS)


def _document(fields: Fields) -> str:
    document = fields.text("cpfcnpj")
    if len(document) not in _DOCUMENT_LENGTHS or not document.isalnum():
        raise BindingError("cpfcnpj", "The cpfcnpj field must hold a CPF or a CNPJ without punctuation")
    return document


def _amounts(fields: Fields, bill: Bill) -> tuple[int, int]:
    """What is paid and the face value. Raises the refusal 44 for what the bill does not allow."""
    data = fields.block("billData")
    cents = None if data is None else data.cents("value")
    if data is None or cents is None or not bill.accepts(cents):
        raise refused(NOT_ALLOWED_VALUE)
    data.cents("valueWithDiscount")
    data.cents("valueWithAdditional")
    face = data.cents("originalValue")
    return cents, cents if face is None else face


def _check_reference(fields: Fields, *, required: bool = False) -> None:
    """The caller's number and terminal, of which nothing but the type is looked at."""
    if required and (fields.integer("externalNSU") is None or not fields.text("externalTerminal")):
        raise BindingError("externalNSU", "The externalNSU and externalTerminal fields are required")
    fields.integer("externalNSU")
    fields.text("externalTerminal")


def _pair(person: Person | None) -> tuple[str, str] | None:
    return None if person is None else (person.name, person.document)
