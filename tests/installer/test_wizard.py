"""The wizard and the uninstaller as a person meets them, with keys and pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer import identity
from tests.installer.screen import Screen
from tests.installer.wine import Wine

pytestmark = [pytest.mark.wine, pytest.mark.timeout(600)]

WINDOW = identity.PROGRAM.lower()
UNINSTALLER = r"^(un_a|au_|un)\.exe$"
"""The copy of itself that it goes on in; its name depends on the version of NSIS."""


def test_a_person_installs_opens_and_removes_it(windows: Wine, screen: Screen, setup_program: Path) -> None:
    installed = windows.local / "Programs" / identity.NAME
    windows.start(setup_program)
    screen.wait_for_window(setup_program.name.lower())
    screen.wait_until_still()
    screen.picture("instalador-inicio")
    screen.key("Return")  # Instalar
    screen.wait_until(lambda: (installed / "desinstalar.exe").exists(), "the installed program")
    screen.wait_until_still()
    screen.picture("instalador-fim")
    screen.key("Return")  # Concluir, with “Abrir agora”
    screen.wait_for_window(WINDOW)
    screen.wait_until_still()
    screen.picture("aberto-pelo-instalador")

    windows.start(installed / "desinstalar.exe")
    screen.wait_for_window(UNINSTALLER)
    screen.wait_until_still()
    screen.picture("removedor-programa-aberto")
    windows.end_programs()
    data = windows.local / identity.NAME
    assert data.is_dir()

    windows.start(installed / "desinstalar.exe")
    screen.wait_for_window(UNINSTALLER)
    screen.wait_until_still()
    screen.picture("removedor-dados")
    screen.key("Return")  # Remover, keeping the data
    screen.wait_until(lambda: not installed.exists(), "the end of the removal")
    screen.wait_until_still()
    screen.picture("removedor-fim")
    assert data.is_dir()
