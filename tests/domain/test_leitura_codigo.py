"""Reading codes: round trips, single wrong digits, and the inputs clerks really paste."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bancointegra.domain import arrecadacao, linha_digitavel
from bancointegra.domain.codigo_barras import FatorValor, build_codigo_barras
from bancointegra.domain.digitos import mod11_cobranca
from bancointegra.domain.errors import InputError
from bancointegra.domain.leitura_codigo import CampoCodigo, TipoCodigo, read_codigo
from bancointegra.domain.reais import Reais

TODAY = date(2026, 11, 23)
CODE = "34196166700000123451101234567880057123457000"
LINE = "34191101213456788005871234570001616670000012345"
BILL = "81650000001234500422027011500000000000000000"


def digits(length):
    return st.text(alphabet="0123456789", min_size=length, max_size=length)


@st.composite
def cobranca_codes(draw):
    banco = draw(digits(3).filter(lambda text: text[0] != "8" and text != "988"))
    due_date = TODAY + timedelta(days=draw(st.integers(-3000, 5500)))
    valor = Reais(draw(st.integers(1, 9_999_999_999)))
    return build_codigo_barras(banco, draw(digits(25)), due_date, valor), due_date, valor


@st.composite
def arrecadacao_codes(draw):
    segmento, identificador = draw(st.sampled_from("12345679")), draw(st.sampled_from("6789"))
    valor = Reais(draw(st.integers(0, 99_999_999_999)))
    return arrecadacao.build_codigo_barras_arrecadacao(segmento, identificador, valor, draw(digits(29))), valor


@given(cobranca_codes())
def test_cobranca_round_trip(made):
    codigo, due_date, valor = made
    linha = linha_digitavel.linha_of(codigo)
    assert linha_digitavel.codigo_barras_of(linha) == codigo
    leitura = read_codigo(linha_digitavel.format_linha(linha), TODAY)
    assert leitura.valida
    assert (leitura.codigo_barras, leitura.linha_digitavel) == (codigo, linha)
    assert (leitura.vencimento, leitura.valor) == (due_date, valor)
    assert leitura.avisos == ()


@given(arrecadacao_codes())
def test_arrecadacao_round_trip(made):
    codigo, valor = made
    linha = linha_digitavel.linha_of(codigo)
    assert linha_digitavel.codigo_barras_of(linha) == codigo
    leitura = read_codigo(linha_digitavel.format_linha(linha), TODAY)
    assert leitura.valida
    assert (leitura.codigo_barras, leitura.segmento) == (codigo, codigo[1])
    assert leitura.valor == (valor if codigo[2] in "68" else None)


def one_digit_changed(data, text, positions):
    position = data.draw(st.sampled_from(positions))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != text[position]]))
    return position, text[:position] + other + text[position + 1 :]


@given(cobranca_codes(), st.data())
def test_a_wrong_digit_in_fields_1_to_3_is_named(made, data):
    linha = linha_digitavel.linha_of(made[0])
    position, wrong = one_digit_changed(data, linha, range(32))
    expected = CampoCodigo.CAMPO_1 if position < 10 else CampoCodigo.CAMPO_2 if position < 21 else CampoCodigo.CAMPO_3
    assert expected in {falha.campo for falha in read_codigo(wrong, TODAY).falhas}


@given(cobranca_codes(), st.data())
def test_a_wrong_digit_in_factor_or_value_breaks_the_general_digit(made, data):
    linha = linha_digitavel.linha_of(made[0])
    # Modulo 11 maps three remainders to 1, so only a change between other digits is surely seen.
    assume(linha[32] != "1")
    _, wrong = one_digit_changed(data, linha, range(32, 47))
    assert [falha.campo for falha in read_codigo(wrong, TODAY).falhas] == [CampoCodigo.DIGITO_GERAL]


@given(arrecadacao_codes(), st.data())
def test_a_wrong_digit_in_a_modulo_10_block_is_named(made, data):
    codigo, _ = made
    assume(codigo[2] in "67")
    position, wrong = one_digit_changed(data, linha_digitavel.linha_of(codigo), range(3, 48))
    assert CampoCodigo(f"bloco {position // 12 + 1}") in {f.campo for f in read_codigo(wrong, TODAY).falhas}


@given(arrecadacao_codes(), st.data())
def test_a_wrong_block_digit_of_modulo_11_is_named(made, data):
    codigo, _ = made
    assume(codigo[2] in "89")
    position, wrong = one_digit_changed(data, linha_digitavel.linha_of(codigo), (11, 23, 35, 47))
    assert [falha.campo.value for falha in read_codigo(wrong, TODAY).falhas] == [f"bloco {position // 12 + 1}"]


@given(st.text(max_size=60) | digits(44) | digits(47) | digits(48) | st.integers(0, 60).flatmap(digits))
def test_any_input_gets_an_answer(text):
    leitura = read_codigo(text, TODAY)
    assert leitura.entrada == text
    assert leitura.valida != bool(leitura.erros)
    assert (leitura.linha_digitavel is not None) == leitura.valida


@pytest.mark.parametrize(
    "text",
    [
        "34191.10121 34567.880058 71234.570001 6 16670000012345",
        " 34191.10121  34567.880058\t71234.570001 6\n16670000012345 ",
        "34191.10121\u00a034567.880058\u00a071234.570001\u00a06\u00a016670000012345",
        "34191-10121-34567-880058-71234-570001-6-16670000012345",
        "34191.10121 34567.880058 71234.570001 6 – 16670000012345",
        CODE,
    ],
)
def test_punctuation_does_not_matter(text):
    leitura = read_codigo(text, date(2002, 4, 1))
    assert (leitura.codigo_barras, leitura.linha_digitavel) == (CODE, LINE)
    assert (leitura.vencimento, leitura.valor, leitura.banco) == (date(2002, 5, 1), Reais(12345), "341")


@pytest.mark.parametrize(
    ("text", "campo", "tipo"),
    [
        ("", CampoCodigo.CARACTERES, None),
        (" . - ", CampoCodigo.CARACTERES, None),
        (LINE[:-1] + "O", CampoCodigo.CARACTERES, None),
        (LINE.replace("3", "３"), CampoCodigo.CARACTERES, None),  # full-width digits
        (LINE.replace("3", "٣"), CampoCodigo.CARACTERES, None),
        (LINE + "12", CampoCodigo.TAMANHO, None),
        (CODE[:-1], CampoCodigo.TAMANHO, None),
        ("1" + linha_digitavel.linha_of(BILL)[1:], CampoCodigo.PRODUTO, TipoCodigo.ARRECADACAO),
        ("88" + BILL[2:], CampoCodigo.SEGMENTO, TipoCodigo.ARRECADACAO),
        (BILL[:2] + "1" + BILL[3:], CampoCodigo.IDENTIFICADOR_VALOR, TipoCodigo.ARRECADACAO),
    ],
)
def test_what_is_wrong_is_named(text, campo, tipo):
    leitura = read_codigo(text, TODAY)
    assert campo in {falha.campo for falha in leitura.falhas}
    assert leitura.tipo is tipo


def test_several_wrong_fields_are_all_named():
    wrong = LINE[:9] + "9" + LINE[10:20] + "9" + LINE[21:]
    assert read_codigo(wrong, TODAY).erros == (
        "O dígito do campo 1 não confere.",
        "O dígito do campo 2 não confere.",
    )


# ---- values and dates at the edges ----


def cobranca(fator_valor, banco_moeda="3419"):
    rest = fator_valor + "1091234567800057123457000"
    return f"{banco_moeda}{mod11_cobranca(banco_moeda + rest)}{rest}"


@pytest.mark.parametrize(
    ("fator_valor", "centavos", "vencimento", "aviso"),
    [
        ("00000000000000", 0, None, "não traz o valor"),
        ("00000000012345", 12345, None, "confira no boleto"),
        ("00010000000000", 10_000_000_000, None, "ocupa o lugar"),
        ("09999999999999", 9_999_999_999_999, None, "ocupa o lugar"),
        ("10010000000000", 0, date(2025, 2, 23), "não traz o valor"),
        ("73000000012345", 12345, date(2017, 10, 2), "duvidoso"),
    ],
)
def test_factor_slot(fator_valor, centavos, vencimento, aviso):
    leitura = read_codigo(cobranca(fator_valor), TODAY)
    assert leitura.valida
    assert (leitura.valor, leitura.vencimento) == (Reais(centavos), vencimento)
    assert any(aviso in sentence for sentence in leitura.avisos)


def test_other_currency_is_told():
    leitura = read_codigo(cobranca("15390000012750", "0017"), TODAY)
    assert leitura.valida
    assert leitura.avisos == ("A posição da moeda traz 7 em vez de 9 (real).",)


def test_reserved_form_has_no_value():
    leitura = read_codigo(cobranca("00000012345678", "9880"), TODAY)
    assert leitura.valida
    assert (leitura.valor, leitura.vencimento) == (None, None)
    assert "reservada" in leitura.avisos[0]


def test_a_value_takes_the_place_of_the_factor():
    assert str(FatorValor.of(TODAY, Reais(9_999_999_999))) == "16399999999999"
    assert str(FatorValor.of(TODAY, Reais(10_000_000_000))) == "00010000000000"
    assert str(FatorValor.of(None, Reais(12345))) == "00000000012345"
    for too_much in (10_000_000_000_000, -1):
        with pytest.raises(InputError, match="não cabe"):
            FatorValor.of(TODAY, Reais(too_much))


@pytest.mark.parametrize(
    ("codigo", "vencimento"),
    [
        (BILL, date(2027, 1, 15)),
        ("85870000001812401312022040812506185952607700", date(2022, 4, 8)),
        ("86850000025000011222333444444444444444444444", None),
    ],
)
def test_possible_due_date_of_a_bill(codigo, vencimento):
    leitura = read_codigo(codigo, TODAY)
    assert leitura.vencimento == vencimento
    assert any("vencimento possível" in aviso for aviso in leitura.avisos) == (vencimento is not None)


def test_due_date_of_the_form_with_cnpj_root_is_four_positions_later():
    resto = "11222333" + "20270115" + "0" * 13
    codigo = arrecadacao.build_codigo_barras_arrecadacao("6", "8", Reais(100), resto)
    assert read_codigo(codigo, TODAY).vencimento == date(2027, 1, 15)


@pytest.mark.parametrize(("years_away", "believed"), [(4, True), (-4, True), (6, False), (-6, False)])
def test_a_far_date_in_a_bill_is_not_believed(years_away, believed):
    day = TODAY.replace(year=TODAY.year + years_away)
    codigo = arrecadacao.build_codigo_barras_arrecadacao("5", "6", Reais(100), f"0123{day:%Y%m%d}" + "0" * 17)
    assert read_codigo(codigo, TODAY).vencimento == (day if believed else None)


# ---- lines printed without the zeros of the value ----


@given(cobranca_codes(), st.data())
def test_dropped_zeros_are_put_back(made, data):
    codigo, due_date, _ = made
    valor = Reais(data.draw(st.integers(1, 9_999_999)))
    codigo = build_codigo_barras(codigo[:3], codigo[19:], due_date, valor)
    linha = linha_digitavel.linha_of(codigo)
    dropped = data.draw(st.integers(1, 3))
    short = linha[:37] + linha[37 + dropped :]
    leitura = read_codigo(short, TODAY)
    if leitura.codigo_barras == short:
        assert len(short) == 44  # one short line in eleven also verifies as a bar code, and is read as one
        return
    assert (leitura.linha_digitavel, leitura.valor) == (linha, valor)
    assert any("faltam zeros" in aviso for aviso in leitura.avisos)


def test_three_zeros_stand_for_no_factor_and_no_value():
    leitura = read_codigo("23794.15009 90133.626748 06000.224508 9 000", TODAY)
    assert leitura.linha_digitavel == "23794150099013362674806000224508900000000000000"


def test_a_bar_code_is_never_taken_for_a_short_line():
    leitura = read_codigo(CODE, TODAY)
    assert leitura.codigo_barras == CODE
    assert not any("faltam zeros" in aviso for aviso in leitura.avisos)


def test_a_short_line_with_a_wrong_digit_is_refused():
    # Published as an example of a valid line; its general digit fits no place for the missing zeros of the value.
    leitura = read_codigo("34191.79001 01043.510047 91020.150008 1 84270026000", TODAY)
    assert [falha.campo for falha in leitura.falhas] == [CampoCodigo.DIGITO_GERAL]


@pytest.mark.parametrize("text", ["", "123", "x" * 44, CODE + "0"])
def test_conversion_wants_the_right_number_of_digits(text):
    with pytest.raises(InputError):
        linha_digitavel.linha_of(text)


def test_conversion_of_a_bill_with_an_unknown_identifier_is_refused():
    with pytest.raises(InputError, match="identificador de valor"):
        linha_digitavel.linha_of(BILL[:2] + "2" + BILL[3:])
