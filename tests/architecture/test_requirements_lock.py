"""The lock pins every dependency, with hashes, and names no index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from installer.locked import read_wheels_lock

PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;]+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
COMMENT = re.compile(r"^\s*#")


@pytest.fixture(scope="module")
def lines(root: Path) -> list[str]:
    return (root / "requirements.lock").read_text(encoding="utf-8").splitlines()


def test_every_line_is_a_pin_a_hash_or_a_comment(lines: list[str]) -> None:
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line) or COMMENT.match(line))] == []


def test_every_pin_has_a_hash(lines: list[str]) -> None:
    following = [*lines[1:], ""]
    unhashed = [pin for pin, after in zip(lines, following, strict=True) if PIN.match(pin) and not HASH.match(after)]
    assert unhashed == []


def test_no_address_is_named(lines: list[str]) -> None:
    assert [line for line in lines if "://" in line or "index" in line.split("#")[0]] == []


def test_everything_asked_for_is_locked(root: Path, lines: list[str]) -> None:
    locked = {match["name"] for line in lines if (match := PIN.match(line))}
    asked = {
        re.split(r"[<>=!~\[; ]", line.strip())[0].lower()
        for file in root.glob("requirements*.in")
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    }
    assert asked
    assert asked <= locked


def test_the_windows_installer_has_the_same_pins(root: Path, lines: list[str]) -> None:
    """`make lock` writes both locks; what is only in the one would be missing on Windows."""
    windows = {pin.name: pin.version for pin in read_wheels_lock(root / "installer" / "requirements-win.txt")}
    program = {match["name"]: match["version"] for line in lines if (match := PIN.match(line))}
    asked = {
        re.split(r"[<>=!~\[; ]", line.strip())[0].lower()
        for line in (root / "requirements.in").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    }
    assert asked - windows.keys() == set(), "run make lock"
    assert {name: version for name, version in windows.items() if program.get(name) != version} == {}, "run make lock"
