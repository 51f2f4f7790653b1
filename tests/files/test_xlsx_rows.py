"""Spreadsheets: typed cells, several sheets, and workbooks that are not what they say."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import FormatoArquivo, Leitura, LinhaTabela, Tabela
from bancointegra.files.office_files import OfficeFiles
from tests.files.sheets import write_xlsx, write_zip


def read(path: Path, leitura: Leitura = Leitura()) -> tuple[Tabela, list[LinhaTabela]]:  # noqa: B008 - frozen
    tabela = OfficeFiles().tabela(path, leitura)
    with closing(tabela.linhas):
        return tabela, list(tabela.linhas)


def test_cells_keep_their_type_and_numbers_are_exact(tmp_path: Path) -> None:
    day = datetime(2026, 12, 23)
    path = write_xlsx(tmp_path / "a.xlsx", ["x ", day, 0.1 + 0.2, 1250, True, None, 1.005, None], [], ["y"], header="A")
    _, rows = read(path)
    assert [row.numero for row in rows] == [1, 2, 4]
    assert rows[1].celulas == (
        "x",
        date(2026, 12, 23),
        Decimal("0.3"),
        Decimal(1250),
        "sim",
        "",
        Decimal("1.005"),
    )


def test_a_sheet_is_chosen_by_name_and_hidden_ones_are_not_offered(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Resumo"
    book.active.append(["nada"])
    book.create_sheet("Títulos").append(["numero"])
    book.create_sheet("Segredo").sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    tabela, rows = read(path)
    assert (tabela.planilhas, tabela.leitura.planilha) == (("Resumo", "Títulos"), "Resumo")
    assert rows[0].celulas == ("nada",)
    assert read(path, Leitura(planilha="Títulos"))[1][0].celulas == ("numero",)


@pytest.mark.parametrize("content", [b"PK\x03\x04 cortado", b"PK\x03\x04" + bytes(200)])
def test_a_broken_workbook_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="está danificado"):
        read(path)


def test_a_workbook_without_its_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_zip(path, **{"[Content_Types]_xml": "<Types/>", "x_xml": "<x/>"})
    assert OfficeFiles().formato(path) is FormatoArquivo.XLSX
    with pytest.raises(InputError, match="está danificado"):
        read(path)


def test_a_workbook_with_an_xml_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    bomb = '<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Types>&b;</Types>'
    write_zip(path, **{"[Content_Types]_xml": bomb})
    with pytest.raises(InputError, match="está danificado"):
        read(path)


BILLION = '<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
POINTING_OUT = '<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
ELSEWHERE = '<!DOCTYPE t SYSTEM "http://127.0.0.1:9/t.dtd">'


@pytest.mark.parametrize("definitions", [BILLION, POINTING_OUT, ELSEWHERE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_part_of_a_workbook_may_bring_definitions(tmp_path: Path, definitions: str, encoding: str) -> None:
    good = write_xlsx(tmp_path / "bom.xlsx", ["1001"])
    with ZipFile(good) as archive:
        names = archive.namelist()
    for name in names:
        path = tmp_path / "a.xlsx"
        with ZipFile(good) as archive, ZipFile(path, "w") as hostile:
            for entry in names:
                text = archive.read(entry).decode()
                if entry == name:
                    body = text.partition("?>")[2] if text.startswith("<?xml") else text
                    text = f'<?xml version="1.0" encoding="{encoding}"?><!-- {"x" * 70_000} -->{definitions}{body}'
                hostile.writestr(entry, text.encode(encoding if entry == name else "utf-8"))
        with pytest.raises(InputError, match="está danificado"):
            read(path)


def test_a_part_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bancointegra.files.xlsx_rows.MAX_PART", 1000)
    with pytest.raises(InputError, match="grande demais"):
        read(write_xlsx(tmp_path / "a.xlsx", ["1001"] * 100))


def test_a_workbook_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ["1001"]).rename(tmp_path / "a.txt")
    assert read(path)[1][1].celulas == ("1001",)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_zip(path, **{"[Content_Types]_xml": bytes(30_000_000)})
    with pytest.raises(InputError, match="grande demais"):
        read(path)
