"""The certificate's warnings, the subject of a request, and the bank's answer in plain text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.domain.certificado import (
    CertificadoLido,
    DadosCertificado,
    dados_da_conta,
    find_secret_line,
    read_certificado_recebido,
    situacao_do_certificado,
)
from bancointegra.domain.errors import InputError
from tests.builders import BENEFICIARIO, NOW, conta_itau

PEM = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----"


def lido(left: timedelta) -> CertificadoLido:
    return CertificadoLido("cn", NOW + left - timedelta(days=365), NOW + left, "AB:CD")


@pytest.mark.parametrize(
    ("left", "dias", "limiar", "words"),
    [
        (timedelta(days=200), 200, None, ""),
        (timedelta(days=61), 61, None, ""),
        (timedelta(days=60, hours=23), 60, 60, "em 60 dias (23/01/2027). A renovação abre"),
        (timedelta(days=31), 31, 60, "A renovação abre 30 dias antes"),
        (timedelta(days=30), 30, 30, "Já pode ser renovado"),
        (timedelta(days=15), 15, 15, "Já pode ser renovado"),
        (timedelta(days=7), 7, 7, "Renove agora"),
        (timedelta(days=1, hours=1), 1, 1, "em 1 dia ("),
        (timedelta(hours=3), 0, 1, "em menos de um dia"),
        (timedelta(seconds=-1), -1, 0, "venceu em 23/11/2026"),
        (timedelta(days=-40), -40, 0, "venceu em 14/10/2026"),
    ],
)
def test_warnings(left: timedelta, dias: int, limiar: int | None, words: str) -> None:
    situacao = situacao_do_certificado(lido(left), NOW)
    assert (situacao.dias, situacao.limiar) == (dias, limiar)
    assert words in situacao.aviso
    assert bool(situacao.aviso) is bool(words)
    assert situacao.is_utilizavel is (left >= timedelta(0))


def test_not_valid_yet() -> None:
    early = CertificadoLido("cn", NOW + timedelta(hours=1), NOW + timedelta(days=365), "AB")
    situacao = situacao_do_certificado(early, NOW)
    assert (situacao.limiar, situacao.is_utilizavel) == (0, False)
    assert "só vale a partir de 23/11/2026 11:30" in situacao.aviso


def test_moments_of_another_zone_are_shown_in_the_clerks() -> None:
    ends = datetime.fromisoformat("2026-12-01T01:00:00+00:00")
    situacao = situacao_do_certificado(CertificadoLido("cn", NOW - timedelta(days=9), ends, "AB"), NOW)
    assert "(30/11/2026)" in situacao.aviso


def test_the_data_of_a_request_are_put_as_the_bank_wants_them() -> None:
    dados = DadosCertificado(" 0B3c-1f ", "  Padaria  José\tÁvila ", "SÃO PAULO", " sp ")
    assert dados == DadosCertificado("0B3c-1f", "Padaria Jose Avila", "SAO PAULO", "SP")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"client_id": ""}, "ClientID"),
        ({"client_id": "a b"}, "ClientID"),
        ({"client_id": "ção"}, "ClientID"),
        ({"client_id": "a/CN=b"}, "ClientID"),
        ({"client_id": "a" * 65}, "ClientID"),
        ({"empresa": " "}, "Empresa"),
        ({"empresa": "x" * 10_000}, "Empresa"),
        ({"empresa": "loja 😀"}, "Empresa"),
        ({"cidade": ""}, "Cidade"),
        ({"cidade": "Sao\x00Paulo"}, "Cidade"),
        ({"uf": "São Paulo"}, "UF"),
        ({"uf": "XX"}, "UF"),
        ({"uf": ""}, "UF"),
    ],
)
def test_data_that_a_request_cannot_carry(changes: dict[str, str], field: str) -> None:
    plain = {"client_id": "0b3c", "empresa": "Empresa", "cidade": "Santos", "uf": "SP"}
    with pytest.raises(InputError) as refused:
        DadosCertificado(**(plain | changes))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("nome", "empresa"),
    [
        ("Padaria – “Zé d’Ávila” 😀 Ltda.", 'Padaria - "Ze d\'Avila"  Ltda.'),
        ("½" * 100, ("12" * 32)),
        ("日本", "EMPRESA"),
        ("a\x00b", "ab"),
    ],
)
def test_the_holder_of_an_account_always_makes_a_request(nome: str, empresa: str) -> None:
    conta = conta_itau(client_id="0b3c", beneficiario=replace(BENEFICIARIO, nome=nome))
    dados = dados_da_conta(conta)
    assert dados.empresa == " ".join(empresa.split())
    assert (dados.client_id, dados.cidade, dados.uf) == ("0b3c", "Sao Paulo", "SP")


@pytest.mark.parametrize(
    ("before", "secret"),
    [
        ("Secret: 7f1c-55\n", "7f1c-55"),
        ("Secret:7f1c-55\r\n\r\n", "7f1c-55"),
        ("﻿Client Secret : 7f1c-55\n", "7f1c-55"),
        ("7f1c-55 ", "7f1c-55"),
        ("Secret:\n", None),
        ("\n \n", None),
        ("", None),
    ],
)
def test_the_answer_of_the_bank(before: str, secret: str | None) -> None:
    recebido = read_certificado_recebido(f"{before}{PEM}\n\n")
    assert recebido is not None
    assert recebido.client_secret == secret
    assert recebido.certificate_pem == f"{PEM}\n".encode()
    assert "7f1c-55" not in repr(recebido)


def test_an_answer_with_a_chain_and_windows_lines() -> None:
    recebido = read_certificado_recebido(f"Secret: s\r\n{PEM}\r\n{PEM}\r\n".replace("\nQ", "\r\nQ"))
    assert recebido is not None
    assert recebido.certificate_pem.count(b"BEGIN CERTIFICATE") == 2
    assert b"\r" not in recebido.certificate_pem


@pytest.mark.parametrize("text", ["", "Secret: 7f1c-55", "-----BEGIN CERTIFICATE-----\nQUJD", PEM[30:] + PEM[:30]])
def test_an_answer_without_a_whole_certificate(text: str) -> None:
    assert read_certificado_recebido(text) is None


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    read_certificado_recebido(text)
    recebido = read_certificado_recebido(text + PEM)
    assert recebido is not None
    find_secret_line(text)
