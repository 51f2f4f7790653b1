"""CSV as offices save it: encodings, separators, quotes that do not close."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import Leitura, LinhaTabela
from bancointegra.files.office_files import OfficeFiles


def read(path: Path, leitura: Leitura = Leitura()) -> tuple[Leitura, list[LinhaTabela]]:  # noqa: B008 - frozen
    tabela = OfficeFiles().tabela(path, leitura)
    with closing(tabela.linhas):
        return tabela.leitura, list(tabela.linhas)


@pytest.mark.parametrize(
    ("content", "codificacao", "separador"),
    [
        ("a;b\r\nSão João;1.250,00\r\n".encode("utf-8-sig"), "UTF-8", ";"),
        ("a,b\nSão João,1250.00\n".encode(), "UTF-8", ","),
        ("a;b\nSão João;1,5\nB;2,5\n".encode("cp1252"), "Windows-1252", ";"),
        ("a\tb\nSão João\t1,5\n".encode("utf-16"), "UTF-16", "\t"),
        (b"a|b\nx|1,50\n", "UTF-8", "|"),
    ],
)
def test_encoding_and_separator_are_guessed(tmp_path: Path, content: bytes, codificacao: str, separador: str) -> None:
    path = tmp_path / "títulos.csv"
    path.write_bytes(content)
    leitura, rows = read(path)
    assert (leitura.codificacao, leitura.separador) == (codificacao, separador)
    assert rows[0].celulas == ("a", "b")
    assert rows[1].celulas[0] in ("São João", "x")


def test_what_was_asked_for_wins_over_the_guess(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b,c\nx;y,z\n")
    assert [row.celulas for row in read(path, Leitura(separador=","))[1]] == [("a;b", "c"), ("x;y", "z")]


def test_a_row_whose_quotes_do_not_close_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'a;b\n1;"x\n2;y\n3;"two\nlines"\n"4"4;z\n5;"say ""hi"""\n\n6;w')
    rows = read(path)[1]
    assert [(row.numero, row.celulas) for row in rows if not row.falha] == [
        (1, ("a", "b")),
        (3, ("2", "y")),
        (4, ("3", "two\nlines")),
        (7, ("5", 'say "hi"')),
        (9, ("6", "w")),
    ]
    assert [(row.numero, row.falha) for row in rows if row.falha] == [
        (2, "as aspas não fecham ou o campo é longo demais."),
        (6, "as aspas não fecham ou o campo é longo demais."),
    ]


def test_a_letter_that_cannot_be_read_is_a_fault_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("a;b\nSão;1\nx;2\n".encode("cp1252"))
    rows = read(path, Leitura(codificacao="UTF-8"))[1]
    assert "codificação" in rows[1].falha
    assert rows[2] == LinhaTabela(3, ("x", "2"))


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "arquivo_vazio"), (b"a\0b;c", "nao_e_csv"), (bytes.fromhex("D0CF11E0A1B11AE1") + b"x", "planilha_antiga")],
)
def test_what_is_no_csv_is_refused_with_a_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read(path)
    assert refused.value.code == code


def test_an_endless_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("numero;valor\n" + "9;" * 1_500_000 + "\n1001;10,00\n", encoding="utf-8")
    _, rows = read(path)
    assert [(row.numero, len(row.celulas), row.falha) for row in rows] == [
        (1, 2, ""),
        (2, 200, "tem mais de 200 colunas."),
        (3, 2, ""),
    ]


def test_a_file_that_is_gone_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"sumiu\.csv não pôde ser lido") as refused:
        read(tmp_path / "sumiu.csv")
    assert refused.value.code == "arquivo_ilegivel"
