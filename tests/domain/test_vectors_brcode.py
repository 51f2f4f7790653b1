"""Every row of ``brcode.json``: Pix copy-and-paste codes, their CRC, their fields, the rules of the Pix."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.domain.brcode import crc16, crc_confere, read_brcode
from bancointegra.domain.errors import InputError

ROWS = json.loads((Path(__file__).parents[1] / "vectors" / "brcode.json").read_text(encoding="utf-8"))
READABLE = [row for row in ROWS if row["tlv_valido"]]
JUDGED = [row for row in READABLE if "regras_pix_ok" in row]
FIELDS = (
    "chave",
    "url",
    "ponto_iniciacao",
    "mcc",
    "moeda",
    "valor",
    "pais",
    "nome",
    "cidade",
    "cep",
    "txid",
)


def end_of(row):
    return row["payload"][-24:]


def test_every_row_is_judged():
    assert len(ROWS) == 30
    assert {key for row in READABLE for key in row["campos"]} <= {*FIELDS, "tipo"}


def test_crc_of_the_standard_check_text():
    assert crc16(b"123456789") == 0x29B1


@pytest.mark.parametrize("row", ROWS, ids=end_of)
def test_crc(row):
    # A row that cannot be read is judged by its fields; whether its last four characters fit is beside the point.
    if row["tlv_valido"]:
        assert read_brcode(row["payload"]).crc_confere == row["crc_valido"]
    assert crc_confere(row["payload"]) == row["crc_valido"]


@pytest.mark.parametrize("row", READABLE, ids=end_of)
def test_fields(row):
    code = read_brcode(row["payload"])
    expected = row["campos"]
    assert (code.tipo.value if code.tipo else None) == expected["tipo"]
    assert {name: getattr(code, name) for name in FIELDS} == {name: expected.get(name) for name in FIELDS}


@pytest.mark.parametrize("row", JUDGED, ids=end_of)
def test_rules_of_the_pix(row):
    assert (read_brcode(row["payload"]).problemas == ()) == row["regras_pix_ok"]


@pytest.mark.parametrize("row", [row for row in ROWS if not row["tlv_valido"]], ids=end_of)
def test_what_is_no_code_is_refused(row):
    with pytest.raises(InputError, match="copia e cola"):
        read_brcode(row["payload"])


@given(st.text(max_size=60) | st.text(alphabet="0123456789", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        code = read_brcode(text)
    except InputError as error:
        assert error.field == "Pix"
    else:
        assert code.problemas  # 60 characters cannot hold all a code needs


@given(position=st.integers(0, len(ROWS[0]["payload"]) - 5), change=st.integers(1, 9))
def test_a_changed_character_breaks_the_crc(position, change):
    payload = ROWS[0]["payload"]
    other = chr((ord(payload[position]) - 32 + change) % 95 + 32)
    assert not crc_confere(payload[:position] + other + payload[position + 1 :])
