"""The query of a bill: digits, the test mass, amounts, days and hours."""

from __future__ import annotations

import time
from datetime import datetime
from decimal import Decimal

import pytest

from bancointegra.simulator.celcoin.mass import CONTAS, FICHAS
from tests.simulator.celcoin_client import (
    BRASILIA,
    CHANGEABLE,
    DISCOUNTED,
    FINAL_PAYEE,
    FINE,
    GAS,
    GAS_WITHOUT_DATE,
    NO_SETTLE_DATE,
    NOT_THIS_CHANNEL,
    OVERDUE,
    PAID_ALREADY,
    PARTIAL,
    PLAIN,
    SLOW,
    TOO_LATE,
)

# Lines printed in Celcoin's documentation and SDKs: an outside witness for the check digits.
PUBLISHED = [
    "03399853012970000135607559001016189020000020271",
    "34191755464601559252350040380003100000000000000",
    "23793381286008301352856000063307789840000150000",
    "00190000090275928800004360210175180870000001000",
    "826100000007307000220011061040450001032021800035",
]


@pytest.mark.parametrize("line", [*FICHAS, *sorted(CONTAS), *PUBLISHED])
def test_every_line_has_sound_digits(celcoin, celcoin_simulator, line):
    celcoin_simulator.bank.celcoin.switch(slow_query_seconds=0)
    assert celcoin.authorize(line).json().get("errorCode") != "822"


@pytest.mark.parametrize("line", [PLAIN, GAS])
def test_one_wrong_digit_is_822(celcoin, line):
    for position in (1, 5, len(line) - 1):
        wrong = line[:position] + str((int(line[position]) + 1) % 10) + line[position + 1 :]
        answer = celcoin.authorize(wrong)
        assert (answer.status_code, answer.json()["errorCode"]) == (400, "822")


def test_44_digits_belong_into_the_bar_code(celcoin):
    code = PLAIN[:4] + PLAIN[32:] + PLAIN[4:9] + PLAIN[10:20] + PLAIN[21:31]
    assert celcoin.authorize(code).json()["errorCode"] == "822"
    assert celcoin.authorize("", barCode=code).json()["digitable"] == PLAIN
    assert celcoin.authorize("").status_code == 400


@pytest.mark.parametrize(
    "body, field",
    [
        ({"type": "abc", "digitable": PLAIN}, "barCode.type"),
        ({"type": 0, "digitable": 12}, "barCode.digitable"),
        ({"type": 7, "digitable": PLAIN}, "barCode.type"),
    ],
)
def test_wrong_json_types_are_answered_by_the_binder(celcoin, body, field):
    answer = celcoin.call("POST", "/billpayments/authorize", {"barCode": body})
    assert answer.status_code == 400
    assert list(answer.json()) == ["errors"]
    assert list(answer.json()["errors"]) == [field]


def test_outside_the_mass(celcoin, celcoin_simulator):
    line = PUBLISHED[4]
    assert celcoin.authorize(line).json()["errorCode"] == "999"
    celcoin_simulator.bank.celcoin.switch(strict_mass=False)
    assert celcoin.authorize(line).json()["value"] == 30.70
    assert celcoin.authorize("34191080090080207195714202372360000000000000000").json()["errorCode"] == "822"


@pytest.mark.parametrize(
    "line, original, updated, changeable",
    [
        (PLAIN, "150.00", "150.00", False),
        (CHANGEABLE, "250.00", "250.00", True),
        (OVERDUE, "300.00", "307.00", False),
        (DISCOUNTED, "400.00", "380.00", False),
        (PARTIAL, "1627.87", "1000.00", True),
    ],
)
def test_amounts_of_the_mass_add_up(celcoin, line, original, updated, changeable):
    answer = celcoin.authorize(line).json(parse_float=Decimal)
    data = answer["registerData"]
    assert (data["originalValue"], data["totalUpdated"]) == (Decimal(original), Decimal(updated))
    assert data["allowChangeValue"] is changeable
    sum_of_parts = (
        data["originalValue"]
        - data["discountValue"]
        + data["interestValueCalculated"]
        + data["fineValueCalculated"]
        - data["totalValuePaid"]
    )
    assert sum_of_parts == data["totalUpdated"]
    assert (answer["type"], answer["value"], answer["dueDate"]) == (2, None, None)
    assert answer["transactionId"] > 2**31


def test_final_payee_and_species(celcoin):
    data = celcoin.authorize(FINAL_PAYEE).json()["registerData"]
    assert (data["recipientFinal"], data["paymentSpecies"]) == ("MOCK BENEFICIARIO FINAL", 31)


@pytest.mark.parametrize("line, code", [(TOO_LATE, "260"), (NOT_THIS_CHANNEL, "258"), (PAID_ALREADY, "S09")])
def test_refused_bills(celcoin, line, code):
    answer = celcoin.authorize(line)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, code)
    assert "status" not in answer.json()


def test_conta_says_what_its_code_says(celcoin, celcoin_simulator):
    answer = celcoin.authorize(GAS).json()
    assert (answer["type"], answer["registerData"], answer["value"]) == (1, None, 159.9)
    assert (answer["assignor"], answer["dueDate"]) == ("CONSIGAZ - SP", "2030-12-31T00:00:00Z")
    assert (answer["initeHour"], answer["endHour"]) == ("08:00", "19:00")
    assert celcoin.authorize(GAS_WITHOUT_DATE).json()["dueDate"] is None
    celcoin_simulator.bank.celcoin.switch(due_date_of_contas=False)
    assert celcoin.authorize(GAS).json()["dueDate"] is None


@pytest.mark.parametrize(
    "moment, line, settle, next_settle",
    [
        ("2026-11-25T10:00", PLAIN, "25/11/2026", "N"),
        ("2026-11-25T06:00", PLAIN, "25/11/2026", "N"),  # before the opening, still that day
        ("2026-11-25T23:00", PLAIN, "26/11/2026", "S"),
        ("2026-11-27T23:30", PLAIN, "30/11/2026", "S"),  # Friday night
        ("2026-11-28T12:00", PLAIN, "30/11/2026", "S"),  # Saturday
        ("2026-12-24T23:30", PLAIN, "28/12/2026", "S"),  # Christmas is a Friday
        ("2026-11-25T16:00", FINE, "26/11/2026", "S"),  # this convênio closes at 16:00
        ("2026-11-25T15:59", FINE, "25/11/2026", "N"),
        ("2026-11-25T10:00", NO_SETTLE_DATE, None, "N"),
    ],
)
def test_settlement_day(celcoin, celcoin_simulator, moment, line, settle, next_settle):
    celcoin_simulator.bank.clock.set(datetime.fromisoformat(moment).replace(tzinfo=BRASILIA))
    answer = celcoin.authorize(line).json()
    assert (answer["settleDate"], answer["nextSettle"]) == (settle, next_settle)


def test_two_queries_have_two_ids(celcoin):
    assert celcoin.authorize(PLAIN).json()["transactionId"] != celcoin.authorize(PLAIN).json()["transactionId"]


def test_the_slow_bill_is_answered_late(celcoin, celcoin_simulator):
    celcoin_simulator.bank.celcoin.switch(slow_query_seconds=0.2)
    celcoin.call("GET", "/pendency")
    started = time.monotonic()
    assert celcoin.authorize(SLOW).json()["errorCode"] == "000"
    assert time.monotonic() - started >= 0.2


def test_institutions_with_filters(celcoin):
    everything = celcoin.call("GET", "/institutions").json()["convenants"]
    assert everything[0] == {
        "timeLimit": "19:00",
        "mask": "83______________0221____________________________",
        "Nomeconvenant": "CONSIGAZ - SP",
        "Tipoconvenant": "ESTADUAL",
        "statesconvenant": ["SP"],
    }
    assert all(len(row["mask"]) == 48 for row in everything)
    national = celcoin.call("GET", "/institutions", Type="NACIONAL").json()["convenants"]
    assert 0 < len(national) < len(everything)
    of_rio = celcoin.call("GET", "/institutions", Type="ESTADUAL", UF="RJ").json()["convenants"]
    assert of_rio and all("RJ" in row["statesconvenant"] for row in of_rio)


def test_health(celcoin):
    (entry,) = celcoin.call("GET", "/healthcheck", type="RECEBERCONTA", period="0").json()["HealthCheck"]
    assert entry["transaction"] == "RECEBERCONTA"
    assert celcoin.call("GET", "/healthcheck", type="OUTRA").status_code == 400
