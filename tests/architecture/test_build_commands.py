"""The words of the README work: targets exist, CI calls them, and the system libraries of Qt are all known."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

QT = Path(PySide6.__file__).parent
LOADED_BY_THE_PROGRAM = (
    "Qt*.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/xcbglintegrations/*.so",
    "Qt/plugins/imageformats/libqsvg.so",
    "Qt/plugins/iconengines/*.so",
)


def test_ci_calls_the_commands_of_the_readme(root: Path) -> None:
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert [line for line in script.read_text().splitlines() if line.startswith("make ")] == [
        "make test",
        "make lint",
        "make installer-test",
    ]


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make on Windows")
@pytest.mark.parametrize(
    "target", ["demo", "test", "lint", "screens", "manual", "bench", "lock", "run", "format", "installer"]
)
def test_every_target_is_known_and_listed(root: Path, target: str) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    subprocess.run(["make", "--dry-run", target], cwd=root, env=plain, check=True, capture_output=True)
    listed = subprocess.run(["make", "help"], cwd=root, env=plain, check=True, capture_output=True, text=True).stdout
    assert f"make {target} " in listed


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ldd")
def test_no_library_that_qt_loads_is_missing() -> None:
    libraries = [str(path) for pattern in LOADED_BY_THE_PROGRAM for path in QT.glob(pattern)]
    assert len(libraries) > 10
    answer = subprocess.run(["ldd", *libraries], check=True, capture_output=True, text=True)
    missing = {line.split()[0] for line in answer.stdout.splitlines() if "not found" in line}
    assert missing == set(), "add them to tools/setup_environment.py"
