"""Money neither appears nor vanishes: the sums are checked after every request, whatever is done in whatever order."""

from __future__ import annotations

import logging
from random import Random

import httpx
import pytest

from bancointegra.simulator import Fault, Simulator
from bancointegra.simulator.celcoin.ledger import LedgerViolation
from tests.simulator.celcoin_client import CHANGEABLE, COMES_BACK, GAS, PLAIN, CelcoinClient

STEPS = 150


def test_a_violation_is_loud_and_not_kept(celcoin, celcoin_simulator, caplog):
    number = celcoin.reserved()
    bank = celcoin_simulator.bank.celcoin
    payment = bank.payment(number)
    with caplog.at_level(logging.ERROR), pytest.raises(LedgerViolation), bank.up_to_date():
        bank.deposit(celcoin.client_id, 1_00)
        bank._ledger.give_back(payment, "twice", bank.now())  # the money moves, the payment's state does not
    assert "does not add up" in caplog.text
    assert bank.balance(celcoin.client_id) == 10_000_00 - 150_00


def test_a_request_on_a_broken_ledger_is_a_500(celcoin, celcoin_simulator, caplog):
    celcoin.reserved()
    with celcoin_simulator.bank.transaction():
        celcoin_simulator.bank._storage.execute(
            "UPDATE celcoin_account SET balance = balance + 1 WHERE client_id = ?", celcoin.client_id
        )
    with caplog.at_level(logging.ERROR):
        answer = celcoin.call("GET", "/v5/merchant/balance")
    assert (answer.status_code, "LEDGER" in answer.text) == (500, True)
    with celcoin_simulator.bank.transaction():
        celcoin_simulator.bank._storage.execute(
            "UPDATE celcoin_account SET balance = balance - 1 WHERE client_id = ?", celcoin.client_id
        )


def test_entries_say_why(celcoin, celcoin_simulator):
    bank = celcoin_simulator.bank.celcoin
    number = celcoin.reserved()
    celcoin.void(number)
    celcoin_simulator.bank.clock.advance(seconds=10)
    names = [(entry.name, entry.payment_id, entry.cents) for entry in bank.entries(celcoin.client_id)]
    assert names == [
        ("Depósito", None, 10_000_00),
        ("Pgto Contas Boletos", number, -150_00),
        ("Estorno de Conta - Desfazimento", number, 150_00),
    ]


def test_statement_and_movement_say_the_same(celcoin, celcoin_simulator):
    number = celcoin.captured(nsu=11)
    celcoin.captured(GAS, nsu=12)
    celcoin.void(celcoin.reserved(nsu=13))
    celcoin_simulator.bank.clock.advance(seconds=10)
    day = {"startDate": "2026-11-25", "endDate": "2026-11-25"}
    statement = celcoin.call("GET", "/tools-conciliation/v1/ConsolidatedStatement", **day).json()
    rows = [(r["entryName"], r["entryAmount"], r["value"], r["indCreditDebit"]) for r in statement["statement"]]
    assert rows == [
        ("Depósito", 1, 10_000.00, "C"),
        ("Pgto Contas Boletos", 1, 150.00, "D"),
        ("Pgto Contas Concessionarias/Tributos", 1, 159.90, "D"),
        ("Pgto Contas Boletos", 1, 150.00, "D"),
        ("Estorno de Conta - Desfazimento", 1, 150.00, "C"),
    ]
    assert statement["balance"] == {"balanceStartDate": 0.0, "balanceEndDate": 9690.10}
    assert statement["pagination"]["totalCount"] == 5
    movement = celcoin.call(
        "GET", "/tools-conciliation/v1/exportfile", filetype=1, accountdate="2026-11-25", page=1, quantity=1
    ).json()
    assert [(m["TransactionId"], m["ExternalNSU"]) for m in movement["movement"]] == [(number, 11)]
    assert (movement["pagination"]["totalPages"], movement["pagination"]["hasNext"]) == (2, True)
    assert len(celcoin.call("GET", "/tools-conciliation/v1/exportfile/types").json()) == 2
    assert celcoin.call("GET", "/tools-conciliation/v1/exportfile", filetype=9).status_code == 400
    assert celcoin.call("GET", "/banks").json()["banks"][0]["institutionCode"] == 1


def test_any_order_of_things_balances(celcoin, celcoin_simulator):
    """Random steps, random faults, a moving clock; every answer that is not a fault's must be one of Celcoin's."""
    random = Random(20261125)
    bank = celcoin_simulator.bank
    known: list[int] = []
    for step in range(STEPS):
        if random.random() < 0.15:
            kind, phase = random.choice(["dropped_connection", "empty_body"]), random.choice(["before", "after"])
            bank.faults.inject(Fault(kind, phase, random.choice(["celcoin_reserva", "celcoin_confirmacao"])))
        bank.clock.advance(seconds=random.choice([1, 60, 1000, 30_000]))
        try:
            answer = do_something(celcoin, random, known, step)
        except (httpx.RemoteProtocolError, httpx.ReadError):
            continue
        assert answer.status_code in (200, 400)
    bank.faults.clear()
    bank.clock.advance(days=10)
    held = {4, 6}
    assert not held & {celcoin.status(number) for number in known}
    gone = sum(p.cents for p in bank.celcoin.payments() if p.client_id == celcoin.client_id and p.taken)
    assert bank.celcoin.balance(celcoin.client_id) == 10_000_00 - gone


def do_something(celcoin: CelcoinClient, random: Random, known: list[int], step: int) -> httpx.Response:
    if not known or random.random() < 0.4:
        answer = celcoin.reserve(random.choice([PLAIN, CHANGEABLE, GAS, COMES_BACK]), nsu=step)
        if answer.content and answer.json()["errorCode"] == "000":
            known.append(answer.json()["transactionId"])
        return answer
    return random.choice([celcoin.capture, celcoin.void, celcoin.reverse])(random.choice(known))


def test_a_killed_bank_remembers(celcoin, celcoin_simulator, tmp_path):
    """What was reserved before the end is there after the next start, on the same clock."""
    number = celcoin.captured()
    celcoin_simulator.bank.celcoin.switch(undo_seconds=1.0)
    folder = celcoin_simulator._folder
    again = Simulator(folder)
    try:
        assert again.bank.celcoin.payment(number).captured is not None
        assert again.bank.celcoin.switches.undo_seconds == 1.0
        assert again.bank.celcoin.now().date() == celcoin_simulator.bank.celcoin.now().date()
    finally:
        again.stop()
