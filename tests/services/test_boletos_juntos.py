"""The boletos of a selection: in one file, one each, as a carnê; what cannot be printed is told and left out."""

from __future__ import annotations

from datetime import date

import pytest

from bancointegra.domain.errors import JobCancelled, PrintError
from bancointegra.services.importacao import SemAndamento
from bancointegra.services.impressao import ModoBoletos
from tests.builders import AURORA, JOAO, novo_titulo
from tests.services.office import Office


class Stop(SemAndamento):
    def check_cancelled(self) -> None:
        raise JobCancelled


def registered(office: Office) -> list[int]:
    """Four REGISTRADO: João's in February, Aurora's three of January to March, in disorder."""
    ids = office.add(
        novo_titulo(1, sacado=JOAO, vencimento=date(2027, 2, 10)),
        novo_titulo(2, sacado=AURORA, vencimento=date(2027, 3, 10)),
        novo_titulo(3, sacado=AURORA, vencimento=date(2027, 1, 10)),
        novo_titulo(4, sacado=AURORA, vencimento=date(2027, 2, 10)),
    )
    for titulo_id in ids:
        office.registro.registrar(titulo_id, gerar_pdf=False)
    return ids


def test_one_file_in_the_order_chosen_and_what_is_left_out_is_told(office: Office) -> None:
    ids = registered(office)
    pending = office.add(novo_titulo(9))
    made = office.impressao.gerar_boletos([*ids, *pending], ModoBoletos.UM_PDF, SemAndamento())
    numbers = [office.titulo(titulo_id).boleto.nosso_numero for titulo_id in ids]
    assert made.paths[0].read_text(encoding="utf-8").split() == numbers
    assert made.paths[0].name.startswith("BOLETOS 23-11-2026")
    assert made.quantidade == 4
    assert made.problemas == ("O título 9/1 não tem boleto registrado.",)
    assert office.last_entry(ids[0]).texto == "PDF gravado e conferido"
    assert office.titulo(ids[0]).pdf_path == "", "the título keeps a PDF of its own"


def test_a_carne_is_sorted_by_pagador_and_due_date(office: Office) -> None:
    ids = registered(office)
    made = office.impressao.gerar_boletos(ids, ModoBoletos.CARNE, SemAndamento())
    order = [ids[0], ids[2], ids[3], ids[1]]
    numbers = [office.titulo(titulo_id).boleto.nosso_numero for titulo_id in order]
    assert made.paths[0].read_text(encoding="utf-8").split() == numbers
    one = office.impressao.gerar_boletos(ids[1:], ModoBoletos.CARNE, SemAndamento())
    assert one.paths[0].name.startswith("CARNÊ MERCADO AURORA LTDA 23-11-2026")


def test_one_file_each_goes_on_after_one_that_fails(office: Office) -> None:
    ids = registered(office)
    pending = office.add(novo_titulo(9))
    made = office.impressao.gerar_boletos([*pending, *ids], ModoBoletos.UM_POR_BOLETO, SemAndamento())
    assert len(made.paths) == made.quantidade == 4
    assert len(made.problemas) == 1
    assert office.titulo(ids[0]).pdf_path == str(made.paths[0])


@pytest.mark.parametrize("modo", list(ModoBoletos))
def test_a_stop_and_a_printer_that_fails(office: Office, modo: ModoBoletos) -> None:
    ids = registered(office)
    with pytest.raises(JobCancelled):
        office.impressao.gerar_boletos(ids, modo, Stop())
    office.printer.problem = PrintError("Não há espaço em disco.")
    if modo is ModoBoletos.UM_POR_BOLETO:
        made = office.impressao.gerar_boletos(ids, modo, SemAndamento())
        assert (made.paths, made.problemas) == ((), ("Não há espaço em disco.",) * 4)
    else:
        with pytest.raises(PrintError):
            office.impressao.gerar_boletos(ids, modo, SemAndamento())
