"""What is known of a CEP."""

from __future__ import annotations

import pytest

from bancointegra.domain.pagador import uf_do_cep


@pytest.mark.parametrize(
    ("cep", "uf"),
    [
        ("01310100", "SP"),
        ("19999999", "SP"),
        ("20040000", "RJ"),
        ("69400000", "AM"),
        ("72800000", "GO"),
        ("73000000", "DF"),
        ("99999999", "RS"),
        ("00999999", ""),
        ("0131010", ""),
        ("0131010X", ""),
    ],
)
def test_a_cep_lies_in_a_state(cep: str, uf: str) -> None:
    assert uf_do_cep(cep) == uf
