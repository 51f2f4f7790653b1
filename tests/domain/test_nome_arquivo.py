"""The PDF's file name: the manual's parts, whatever the name of the sacado holds."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bancointegra.domain.nome_arquivo import boleto_file_stem

VENCIMENTO = date(2026, 11, 23)
REGISTRADO = datetime(2026, 11, 3, 14, 32, 5)
SUFFIX = " 23-11-2026 14h32m05"
RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\.|$)", re.IGNORECASE)


def stem(nome: str) -> str:
    return boleto_file_stem(nome, VENCIMENTO, REGISTRADO)


@pytest.mark.parametrize(
    ("nome", "name_part"),
    [
        ("MERCADO AURORA LTDA", "MERCADO AURORA LTDA"),
        ("  Padaria   São João\t& Filhos  ", "Padaria São João & Filhos"),
        ("COMERCIAL A/C S/A", "COMERCIAL A-C S-A"),
        ('ACME "TUDO" <BR>?*', "ACME TUDO BR"),
        ("JOSE\u0301", "JOSÉ"),
        ("Café 🎉 da Praça ❤️", "Café da Praça"),
        ("..\\..\\windows", "-..-windows"),
        ("AÇOUGUE LTDA.", "AÇOUGUE LTDA"),
        ("con", "_con"),
        ("CON. SILVA", "_CON. SILVA"),
        ("Com1 .x", "_Com1 .x"),
        ("", "SACADO"),
        ("...", "SACADO"),
        ("🎉", "SACADO"),
        ("\x00\x1f\u200b", "SACADO"),
        ("株式会社", "株式会社"),
    ],
)
def test_name_of_the_sacado(nome: str, name_part: str) -> None:
    assert stem(nome) == name_part + SUFFIX


def test_hour_and_date_are_padded() -> None:
    assert boleto_file_stem("ANA", date(2027, 1, 2), datetime(2026, 12, 31, 9, 5, 7)) == "ANA 02-01-2027 09h05m07"


def test_long_name_is_cut_without_a_trailing_space() -> None:
    name = stem("A" * 79 + " BCDEF").removesuffix(SUFFIX)
    assert name == "A" * 79


@given(st.text(max_size=400))
@example("CON")
@example("LPT9.txt")
@example("a\u200d\u0301")
@example("\ud800")
@example("𝕏" * 100)
@example("漢" * 300)
def test_any_name_is_safe_for_windows_and_elsewhere(nome: str) -> None:
    result = stem(nome)
    assert result.endswith(SUFFIX)
    assert len(result) > len(SUFFIX)
    assert not set('<>:"/\\|?*') & set(result)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "So", "Zl", "Zp"} for char in result)
    assert result[0] not in " ."
    assert not RESERVED.match(result)
    assert result == unicodedata.normalize("NFC", result)
    assert len(result.encode("utf-16-le")) // 2 <= 81 + len(SUFFIX)
    assert len((result + " (999).pdf").encode()) <= 255


@given(st.from_regex(r"[A-ZÁÉÍÓÚÂÊÔÃÕÇ0-9&]{1,20}( [A-ZÁÉÍÓÚÂÊÔÃÕÇ0-9&]{1,20}){0,2}", fullmatch=True))
def test_an_ordinary_name_stays_as_it_is(nome: str) -> None:
    assert stem(nome).removesuffix(SUFFIX).removeprefix("_") == nome
