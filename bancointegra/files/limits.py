"""How much of a file is read at all: what is larger, or swells when unpacked, is refused before it fills the memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from bancointegra.domain.errors import InputError

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 50_000
ABOVE = 20
"""Rows that do not count: a report's title, the header."""
MAX_COLUMNS = 200
_MAX_ENTRIES = 10_000
_MAX_UNPACKED = 400 * 1024 * 1024
MAX_PART = 64 * 1024 * 1024
"""One part of a workbook, unpacked: its texts are all in memory at once."""
_MAX_RATIO = 200
_SMALL = 1024 * 1024  # below this no ratio is suspicious


def require_readable(path: Path) -> None:
    """Raise ``InputError`` when the file is not there, may not be read, or is too large."""
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise unreadable(path) from error
    if size > MAX_BYTES:
        raise InputError(
            f"O arquivo {path.name} tem mais de 50 MB.", hint="Divida-o em arquivos menores.", code="arquivo_grande"
        )
    if not size:
        raise InputError(f"O arquivo {path.name} está vazio.", hint="Confira o arquivo.", code="arquivo_vazio")


def unreadable(path: Path) -> InputError:
    return InputError(
        f"O arquivo {path.name} não pôde ser lido.", hint="Confira o nome e a permissão.", code="arquivo_ilegivel"
    )


def too_many_rows() -> InputError:
    return InputError(
        f"O arquivo tem mais de {MAX_ROWS:,} linhas.".replace(",", "."),
        hint="Divida-o em arquivos menores.",
        code="arquivo_grande",
    )


BROKEN_ZIP = (BadZipFile, NotImplementedError, EOFError, ZlibError, UnicodeDecodeError)
"""What ``zipfile`` raises on an archive that is not as it should be, opening it and reading from it."""


@contextmanager
def opened_zip(path: Path) -> Iterator[ZipFile]:
    """The archive, once it is known not to be a bomb. Raises ``InputError``, also for what breaks while it is read."""
    try:
        with ZipFile(path) as archive:
            _require_sane(archive.infolist(), path)
            yield archive
    except BROKEN_ZIP as error:
        raise damaged(path) from error
    except OSError as error:
        raise unreadable(path) from error


def damaged(path: Path) -> InputError:
    return InputError(
        f"O arquivo {path.name} está danificado.", hint="Peça ou gere o arquivo de novo.", code="arquivo_danificado"
    )


def too_large_inside(path: Path) -> InputError:
    return InputError(
        f"O conteúdo de {path.name} é grande demais para ser aberto com segurança.",
        hint="Envie os arquivos em partes menores.",
        code="arquivo_grande",
    )


def _require_sane(entries: list[ZipInfo], path: Path) -> None:
    swollen = any(entry.file_size > max(_SMALL, entry.compress_size * _MAX_RATIO) for entry in entries)
    if swollen or len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise too_large_inside(path)
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError(
            f"O arquivo {path.name} está protegido por senha.", hint="Retire a senha e tente de novo.", code="com_senha"
        )
