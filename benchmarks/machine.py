"""The machine the figures are of: they mean nothing without it."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from pathlib import Path

from PySide6.QtCore import qVersion


def describe_machine() -> str:
    """Processor, cores, memory and load, and the versions that matter."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory()}, load {_load()}; "
        f"{platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}, Qt {qVersion()}, SQLite {sqlite3.sqlite_version}"
    )


def _processor() -> str:
    with_model = [line for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return with_model[0].partition(":")[2].strip() if with_model else platform.processor() or platform.machine()


def _memory() -> str:
    if sys.platform == "win32":
        return "memory unknown"
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def _load() -> str:
    """Other work on the machine disturbs the figures: this says how much there was when they began."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
