"""The wizard and the uninstaller as a person meets them, with keys and pictures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from installer import identity
from tests.installer.screen import Screen
from tests.installer.wine import Wine

pytestmark = [pytest.mark.wine, pytest.mark.timeout(600)]

OLD_DATA = Path(__file__).parents[1] / "store" / "old" / "0.1.0.sqlite3"
WINDOWS_BOLETO_FOLDER = r"C:\Rezende\IntegracaoBancaria"
WINDOW = identity.PROGRAM.lower()
UNINSTALLER = r"^(un_a|au_|un)\.exe$"
"""The copy of itself that it goes on in; its name depends on the version of NSIS."""


def forbid(folder: Path) -> None:
    """Have a file where the folder's parent would be."""
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.parent.write_text("")


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
    data = windows.local / identity.NAME
    data.mkdir(exist_ok=True)
    shutil.copy(OLD_DATA, data / "bancointegra.sqlite3")
    forbid(windows.path(WINDOWS_BOLETO_FOLDER))
    screen.key("Return")  # Concluir, with “Abrir agora”
    screen.wait_for_window(WINDOW, more_than=1)  # the folder of the PDFs is forbidden: another one, and a sentence
    screen.wait_until_still()
    screen.picture("aberto-pelo-instalador")
    chosen = json.loads((data / "settings.json").read_text(encoding="utf-8"))["boleto_folder"]
    assert chosen.endswith("IntegracaoBancaria")
    assert chosen != WINDOWS_BOLETO_FOLDER

    windows.start(installed / "desinstalar.exe")
    screen.wait_for_window(UNINSTALLER)
    screen.wait_until_still()
    screen.picture("removedor-programa-aberto")
    windows.end_programs()

    windows.start(installed / "desinstalar.exe")
    screen.wait_for_window(UNINSTALLER)
    screen.wait_until_still()
    screen.picture("removedor-dados")
    screen.key("Return")  # Remover, keeping the data
    screen.wait_until(lambda: not installed.exists(), "the end of the removal")
    screen.wait_until_still()
    screen.picture("removedor-fim")
    assert data.is_dir()
