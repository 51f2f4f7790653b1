"""What may stand in the project's files, and how long they may be."""

from __future__ import annotations

import re
from pathlib import Path

MAXIMUM_LINES = 450
# In brackets, so that this file does not name what it forbids.
REGISTRY = re.compile(r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|deb[.]debian|--(?:extra-)?index[-]url")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:[w]ork|[r]oot|[h]ome/[a-z]+)\b")


def texts(files: tuple[Path, ...]) -> list[tuple[Path, str]]:
    found = []
    for file in files:
        try:
            found.append((file, file.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # fonts and pictures
    assert len(found) > 50
    return found


def test_no_registry_and_no_path_of_a_machine_is_named(root: Path, project_files: tuple[Path, ...]) -> None:
    named = [
        f"{file.relative_to(root)}:{number}"
        for file, text in texts(project_files)
        for number, line in enumerate(text.splitlines(), 1)
        if REGISTRY.search(line) or MACHINE_PATH.search(line)
    ]
    assert named == []


def test_no_module_has_outgrown_one_subject(root: Path, project_files: tuple[Path, ...]) -> None:
    too_long = {
        str(file.relative_to(root)): lines
        for file in project_files
        if file.suffix == ".py" and (lines := len(file.read_text(encoding="utf-8").splitlines())) > MAXIMUM_LINES
    }
    assert too_long == {}


def test_every_module_of_the_package_says_what_it_is_for(root: Path, project_files: tuple[Path, ...]) -> None:
    silent = [
        str(file.relative_to(root))
        for file in project_files
        if file.suffix == ".py"
        and file.is_relative_to(root / "bancointegra")
        and not file.read_text(encoding="utf-8").startswith(('"""', 'r"""'))
    ]
    assert silent == []
