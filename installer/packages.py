"""Debian packages of the build and of its test: installed as root, else named in a command to run."""

from __future__ import annotations

import os
import shutil
import sys

from tools.setup_environment import SetupError, run

BUILD = {
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "x86_64-w64-mingw32-windres": "binutils-mingw-w64-x86-64",
}
"""Command, and the package that brings it."""
SIGNATURES = {"osslsigncode": "osslsigncode"}
"""Wanted, not needed: without it the build says that it checked no signature."""
WINE = {
    "wine": "wine",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "dpkg-deb": "dpkg",
}


def missing(commands: dict[str, str]) -> list[str]:
    """The packages whose commands are not on this machine; sorted."""
    packages = {package for command, package in commands.items() if shutil.which(command) is None}
    if "wine" in packages:
        packages.add("wine64")  # which it only recommends; without it there is nothing that runs
    return sorted(packages)


def how_to_install(packages: list[str]) -> str:
    """The command a person may run."""
    return f"sudo apt-get update && sudo {' '.join(_install(packages))}"


def install(packages: list[str]) -> None:
    """Install as root. Raises ``SetupError`` with the command to run when that is not possible."""
    if not packages:
        return
    if not can_install():
        raise SetupError(
            f"these packages are missing: {' '.join(packages)}. On Debian:\n\n    {how_to_install(packages)}"
        )
    print(f"installer: installing system packages: {' '.join(packages)}", flush=True)
    run(["apt-get", "update", "--quiet=2"], "apt-get could not read the package lists")
    run(_install(packages), "apt-get could not install the packages")


def can_install() -> bool:
    """Whether this is root on a system with apt-get."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None and os.geteuid() == 0


def _install(packages: list[str]) -> list[str]:
    return ["apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", *packages]
