"""Renders every window and dialog with demo data: ``python -m tools.render_screens [NAME…]`` → build/screens/*.png.

Light and dark, at 100 % and 150 %. A scale needs its own process, so this one starts another for each.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

OUTPUT = Path(__file__).resolve().parents[1] / "build" / "screens"
WINDOW_SIZES = {"1": (1366, 728), "1.5": (1280, 672)}
"""What a 1366 × 768 display leaves to a window; at 150 %, a 1920 × 1080 one (in logical pixels)."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only screens whose name contains one of these words")
    parser.add_argument("--scale", choices=WINDOW_SIZES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.scale:
        return render(options.scale, options.names)
    codes = [start(scale, options.names) for scale in WINDOW_SIZES]
    print(f"{len(list(OUTPUT.glob('*.png')))} pictures in {OUTPUT}")
    return max(codes)


def start(scale: str, names: list[str]) -> int:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    command = [sys.executable, "-m", "tools.render_screens", "--scale", scale, *names]
    return subprocess.run(command, env=environment, check=False).returncode


def render(scale: str, names: list[str]) -> int:
    """Render all screens in this process; the exit code is 1 when one of them failed."""
    from PySide6.QtCore import QSettings

    from bancointegra.ui.app import create_application
    from bancointegra.ui.jobs import Jobs
    from bancointegra.ui.theme import ThemeChoice
    from tools.screens.stage import Stage

    OUTPUT.mkdir(parents=True, exist_ok=True)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        application, theme = create_application(["bancointegra"], settings)
        jobs = Jobs()
        stage = Stage(application, theme, jobs, settings, Path(folder), WINDOW_SIZES[scale])
        for choice, suffix in ((ThemeChoice.CLARO, "light"), (ThemeChoice.ESCURO, "dark")):
            theme.choose(choice)
            for screen in screens(names):
                target = OUTPUT / f"{screen.name}-{suffix}-{round(float(scale) * 100)}.png"
                failed = not picture(screen, stage, target) or failed
        jobs.shutdown()
    return int(failed)


def screens(names: list[str]) -> Iterator:
    """The screens of every module in tools/screens, or those whose name contains one of ``names``."""
    package = importlib.import_module("tools.screens")
    for module in pkgutil.iter_modules(package.__path__):
        for screen in getattr(importlib.import_module(f"tools.screens.{module.name}"), "SCREENS", ()):
            if not names or any(name in screen.name for name in names):
                yield screen


def picture(screen, stage, target: Path) -> bool:
    widget = screen.make(stage)
    try:
        if screen.is_window:
            widget.resize(*stage.window_size)
        widget.show()
        stage.application.processEvents()
        if screen.ready:
            screen.ready(widget, stage)
        stage.application.processEvents()
        return widget.grab().save(str(target))
    except Exception as error:  # noqa: BLE001 - the other screens are still worth a picture
        print(f"{screen.name}: {error!r}", file=sys.stderr)
        return False
    finally:
        widget.close()
        widget.deleteLater()
        stage.application.processEvents()


if __name__ == "__main__":
    raise SystemExit(main())
