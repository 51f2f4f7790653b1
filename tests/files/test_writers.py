"""Lists as CSV and XLSX: typed, harmless to whoever opens them, and what was added up."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bancointegra.domain.errors import InputError, JobCancelled
from bancointegra.domain.exportacao import ColunaRelatorio, Relatorio, Valor
from bancointegra.domain.reais import Reais
from bancointegra.files.csv_writer import CsvEncoder
from bancointegra.files.xlsx_writer import XlsxEncoder
from bancointegra.services.importacao import SemAndamento

COLUMNS = (
    ColunaRelatorio("Título", 72),
    ColunaRelatorio("Vencimento", 100),
    ColunaRelatorio("Valor", 94, a_direita=True),
)
ROWS: list[tuple[Valor, ...]] = [
    ("1001/1", date(2026, 12, 23), Reais(125_000)),
    ('=HYPERLINK("http://x";"clique")', None, Reais(-5)),
    ("+55 11", date(2027, 1, 2), Reais(10)),
    ("-1; “dois”\nlinhas", None, None),
    ("@soma", None, Reais(0)),
    ("Zoë \x01 株式", None, None),
]
NOW = datetime(2026, 11, 23, 10, 30)


def relatorio(rows: list[tuple[Valor, ...]] = ROWS, quantidade: int = 0) -> Relatorio:
    return Relatorio("Títulos: a/receber", "ITAU01", COLUMNS, iter(rows), quantidade or len(rows))


def test_csv_is_for_brazilian_spreadsheets_and_calculates_nothing() -> None:
    content = CsvEncoder().encode(relatorio(), NOW, SemAndamento())
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [
        ["Título", "Vencimento", "Valor"],
        ["1001/1", "23/12/2026", "1250,00"],
        ['\'=HYPERLINK("http://x";"clique")', "", "-0,05"],
        ["'+55 11", "02/01/2027", "0,10"],
        ["'-1; “dois” linhas", "", ""],
        ["'@soma", "", "0,00"],
        ["Zoë \x01 株式", "", ""],
    ]


def test_xlsx_has_numbers_dates_and_a_total_but_no_formula() -> None:
    content = XlsxEncoder().encode(relatorio(), NOW, SemAndamento())
    sheet = load_workbook(BytesIO(content)).active
    assert sheet.title == "Títulos  a receber"
    cells = list(sheet.iter_rows())
    assert [cell.value for cell in cells[0]] == ["Título", "Vencimento", "Valor"]
    first, second = cells[1], cells[2]
    assert (first[1].value, first[1].number_format) == (datetime(2026, 12, 23), "dd/mm/yyyy")
    assert (first[2].value, first[2].number_format) == (1250, "#,##0.00")
    assert (second[0].value, second[0].data_type) == ('=HYPERLINK("http://x";"clique")', "s")
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n", "d"}
    assert cells[6][0].value == "Zoë  株式"
    assert [cell.value for cell in cells[7]] == [None, None, 1250.05]
    assert sheet.freeze_panes == "A2"


def test_more_than_a_sheet_holds_is_refused() -> None:
    with pytest.raises(InputError, match="não comporta"):
        XlsxEncoder().encode(relatorio(quantidade=2_000_000), NOW, SemAndamento())


@pytest.mark.parametrize("encoder", [CsvEncoder(), XlsxEncoder()])
def test_a_stop_is_heard(encoder: CsvEncoder | XlsxEncoder) -> None:
    class Stop(SemAndamento):
        def check_cancelled(self) -> None:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        encoder.encode(relatorio(ROWS * 200), NOW, Stop())
