"""What only reads: status, pending reserves, receipt, balance, occurrences, convênios, health."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from bancointegra.simulator.celcoin.answers import UNKNOWN_ID, BindingError, Content, refused
from bancointegra.simulator.celcoin.convenants import CONVENANTS
from bancointegra.simulator.celcoin.ledger import Ledger
from bancointegra.simulator.celcoin.mass import BANKS
from bancointegra.simulator.celcoin.model import Payment, State
from bancointegra.simulator.celcoin.payments import Payments
from bancointegra.simulator.celcoin.reading import parse_day, parse_moment
from bancointegra.simulator.celcoin.receipt_text import authentication_blocks, receipt_text
from bancointegra.simulator.celcoin.shapes import Cents
from bancointegra.simulator.celcoin.switches import CelcoinSwitches

_DONE = {"errorCode": "000", "message": "SUCESSO", "status": 0}
_STATUS_DONE = {"erroCode": "000", "message": "SUCESSO", "status": "0"}
_NAMES = {
    State.SUCESSO: "SUCESSO",
    State.DESFEITO: "DESFEITO_AUTORIZADOR",
    State.ESPERANDO: "ESPERANDO_CONFIRMAÇÃO_CLIENTE",
    State.DESFAZENDO: "PENDENTE_DESFAZIMENTO_AUTORIZADOR",
}
_NO_OCCURRENCES: dict[str, Content] = {
    "list": {"occurrences": []},
    "null": {"occurrences": None},
    "missing": {},
}
_HEALTH_TYPES = ("CONSULTADADOSCONTA", "RECEBERCONTA", "RECARGA")
_HEALTH_PERIODS = ("0", "1", "2", "3")

Query = Mapping[str, str]


class Queries:
    """Calls belong inside a transaction. Keys of a query are taken in any case."""

    def __init__(self, payments: Payments, ledger: Ledger) -> None:
        self._payments = payments
        self._ledger = ledger

    def status(self, client_id: str, query: Query) -> Content:
        """By any of four keys, the newest match; no match is a success of its own kind (061, with status 1)."""
        wanted: dict[str, object] = {}
        for key, column in (("transactionid", "id"), ("externalnsu", "nsu")):
            if key in query:
                wanted[column] = _number(query[key], key)
        if "externalterminal" in query:
            wanted["terminal"] = query["externalterminal"]
        if "operationdate" in query:
            wanted["day"] = parse_day(query["operationdate"], "operationDate").isoformat()
        if not wanted:
            raise BindingError("transactionId", "One of the search fields is required")
        found = self._payments.matching(client_id, **wanted)
        return {"transaction": _transaction(found[-1]) if found else _NOT_FOUND, **_STATUS_DONE}

    def pendency(self, client_id: str) -> Content:
        waiting = [p for p in self._payments.matching(client_id) if p.state is State.ESPERANDO]
        transactions = [
            {
                "authentication": p.authentication,
                "createDate": _stamp(p.created),
                "externalNSU": p.nsu,
                "transactionId": p.id,
                "status": int(p.state),
                "externalTerminal": p.terminal,
            }
            for p in waiting
        ]
        return {"pendings": {"transactions": transactions}, **_DONE}

    def receipt(self, client_id: str, number: int, switches: CelcoinSwitches) -> Content:
        payment = self._payments.get(number, client_id)
        if payment is None:
            raise refused(UNKNOWN_ID)
        first, second = authentication_blocks(payment)
        content = reserve_content(payment, switches)
        del content["Urlreceipt"]
        blocks = {"bloco1": first, "bloco2": second, "blocoCompleto": f"{first}.{second}"}
        return content | {"authenticationAPI": blocks, "urlreceipt": None, "message": "SUCESSO"}

    def balance(self, client_id: str) -> Content:
        balance = Cents(self._ledger.balance(client_id))
        return {
            "anticipated": Cents(0),
            "reconcileExecuting": "N",
            "consumed": Cents(0),
            "credit": Cents(0),
            "balance": balance,
            **_DONE,
        }

    def occurrences(self, client_id: str, query: Query, switches: CelcoinSwitches) -> Content:
        """Those refused between ``DataInicio`` and ``DataFim``, both included."""
        first, last = _moment(query, "DataInicio"), _moment(query, "DataFim")
        if "T" not in query["datafim"]:
            last = datetime.combine(last, time.max)
        found = [
            _occurrence(payment)
            for payment in self._payments.matching(client_id)
            if payment.returned is not None and first <= payment.returned <= last
        ]
        if not found:
            return _NO_OCCURRENCES[switches.no_occurrences]
        alone = len(found) == 1 and switches.single_occurrence == "object"
        return {"occurrences": found[0] if alone else found}

    def institutions(self, types: list[str], ufs: list[str]) -> Content:
        """All, or those of the types and UFs asked for; a national one serves every UF."""
        chosen = [
            convenant.content()
            for convenant in CONVENANTS
            if (not types or convenant.scope in types)
            and (not ufs or not convenant.ufs or set(ufs) & set(convenant.ufs))
        ]
        return {"convenants": chosen, **_DONE}

    def banks(self) -> Content:
        """The banks of the test mass, by their number."""
        return {"banks": [{"institutionCode": int(code), "description": name} for code, name in BANKS.items()], **_DONE}

    def health(self, query: Query) -> Content:
        kind, period = query.get("type", ""), query.get("period", "0")
        if kind not in _HEALTH_TYPES or period not in _HEALTH_PERIODS:
            raise BindingError("type", "The type and period fields are invalid")
        entry = {
            "kpiAvailability": 100,
            "statusKPIAvailability": "UP",
            "averageTime": 1,
            "statusAverageTime": "UP",
            "thresholdKPIAvailabilityDown": 80,
            "thresholdKPIAvailabilityUP": 99,
            "thresholdAverageTimeDown": 12,
            "thresholdAverageTimeUP": Cents(250),
            "transaction": kind,
        }
        return {"HealthCheck": [entry], **_DONE}


def reserve_content(payment: Payment, switches: CelcoinSwitches) -> Content:
    """The answer to a reserve; the receipt's is the same but for some keys."""
    first, second = authentication_blocks(payment)
    return {
        "convenant": payment.convenant,
        "isExpired": payment.is_expired,
        "authentication": payment.authentication,
        "authenticationAPI": {"Bloco1": first, "Bloco2": second, "BlocoCompleto": f"{first}.{second}"},
        "receipt": {
            "receiptData": "",
            "receiptformatted": receipt_text(payment, "\r\n" if switches.line_end == "crlf" else "\n"),
        },
        "settleDate": f"{payment.settle_day}T00:00:00",
        "createDate": _stamp(payment.created),
        "transactionId": payment.id,
        "Urlreceipt": None,
        "errorCode": "000",
        "message": None,
        "status": 0,
    }


_NOT_FOUND = {
    "authentication": 0,
    "errorCode": "061",
    "createDate": "0001-01-01T00:00:00",
    "message": "Transacao nao encontrada",
    "externalNSU": 0,
    "transactionId": "0",
    "status": 1,
    "externalTerminal": None,
}


def _transaction(payment: Payment) -> Content:
    return {
        "authentication": payment.authentication,
        "errorCode": "000",
        "createDate": _stamp(payment.created),
        "message": _NAMES[payment.state],
        "externalNSU": payment.nsu,
        "transactionId": str(payment.id),
        "status": int(payment.state),
        "externalTerminal": payment.terminal,
    }


def _occurrence(payment: Payment) -> Content:
    returned = payment.returned or payment.created
    return {
        "date": _stamp(returned),
        "createDate": _stamp(payment.created),
        "descriptionMotivo": payment.return_reason,
        "externalNSU": payment.nsu,
        "transactionId": payment.id,
        "externalTerminal": payment.terminal,
        "linhaDigitavel": f"{payment.line} ",
        "value": _plain(payment.cents),
    }


def _plain(cents: int) -> str:
    """``20``, ``20.5``, ``20.55``: as the sample writes a whole amount."""
    return Cents(cents).write("short").removesuffix(".0")


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _moment(query: Query, key: str) -> datetime:
    if key.lower() not in query:
        raise BindingError(key, f"The {key} field is required")
    return parse_moment(query[key.lower()], key)


def _number(text: str, key: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise BindingError(key, f"Could not convert string to integer: {text}")
    return int(text)
