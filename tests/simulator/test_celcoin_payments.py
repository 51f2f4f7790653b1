"""Reserve, capture, void, expiry, reverse, return: the states and the money."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import httpx
import pytest

from bancointegra.simulator import SimulationError
from tests.simulator.celcoin_client import (
    BRASILIA,
    CHANGEABLE,
    COMES_BACK,
    DISCOUNTED,
    FAILS_CAPTURE,
    FINE,
    GAS,
    LOSES_CAPTURE,
    LOSES_RESERVE,
    OVERDUE,
    PLAIN,
    TOO_DEAR,
)

CUT = (httpx.RemoteProtocolError, httpx.ReadError)
BEFORE = Decimal("10000.00")


@pytest.fixture
def at(celcoin_simulator):
    """Set the bank's clock to a moment in Brasília."""

    def set_clock(moment: str) -> None:
        celcoin_simulator.bank.clock.set(datetime.fromisoformat(moment).replace(tzinfo=BRASILIA))

    return set_clock


@pytest.fixture
def later(celcoin_simulator):
    def advance(seconds: float) -> None:
        celcoin_simulator.bank.clock.advance(seconds=seconds)

    return advance


def code(answer: httpx.Response) -> str:
    assert answer.status_code == 400
    return str(answer.json()["errorCode"])


def test_reserve_takes_the_money_and_capture_keeps_it(celcoin):
    answer = celcoin.reserve(PLAIN).json()
    assert (answer["errorCode"], answer["status"], answer["isExpired"]) == ("000", 0, False)
    assert answer["convenant"] == "001 | BANCO DO BRASIL / AGENCIA 3221"
    assert (answer["createDate"], answer["settleDate"]) == ("2026-11-25T10:00:00", "2026-11-25T00:00:00")
    assert answer["authenticationAPI"]["BlocoCompleto"].count(".") == 15
    number = answer["transactionId"]
    assert (celcoin.status(number), celcoin.balance()) == (4, BEFORE - 150)
    assert celcoin.capture(number).json() == {"errorCode": "000", "message": "SUCESSO", "status": 0}
    assert (celcoin.status(number), celcoin.balance()) == (0, BEFORE - 150)


def test_receipt_is_forty_columns_and_says_simulation(celcoin):
    number = celcoin.captured(GAS)
    content = celcoin.call("GET", f"/receipt/{number}").json()
    text = content["receipt"]["receiptformatted"]
    assert "<VIA1>CONVENIO: 509" in text
    rows = text.replace("<VIA1>", "").replace("</VIA1> ", "").split("\n")
    assert max(map(len, rows)) <= 40
    assert "SIMULACAO" in rows[0]
    assert f"PROTOCOLO {number}" in rows
    assert "VALOR COBRADO                     159,90" in rows
    assert "836900000016"[:11] in "".join(rows)
    assert set(content["authenticationAPI"]) == {"bloco1", "bloco2", "blocoCompleto"}
    assert "urlreceipt" in content
    assert code(celcoin.call("GET", "/receipt/1")) == "S61"


@pytest.mark.parametrize(
    "line, value, accepted",
    [
        (PLAIN, 149.99, False),
        (CHANGEABLE, 10.00, True),
        (CHANGEABLE, 9.99, False),
        (CHANGEABLE, 500.01, False),
        (CHANGEABLE, 0, False),
        (GAS, 159.90, True),
        (GAS, 100, False),
    ],
)
def test_only_allowed_values(celcoin, line, value, accepted):
    answer = celcoin.reserve(line, billData={"value": value, "originalValue": value})
    if accepted:
        assert answer.json()["errorCode"] == "000"
        return
    assert code(answer) == "44"
    assert celcoin.balance() == BEFORE


@pytest.mark.parametrize("missing", ["cpfcnpj", "dueDate", "barCode"])
def test_required_fields(celcoin, missing):
    body = celcoin.reserve_body(PLAIN)
    del body[missing]
    assert "errors" in celcoin.call("POST", "/billpayments", body).json()


def test_missing_bill_data_is_44(celcoin):
    body = celcoin.reserve_body(PLAIN)
    del body["billData"]
    assert code(celcoin.call("POST", "/billpayments", body)) == "44"


def test_keys_in_any_case_and_ids_as_text(celcoin):
    body = celcoin.reserve_body(PLAIN)
    body["cpfCnpj"] = body.pop("cpfcnpj")
    body["transactionIdAuthorize"] = str(body["transactionIdAuthorize"])
    assert celcoin.call("POST", "/billpayments", body).json()["errorCode"] == "000"


def test_the_query_must_be_of_this_line_and_of_this_client(celcoin):
    other = celcoin.authorize(CHANGEABLE).json()["transactionId"]
    assert code(celcoin.reserve(PLAIN, transactionIdAuthorize=other)) == "S61"
    assert code(celcoin.reserve(PLAIN, transactionIdAuthorize=1)) == "S61"


@pytest.mark.parametrize("single_use", [True, False])
def test_a_query_reserved_twice(celcoin, celcoin_simulator, single_use):
    celcoin_simulator.bank.celcoin.switch(single_use_authorize=single_use)
    body = celcoin.reserve_body(PLAIN)
    assert celcoin.call("POST", "/billpayments", body).json()["errorCode"] == "000"
    again = celcoin.call("POST", "/billpayments", body)
    assert again.json()["errorCode"] == ("68" if single_use else "000")


def test_not_enough_balance_changes_nothing(celcoin):
    assert code(celcoin.reserve(TOO_DEAR)) == "S40"
    assert celcoin.balance() == BEFORE


def test_amounts_are_of_today(celcoin, later):
    """A total that grew over night is no longer accepted."""
    body = celcoin.reserve_body(OVERDUE)
    assert celcoin.call("POST", "/billpayments", body).json()["isExpired"] is True
    stale = celcoin.reserve_body(OVERDUE, billData={"value": 306.90, "originalValue": 300})
    assert code(celcoin.call("POST", "/billpayments", stale)) == "44"


def test_void_undoes_and_gives_back_once(celcoin, later):
    number = celcoin.reserved()
    assert celcoin.void(number).json()["errorCode"] == "000"
    assert (celcoin.status(number), celcoin.balance()) == (6, BEFORE - 150)
    later(6)
    assert (celcoin.status(number), celcoin.balance()) == (1, BEFORE)
    assert code(celcoin.void(number)) == "68"
    assert code(celcoin.capture(number)) == "S30"
    later(86_400)
    assert celcoin.balance() == BEFORE


def test_thirty_minutes(celcoin, later):
    number = celcoin.reserved()
    later(29 * 60)
    assert celcoin.status(number) == 4
    later(61)
    assert (celcoin.status(number), celcoin.balance()) == (6, BEFORE - 150)
    assert code(celcoin.capture(number)) == "S30"
    later(10)
    assert (celcoin.status(number), celcoin.balance()) == (1, BEFORE)


@pytest.mark.parametrize("again, expected", [("refused", "68"), ("success", "000")])
def test_second_capture(celcoin, celcoin_simulator, again, expected):
    celcoin_simulator.bank.celcoin.switch(capture_again=again)
    number = celcoin.captured()
    assert celcoin.capture(number).json()["errorCode"] == expected
    assert celcoin.balance() == BEFORE - 150


def test_void_of_a_captured_one_and_without_its_body(celcoin):
    number = celcoin.captured()
    assert code(celcoin.void(number)) == "S41"
    assert "errors" in celcoin.call("DELETE", f"/billpayments/{number}/void").json()
    assert celcoin.status(number) == 0


def test_reverse_only_until_the_next_opening(celcoin, at, later):
    at("2026-11-25T23:10")
    number = celcoin.captured()
    assert celcoin.reverse(number).json()["status"] == "0"
    later(6)
    assert (celcoin.status(number), celcoin.balance()) == (1, BEFORE)
    assert code(celcoin.reverse(number)) == "S42"

    second = celcoin.captured()
    at("2026-11-26T07:00")
    assert code(celcoin.reverse(second)) == "S42"
    assert celcoin.balance() == BEFORE - 150


def test_reverse_within_the_window_or_before_the_capture(celcoin):
    assert code(celcoin.reverse(celcoin.captured())) == "S42"
    assert code(celcoin.reverse(celcoin.reserved())) == "S42"


def test_a_conta_has_its_own_hours(celcoin, at):
    at("2026-11-25T16:30")
    assert celcoin.reverse(celcoin.captured(FINE)).json()["errorCode"] == "000"
    assert code(celcoin.reverse(celcoin.captured(GAS))) == "S42"


def test_unknown_ids(celcoin):
    for answer in (celcoin.capture(1), celcoin.void(1), celcoin.reverse(1)):
        assert code(answer) == "S61"
    found = celcoin.call("GET", "/status-consult", transactionId=1).json()
    assert (found["erroCode"], found["status"]) == ("000", "0")
    assert found["transaction"]["errorCode"] == "061"
    assert found["transaction"]["status"] == 1
    assert found["transaction"]["createDate"] == "0001-01-01T00:00:00"
    assert found["transaction"]["externalTerminal"] is None


def test_status_by_any_key(celcoin):
    first, second = celcoin.reserved(nsu=41), celcoin.reserved(nsu=42)
    for params, number in (
        ({"externalNSU": 41}, first),
        ({"externalNSU": 42, "externalTerminal": "caixa 1", "operationDate": "2026-11-25"}, second),
        ({"externalTerminal": "caixa 1"}, second),  # the newest
    ):
        found = celcoin.call("GET", "/status-consult", **params).json()["transaction"]
        assert found["transactionId"] == str(number)
    other_day = celcoin.call("GET", "/status-consult", externalNSU=42, operationDate="2026-11-24").json()
    assert other_day["transaction"]["errorCode"] == "061"
    assert celcoin.call("GET", "/status-consult").status_code == 400


def test_pendency_lists_the_open_reserves_only(celcoin):
    waiting, _ = celcoin.reserved(nsu=1), celcoin.captured(nsu=2)
    (entry,) = celcoin.call("GET", "/pendency").json()["pendings"]["transactions"]
    assert (entry["transactionId"], entry["externalNSU"], entry["status"]) == (waiting, 1, 4)


def test_lost_answers_of_the_mass(celcoin):
    body = celcoin.reserve_body(LOSES_RESERVE, nsu=7)
    with pytest.raises(CUT):
        celcoin.call("POST", "/billpayments", body)
    found = celcoin.call("GET", "/status-consult", externalNSU=7).json()["transaction"]
    assert found["status"] == 4

    number = celcoin.reserved(LOSES_CAPTURE)
    with pytest.raises(CUT):
        celcoin.capture(number)
    assert celcoin.status(number) == 0

    number = celcoin.reserved(FAILS_CAPTURE)
    assert celcoin.capture(number).status_code == 500
    assert celcoin.status(number) == 4
    assert celcoin.capture(number).json()["errorCode"] == "000"


def test_occurrence_after_the_settlement(celcoin, celcoin_simulator, at):
    number = celcoin.captured(COMES_BACK)
    at("2026-11-26T09:59")
    assert celcoin.balance() == BEFORE - 155
    at("2026-11-26T10:00")
    assert (celcoin.status(number), celcoin.balance()) == (0, BEFORE)
    found = celcoin.call("GET", "/occurrency", DataInicio="2026-11-26", DataFim="2026-11-26").json()["occurrences"]
    assert found == {
        "date": "2026-11-26T10:00:00",
        "createDate": "2026-11-25T10:00:00",
        "descriptionMotivo": "Recusado pelo beneficiário",
        "externalNSU": 1,
        "transactionId": number,
        "externalTerminal": "caixa 1",
        "linhaDigitavel": f"{COMES_BACK} ",
        "value": "155",
    }
    before = celcoin.call("GET", "/occurrency", DataInicio="2026-11-25T00:00:00", DataFim="2026-11-26T09:59:59").json()
    assert before == {"occurrences": []}


def test_occurrences_at_will_need_a_settled_payment(celcoin, celcoin_simulator, at):
    bank = celcoin_simulator.bank.celcoin
    numbers = [celcoin.captured(nsu=1), celcoin.captured(nsu=2)]
    with pytest.raises(SimulationError, match="não está liquidado"):
        bank.occurrence(numbers[0])
    at("2026-11-25T23:00")
    for number in numbers:
        bank.occurrence(number, "19 - Conta ja programada para debito")
    with pytest.raises(SimulationError):
        bank.occurrence(numbers[0])
    found = celcoin.call("GET", "/occurrency", DataInicio="2026-11-25", DataFim="2026-11-25").json()["occurrences"]
    assert [item["transactionId"] for item in found] == numbers
    assert celcoin.balance() == BEFORE


def test_a_settled_bill_may_stay_paid(celcoin, celcoin_simulator, at):
    celcoin_simulator.bank.celcoin.switch(paid_bills_stay_paid=True)
    celcoin.captured(DISCOUNTED)
    at("2026-11-26T10:00")
    assert code(celcoin.authorize(DISCOUNTED)) == "S09"
