"""The same facts in every shape that recordings of Celcoin show."""

from __future__ import annotations

import pytest

from tests.simulator.celcoin_client import FINAL_PAYEE, PLAIN


@pytest.fixture
def switch(celcoin_simulator, celcoin):
    """Set options after the client of the test is there."""
    return celcoin_simulator.bank.celcoin.switch


@pytest.mark.parametrize(
    "style, key", [("seed", "Urlreceipt"), ("lower", "urlreceipt"), ("camel", "urlreceipt"), ("pascal", "Urlreceipt")]
)
def test_case_of_keys(celcoin, switch, style, key):
    switch(key_style=style)
    body = celcoin.call("POST", "/billpayments/authorize", {"barCode": {"type": 0, "digitable": PLAIN}}).json()
    expected = {"seed": "transactionId", "lower": "transactionid", "camel": "transactionId", "pascal": "TransactionId"}
    assert expected[style] in body
    switch(key_style="seed")
    request = celcoin.reserve_body(PLAIN)
    switch(key_style=style)
    assert key in celcoin.call("POST", "/billpayments", request).json()


def test_numbers_as_text_and_codes_of_other_widths(celcoin, switch):
    number = celcoin.reserved()
    switch(status_as="text", ids_as="number", code_width="short")
    found = celcoin.call("GET", "/status-consult", transactionId=number).json()
    assert found["transaction"]["status"] == "4"
    assert found["transaction"]["transactionId"] == number
    assert found["erroCode"] == "0"
    switch(status_as="number", ids_as="text", code_width="long", outer_error_key="errorCode")
    found = celcoin.call("GET", "/status-consult", transactionId=number).json()
    assert (found["status"], found["errorCode"]) == (0, "000")
    assert found["transaction"]["transactionId"] == str(number)
    assert celcoin.reserve(PLAIN, billData={"value": 1}).json()["errorCode"] == "044"


def test_money(celcoin, switch):
    texts = {"number": '"balance": 10000.00', "short": '"balance": 10000.0,', "text": '"balance": "10000.00"'}
    for style, expected in texts.items():
        switch(money_as=style)
        assert expected in celcoin.call("GET", "/v5/merchant/balance").text


def test_final_payee_under_either_name(celcoin, switch):
    switch(final_payee_key="table")
    data = celcoin.authorize(FINAL_PAYEE).json()["registerData"]
    assert data["documentFinalRecipient"] == "19.101.991/0002-83"
    assert "documentRecipientFinal" not in data


def test_occurrences_and_line_ends(celcoin, switch):
    switch(no_occurrences="missing", line_end="crlf")
    assert celcoin.call("GET", "/occurrency", DataInicio="2020-01-01", DataFim="2020-01-02").json() == {}
    switch(no_occurrences="null")
    answer = celcoin.call("GET", "/occurrency", DataInicio="2020-01-01", DataFim="2020-01-02").json()
    assert answer == {"occurrences": None}
    assert "\r\n" in celcoin.reserve(PLAIN).json()["receipt"]["receiptformatted"]


def test_unknown_options_are_refused(switch):
    with pytest.raises(ValueError, match="key_style"):
        switch(key_style="upside_down")
    with pytest.raises(ValueError, match="Não existe"):
        switch(colour="red")
