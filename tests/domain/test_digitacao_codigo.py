"""What the field says while a code is typed."""

from datetime import date

import pytest

from bancointegra.domain.digitacao_codigo import follow_digitacao

TODAY = date(2026, 11, 23)
CODE = "34196166700000123451101234567880057123457000"
LINE = "34191101213456788005871234570001616670000012345"
BILL = "836900000016599002212034012310000000000000000000"
BILL_MOD_11 = "838500000016599002212030012310000002000000000000"


def typed(text):
    return follow_digitacao(text, TODAY)


def test_a_line_is_grouped_as_it_is_printed_and_read_at_its_last_digit():
    assert typed(LINE[:12]).agrupado == "34191.10121 34"
    assert typed(LINE[:46]).leitura is None
    whole = typed(LINE)
    assert whole.agrupado == "34191.10121 34567.880058 71234.570001 6 16670000012345"
    assert whole.valida and whole.leitura.banco == "341"


@pytest.mark.parametrize("length", range(len(LINE)))
def test_no_piece_of_a_right_line_is_called_wrong(length):
    assert typed(LINE[:length]).errados == ()


@pytest.mark.parametrize(("at", "named"), [(3, "campo 1"), (15, "campo 2"), (25, "campo 3")])
def test_the_wrong_field_is_named_as_soon_as_it_is_complete(at, named):
    wrong = f"{LINE[:at]}{(int(LINE[at]) + 1) % 10}{LINE[at + 1 :]}"
    end = {"campo 1": 10, "campo 2": 21, "campo 3": 32}[named]
    assert typed(wrong[: end - 1]).errados == ()
    assert typed(wrong[:end]).errados == (named,)


def test_scanned_bars_are_recognised_though_their_digits_look_like_wrong_fields():
    scanned = typed(CODE)
    assert scanned.valida and scanned.errados == () and scanned.agrupado == CODE
    assert scanned.leitura.linha_digitavel == LINE


@pytest.mark.parametrize("bill", [BILL, BILL_MOD_11])
def test_a_bill_is_checked_block_by_block(bill):
    assert typed(bill[:12]).agrupado == f"{bill[:11]}-{bill[11]}"
    assert typed(bill).valida and typed(bill).conferidos == 4
    wrong = f"{bill[:23]}{(int(bill[23]) + 1) % 10}"
    assert typed(wrong).errados == ("bloco 2",)


def test_dots_newlines_and_words_fall_away():
    assert typed("Linha: 34191.10121\n34567-880058").digitos == LINE[:21]
    assert typed("").agrupado == ""


def test_a_digit_too_many_is_said():
    assert typed(LINE + "1").leitura.erros[0].startswith("O código tem 48 dígitos") or not typed(LINE + "1").valida
