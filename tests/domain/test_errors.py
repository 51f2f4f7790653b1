"""A sentence stays readable, whatever it repeats."""

import pytest

from bancointegra.domain.errors import InputError


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("“a\x00b” não é uma data.", "“a\ufffdb” não é uma data."),
        ("“\u202eoãn”.", "“\ufffdoãn”."),
        ("Uma linha.\nOutra: R$\xa01,00.", "Uma linha.\nOutra: R$\xa01,00."),
        (f"Não foi possível ler {'x' * 10_000}.", f"Não foi possível ler {'x' * 60}…{'x' * 39}."),
    ],
)
def test_what_was_typed_hides_nothing(message, shown):
    error = InputError(message)
    assert error.message == str(error) == shown
