"""What is known of a CEP, and where somebody calls a payer otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bancointegra.domain.pagador import DiferencaPagador, diferencas_do_pagador, uf_do_cep
from tests.builders import AURORA, ENDERECO


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


def test_differences_are_named_as_on_the_screen() -> None:
    assert diferencas_do_pagador(AURORA, AURORA) == ()
    other = replace(AURORA, nome="AURORA S.A.", endereco=replace(ENDERECO, cep="01310200"))
    assert diferencas_do_pagador(AURORA, other) == (
        DiferencaPagador("Nome", AURORA.nome, "AURORA S.A."),
        DiferencaPagador("CEP", "01310100", "01310200"),
    )
