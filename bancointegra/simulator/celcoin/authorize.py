"""The answer to the query of a bill, in Celcoin's own shape."""

from __future__ import annotations

from datetime import date, datetime

from bancointegra.simulator.celcoin.answers import Content
from bancointegra.simulator.celcoin.bills import Bill
from bancointegra.simulator.celcoin.mass import Trait
from bancointegra.simulator.celcoin.registry import PAYEE, PAYER, RegisteredBill
from bancointegra.simulator.celcoin.shapes import Cents
from bancointegra.simulator.celcoin.switches import CelcoinSwitches
from bancointegra.simulator.clock import add_business_days


def authorize_content(bill: Bill, number: int, moment: datetime, switches: CelcoinSwitches) -> Content:
    """``number`` is id A."""
    settle_day = bill.window.settle_day(moment)
    has_settle_date = switches.settle_date and bill.trait is not Trait.NO_SETTLE_DATE
    is_later = has_settle_date and settle_day > moment.date()
    return {
        "assignor": bill.issuer,
        "registerData": None if bill.registered is None else _register_data(bill.registered, moment.date()),
        "settleDate": f"{settle_day:%d/%m/%Y}" if has_settle_date else None,
        "dueDate": f"{bill.due}T00:00:00Z" if bill.due and switches.due_date_of_contas else None,
        "endHour": f"{bill.window.closes:%H:%M}",
        "initeHour": f"{bill.window.opens:%H:%M}",
        "nextSettle": "S" if is_later else "N",
        "digitable": bill.line,
        "transactionId": number,
        "type": bill.kind,
        "value": None if bill.value is None else Cents(bill.value),
        "maxValue": None,
        "minValue": None,
        "errorCode": "000",
        "message": None,
        "status": 0,
    }


def _register_data(bill: RegisteredBill, today: date) -> Content:
    least, most = bill.shown_limits
    final = bill.final_payee
    return {
        "documentRecipient": PAYEE.document,
        "documentPayer": PAYER.document,
        "payDueDate": f"{bill.last_day}T00:00:00",
        "nextBusinessDay": f"{add_business_days(today, 1)}T00:00:00",
        "dueDateRegister": f"{bill.due}T00:00:00",
        "allowChangeValue": bill.limits is not None,
        "recipient": PAYEE.name,
        "payer": PAYER.name,
        "discountValue": Cents(bill.discount),
        "interestValueCalculated": Cents(bill.interest),
        "maxValue": Cents(most),
        "minValue": Cents(least),
        "fineValueCalculated": Cents(bill.fine),
        "originalValue": Cents(bill.original),
        "totalUpdated": Cents(bill.total),
        "totalWithDiscount": Cents(bill.discount),
        "totalWithAdditional": Cents(bill.interest + bill.fine),
        "totalPaymentPaid": bill.paid_times,
        "totalValuePaid": Cents(bill.paid),
        "maxPartialsAccepts": bill.partials,
        "paymentSpecies": bill.species,
        "documentRecipientFinal": final.document if final else None,
        "recipientFinal": final.name if final else None,
    }
