from hypothesis import given
from hypothesis import strategies as st

from bancointegra.domain.digitos import mod10, mod11_arrecadacao, mod11_cobranca

DIGITS = st.text(alphabet="0123456789", min_size=1, max_size=43)


def test_examples_of_the_manuals():
    assert mod10("01230067896") == 3  # FEBRABAN, Layout padrão de arrecadação, §7
    assert mod11_arrecadacao("01230067896") == 0  # §9
    assert mod10("005712345") == 7  # Itaú, annex 4: account 0057/12345
    assert mod11_cobranca("3419" + "166700000123451101234567880057123457000") == 6  # Itaú, annex 2


def test_extreme_remainders():
    # 0, 10 and 11 become 1 in cobrança; remainders 0 and 1 become 0 in arrecadação.
    assert (mod11_cobranca("0"), mod11_arrecadacao("0")) == (1, 0)  # remainder 0
    assert (mod11_cobranca("6"), mod11_arrecadacao("6")) == (1, 0)  # 12, remainder 1
    assert (mod11_cobranca("5"), mod11_arrecadacao("5")) == (1, 1)  # 10, remainder 10


@given(DIGITS)
def test_mod11_variants_agree_except_where_the_rules_differ(digits):
    cobranca, arrecadacao = mod11_cobranca(digits), mod11_arrecadacao(digits)
    assert 1 <= cobranca <= 9
    assert 0 <= arrecadacao <= 9
    assert cobranca == (arrecadacao or 1)


@given(DIGITS, st.data())
def test_mod10_sees_every_single_changed_digit(digits, data):
    position = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[position]]))
    assert mod10(digits) != mod10(digits[:position] + other + digits[position + 1 :])
