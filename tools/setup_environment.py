"""Prepare the checkout: virtual environment, locked dependencies, the system libraries Qt needs.

Run by ``make`` before every target, with the machine's own Python, so it uses the standard library only and says
nothing when there is nothing to do. Where something must be installed with apt-get and the user is not root, it
prints the exact command and ends with status 1.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"
MINIMUM_PYTHON = (3, 11)

# What the Qt libraries and the offscreen and xcb plugins link to outside the wheel (readelf -d), by Debian package.
QT_SYSTEM_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}


class SetupError(Exception):
    """The environment cannot be prepared; the text tells the developer what to do."""


def main() -> int:
    """Returns the process status: 0 when everything is in place."""
    try:
        check_python()
        install_system_packages(missing_system_packages())
        if not environment_is_current():
            create_environment()
            install_lock()
        install_command()
    except SetupError as error:
        print(f"\nsetup: {error}\n", file=sys.stderr)
        return 1
    return 0


def check_python() -> None:
    if sys.version_info < MINIMUM_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise SetupError(
            f"Python {'.'.join(map(str, MINIMUM_PYTHON))} or newer is needed; {sys.executable} is {found}. "
            "Name another one: make PYTHON=/path/to/python3.11 …"
        )


def missing_system_packages() -> list[str]:
    """Debian packages without which the environment cannot be made or Qt cannot load; sorted."""
    if not sys.platform.startswith("linux"):
        return []
    packages = {package for soname, package in QT_SYSTEM_LIBRARIES.items() if not loads(soname)}
    if find_spec("ensurepip") is None and not VENV_PYTHON.exists():
        packages.add("python3-venv")
    return sorted(packages)


def loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def install_system_packages(packages: list[str]) -> None:
    if not packages:
        return
    install = ["apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise SetupError(f"these Debian packages (or your system's equivalents) are missing: {' '.join(packages)}")
    if os.geteuid() != 0:
        raise SetupError(
            "system libraries are missing and only root may install them. Run this, then make again:\n\n"
            f"    sudo apt-get update && sudo {' '.join(install)}"
        )
    print(f"setup: installing system packages: {' '.join(packages)}", flush=True)
    run(["apt-get", "update", "--quiet=2"], "apt-get could not read the package lists")
    run(install, "apt-get could not install the packages")
    still_missing = missing_system_packages()
    if still_missing:
        raise SetupError(f"apt-get reported success, but these are still missing: {' '.join(still_missing)}")


def environment_is_current() -> bool:
    return VENV_PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == expected_stamp()


def expected_stamp() -> str:
    """The content, not the date, of the lock: a checkout changes dates, and a cached environment may be older."""
    return f"python {sys.version_info[0]}.{sys.version_info[1]} lock {hashlib.sha256(LOCK.read_bytes()).hexdigest()}"


def create_environment() -> None:
    if environment_is_usable():
        return
    print(f"setup: creating {VENV.name} with {sys.executable}", flush=True)
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "the virtual environment could not be created")


def environment_is_usable() -> bool:
    """Whether it is whole (an interrupted creation leaves one without pip) and of this Python's version."""
    if not VENV_PYTHON.exists():
        return False
    question = f"import pip, sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return subprocess.run([str(VENV_PYTHON), "-c", question], capture_output=True, check=False).returncode == 0


def install_lock() -> None:
    print(f"setup: installing {LOCK.name} (once; a few minutes)", flush=True)
    STAMP.unlink(missing_ok=True)
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "--requirement", str(LOCK)], "the locked dependencies could not be installed")
    STAMP.write_text(expected_stamp(), encoding="ascii")


def install_command() -> None:
    """Make ``bancointegra`` of the environment run this checkout, from any folder; no build step is needed for it."""
    if os.name == "nt":
        return
    command = VENV_PYTHON.with_name("bancointegra")
    script = (
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(str(VENV_PYTHON))} -m bancointegra "$@"\n'
    )
    if not command.exists() or command.read_text(encoding="utf-8") != script:
        command.write_text(script, encoding="utf-8")
        command.chmod(0o755)


def run(command: list[str], failure: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if status != 0:
        raise SetupError(f"{failure} (status {status}): {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main())
