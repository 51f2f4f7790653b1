"""Refusals of every shape become the right error with the bank's words, and never with the payer's data."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.banks.http import Effect, Reply
from bancointegra.banks.itau.errors import read_error_body, refusal_error, token_error
from bancointegra.domain.errors import (
    BankRefused,
    BankUnavailable,
    CredentialError,
    OutcomeUnknown,
    Refusal,
)


def reply(status, body, **headers):
    return Reply(status, headers, body if isinstance(body, str) else json.dumps(body))


CAMPO = {"campo": "data.dado_boleto.tipo_boleto", "mensagem": "Tipo de boleto inválido", "valor": "12345678909"}


@pytest.mark.parametrize(
    ("body", "message", "fields"),
    [
        (
            {"codigo": "400", "mensagem": "Erro na validação de Campos", "campos": [CAMPO]},
            "Erro na validação de Campos",
            ["data.dado_boleto.tipo_boleto"],
        ),
        ({"codigo": "500", "mensagem": "Erro Inesperado."}, "Erro Inesperado.", []),
        ({"codigo": "422", "mensagen": "mal escrita"}, "mal escrita", []),
        ({"campos": [{"mensagem": "sem campo"}]}, "", [""]),
        ({"campos": CAMPO}, "", ["data.dado_boleto.tipo_boleto"]),
        ({"mensagem": "x", "campos": None}, "x", []),
        ({"messages": [{"codigo": "1", "mensagem": "francesa", "campos": [CAMPO]}]}, "francesa", [CAMPO["campo"]]),
        ({"error": {"codigo": "1", "mensagem": "dentro"}}, "dentro", []),
        ({"codigo_erro": "1", "mensagem_erro": "antigo"}, "antigo", []),
        ({"error": "invalid_client", "error_description": "segredo errado"}, "segredo errado", []),
        ({"error": "invalid_client"}, "invalid_client", []),
        ({"data": {"codigo": "400", "mensagem": "no envelope"}}, "no envelope", []),
        ([{"codigo": "400", "mensagem": "em lista"}], "em lista", []),
        ({"Codigo": "400", "MENSAGEM": "caixa"}, "caixa", []),
    ],
)
def test_shapes(body, message, fields):
    found = read_error_body(reply(400, body))
    assert found.message == message
    assert [refusal.field for refusal in found.refusals] == fields


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", '"texto"', "<html>Erro</html>", "Acesso negado", '{"a": 1}'])
def test_bodies_without_words(body):
    assert read_error_body(reply(400, body)) is None


def test_refusal_says_what_the_bank_said_and_echoes_no_value():
    error = refusal_error(
        reply(400, {"codigo": "400", "mensagem": "Erro na validação de Campos.", "campos": [CAMPO]}), Effect.ORDER
    )
    assert isinstance(error, BankRefused)
    assert error.refusals == (Refusal("data.dado_boleto.tipo_boleto", "Tipo de boleto inválido"),)
    assert error.message == "Erro na validação de Campos: tipo_boleto: Tipo de boleto inválido."
    assert not error.possibly_duplicate
    assert "12345678909" not in repr(error) + str(error) + repr(error.refusals)


def test_sentence_in_the_clerks_words():
    campos = [
        {"campo": "data.dado_boleto.pagador.endereco.numero_CEP", "mensagem": "Deve ter 8 dígitos."},
        {"campo": "COD-RET", "mensagem": "CEP incompatível com a UF"},
        {"campo": "algo_novo", "mensagem": "inválido"},
    ]
    error = refusal_error(reply(422, {"mensagem": "Regra não atendida", "campos": campos}), Effect.ORDER)
    assert error.message == (
        "Regra não atendida: CEP: Deve ter 8 dígitos; CEP incompatível com a UF; algo_novo: inválido."
    )


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("campo", ["COD-RET", "cod-ret"])
@pytest.mark.parametrize("words", ["Título já cadastrado na cobrança", "qualquer outro texto"])
def test_mainframe_refusal_may_be_a_duplicate_whatever_its_words(status, campo, words):
    body = {"campos": [{"campo": campo, "mensagem": words, "valor": ""}]}
    error = refusal_error(reply(status, body), Effect.ORDER)
    assert error.possibly_duplicate
    assert words in error.message


def test_words_alone_do_not_make_a_duplicate():
    body = {"campos": [{"campo": "nosso_numero", "mensagem": "Título já cadastrado na cobrança"}]}
    assert not refusal_error(reply(422, body), Effect.ORDER).possibly_duplicate


@pytest.mark.parametrize("status", [400, 404, 405, 422, 428])
@pytest.mark.parametrize("body", ["", "<html></html>", "Bad Request"])
def test_refusal_without_words_proves_nothing(status, body):
    assert isinstance(refusal_error(reply(status, body), Effect.ORDER), OutcomeUnknown)
    assert isinstance(refusal_error(reply(status, body), Effect.READ), BankUnavailable)


@pytest.mark.parametrize("body", ["", "<html></html>", {"codigo": "403", "mensagem": "Acesso a rota não permitido"}])
@pytest.mark.parametrize("effect", list(Effect))
def test_403_is_about_permission(body, effect):
    error = refusal_error(reply(403, body), effect)
    assert isinstance(error, CredentialError)
    assert error.code == "credencial.permissao"
    assert "endereços" in error.hint
    if isinstance(body, dict):
        assert "Acesso a rota não permitido" in error.message


@pytest.mark.parametrize("body", ["", {"codigo": "401", "mensagem": "Unauthorized"}])
def test_401_after_renewal(body):
    assert refusal_error(reply(401, body), Effect.ORDER).code == "credencial.token"


@pytest.mark.parametrize(
    "code", ["C100", "C200", "C300", "C400", "C500", "C600", "C700", "C700a", "C800", "C800a", "C800b"]
)
@pytest.mark.parametrize(
    "make",
    [
        lambda code: Reply(403, {"x-itau-client-cert-error": code}, ""),
        lambda code: reply(401, {"codigo": code, "mensagem": "Certificado"}),
        lambda code: reply(400, {"error": "invalid_request", "error_description": f"{code} - certificado"}),
        lambda code: reply(403, f"{code}: certificado recusado"),
    ],
)
@pytest.mark.parametrize("translate", [token_error, lambda r: refusal_error(r, Effect.ORDER)])
def test_certificate_codes_in_words(code, make, translate):
    error = translate(make(code))
    assert isinstance(error, CredentialError)
    assert error.code == f"credencial.{code.upper()}"
    assert f"(Itaú {code})" in error.message
    assert error.hint


def test_certificate_code_in_an_echoed_value_is_no_certificate_error():
    campo = {"campo": "nome_logradouro", "mensagem": "caracteres especiais", "valor": "Bloco C500"}
    error = refusal_error(reply(400, {"mensagem": "Erro na validação", "campos": [campo]}), Effect.ORDER)
    assert isinstance(error, BankRefused)


def test_wrong_secret():
    error = token_error(reply(401, {"error": "invalid_client", "error_description": "client_secret inválido"}))
    assert error.code == "credencial.client_secret"
    assert "client_secret inválido" in error.message
    assert token_error(reply(401, "")).code == "credencial.client_secret"


@pytest.mark.parametrize("status", [404, 405])
def test_wrong_address_of_the_token(status):
    assert token_error(reply(status, "<html></html>")).code == "credencial.endereco"


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["mensagem", "campos", "error", "data"]), inner),
)


@given(ANY_JSON, st.sampled_from([400, 401, 403, 404, 422]))
def test_no_body_breaks_the_reading_of_errors(body, status):
    assert refusal_error(reply(status, json.dumps(body)), Effect.ORDER).message
    assert token_error(reply(status, json.dumps(body))).message
