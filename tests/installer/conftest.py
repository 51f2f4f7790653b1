"""What the installer's tests share: the setup program, a Windows nobody used yet, and a screen."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from installer import packages
from installer.build import BUILD, build
from tests.installer.overlay import fetch_overlay
from tests.installer.screen import Screen
from tests.installer.wine import Wine
from tools.setup_environment import SetupError

PICTURES = BUILD / "telas"


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def machine() -> None:
    """Wine, NSIS and the rest; skips on a machine that has them not and may not install them, but not in CI."""
    missing = packages.missing(packages.BUILD | packages.WINE)
    try:
        packages.install(missing)
    except SetupError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"needs Wine, and more: {error}")


@pytest.fixture(scope="session")
def figure(tell: Callable[[str], None]) -> Callable[[str, float, str], None]:
    """Prints one of the promised figures."""

    def show(name: str, value: float, unit: str) -> None:
        tell(f"installer: {name}: {value:.1f} {unit}")

    return show


@pytest.fixture(scope="session")
def tell(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Prints a line for who reads the run."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")

    def write(line: str) -> None:
        with capture.global_and_fixture_disabled():
            print(line, flush=True)

    return write


@pytest.fixture(scope="session")
def setup_program(machine: None, figure: Callable[[str, float, str], None]) -> Path:
    """Built from this checkout; zlib, for lzma takes minutes."""
    given = os.environ.get("BANCOINTEGRA_SETUP")
    started = time.monotonic()
    setup = Path(given) if given else build(BUILD / "zlib", "zlib")
    figure("build", time.monotonic() - started, "s")
    return setup


@pytest.fixture(scope="session")
def screen(machine: None) -> Iterator[Screen]:
    for old in PICTURES.glob("*.png"):
        old.unlink()
    screen = Screen(PICTURES)
    yield screen
    screen.close()


@pytest.fixture(scope="session")
def windows(
    machine: None, screen: Screen, tmp_path_factory: pytest.TempPathFactory, tell: Callable[[str], None]
) -> Iterator[Wine]:
    wine = Wine(tmp_path_factory.mktemp("windows"), screen.display, tell)
    wine.make(fetch_overlay(BUILD / "wine"))
    yield wine
    wine.end_programs()
