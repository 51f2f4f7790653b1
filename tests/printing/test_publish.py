"""Saving: whole or not at all, never over another file, and a sentence for every failure."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bancointegra.domain.errors import PrintError
from bancointegra.printing.boleto_pdf import PdfBoletoPrinter
from bancointegra.printing.publish import Publisher, without_limit
from tests.printing.sample_boletos import SIMPLE


class FailingDisk(Publisher):
    """A disk that takes half of the file and then fails with ``number``."""

    def __init__(self, number: int) -> None:
        self._number = number

    def write(self, path: Path, content: bytes) -> None:
        super().write(path, content[: len(content) // 2])
        raise OSError(self._number, os.strerror(self._number))


class PenDrive(Publisher):
    """A file system without hard links."""

    def link(self, temporary: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("publisher", [Publisher(), PenDrive()], ids=["hard links", "no hard links"])
class TestFreeName:
    def test_names_already_taken_stay_as_they_are(self, publisher: Publisher, tmp_path: Path) -> None:
        (tmp_path / "ANA.pdf").write_bytes(b"mine")
        (tmp_path / "ANA (2).pdf").symlink_to(tmp_path / "nowhere")
        path = publisher.publish(b"new", tmp_path, "ANA", ".pdf")
        assert path.name == "ANA (3).pdf"
        assert path.read_bytes() == b"new"
        assert (tmp_path / "ANA.pdf").read_bytes() == b"mine"
        assert sorted(p.name for p in tmp_path.iterdir()) == ["ANA (2).pdf", "ANA (3).pdf", "ANA.pdf"]

    def test_a_folder_of_that_name_is_no_obstacle(self, publisher: Publisher, tmp_path: Path) -> None:
        (tmp_path / "ANA.pdf").mkdir()
        assert publisher.publish(b"new", tmp_path, "ANA", ".pdf").name == "ANA (2).pdf"

    def test_many_at_once_never_share_a_name(self, publisher: Publisher, tmp_path: Path) -> None:
        contents = [bytes([index]) * 2000 for index in range(40)]
        with ThreadPoolExecutor(8) as pool:
            paths = list(pool.map(lambda content: publisher.publish(content, tmp_path, "ANA", ".pdf"), contents))
        assert [path.read_bytes() for path in paths] == contents
        assert len(list(tmp_path.iterdir())) == len(contents)

    def test_stem_with_dots_keeps_them(self, publisher: Publisher, tmp_path: Path) -> None:
        assert publisher.publish(b"", tmp_path, "S.A. 01", ".pdf").name == "S.A. 01.pdf"


def test_the_file_can_be_read_by_whom_the_system_lets(tmp_path: Path) -> None:
    path = Publisher().publish(b"", tmp_path, "ANA", ".pdf")
    other = tmp_path / "other"
    other.touch()
    assert path.stat().st_mode == other.stat().st_mode


@pytest.mark.parametrize(
    ("number", "sentence", "code"),
    [
        (errno.ENOSPC, "Não há espaço em disco", "pdf_disco_cheio"),
        (errno.EDQUOT, "Não há espaço em disco", "pdf_disco_cheio"),
        (errno.EACCES, "não permite gravar na pasta", "pdf_sem_permissao"),
        (errno.EROFS, "não permite gravar na pasta", "pdf_sem_permissao"),
        (errno.ENODEV, "não existe e não pôde ser criada", "pdf_pasta_ausente"),
        (errno.EIO, "Não foi possível gravar o PDF", "pdf_nao_gravado"),
    ],
)
def test_a_failing_disk_is_told_and_leaves_nothing(
    fonts_dir: Path, tmp_path: Path, number: int, sentence: str, code: str
) -> None:
    with pytest.raises(PrintError, match=sentence) as caught:
        PdfBoletoPrinter(fonts_dir, FailingDisk(number)).save(SIMPLE, tmp_path, "ANA")
    assert caught.value.code == code
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_folder_under_a_file(printer: PdfBoletoPrinter, tmp_path: Path) -> None:
    (tmp_path / "notas.txt").write_text("x")
    for folder in (tmp_path / "notas.txt", tmp_path / "notas.txt" / "boletos"):
        with pytest.raises(PrintError, match="não é uma pasta"):
            printer.save(SIMPLE, folder, "ANA")
    assert [p.name for p in tmp_path.iterdir()] == ["notas.txt"]


def test_a_drive_that_is_not_there(printer: PdfBoletoPrinter) -> None:
    """/proc accepts no folder from anybody, root included."""
    with pytest.raises(PrintError, match="não existe e não pôde ser criada") as caught:
        printer.save(SIMPLE, Path("/proc/pendrive/boletos"), "ANA")
    assert "unidade" in caught.value.hint


@pytest.mark.parametrize("folder", ["f" * 300, "/".join(["pasta" * 40] * 25)])
def test_a_path_too_long(printer: PdfBoletoPrinter, tmp_path: Path, folder: str) -> None:
    with pytest.raises(PrintError, match="longo demais") as caught:
        printer.save(SIMPLE, tmp_path / folder, "ANA")
    assert "nome mais curto" in caught.value.hint
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_name_too_long(printer: PdfBoletoPrinter, tmp_path: Path) -> None:
    with pytest.raises(PrintError, match="longo demais"):
        printer.save(SIMPLE, tmp_path, "A" * 300)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def nobody() -> Iterator[None]:
    """Tests may run as root, who may write anywhere: become somebody else for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.mark.usefixtures("nobody")
def test_a_folder_without_permission(printer: PdfBoletoPrinter) -> None:
    with pytest.raises(PrintError, match="não permite gravar na pasta /etc") as caught:
        printer.save(SIMPLE, Path("/etc"), "ANA")
    assert "Escolha outra pasta" in caught.value.hint


def test_only_a_path_beyond_windows_limit_is_written_its_long_way() -> None:
    short, deep = Path("/boletos"), Path("/boletos") / "/".join(["pasta de nome bem comprido"] * 9)
    assert without_limit(short, 40) == short
    assert str(without_limit(deep, 40)) == "\\\\?\\" + str(deep)
