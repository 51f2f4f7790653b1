"""From an empty Windows to one that is empty again, but for the data: the tests go on where the one before stopped.

Under Wine, for João da Conceição, who is no administrator. What the screen showed is in ``build/installer/telas``.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from bancointegra import __version__
from bancointegra.system.windows_identity import RUN_KEY, RUN_NAME
from installer import identity
from tests.installer.screen import Screen
from tests.installer.wine import Wine

pytestmark = [pytest.mark.wine, pytest.mark.timeout(600)]

Figure = Callable[[str, float, str], None]
UNINSTALL_KEY = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{identity.APPLICATION_ID}"
WINDOW = identity.PROGRAM.lower()
LARGEST_SETUP, LARGEST_INSTALLED = 60e6, 200e6
IN_USE, NEWER_INSTALLED = 10, 11
CERTIFICATE = r"C:\Área de Trabalho\conta.pfx"
MIDDLE_OF_THE_LIST = (683, 425)
OLD_DATA = Path(__file__).parents[1] / "store" / "old" / "0.1.0.sqlite3"
START_WITH_WINDOWS = (
    "from pathlib import Path; import sys; sys.path.insert(0, sys.argv[2]);"
    "from bancointegra.system.windows_identity import StartWithSystem;"
    "start = StartWithSystem(Path(sys.argv[1])); before = start.is_on(); start.set_on(True);"
    "print(before, start.is_on())"
)


@pytest.fixture(scope="module")
def installed(windows: Wine) -> Path:
    """Where the program goes."""
    return windows.local / "Programs" / identity.NAME


@pytest.fixture(scope="module")
def before(windows: Wine) -> set[str]:
    """What there was before anything was installed."""
    return windows.files()


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def shortcuts(windows: Wine) -> list[str]:
    return sorted(name for name in windows.files() if name.endswith(f"/{identity.NAME}.lnk"))


def test_it_is_installed_without_a_question(
    windows: Wine, setup_program: Path, installed: Path, before: set[str], figure: Figure
) -> None:
    assert not installed.exists()
    started = time.monotonic()
    assert windows.run(setup_program, "/S").returncode == 0
    figure("silent install", time.monotonic() - started, "s (promised: 60)")
    figure("setup", setup_program.stat().st_size / 1e6, "MB (promised: 60)")
    figure("installed", size_of(installed) / 1e6, "MB (promised: 200)")
    assert setup_program.stat().st_size <= LARGEST_SETUP
    assert size_of(installed) <= LARGEST_INSTALLED
    assert (installed / identity.PROGRAM).is_file()
    assert windows.registry(UNINSTALL_KEY, "DisplayVersion") == __version__
    assert len(shortcuts(windows)) == 1
    assert "PySide6" in (installed / "LICENCAS.txt").read_text(encoding="utf-8-sig")
    opens = rf"HKCU\Software\Classes\{identity.CERTIFICATE_CLASS}\shell\open\command"
    assert f'{identity.PROGRAM}" "%1"' in windows.run("reg", "query", opens, "/ve").stdout


def test_every_part_of_it_works(windows: Wine, installed: Path) -> None:
    done = windows.run(installed / identity.PROGRAM, "--selfcheck", r"C:\verificação.json")
    report = json.loads(windows.path(r"C:\verificação.json").read_text(encoding="utf-8"))
    windows.path(r"C:\verificação.json").unlink()
    assert [item for item in report["itens"] if not item["ok"]] == []
    assert report["completa"]
    assert done.returncode == 0
    found = {item["nome"]: item["detalhe"] for item in report["itens"]}
    assert len(found) == 8
    assert "João da Conceição" in found["Pastas"]
    assert r"C:\Rezende\IntegracaoBancaria" in found["Pastas"]
    assert found["Cofre de senhas"] == "Gerenciador de Credenciais do Windows"
    assert "em processo próprio" in found["Boleto de prova"]
    assert "(windows)" in found["Tela (Qt)"]


def test_it_opens_and_a_boleto_is_registered_with_mouse_and_keys(
    windows: Wine, screen: Screen, installed: Path, figure: Figure
) -> None:
    windows.start(installed / identity.PROGRAM)
    figure("first window", screen.wait_for_window(WINDOW), "s (promised: 5, on a machine at rest)")
    screen.wait_until_still()
    screen.picture("primeira-vez")
    first = screen.windows(WINDOW)
    screen.key("Return")  # Experimentar com o banco simulado
    screen.wait_until(lambda: screen.windows(WINDOW) not in ([], first), "the desk")
    screen.wait_until_still()
    screen.key("F5")
    screen.wait_until_still()
    screen.picture("pesquisa")
    screen.click(*MIDDLE_OF_THE_LIST)
    screen.key("space")
    screen.key("ctrl+r")
    screen.wait_for_window(WINDOW, more_than=1)
    screen.wait_until_still()
    screen.picture("registrar")
    asking = set(screen.windows(WINDOW))
    screen.key("Return")  # Sim
    pdfs = windows.local / identity.NAME / "demonstracao" / "boletos"
    screen.wait_until(lambda: list(pdfs.glob("*.pdf")), "the PDF")
    screen.wait_until(lambda: set(screen.windows(WINDOW)) - asking, "Boletos registrados com sucesso!")
    screen.wait_until_still()
    screen.picture("registrado")
    screen.key("Return")  # OK
    screen.wait_until(lambda: len(screen.windows(WINDOW)) == 1, "the window alone")
    (pdf,) = pdfs.glob("*.pdf")
    with pypdfium2.PdfDocument(pdf) as document:
        assert "Recibo do Pagador" in document[0].get_textpage().get_text_bounded()


def test_a_certificate_opened_in_windows_begins_its_import_in_the_open_window(
    windows: Wine, screen: Screen, installed: Path
) -> None:
    certificate = windows.path(CERTIFICATE)
    certificate.parent.mkdir()
    certificate.write_bytes(b"")
    assert windows.run(installed / identity.PROGRAM, CERTIFICATE).returncode == 0
    screen.wait_for_window(WINDOW, more_than=1)
    screen.wait_until_still()
    screen.picture("certificado")
    shutil.rmtree(certificate.parent)


def test_nothing_is_replaced_while_it_is_open(windows: Wine, setup_program: Path, installed: Path) -> None:
    kept = installed / "lib" / "prova.txt"
    kept.write_text("")
    assert windows.run(setup_program, "/S").returncode == IN_USE
    assert kept.is_file()
    windows.end_programs()


def test_the_command_line_sees_what_was_registered(windows: Wine, installed: Path) -> None:
    data = windows.local / identity.NAME / "demonstracao" / "dados"
    command = ("--dados", data, "titulos", "listar", "--conta", "ITAU-MATRIZ", "--json")
    done = windows.run(installed / identity.CONSOLE_PROGRAM, *command)
    assert done.returncode == 0
    titulos = [json.loads(line) for line in done.stdout.splitlines()]
    assert any(titulo["situacao"] == "REGISTRADO" for titulo in titulos)
    wrong = windows.run(installed / identity.CONSOLE_PROGRAM, "linha", "123")
    assert wrong.returncode == 1
    assert "inválido" in wrong.stdout, wrong.stderr


def test_windows_starts_it_when_the_clerk_wants_that(windows: Wine, installed: Path) -> None:
    python, program = installed / "runtime" / "python.exe", installed / identity.PROGRAM
    done = windows.run(python, "-I", "-c", START_WITH_WINDOWS, program, installed / "app")
    assert done.stdout.split() == ["False", "True"]
    assert identity.PROGRAM in (windows.registry(rf"HKCU\{RUN_KEY}", RUN_NAME) or "")


def test_a_newer_version_is_not_replaced_by_this_one(windows: Wine, setup_program: Path, installed: Path) -> None:
    windows.set_registry(UNINSTALL_KEY, "DisplayVersion", "99.0.0")
    assert windows.run(setup_program, "/S").returncode == NEWER_INSTALLED
    assert (installed / "lib" / "prova.txt").is_file()
    assert windows.registry(UNINSTALL_KEY, "DisplayVersion") == "99.0.0"


def test_an_older_version_is_replaced_and_its_data_brought_along(
    windows: Wine, setup_program: Path, installed: Path
) -> None:
    windows.set_registry(UNINSTALL_KEY, "DisplayVersion", "0.0.9")
    (installed / "lib" / "modulo_da_versao_velha.pyc").write_bytes(b"")
    data = windows.local / identity.NAME / f"{identity.NAME.lower()}.sqlite3"
    for left_by_the_killed_program in data.parent.glob(f"{data.name}*"):
        left_by_the_killed_program.unlink()
    shutil.copy(OLD_DATA, data)
    assert windows.run(setup_program, "/S").returncode == 0
    assert windows.registry(UNINSTALL_KEY, "DisplayVersion") == __version__
    assert not (installed / "lib" / "modulo_da_versao_velha.pyc").exists()
    done = windows.run(installed / identity.CONSOLE_PROGRAM, "titulos", "listar", "--conta", "ITAU01", "--json")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 6
    assert [path.name for path in (data.parent / "copias").iterdir() if "antes de atualizar" in path.name]


def test_removing_it_leaves_the_data_and_nothing_else(windows: Wine, installed: Path, before: set[str]) -> None:
    assert windows.run(installed / "desinstalar.exe", "/S").returncode == 0
    end = time.monotonic() + 60  # the uninstaller goes on in a copy of itself
    while installed.exists() and time.monotonic() < end:
        time.sleep(0.2)
    data = windows.local / identity.NAME
    left = {name for name in windows.files() - before if f"Local/{identity.NAME}" not in name}
    assert {name for name in left if not name.startswith(("Rezende", "users/João da Conceição"))} == set()
    assert not installed.exists()
    assert shortcuts(windows) == []
    assert (data / "bancointegra.sqlite3").is_file()
    assert windows.registry(UNINSTALL_KEY, "DisplayVersion") is None
    assert windows.registry(rf"HKCU\{RUN_KEY}", RUN_NAME) is None
    assert windows.registry(r"HKCU\Software\Classes\.pfx\OpenWithProgids", identity.CERTIFICATE_CLASS) is None
