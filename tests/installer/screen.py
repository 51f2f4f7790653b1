"""A screen nobody sees, with mouse, keys and pictures."""

from __future__ import annotations

import io
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops

SIZE = (1366, 768)
_PATIENCE = 180.0
_LOOK_EVERY = 0.2
_SAME = 6
_BLACK = 3_000
"""Bytes: the picture of an empty screen is smaller."""
_CURSOR = (4, 40)
"""Nothing that changes is larger than a cursor that blinks."""


class Screen:
    """Pictures go to ``folder``, numbered in their order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        read, write = os.pipe()
        geometry = f"{SIZE[0]}x{SIZE[1]}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", geometry],
            pass_fds=[write],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as number:
            self.display = f":{number.readline().strip()}"
        self._environ = os.environ | {"DISPLAY": self.display}
        self._taken = 0

    def close(self) -> None:
        self._server.terminate()
        self._server.wait()

    def click(self, x: int, y: int) -> None:
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def key(self, *names: str) -> None:
        """Press keys as xdotool names them: ``Return``, ``ctrl+r``."""
        self._xdotool("key", "--clearmodifiers", "--delay", "60", *names)

    def type(self, text: str) -> None:
        self._xdotool("type", "--delay", "30", text)

    def windows(self, program: str) -> list[str]:
        """The visible windows of a Windows program, by the name of its file in lower case."""
        answer = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--class", program],
            env=self._environ,
            capture_output=True,
            text=True,
            check=False,
        )
        return answer.stdout.split()

    def wait_for_window(self, program: str, *, more_than: int = 0) -> float:
        """Wait until the program shows more windows than that; returns the seconds it took."""
        started = time.monotonic()
        self.wait_until(lambda: len(self.windows(program)) > more_than, f"a window of {program}")
        return time.monotonic() - started

    def wait_until(self, holds: Callable[[], object], what: str) -> None:
        """Raises ``TimeoutError`` with a last picture."""
        end = time.monotonic() + _PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(f"{what} did not come; see {self.picture('demorou')}")
            time.sleep(_LOOK_EVERY)

    def wait_until_still(self) -> None:
        """Wait until something is painted and stays the same for a moment."""
        seen: list[bytes] = []

        def is_still() -> bool:
            seen.append(self._grab())
            latest = seen[-_SAME:]
            painted = len(latest) == _SAME and len(latest[0]) > _BLACK
            return painted and all(_are_alike(latest[0], picture) for picture in latest[1:])

        self.wait_until(is_still, "a picture that stays")

    def picture(self, name: str) -> Path:
        """Keep what is on the screen."""
        self._taken += 1
        path = self._folder / f"{self._taken:02d}-{name}.png"
        path.write_bytes(self._grab())
        return path

    def _grab(self) -> bytes:
        command = ["import", "-window", "root", "-strip", "png:-"]
        return subprocess.run(command, env=self._environ, check=True, capture_output=True).stdout

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environ, check=True, capture_output=True)


def _are_alike(before: bytes, after: bytes) -> bool:
    """Whether two pictures differ by a blinking cursor at most."""
    if before == after:
        return True
    with Image.open(io.BytesIO(before)) as first, Image.open(io.BytesIO(after)) as second:
        box = ImageChops.difference(first.convert("RGB"), second.convert("RGB")).getbbox()
    return box is None or (box[2] - box[0] <= _CURSOR[0] and box[3] - box[1] <= _CURSOR[1])
