"""What the papers say of commands, statuses, columns and files is so."""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bancointegra.cli import exit_codes
from bancointegra.cli.main import build_parser
from bancointegra.domain.importacao import OBRIGATORIOS, OPCIONAIS

PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**/*.md")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def commands(parser: argparse.ArgumentParser, prefix: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, with its path: ``titulos listar``."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                deeper = list(commands(child, f"{prefix}{name} "))
                yield from deeper or [(prefix + name, child)]


@pytest.fixture(scope="module")
def cli_paper(root: Path) -> str:
    return (root / "docs" / "cli.md").read_text(encoding="utf-8")


def test_every_command_and_option_is_explained(cli_paper: str) -> None:
    known = dict(commands(build_parser()))
    assert len(known) == 48
    missing = [
        f"{command} {option}"
        for command, parser in known.items()
        for option in (command, *(o for action in parser._actions for o in action.option_strings if o != "-h"))
        if option not in cli_paper
    ]
    assert missing == []


@pytest.mark.parametrize("paper", ["README.md", "docs/cli.md"])
def test_every_exit_status_is_listed(root: Path, paper: str) -> None:
    statuses = {value for value in vars(exit_codes).values() if isinstance(value, int)}
    listed = {int(found) for found in re.findall(r"^\| (\d+) \|", (root / paper).read_text(encoding="utf-8"), re.M)}
    assert listed == statuses


def test_every_column_of_the_import_is_explained(cli_paper: str) -> None:
    assert [column for column in OBRIGATORIOS + OPCIONAIS if f"`{column.value}`" not in cli_paper] == []


def test_the_model_file_has_every_column(root: Path) -> None:
    with (root / "docs" / "modelo-titulos.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    assert sorted(header) == sorted(column.value for column in OBRIGATORIOS + OPCIONAIS)
    assert rows
    assert {len(row) for row in rows} == {len(header)}


def test_every_link_leads_somewhere(root: Path) -> None:
    papers = sorted({path for pattern in PAPERS for path in root.glob(pattern)})
    broken = [
        f"{paper.relative_to(root)}: {target}"
        for paper in papers
        for target in LINK.findall(paper.read_text(encoding="utf-8"))
        if not (paper.parent / target).exists()
    ]
    assert broken == []
