"""Every row of ``documents.json``, and inputs around them."""

import json
from pathlib import Path

import pytest

from bancointegra.domain.documentos import Documento, TipoDocumento, apparent_tipo
from bancointegra.domain.errors import InputError

ROWS = json.loads((Path(__file__).parents[1] / "vectors" / "documents.json").read_text(encoding="utf-8"))


def number_of(row):
    return row["numero"]


def test_every_row_is_judged():
    assert len(ROWS) == 82


@pytest.mark.parametrize("row", [row for row in ROWS if row["valido"]], ids=number_of)
def test_valid_document(row):
    documento = Documento.parse(row["numero"])
    assert documento.tipo is TipoDocumento(row["tipo"])
    assert any(c.isalpha() for c in documento.numero) == row["alfanumerico"]
    assert documento.numero == documento.numero.upper()
    assert Documento.parse(documento.formatado) == documento


@pytest.mark.parametrize("row", [row for row in ROWS if not row["valido"]], ids=number_of)
def test_invalid_document(row):
    with pytest.raises(InputError) as raised:
        Documento.parse(row["numero"])
    assert raised.value.field == "CPF/CNPJ"


@pytest.mark.parametrize(
    ("text", "formatado"),
    [
        (" 529 982 247 25 ", "529.982.247-25"),
        ("529.982.247-25\u00a0", "529.982.247-25"),
        ("\t52998224725\r\n", "529.982.247-25"),
        ("12.abc.345/01de-35", "12.ABC.345/01DE-35"),
        ("12ABC34501DE35", "12.ABC.345/01DE-35"),
        ("00.000.000/0001-91", "00.000.000/0001-91"),
    ],
)
def test_accepted_writings(text, formatado):
    assert Documento.parse(text).formatado == formatado


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Falta o documento"),
        (" - ", "Falta o documento"),
        ("111.111.111-11", "todos os dígitos iguais"),
        ("000.000.000-00", "não conferem"),
        ("00.000.000/0000-00", "não conferem"),
        ("529.982.247-26", "dígitos do CPF não conferem"),
        ("11.222.333/0001-82", "dígitos do CNPJ não conferem"),
        ("5299822472", "CPF tem 11 dígitos"),
        ("５２９９８２２４７２５", "não são letras nem números"),
        ("١٢٣٤٥٦٧٨٩٠٩", "não são letras nem números"),
        ("12.ABC.345/01DE_35", "não são letras nem números"),
    ],
)
def test_refusals_say_why(text, sentence):
    with pytest.raises(InputError, match=sentence):
        Documento.parse(text)


def test_a_foreign_letter_does_not_become_an_ascii_one():
    # str.upper() makes "I" of the Turkish dotless i: it must not slip into an alphanumeric CNPJ.
    assert Documento.parse("I5EMOY4CSJFH00").numero == "I5EMOY4CSJFH00"
    with pytest.raises(InputError, match="não são letras"):
        Documento.parse("ı5EMOY4CSJFH00")


@pytest.mark.parametrize(
    ("text", "tipo"),
    [
        ("529.982.247-26", TipoDocumento.CPF),
        ("AA345678/0003-29", TipoDocumento.CNPJ),
        ("1234567890123", None),
        ("", None),
    ],
)
def test_apparent_kind_goes_by_length(text, tipo):
    assert apparent_tipo(text) is tipo
