"""Statement and movement file of a client's account, as the conciliation service gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from bancointegra.simulator.celcoin.answers import BindingError, Content
from bancointegra.simulator.celcoin.ledger import Entry, Ledger
from bancointegra.simulator.celcoin.model import Payment, State
from bancointegra.simulator.celcoin.payments import Payments
from bancointegra.simulator.celcoin.reading import parse_day
from bancointegra.simulator.celcoin.shapes import Cents

_MOVEMENT = 1
_MOST_ROWS = 500
_FILE_TYPES = (
    {"fileType": _MOVEMENT, "description": "Movimentacao"},
    {"fileType": 2, "description": "Recusa Movimentacao"},
)

Query = Mapping[str, str]


class Conciliation:
    """Calls belong inside a transaction. Keys of a query are in lower case."""

    def __init__(self, payments: Payments, ledger: Ledger) -> None:
        self._payments = payments
        self._ledger = ledger

    def file_types(self) -> list[Content]:
        return [dict(kind) for kind in _FILE_TYPES]

    def movement(self, client_id: str, query: Query) -> Content:
        """The bills confirmed on a day (type 1), or returned on it (type 2)."""
        wanted, day = query.get("filetype", ""), _day(query, "accountdate")
        if wanted not in ("1", "2"):
            raise BindingError("filetype", "The filetype field is invalid")
        rows = [
            _movement_row(payment, day)
            for payment in self._payments.matching(client_id)
            if payment.state is State.SUCESSO
            and (at := payment.captured if wanted == "1" else payment.returned) is not None
            and at.date() == day
        ]
        return _page("movement", rows, query)

    def statement(self, client_id: str, query: Query) -> Content:
        """Per day and kind of entry: how many, how much, and the balance after them."""
        first, last = _day(query, "startdate"), _day(query, "enddate")
        entries = self._ledger.entries(client_id)
        opening = sum(entry.cents for entry in entries if _day_of(entry) < first)
        shown = [entry for entry in entries if first <= _day_of(entry) <= last]
        rows: list[Content] = []
        balance = opening
        for (day, name, is_credit), group in groupby(shown, key=lambda e: (_day_of(e), e.name, e.cents > 0)):
            amounts = [entry.cents for entry in group]
            balance += sum(amounts)
            rows.append(
                {
                    "date": f"{day}T00:00:00",
                    "accountDate": f"{day}T00:00:00",
                    "nsa": len(rows) + 1,
                    "entryName": name,
                    "entryAmount": len(amounts),
                    "value": Cents(abs(sum(amounts))),
                    "indCreditDebit": "C" if is_credit else "D",
                    "balance": Cents(balance),
                }
            )
        content = _page("statement", rows, query)
        return content | {"balance": {"balanceStartDate": Cents(opening), "balanceEndDate": Cents(balance)}}


def _movement_row(payment: Payment, day: date) -> Content:
    return {
        "DigitableLine": payment.line,
        "AccountDate": f"{day}T00:00:00",
        "Value": Cents(payment.cents),
        "TransactionType": "PAGAMENTO",
        "TransactionDateTime": payment.created.isoformat(timespec="seconds"),
        "TransactionCode": "RECEBERCONTA",
        "TransactionId": payment.id,
        "NSU": payment.authentication,
        "ExternalTerminal": payment.terminal,
        "ExternalNSU": payment.nsu,
        "PaymentMethod": 2,
    }


def _page(name: str, rows: list[Content], query: Query) -> Content:
    page, quantity = _number(query, "page", 1), min(_number(query, "quantity", _MOST_ROWS), _MOST_ROWS)
    pages = max(1, -(-len(rows) // quantity))
    return {
        name: rows[(page - 1) * quantity : page * quantity],
        "pagination": {
            "page": page,
            "totalCount": len(rows),
            "totalPages": pages,
            "hasPrevious": page > 1,
            "hasNext": page < pages,
        },
    }


def _number(query: Query, key: str, default: int) -> int:
    text = query.get(key, str(default))
    if not text.isascii() or not text.isdigit() or not int(text):
        raise BindingError(key, f"Could not convert string to integer: {text}")
    return int(text)


def _day(query: Query, key: str) -> date:
    if key not in query:
        raise BindingError(key, f"The {key} field is required")
    return parse_day(query[key], key)


def _day_of(entry: Entry) -> date:
    return date.fromisoformat(entry.moment[:10])
