"""What is open, or differs between sandbox and production, or between recordings, at Celcoin: a switch each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CelcoinSwitches:
    """The options of the simulated Celcoin.

    Access: ``token_seconds`` life of an access token; ``mtls_required`` refuses calls without a client certificate,
    as production does.

    Bills: ``strict_mass`` answers 999 for bills outside the mass, else their digits are believed;
    ``due_date_of_contas`` gives the due date of type 1 bills as production does (the sandbox never does);
    ``settle_date`` false leaves it null, as the sandbox sometimes does; ``slow_query_seconds`` of the slow bill;
    ``paid_bills_stay_paid`` refuses a bill that was settled (a permanent mass must be payable again).

    Payments: ``single_use_authorize`` answers 68 when a query's id is reserved twice, as production does;
    ``capture_again`` and ``void_again`` "success" or "refused" when it was done already; ``undo_seconds`` from
    status 6 to 1.

    Shapes: ``key_style`` "seed", "lower", "camel" or "pascal"; ``status_as`` and ``ids_as`` "seed", "number" or
    "text"; ``code_width`` "seed", "short" (``0``, ``61``) or "long" (``044``); ``money_as`` "number", "short"
    (``1500.0``) or "text"; ``outer_error_key`` "erroCode" or "errorCode"; ``final_payee_key`` "sample"
    (``documentRecipientFinal``) or "table" (``documentFinalRecipient``); ``single_occurrence`` "object" or "list";
    ``no_occurrences`` "list", "null" or "missing"; ``line_end`` of receipts "lf" or "crlf".
    """

    token_seconds: int = 2400
    mtls_required: bool = False

    strict_mass: bool = True
    due_date_of_contas: bool = True
    settle_date: bool = True
    slow_query_seconds: float = 35.0
    paid_bills_stay_paid: bool = False

    single_use_authorize: bool = True
    capture_again: str = "refused"
    void_again: str = "refused"
    undo_seconds: float = 5.0

    key_style: str = "seed"
    status_as: str = "seed"
    ids_as: str = "seed"
    code_width: str = "seed"
    money_as: str = "number"
    outer_error_key: str = "erroCode"
    final_payee_key: str = "sample"
    single_occurrence: str = "object"
    no_occurrences: str = "list"
    line_end: str = "lf"


CELCOIN_CHOICES: dict[str, tuple[str | int, ...]] = {
    "capture_again": ("refused", "success"),
    "void_again": ("refused", "success"),
    "key_style": ("seed", "lower", "camel", "pascal"),
    "status_as": ("seed", "number", "text"),
    "ids_as": ("seed", "number", "text"),
    "code_width": ("seed", "short", "long"),
    "money_as": ("number", "short", "text"),
    "outer_error_key": ("erroCode", "errorCode"),
    "final_payee_key": ("sample", "table"),
    "single_occurrence": ("object", "list"),
    "no_occurrences": ("list", "null", "missing"),
    "line_end": ("lf", "crlf"),
}
