from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.domain import itau
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.leitura_codigo import read_codigo
from bancointegra.domain.reais import Reais


def digits(length):
    return st.text(alphabet="0123456789", min_size=length, max_size=length)


# Rows published by the bank (157) and computed with another program (109).
@pytest.mark.parametrize(
    ("agencia", "conta", "dac", "carteira", "nosso_numero", "vencimento", "centavos", "codigo", "linha"),
    [
        (
            *("1500", "05206", "1", "157", "00001056", date(2021, 6, 1), 10001),
            "34192863800000100011570000105681500052061000",
            "34191570070010568150600520610007286380000010001",
        ),
        (
            *("1500", "05206", "1", "157", "00001046", date(2021, 6, 1), 10001),
            "34194863800000100011570000104691500052061000",
            "34191570070010469150600520610007486380000010001",
        ),
        (
            *("1500", "05206", "1", "109", "00000001", date(2026, 1, 30), 5000),
            "34195134200000050001090000000161500052061000",
            "34191090080000016150500520610007513420000005000",
        ),
        (
            *("3073", "12345", "1", "109", "12345678", date(2026, 12, 31), 15000),
            "34199167700000150001091234567843073123451000",
            "34191091233456784307231234510001916770000015000",
        ),
    ],
)
def test_published_boletos(agencia, conta, dac, carteira, nosso_numero, vencimento, centavos, codigo, linha):
    codigos = itau.compute_codigos(agencia, conta, dac, carteira, nosso_numero, vencimento, Reais(centavos))
    assert (codigos.codigo_barras, codigos.linha_digitavel, codigos.dac_conta) == (codigo, linha, dac)


def test_dac_examples_of_the_manual():
    assert itau.dac_nosso_numero("198", "98712345", "0057", "72192") == "1"
    assert itau.dac_conta("1500", "57263") == "9"


@pytest.mark.parametrize("carteira", sorted(itau.CARTEIRAS_ESCRITURAIS | {"126", "131", "145", "146", "150", "168"}))
def test_carteiras_whose_dac_ignores_the_account(carteira):
    alone = itau.dac_nosso_numero(carteira, "12345678", "", "")
    assert {itau.dac_nosso_numero(carteira, "12345678", "0057", f"{n:05d}") for n in range(20)} == {alone}


@pytest.mark.parametrize("carteira", ["109", "110", "175", "198", "157"])
def test_other_carteiras_need_the_account(carteira):
    with pytest.raises(InputError, match="agência"):
        itau.dac_nosso_numero(carteira, "12345678", "", "")


@pytest.mark.parametrize("carteira", ["106", "195"])
def test_carteiras_without_a_sure_layout_are_refused(carteira):
    with pytest.raises(RuleError, match="manuais"):
        itau.compute_codigos("0057", "12345", "7", carteira, "12345678", date(2026, 12, 1), Reais(100))


@pytest.mark.parametrize("carteira", sorted(itau.CARTEIRAS_DE_15_DIGITOS))
def test_15_digit_carteiras_want_their_two_numbers(carteira):
    with pytest.raises(InputError, match="seu número"):
        itau.compute_codigos("0057", "12345", "7", carteira, "12345678", None, Reais(100))
    codigos = itau.compute_codigos(
        *("0057", "12345", "7", carteira, "12345678", None, Reais(100)), seu_numero="1108954", codigo_cliente="94786"
    )
    assert codigos.campo_livre.startswith(f"{carteira}12345678110895494786")
    assert codigos.campo_livre.endswith("0")
    with pytest.raises(RuleError):
        itau.campo_livre_padrao(carteira, "12345678", "0", "0057", "12345", "7")


@pytest.mark.parametrize(
    ("position", "text", "field"),
    [(0, "57", "agência"), (1, "052061", "conta"), (3, "9", "carteira"), (4, "1234567a", "nosso número")],
)
def test_a_malformed_part_is_named(position, text, field):
    parts = ["0057", "12345", "", "109", "12345678", date(2026, 12, 1), Reais(100)]
    parts[position] = text
    with pytest.raises(InputError) as raised:
        itau.compute_codigos(*parts)
    assert raised.value.field == field


def test_a_wrong_account_digit_is_told():
    with pytest.raises(InputError, match="0057/12345-8 não confere") as raised:
        itau.compute_codigos("0057", "12345", "8", "109", "12345678", date(2026, 12, 1), Reais(100))
    assert "7" in raised.value.hint


@given(digits(4), digits(5), digits(8), st.sampled_from(["109", "110", "112", "157", "175"]), st.integers(1, 10**9))
def test_every_computed_boleto_reads_back(agencia, conta, nosso_numero, carteira, centavos):
    due_date = date(2026, 12, 10)
    codigos = itau.compute_codigos(agencia, conta, "", carteira, nosso_numero, due_date, Reais(centavos))
    leitura = read_codigo(codigos.linha_digitavel, date(2026, 11, 23))
    assert (leitura.valor, leitura.vencimento, leitura.banco) == (Reais(centavos), due_date, "341")
    assert leitura.codigo_barras == codigos.codigo_barras
    assert leitura.codigo_barras[19:] == codigos.campo_livre
