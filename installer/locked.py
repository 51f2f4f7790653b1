"""The two locks: which bytes may enter the installer, where they are fetched, and what happens to any other byte.

``runtime.lock`` names every file of the Windows CPython, ``requirements-win.txt`` every wheel. pip fetches, from
wherever this machine's own configuration says; what it brings is believed only after its hash was compared here.
"""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNTIME_LOCK = HERE / "runtime.lock"
WHEELS_LOCK = HERE / "requirements-win.txt"
PLATFORM = ("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
_PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>\S+) \\")
_HASH = re.compile(r"    --hash=sha256:(?P<digest>[0-9a-f]{64})(?: \\)?")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class BuildError(Exception):
    """The installer cannot be built; the text names the file and says what to do."""


@dataclass(frozen=True)
class RuntimeLock:
    """What ``runtime.lock`` says."""

    requirement: str
    digest: str
    archive: str
    folder: str
    library: str
    version: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Pin:
    """One wheel: its distribution, version, and the digests it may have."""

    name: str
    version: str
    digests: frozenset[str]

    @property
    def prefix(self) -> str:
        """How the wheel's file name begins, its dots and dashes as the file name's rules have them."""
        return f"{_normal(self.name)}-{self.version}-"


def read_runtime_lock(path: Path = RUNTIME_LOCK) -> RuntimeLock:
    """Raises ``BuildError`` naming the lock and the line that cannot be understood."""
    found: dict[str, list[str]] = {}
    files: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        kind, *words = line.split() or ["#"]
        if kind.startswith("#"):
            continue
        if kind == "file" and len(words) == 2 and _DIGEST.fullmatch(words[0]) and words[1] not in files:
            files[words[1]] = words[0]
        elif kind in ("package", "archive", "library") and len(words) == 2 and kind not in found:
            found[kind] = words
        else:
            raise BuildError(f"{path.name}, line {number}: not understood: {line}")
    try:
        return RuntimeLock(*found["package"], *found["archive"], *found["library"], files)
    except KeyError as error:
        raise BuildError(f"{path.name}: there is no line {error}") from error


def read_wheels_lock(path: Path = WHEELS_LOCK) -> tuple[Pin, ...]:
    """Raises ``BuildError`` naming the lock and the line that cannot be understood."""
    pins: list[tuple[str, str, set[str]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip().startswith("#"):
            continue
        if pin := _PIN.fullmatch(line):
            pins.append((pin["name"], pin["version"], set()))
        elif (digest := _HASH.fullmatch(line)) and pins:
            pins[-1][2].add(digest["digest"])
        else:
            raise BuildError(f"{path.name}, line {number}: not understood: {line}")
    return tuple(Pin(name, version, frozenset(digests)) for name, version, digests in pins)


def fetch_wheels(folder: Path, lock: Path = WHEELS_LOCK) -> tuple[Path, ...]:
    """All wheels of the lock in ``folder``, fetched where missing and compared. Raises ``BuildError``."""
    folder.mkdir(parents=True, exist_ok=True)
    pins = read_wheels_lock(lock)
    missing = [pin for pin in pins if not _wheels(folder, pin)]
    if missing:
        requirements = folder / "missing.txt"
        requirements.write_text("".join(_requirement(pin) for pin in missing), encoding="utf-8")
        only = ("--no-deps", "--require-hashes", "--only-binary", ":all:", *PLATFORM)
        pip("download", *only, "--requirement", str(requirements), "--dest", str(folder))
        requirements.unlink()
    return tuple(_compared(folder, pin, lock) for pin in pins)


def fetch_runtime(folder: Path, lock: RuntimeLock) -> Mapping[str, bytes]:
    """The files of the Windows CPython by name, from the source package, compared. Raises ``BuildError``."""
    folder.mkdir(parents=True, exist_ok=True)
    name, _, version = lock.requirement.partition("==")
    package = folder / f"{name.replace('-', '_')}-{version}.tar.gz"
    if not package.exists():
        requirement = folder / "runtime.txt"
        requirement.write_text(f"{lock.requirement} --hash=sha256:{lock.digest}\n", encoding="utf-8")
        only = ("--no-deps", "--no-binary", ":all:", "--require-hashes")
        pip("download", *only, "--requirement", str(requirement), "--dest", str(folder))
        requirement.unlink()
    content = package.read_bytes()
    if hashlib.sha256(content).hexdigest() != lock.digest:
        raise BuildError(f"{package.name} is not the file that {RUNTIME_LOCK.name} names; remove it and build again")
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        member = tar.extractfile(f"{package.name.removesuffix('.tar.gz')}/{lock.archive}")
        if member is None:
            raise BuildError(f"{package.name} holds no {lock.archive}")
        return read_runtime_zip(io.BytesIO(member.read()), lock, folder=f"{lock.folder}/")


def read_runtime_zip(archive: Path | io.BytesIO, lock: RuntimeLock, folder: str = "") -> Mapping[str, bytes]:
    """The files below ``folder`` of a zip, compared: a person's own from python.org has them at its top.

    Raises ``BuildError`` naming the first file that is missing, too many, or other than the lock says.
    """
    with zipfile.ZipFile(archive) as content:
        names = [name for name in content.namelist() if name.startswith(folder) and not name.endswith("/")]
        found = {name.removeprefix(folder): content.read(name) for name in names}
    compare(found, lock.files, RUNTIME_LOCK.name)
    return found


def compare(found: Mapping[str, bytes], expected: Mapping[str, str], lock_name: str) -> None:
    """Raises ``BuildError`` naming the file, unless exactly the expected files are there, with the expected bytes."""
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            raise BuildError(f"{name} is in {lock_name} and not in the runtime")
        if name not in expected:
            raise BuildError(f"{name} is in the runtime and not in {lock_name}")
        if hashlib.sha256(found[name]).hexdigest() != expected[name]:
            raise BuildError(f"{name} is not the file that {lock_name} names")


def pip(*arguments: str) -> None:
    """This machine's pip with this machine's configuration. Raises ``BuildError``."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise BuildError(f"pip {arguments[0]} failed:\n{done.stderr.strip()}")


def _requirement(pin: Pin) -> str:
    return f"{pin.name}=={pin.version} {' '.join(f'--hash=sha256:{digest}' for digest in sorted(pin.digests))}\n"


def _compared(folder: Path, pin: Pin, lock: Path) -> Path:
    wheels = _wheels(folder, pin)
    if len(wheels) != 1:
        raise BuildError(f"{lock.name} names {pin.name} {pin.version}, and there are {len(wheels)} wheels of it")
    if hashlib.sha256(wheels[0].read_bytes()).hexdigest() not in pin.digests:
        raise BuildError(f"{wheels[0].name} is not the file that {lock.name} names; remove it and build again")
    return wheels[0]


def _wheels(folder: Path, pin: Pin) -> list[Path]:
    return [path for path in _files(folder, ".whl") if f"{_normal(path.name)}".startswith(pin.prefix)]


def _files(folder: Path, suffix: str) -> Iterable[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == suffix)


def _normal(name: str) -> str:
    """PEP 503, with the underscore of file names; the version's dots are left alone."""
    distribution, dash, rest = name.partition("-") if name.endswith(".whl") else (name, "", "")
    return re.sub(r"[-_.]+", "_", distribution).lower() + dash + rest
