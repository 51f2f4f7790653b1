from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bancointegra.system.open_file import OpenError, open_with_system

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a program of ours stands in for the system's opener")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "boleto do João; rm.pdf"
    file.write_bytes(b"%PDF")
    return file


def install_opener(folder: Path, monkeypatch: pytest.MonkeyPatch, status: int) -> Path:
    """An opener that notes its arguments, one a line, and ends with ``status``."""
    noted = folder / "noted"
    programs = folder / "bin"
    programs.mkdir()
    for name in ("xdg-open", "open"):
        program = programs / name
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{noted}"\nexit {status}\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    return noted


def test_the_opener_gets_the_path_as_one_argument(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = install_opener(tmp_path, monkeypatch, status=0)
    open_with_system(document)
    assert noted.read_text().splitlines() == [str(document)]


def test_a_refusal_of_the_system_is_a_sentence(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_opener(tmp_path, monkeypatch, status=3)
    with pytest.raises(OpenError, match="João"):
        open_with_system(document)


def test_no_opener_at_all_is_a_sentence(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OpenError, match="não conseguiu abrir") as raised:
        open_with_system(document)
    assert raised.value.hint


def test_a_file_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OpenError, match="não existe mais"):
        open_with_system(tmp_path / "sumiu.pdf")
