"""A file appears whole or not at all, and never in the place of another."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from bancointegra.domain.errors import PrintError

_MAX_COPIES = 999
_WINDOWS_NAME_TOO_LONG = 206
_WINDOWS_MAX_PATH = 260
_NO_LIMIT = "\\\\?\\"
_ROOM_FOR_COPIES = 20
"""For “ (999)” and the name while it is written."""
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_ABSENT = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO})
_NOT_A_FOLDER = frozenset({errno.ENOTDIR, errno.EEXIST})
_OTHER_FOLDER = "Escolha outra pasta para os PDFs e gere de novo; nada se perdeu no banco."


class Publisher:
    """Saves bytes as a new file. ``write`` and ``link`` are the steps that touch the disk."""

    def publish(self, content: bytes, folder: Path, stem: str, suffix: str) -> Path:
        """Write ``content`` under ``stem + suffix`` in ``folder``, or under “stem (2)”, “stem (3)” … when taken.

        Creates the folder when it is missing. The file is complete on the disk when this returns; on any failure
        nothing is left behind. Raises ``PrintError`` with a sentence for the clerk.
        """
        disk_folder = without_limit(folder, len(stem) + len(suffix)) if os.name == "nt" else folder
        try:
            disk_folder.mkdir(parents=True, exist_ok=True)
            temporary = disk_folder / f".{uuid4().hex}.tmp"
            try:
                self.write(temporary, content)
                return folder / self._name_it(temporary, disk_folder, stem, suffix).name
            finally:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        except OSError as error:
            raise _explained(error, folder, folder / f"{stem}{suffix}") from error

    def write(self, path: Path, content: bytes) -> None:
        """Write a new file and wait until the disk has it."""
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def link(self, temporary: Path, target: Path) -> None:
        """Give the file a second name. Raises ``FileExistsError`` when the name is taken."""
        target.hardlink_to(temporary)

    def _name_it(self, temporary: Path, folder: Path, stem: str, suffix: str) -> Path:
        for name in _candidate_names(stem, suffix):
            target = folder / name
            with suppress(FileExistsError):
                self._link_or_claim(temporary, target)
                return target
        raise PrintError(
            f"Já existem {_MAX_COPIES} arquivos com o nome “{stem}”.", hint=_OTHER_FOLDER, code="pdf_muitas_copias"
        )

    def _link_or_claim(self, temporary: Path, target: Path) -> None:
        try:
            self.link(temporary, target)
        except FileExistsError:
            raise
        except OSError:  # no hard links here: pen drives, some network folders
            _claim_and_replace(temporary, target)


def without_limit(folder: Path, name_length: int) -> Path:
    r"""``folder`` as Windows takes it when the whole path goes beyond its 260 characters; else as it is.

    Behind ``\\?\`` nothing is shortened or corrected, so the path is made absolute first (Microsoft, “Maximum Path
    Length Limitation”).
    """
    absolute = str(folder.absolute())
    if len(absolute) + name_length + _ROOM_FOR_COPIES < _WINDOWS_MAX_PATH or absolute.startswith(_NO_LIMIT):
        return folder
    if absolute.startswith("\\\\"):
        return Path(f"{_NO_LIMIT}UNC\\{absolute[2:]}")
    return Path(_NO_LIMIT + absolute)


def _claim_and_replace(temporary: Path, target: Path) -> None:
    """Take the name with an empty file, which fails when somebody has it, then fill it in one step."""
    with target.open("xb"):
        pass
    try:
        temporary.replace(target)
    except OSError:
        target.unlink()
        raise


def _candidate_names(stem: str, suffix: str) -> Iterator[str]:
    yield f"{stem}{suffix}"
    for number in range(2, _MAX_COPIES + 1):
        yield f"{stem} ({number}){suffix}"


def _explained(error: OSError, folder: Path, target: Path) -> PrintError:
    if _is_too_long(error, target):
        return PrintError(
            "O caminho do PDF ficou longo demais para o sistema.",
            hint="Escolha uma pasta de nome mais curto, como C:\\Boletos.",
            code="pdf_caminho_longo",
        )
    if error.errno in _NO_SPACE:
        return PrintError(
            f"Não há espaço em disco para gravar o PDF em {folder}.",
            hint="Libere espaço ou escolha outra pasta; nada se perdeu no banco.",
            code="pdf_disco_cheio",
        )
    if error.errno in _FORBIDDEN:
        return PrintError(
            f"O sistema não permite gravar na pasta {folder}.", hint=_OTHER_FOLDER, code="pdf_sem_permissao"
        )
    if error.errno in _NOT_A_FOLDER:
        return PrintError(
            f"{folder} não é uma pasta: há um arquivo nesse caminho.", hint=_OTHER_FOLDER, code="pdf_nao_e_pasta"
        )
    if error.errno in _ABSENT:
        return PrintError(
            f"A pasta {folder} não existe e não pôde ser criada.",
            hint=f"Confira se a unidade está conectada. {_OTHER_FOLDER}",
            code="pdf_pasta_ausente",
        )
    return PrintError(f"Não foi possível gravar o PDF em {folder}.", hint=_OTHER_FOLDER, code="pdf_nao_gravado")


def _is_too_long(error: OSError, target: Path) -> bool:
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", None) == _WINDOWS_NAME_TOO_LONG:
        return True
    # Windows answers “path not found” beyond its limit.
    return os.name == "nt" and error.errno == errno.ENOENT and len(str(target)) >= _WINDOWS_MAX_PATH
