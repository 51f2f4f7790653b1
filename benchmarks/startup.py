"""From a fresh process to a window one can work in, and the same for the command line; where the time goes.

Each figure is the best of some repetitions, for other work on the machine only ever adds to it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bancointegra.bootstrap.program import program_paths
from benchmarks.figures import Figure, Target, median, milliseconds
from benchmarks.office_data import Size, data_file

USABLE_WINDOW = Target(1500)
_IMPORTED = re.compile(r"import time:\s*(\d+) \|\s*\d+ \|\s+(\S+)")
_SHOWN_PACKAGES = 6


class _Python:
    """Fresh processes. Modules are read as bytecode, as in an installed program, whatever the shell says."""

    def __init__(self) -> None:
        self._environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=self._environ, capture_output=True, text=True, check=True, timeout=60)


def startup_figures(folder: Path, size: Size, repeats: int) -> Iterator[Figure]:
    """Wall times of whole processes, after one that is not counted."""
    with tempfile.TemporaryDirectory() as data:
        shutil.copy(data_file(folder, size), program_paths(Path(data)).create().store_file)
        python = _Python()
        yield _window(python, Path(data), size, repeats)
        yield _imports(python, "import bancointegra.bootstrap.window")
        yield _command(python, repeats)
        yield _imports(python, "import bancointegra.cli.main")


def _window(python: _Python, data: Path, size: Size, repeats: int) -> Figure:
    def open_once() -> float:
        started = time.monotonic()
        done = python.run("-m", "benchmarks.first_window", str(data))
        return (float(done.stdout) - started) * 1000

    taken = [open_once() for _ in range(repeats + 1)][1:]
    name = f"start-up to a usable window, {size.titulos:,} títulos"
    return Figure(name, min(taken), "ms", USABLE_WINDOW, f"best of {repeats}, median {median(taken):.0f}")


def _command(python: _Python, repeats: int) -> Figure:
    arguments = ("documento", "529.982.247-25")
    taken = milliseconds(lambda: python.run("-m", "bancointegra", *arguments), repeats + 1)[1:]
    name = f"bancointegra {' '.join(arguments)}"
    return Figure(name, min(taken), "ms", note=f"best of {repeats}, median {median(taken):.0f}")


def _imports(python: _Python, statement: str) -> Figure:
    """All imports, and the packages that take the most; dearer than in life, because each is timed."""
    total, spent = 0, Counter[str]()
    for line in python.run("-X", "importtime", "-c", statement).stderr.splitlines():
        if found := _IMPORTED.match(line):
            microseconds, module = int(found[1]), found[2]
            total += microseconds
            spent[module.partition(".")[0]] += microseconds
    shares = ", ".join(f"{package} {us / 1000:.0f}" for package, us in spent.most_common(_SHOWN_PACKAGES))
    return Figure(f"  {statement}, each module timed", total / 1000, "ms", note=shares)
