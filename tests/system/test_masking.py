from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.system.masking import mask

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJh-_x"
KEY = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIFHDBOBgkq\nhkiG9w0B\n-----END ENCRYPTED PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("CPF 123.456.789-09 do sacado", "CPF ***8909 do sacado"),
        ("CPF 12345678909", "CPF ***8909"),
        ("CNPJ 12.345.678/0001-95.", "CNPJ ***0195."),
        ("CNPJ 12.ABC.345/01DE-35", "CNPJ ***DE35"),
        ("CNPJ 12ABC34501DE35", "CNPJ ***DE35"),
        ("linha 34191.09008 61713.957309 71444.640008 1 96730000010000", "linha ***0000"),
        ("barras 34191967300000100001090061713957307144464000", "barras ***4000"),
        ("?id_beneficiario=150000052061&nosso_numero=12345678", "?id_beneficiario=***2061&nosso_numero=12345678"),
        ("Authorization: Bearer abc.DEF-123", "Authorization: Bearer ***"),
        ("authorization: basic dXNlcjpwYXNz", "authorization: basic ***"),
        (f"veio {JWT} do STS", "veio *** do STS"),
        ('{"access_token": "abc", "expires_in": 300}', '{"access_token": "***", "expires_in": 300}'),
        ("{'client_secret': 'a b c'}", "{'client_secret': '***'}"),
        ("client_secret=abc&client_id=meu", "client_secret=***&client_id=meu"),
        ("BANCOINTEGRA_SENHA_MESTRA=abacate", "BANCOINTEGRA_SENHA_MESTRA=***"),
        (f"chave:\n{KEY}\nfim", "chave:\n***\nfim"),
        ("chave cortada -----BEGIN PRIVATE KEY-----\nMIIF", "chave cortada ***"),
    ],
)
def test_what_must_not_stay_is_hidden(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 15:30:00,123 INFO título 42 registrado em 180 ms",
        "nosso número 109/12345678-9, agência 1500, conta 05206-1",
        "R$ 1.250.000,00 com vencimento em 10/12/2026",
        "correlação 7b1c9a52-3f0e-4d7a-9c55-0a1b2c3d4e5f",
        "ALTERAÇÃO CONFIRMADA 12/2026",
    ],
)
def test_what_helps_to_find_a_fault_stays(text: str) -> None:
    assert mask(text) == text


@given(st.text(alphabet="0123456789", min_size=11, max_size=60), st.sampled_from(["", " ", "=", '"', "(", "/", "-"]))
def test_of_a_long_number_only_the_end_stays(digits: str, around: str) -> None:
    masked = mask(f"x {around}{digits}{around} y")
    assert digits not in masked
    assert digits[:-4] not in masked
    assert digits[-4:] in masked


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd"]), min_size=8, max_size=40))
def test_a_named_secret_never_stays(secret: str) -> None:
    for text in (f'"client_secret": "{secret}"', f"senha={secret}", f"Bearer {secret}", f"token: '{secret}'"):
        assert secret not in mask(text)
