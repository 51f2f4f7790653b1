"""Lay the program out as it will lie on the clerk's disk: ``runtime``, ``lib``, ``app`` and the two launchers."""

from __future__ import annotations

import compileall
import py_compile
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from email.parser import Parser
from pathlib import Path

from installer.locked import BuildError, RuntimeLock, pip

ROOT = Path(__file__).resolve().parent.parent
LICENCES = "LICENCAS.txt"
_NOT_NEEDED = ("python.cat", "_msi.pyd", "winsound.pyd")
"""Of the runtime: its catalogue of signatures, the making of MSI files, beeps."""
_QT_ALWAYS = (
    "__init__.py",
    "_config.py",
    "_git_pyside_version.py",
    "pyside6.abi3.dll",
    "msvcp140*.dll",
    "vcruntime140*.dll",
    "plugins/platforms/qwindows.dll",
    "plugins/platforms/qoffscreen.dll",
    "plugins/styles/qmodernwindowsstyle.dll",
    "plugins/imageformats/qsvg.dll",
    "plugins/imageformats/qico.dll",
    "plugins/imageformats/qjpeg.dll",
    "plugins/iconengines/qsvgicon.dll",
    "translations/qtbase_pt_BR.qm",
)
_QT_IMPORT = re.compile(r"^\s*from PySide6\.(Qt\w+) import ", re.M)
_QT_BEHIND_PLUGINS = ("QtSvg",)
"""Modules that no line of ours imports and a plugin links to."""
_APP = ("bancointegra", "resources", "docs/manual", "docs/modelo-titulos.csv")
_NEEDLESS = (
    "**/*.pyi",
    "**/*.pyx",
    "**/*.pxd",
    "**/*.c",
    "PIL/_avif.*",
    "PIL/_imagingcms.*",
    "PIL/_imagingft.*",
    "PIL/_webp.*",
    "holidays/locale/[!p]*",
    "reportlab/fonts/*.pfb",
    "sqlalchemy/dialects/m*sql",
    "sqlalchemy/dialects/oracle",
    "sqlalchemy/testing",
    "stdnum/oui.dat",
)
"""Of the libraries: what their developers read; pictures, fonts, languages, databases, numbers we have nothing of."""
_SEARCH_PATH = ("{zip}", ".", r"..\lib", r"..\app")
"""Without ``import site``: neither PYTHONPATH nor the user's packages are looked at."""


def build_stage(stage: Path, runtime: Mapping[str, bytes], lock: RuntimeLock, wheels: Iterable[Path]) -> None:
    """Make the folder anew. Raises ``BuildError``."""
    shutil.rmtree(stage, ignore_errors=True)
    _lay_runtime(stage / "runtime", runtime, lock)
    _lay_libraries(stage / "lib", wheels)
    _lay_app(stage / "app")
    _compile(stage / "app")
    _compile(stage / "lib", beside=True)
    for source in (stage / "lib").rglob("*.py"):
        source.unlink()
    (stage / LICENCES).write_text(_licences(stage / "lib", lock), encoding="utf-8-sig", newline="\r\n")


def qt_modules(package: Path = ROOT / "bancointegra") -> frozenset[str]:
    """The modules of PySide6 that the program imports: what is not imported is not shipped."""
    found = set(_QT_BEHIND_PLUGINS)
    for file in package.rglob("*.py"):
        found |= set(_QT_IMPORT.findall(file.read_text(encoding="utf-8")))
    return frozenset(found)


def qt_files(modules: Iterable[str]) -> tuple[str, ...]:
    """What is kept of PySide6, as patterns below its folder."""
    of_modules = [name for module in sorted(modules) for name in (f"{module}.pyd", f"Qt6{module[2:]}.dll")]
    return (*_QT_ALWAYS, *of_modules)


def _lay_runtime(folder: Path, files: Mapping[str, bytes], lock: RuntimeLock) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        if name not in _NOT_NEEDED:
            (folder / name).write_bytes(content)
    library = Path(lock.library).stem
    lines = [line.format(zip=f"{library}.zip") for line in _SEARCH_PATH]
    (folder / f"{library}._pth").write_bytes("".join(f"{line}\r\n" for line in lines).encode())


def _lay_libraries(folder: Path, wheels: Iterable[Path]) -> None:
    """Unpack, without asking any index: what is unpacked was compared before."""
    only = ("--no-index", "--no-deps", "--no-compile", "--only-binary", ":all:")
    platform = ("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
    pip("install", "--root-user-action=ignore", "--target", str(folder), *only, *platform, *map(str, wheels))
    shutil.rmtree(folder / "bin", ignore_errors=True)
    _keep_only(folder / "PySide6", qt_files(qt_modules()))
    for needless in _NEEDLESS:
        for path in folder.glob(needless):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _keep_only(folder: Path, patterns: Iterable[str]) -> None:
    kept: set[Path] = set()
    for pattern in patterns:
        found = set(folder.glob(pattern))
        if not found:
            raise BuildError(f"PySide6 holds no {pattern}, which the program needs")
        kept |= found
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in kept:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _lay_app(folder: Path) -> None:
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in _APP:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=ignore)
        else:
            shutil.copy2(source, target)
    shutil.copy2(ROOT / "CHANGELOG.md", folder / "docs" / "CHANGELOG.md")


def _licences(lib: Path, lock: RuntimeLock) -> str:
    """Whose work is shipped, under which licence, and where its text lies."""
    lines = [
        "O BancoIntegra inclui o trabalho de outras pessoas. Os textos das licenças estão nas pastas indicadas.",
        "",
        f"CPython {lock.version}: Python Software Foundation License (runtime\\LICENSE.txt)",
        "Letras Inter e JetBrains Mono: SIL Open Font License 1.1 (app\\resources\\fonts)",
        "Ícones Lucide: ISC (app\\resources\\icons)",
    ]
    for folder in sorted(lib.glob("*.dist-info")):
        about = Parser().parsestr((folder / "METADATA").read_text(encoding="utf-8"), headersonly=True)
        kinds = [
            kind.rpartition(" :: ")[2] for kind in about.get_all("Classifier", []) if kind.startswith("License ::")
        ]
        licence = about["License-Expression"] or ", ".join(kinds) or (about["License"] or "").partition("\n")[0]
        lines.append(f"{about['Name']} {about['Version']}: {licence} (lib\\{folder.name})")
    return "".join(f"{line}\n" for line in lines)


def _compile(folder: Path, *, beside: bool = False) -> None:
    """Byte code, believed without a look at the dates of the sources, so that the first start is quick.

    ``beside``: where the sources are, in place of which it may stand. Of the libraries only byte code is shipped, for
    their sources are a tenth of the installer; of the program also the sources, so that an incident shows its lines.
    """
    if sys.version_info[:2] != (3, 11):
        raise BuildError("the byte code must be made by Python 3.11, the version that is shipped")
    compileall.compile_dir(
        folder,
        quiet=2,
        stripdir=str(folder.parent),
        legacy=beside,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
