"""Build ``dist/BancoIntegra-X.Y.Z-setup.exe`` from locked parts: ``make installer``, or ``python -m installer.build``.

Download by hash → compare every file → unpack → keep of Qt what is used → compile the launchers → pack with NSIS.
The same script runs on Linux and, with NSIS and MinGW on the PATH, on Windows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bancointegra import __version__
from installer import identity, packages
from installer.icon import write_pictures
from installer.locked import (
    HERE,
    BuildError,
    RuntimeLock,
    fetch_runtime,
    fetch_wheels,
    read_runtime_lock,
    read_runtime_zip,
)
from installer.signatures import check_signatures
from installer.stage import ROOT, build_stage
from tools.setup_environment import SetupError

BUILD = ROOT / "build" / "installer"
LAUNCHER = HERE / "launcher"
_GCC = "x86_64-w64-mingw32-gcc"
_WINDRES = "x86_64-w64-mingw32-windres"


def main(arguments: list[str] | None = None) -> int:
    """Returns the process status."""
    parser = argparse.ArgumentParser(prog="make installer", description=__doc__)
    parser.add_argument("--compression", choices=("lzma", "zlib"), default="lzma", help="zlib: quick, a larger file")
    parser.add_argument("--python-embed-zip", type=Path, metavar="FILE", help="the zip downloaded from python.org")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", metavar="FOLDER")
    options = parser.parse_args(arguments)
    try:
        wanted = packages.BUILD | (packages.SIGNATURES if packages.can_install() else {})
        packages.install(packages.missing(wanted))
        setup = build(options.output, options.compression, options.python_embed_zip)
    except (BuildError, SetupError) as error:
        print(f"installer: {error}", file=sys.stderr)
        return 1
    print(f"installer: {setup} ({setup.stat().st_size / 1e6:.1f} MB)")
    return 0


def build(output: Path, compression: str = "lzma", python_zip: Path | None = None) -> Path:
    """Returns the setup program. Raises ``BuildError`` naming what does not fit."""
    lock = read_runtime_lock()
    runtime = read_runtime_zip(python_zip, lock) if python_zip else fetch_runtime(BUILD / "runtime", lock)
    _tell_signatures(runtime)
    wheels = fetch_wheels(BUILD / "wheels")
    stage = BUILD / "stage"
    build_stage(stage, runtime, lock, wheels)
    _compile_launchers(stage, lock)
    size = sum(path.stat().st_size for path in stage.rglob("*") if path.is_file())
    _say(f"{len(wheels)} wheels and CPython {lock.version}, all as locked; installed {size / 1e6:.0f} MB")
    return _pack(stage, output, compression)


def _tell_signatures(runtime: Mapping[str, bytes]) -> None:
    signatures = check_signatures(runtime)
    proven = [each for each in signatures if each.proven]
    unproven = ", ".join(each.file for each in signatures if not each.proven)
    if not signatures:
        _say("signatures not checked: there is no osslsigncode here")
        return
    _say(f"{len(proven)} of {len(signatures)} programs of the runtime signed by who they say; digest only: {unproven}")


def _compile_launchers(stage: Path, lock: RuntimeLock) -> None:
    work = BUILD / "launcher"
    work.mkdir(parents=True, exist_ok=True)
    write_pictures(work / "app.ico", work / "banner.bmp")
    (work / "launcher.manifest").write_bytes((LAUNCHER / "launcher.manifest").read_bytes())
    numbers = ",".join([*__version__.split("."), "0"])
    for name, window in ((identity.PROGRAM, True), (identity.CONSOLE_PROGRAM, False)):
        values = {
            "VERSION_NUMBERS": numbers,
            "VERSION_TEXT": _quoted(__version__),
            "FILE_NAME": _quoted(name),
            "PYTHON_DLL": f"L{_quoted(lock.library)}",
            "IN_USE_MUTEX": f"L{_quoted(identity.IN_USE_MUTEX)}",
        }
        header = "".join(f"#define {key} {value}\n" for key, value in values.items())
        (work / "build.h").write_text(header, encoding="ascii")
        resource = work / f"{Path(name).stem}.o"
        _run([_WINDRES, f"-I{work}", str(LAUNCHER / "launcher.rc"), str(resource)])
        flags = ["-municode", "-O2", "-s", "-Wall", "-Wextra", "-Werror", f"-I{work}"]
        kind = "-mwindows" if window else "-DCONSOLE"
        _run([_GCC, *flags, kind, str(LAUNCHER / "launcher.c"), str(resource), "-o", str(stage / name)])


def _pack(stage: Path, output: Path, compression: str) -> Path:
    output.mkdir(parents=True, exist_ok=True)
    setup = output.resolve() / f"{identity.NAME}-{__version__}-setup.exe"
    defines = {
        "VERSION": __version__,
        "STAGE": str(stage),
        "OUT": str(setup),
        "ICON": str(BUILD / "launcher" / "app.ico"),
        "BANNER": str(BUILD / "launcher" / "banner.bmp"),
        "COMPRESSION": compression,
        "NAME": identity.NAME,
        "PROGRAM": identity.PROGRAM,
        "CONSOLE_PROGRAM": identity.CONSOLE_PROGRAM,
        "APPLICATION_ID": identity.APPLICATION_ID,
        "IN_USE_MUTEX": identity.IN_USE_MUTEX,
        "CERTIFICATE_CLASS": identity.CERTIFICATE_CLASS,
    }
    started = time.monotonic()
    _run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *_defines(defines), str(HERE / "setup.nsi")])
    _say(f"packed with {compression} in {time.monotonic() - started:.0f} s")
    return setup


def _defines(values: Mapping[str, str]) -> list[str]:
    return [f"-D{name}={value}" for name, value in values.items()]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\")
    return f'"{escaped}"'


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    except OSError as error:
        raise BuildError(f"{command[0]} could not be started: {error}") from error
    if done.returncode != 0:
        raise BuildError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _say(text: str) -> None:
    print(f"installer: {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
