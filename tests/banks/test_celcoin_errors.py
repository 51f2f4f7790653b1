"""What Celcoin's refusals become: by code, in sentences, never by their words."""

from __future__ import annotations

import json

import pytest

from bancointegra.banks.celcoin.errors import read_error_body, require_success, token_error
from bancointegra.banks.http import Effect, Reply
from bancointegra.domain.errors import BankRefused, BankUnavailable, CredentialError, OutcomeUnknown

KNOWN = ["44", "61", "68", "258", "260", "822", "999"]
INVENTED = ["S09", "S30", "S40", "S41", "S42", "S61", "1234", "PCE026"]


def reply(content: object, status: int = 400) -> Reply:
    return Reply(status, {}, content if isinstance(content, str) else json.dumps(content))


def refusal(content: object, status: int = 400, effect: Effect = Effect.READ) -> BankRefused:
    with pytest.raises(BankRefused) as caught:
        require_success(reply(content, status), effect)
    return caught.value


@pytest.mark.parametrize("code", KNOWN + INVENTED)
def test_every_code_ends_in_a_sentence(code):
    error = refusal({"message": "TEXTO DA CELCOIN", "errorCode": code})
    assert error.code == f"recusado.{code}"
    assert error.message.endswith(".") and error.hint.endswith(".")
    assert error.refusals[0].message == "TEXTO DA CELCOIN"
    if code in INVENTED:
        assert f"código {code}: “TEXTO DA CELCOIN”" in error.message


@pytest.mark.parametrize("written", ["44", "044", "0044", 44])
def test_width_and_type_of_a_code_do_not_matter(written):
    assert refusal({"message": "", "errorCode": written}).code == "recusado.44"


@pytest.mark.parametrize("key", ["errorCode", "erroCode", "ErrorCode", "ERRORCODE"])
def test_spelling_of_the_key_does_not_matter(key):
    assert refusal({key: "68"}).possibly_duplicate


def test_a_code_without_words_is_shown_alone():
    assert refusal({"errorCode": "77"}).message == "A Celcoin recusou com o código 77."


def test_the_words_are_never_interpreted():
    """The words of “already done” under another code are not “already done”."""
    assert not refusal({"message": "TRANSACAO JA REALIZADA", "errorCode": "44"}).possibly_duplicate


@pytest.mark.parametrize("effect", Effect)
def test_any_other_code_is_a_refusal_even_under_200(effect):
    assert refusal({"errorCode": "258", "message": "x"}, 200, effect).code == "recusado.258"


@pytest.mark.parametrize("code", ["000", "0", "00", 0])
def test_success_in_every_width(code):
    assert require_success(reply({"errorCode": code}, 200), Effect.ORDER)


def test_binder_errors_name_the_field():
    error = refusal({"errors": {"barCode.type": ["Could not convert string to integer: x."]}})
    assert error.code == "recusado.formato"
    assert error.message == "A Celcoin não entendeu o pedido: “barCode.type: Could not convert string to integer: x.”."


def test_generic_code_decides_nothing_about_an_order():
    with pytest.raises(OutcomeUnknown):
        require_success(reply({"errorCode": "999"}), Effect.ORDER)
    with pytest.raises(OutcomeUnknown):
        require_success(reply({"errorCode": "999"}, 200), Effect.ORDER)


@pytest.mark.parametrize("content", ["", "<html>", "[]", {}, {"statusCode": 404, "message": "Resource not found"}])
@pytest.mark.parametrize("status", [400, 404])
def test_without_celcoins_words_nothing_is_proved(content, status):
    assert read_error_body(reply(content, status)) is None
    with pytest.raises(OutcomeUnknown):
        require_success(reply(content, status), Effect.ORDER)
    with pytest.raises(BankUnavailable):
        require_success(reply(content, status), Effect.READ)


@pytest.mark.parametrize("content", ["", "null", "[]", "{", {}, {"status": 0}])
def test_an_order_must_be_answered_with_a_code(content):
    with pytest.raises(OutcomeUnknown):
        require_success(reply(content, 200), Effect.ORDER)


def test_strange_characters_stay_out_of_the_scripts_code():
    odd = "a b/../%s" + "9" * 50
    assert refusal({"errorCode": odd}).code == "recusado." + ("abs" + "9" * 50)[:20]


@pytest.mark.parametrize(
    "status, code",
    [
        (400, "credencial.client_secret"),
        (401, "credencial.client_secret"),
        (403, "credencial.permissao"),
        (404, "credencial.endereco"),
        (405, "credencial.endereco"),
    ],
)
def test_token_refused(status, code):
    error = token_error(reply("", status))
    assert isinstance(error, CredentialError)
    assert error.code == code
    assert error.message.endswith(".") and error.hint.endswith(".")


def test_token_refused_for_another_reason_may_be_tried_again():
    assert isinstance(token_error(reply("", 418)), BankUnavailable)
