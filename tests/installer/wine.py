"""One Windows under Wine, in a folder of its own, used by a person whose name has an accent and spaces."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

PERSON = "João da Conceição"
_LOCAL = rf"C:\users\{PERSON}\AppData\Local"
_SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer"
_UI_SETTINGS = r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId\Windows.UI.ViewManagement.UISettings"


class Wine:
    """``environ`` is for other programs of the test as well. ``note`` takes a line for who reads the run.

    ``end_programs`` ends everything that runs in this prefix.
    """

    def __init__(self, folder: Path, display: str, note: Callable[[str], None]) -> None:
        self._note = note
        self.prefix = folder / "prefix"
        self._started: list[subprocess.Popen[bytes]] = []
        home = folder / "home"
        home.mkdir(parents=True)
        # The scratch home and the last override keep Wine from leaving icons and links in the real home.
        self.environ = os.environ | {
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
            "HOME": str(home),
            "DISPLAY": display,
        }
        self.environ.pop("QT_QPA_PLATFORM", None)

    def make(self, overlay: Sequence[Path]) -> None:
        """A Windows 10 that nobody used yet."""
        self._quiet("wineboot", "-i")
        self._quiet("winecfg", "-v", "win10")
        for library in overlay:
            shutil.copy(library, self.prefix / "drive_c" / "windows" / "system32")
        self.run("reg", "add", _UI_SETTINGS, "/v", "DllPath", "/d", r"C:\windows\system32\windows.ui.dll", "/f")
        for key in ("User Shell Folders", "Shell Folders"):
            self.run("reg", "add", rf"{_SHELL_FOLDERS}\{key}", "/v", "Local AppData", "/d", _LOCAL, "/f")

    @property
    def local(self) -> Path:
        """%LOCALAPPDATA% of the person."""
        return self.path(_LOCAL)

    def path(self, windows: str) -> Path:
        r"""Where ``C:\…`` lies."""
        assert windows.startswith("C:\\")
        return self.prefix.joinpath("drive_c", *windows[3:].split("\\"))

    def run(self, *command: str | Path, timeout: float = 240) -> subprocess.CompletedProcess[str]:
        """Run to the end.

        It was seen once in some hundred runs that a program ended with status 1 and an empty output, and nobody knows
        why. Such a one is run again, and what it said is told: whatever does this twice still fails its test.
        """
        done = self._run(command, timeout)
        if done.returncode == 1 and not done.stdout:
            self._note(f"{shlex.join(map(str, command))}: ended with 1, said {done.stderr!r}; run again")
            done = self._run(command, timeout)
        return done

    def _run(self, command: Sequence[str | Path], timeout: float) -> subprocess.CompletedProcess[str]:
        """Pipes, never files: a Windows Python does not start with a file for its output."""
        return subprocess.run(
            ["wine", *map(str, command)],
            env=self.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
        )

    def start(self, *command: str | Path) -> None:
        """Start, and go on."""
        self._started.append(
            subprocess.Popen(
                ["wine", *map(str, command)],
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    def registry(self, key: str, name: str) -> str | None:
        """One value; None when there is none."""
        done = self.run("reg", "query", key, "/v", name)
        lines = [line.split("    ") for line in done.stdout.replace("\r", "").splitlines() if f"    {name}    " in line]
        return lines[0][3] if lines else None

    def set_registry(self, key: str, name: str, value: str) -> None:
        assert self.run("reg", "add", key, "/v", name, "/d", value, "/f").returncode == 0

    def files(self) -> set[str]:
        """Everything in the prefix that a person could find, but for what Windows itself moves about."""
        top = self.prefix / "drive_c"
        found = {path.relative_to(top).as_posix() for path in top.rglob("*")}
        return {name for name in found if not name.startswith("windows/") and "/Temp" not in name}

    def end_programs(self) -> None:
        """End what runs, as a power cut would; the next call starts Windows again."""
        subprocess.run(["wineserver", "-k"], env=self.environ, check=False)
        subprocess.run(["wineserver", "-w"], env=self.environ, check=False, timeout=60)
        while self._started:
            self._started.pop().wait(timeout=60)

    def _quiet(self, *command: str) -> None:
        """The first programs of a prefix leave servers behind, which would hold a pipe open."""
        done = subprocess.run(
            ["wine", *command],
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=240,
        )
        assert done.returncode == 0, command
