"""Two libraries of a newer Wine, for the test's own prefix only: Qt and cryptography need them, Debian 12's lacks them.

They come from Debian's package ``libwine`` of the next release, through an apt of our own that leaves this machine's
alone and asks the mirror this machine is set up for.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

LIBRARIES = ("windows.ui.dll", "bcryptprimitives.dll")
_SUITE = "trixie"
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_INSIDE = "./usr/lib/x86_64-linux-gnu/wine/x86_64-windows/"
_SOURCES = Path("/etc/apt")
_MIRROR = re.compile(r"^(?:URIs:\s*|deb\s+(?:\[[^]]*\]\s*)?)(\S+/debian)/?(?:\s|$)", re.M)


def fetch_overlay(folder: Path) -> tuple[Path, ...]:
    """The libraries in ``folder``, fetched (111 MB) when they are not there. Raises ``RuntimeError``."""
    found = tuple(folder / name for name in LIBRARIES)
    if all(path.exists() for path in found):
        return found
    work = folder / "apt"
    shutil.rmtree(work, ignore_errors=True)
    for name in ("lists/partial", "cache/archives/partial"):
        (work / name).mkdir(parents=True)
    (work / "status").write_text("")
    source = f"deb [signed-by={_KEYRING}] {_mirror()} {_SUITE} main\n"
    (work / "sources.list").write_text(source, encoding="utf-8")
    _apt(work, "update")
    _apt(work, "download", "libwine")
    (package,) = work.glob("libwine_*.deb")
    _unpack(package, folder)
    shutil.rmtree(work)
    return found


def _mirror() -> str:
    for path in sorted((*_SOURCES.glob("sources.list.d/*"), *_SOURCES.glob("sources.list"))):
        if found := _MIRROR.search(path.read_text(encoding="utf-8", errors="replace")):
            return found[1]
    raise RuntimeError("this machine's apt names no Debian mirror")


def _apt(work: Path, *arguments: str) -> None:
    settings = {
        "Dir::Etc::SourceList": work / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": work / "lists",
        "Dir::State::status": work / "status",
        "Dir::Cache": work / "cache",
        "APT::Sandbox::User": "root",
    }
    options = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
    done = subprocess.run(["apt-get", "-qq", *options, *arguments], cwd=work, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"apt-get {arguments[0]} for Wine's newer libraries failed: {done.stderr.strip()}")


def _unpack(package: Path, folder: Path) -> None:
    content = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        for name in LIBRARIES:
            member = tar.extractfile(_INSIDE + name)
            if member is None:
                raise RuntimeError(f"{package.name} holds no {name}")
            (folder / name).write_bytes(member.read())
