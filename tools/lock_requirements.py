"""Write ``requirements.lock`` anew from ``requirements*.in``: pinned, with hashes, without index addresses.

Pins already in the lock are kept where they still fit; options are handed on (``--upgrade``,
``--upgrade-package NAME``). The lock is universal: one file for Linux, Windows and macOS, with markers.
uv runs in a throw-away environment and without the machine's settings, so that no private index or local folder
leaves its mark in the lock.

``installer/requirements-win.txt`` follows: the same versions, resolved for Windows alone, for the installer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = ["--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"]
UNIVERSAL = ["--universal", "--output-file", "requirements.lock"]
WINDOWS = ["--python-platform", "x86_64-pc-windows-msvc", "--output-file", "installer/requirements-win.txt"]
MACHINE_SETTINGS = ("UV_", "PIP_INDEX", "PIP_EXTRA", "PIP_FIND", "PIP_CONSTRAINT", "PIP_TRUSTED")


def main(options: list[str]) -> int:
    """Returns the process status."""
    sources = sorted(path.name for path in ROOT.glob("requirements*.in"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(MACHINE_SETTINGS)}
    environment["PIP_CONFIG_FILE"] = os.devnull
    with tempfile.TemporaryDirectory(prefix="lock-") as scratch:
        python = str(Path(scratch, "Scripts/python.exe" if os.name == "nt" else "bin/python"))
        uv = [python, "-m", "uv", "--no-config", "--native-tls", "pip", "compile"]
        for command in (
            [sys.executable, "-m", "venv", scratch],
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"],
            [*uv, *COMPILE, *options, *UNIVERSAL, *sources],
            [*uv, *COMPILE, *WINDOWS, "installer/requirements-win.in"],
        ):
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
