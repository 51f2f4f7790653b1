"""Any of the files offices have, told apart by content: the name's ending is often wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import FormatoArquivo, Leitura, RegistroLido, Tabela
from bancointegra.files.csv_rows import open_csv
from bancointegra.files.limits import opened_zip, require_readable, unreadable

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")  # .xls, and .xlsx with a password
_HEAD = 512


class OfficeFiles:
    """``TituloFiles``. Libraries are loaded by the first file that needs them: they would delay every start."""

    def formato(self, path: Path) -> FormatoArquivo:
        require_readable(path)
        head = _head(path)
        if head.startswith(_OLD_OFFICE):
            raise InputError(
                f"{path.name} é uma planilha antiga (.xls) ou protegida por senha.",
                hint="Na planilha, salve como .xlsx sem senha, ou como CSV.",
                code="planilha_antiga",
            )
        if head.startswith(_ZIP):
            return FormatoArquivo.XLSX if _is_workbook(path) else FormatoArquivo.NFE
        text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        return FormatoArquivo.NFE if text.startswith(b"<") else FormatoArquivo.CSV

    def tabela(self, path: Path, leitura: Leitura) -> Tabela:
        if self.formato(path) is FormatoArquivo.CSV:
            return open_csv(path, leitura)
        from bancointegra.files.xlsx_rows import open_xlsx

        return open_xlsx(path, leitura)

    def notas(self, path: Path) -> Iterator[RegistroLido]:
        from bancointegra.files.nfe import read_notas, read_zip

        return read_zip(path) if _head(path).startswith(_ZIP) else read_notas(path)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise unreadable(path) from error


def _is_workbook(path: Path) -> bool:
    with opened_zip(path) as archive:
        names = set(archive.namelist())
    if "content.xml" in names:
        raise InputError(
            f"{path.name} é uma planilha do LibreOffice (.ods).",
            hint="Na planilha, salve como .xlsx ou CSV.",
            code="planilha_antiga",
        )
    return "[Content_Types].xml" in names
