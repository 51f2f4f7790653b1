"""The glossary knows every word of the domain."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path

import pytest

# The ports and the errors are architecture, not vocabulary; docs/architecture.md and the tree in errors.py show them.
NOT_VOCABULARY = {
    "ports.py",
    "ports_pagamento.py",
    "ports_cadastros.py",
    "ports_certificado.py",
    "ports_importacao.py",
    "ports_exportacao.py",
    "ports_ponte.py",
    "errors.py",
}


@pytest.fixture(scope="module")
def glossary(root: Path) -> str:
    return (root / "docs" / "glossary.md").read_text(encoding="utf-8")


def test_every_public_class_and_function_of_the_domain_is_in_the_glossary(root: Path, glossary: str) -> None:
    names = [
        node.name
        for file in sorted((root / "bancointegra" / "domain").glob("*.py"))
        if file.name not in NOT_VOCABULARY
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
    ]
    assert len(names) > 80
    assert [name for name in names if f"`{name}`" not in glossary] == []


def test_the_terms_are_in_alphabetical_order(glossary: str) -> None:
    rows = [line for line in glossary.splitlines() if line.startswith("| ")][2:]
    terms = [row.split(" | ")[0].removeprefix("| ") for row in rows]
    assert len(terms) > 50
    assert terms == sorted(terms, key=_letters)


def _letters(term: str) -> str:
    """Without accents, case and punctuation, as a dictionary sorts."""
    decomposed = unicodedata.normalize("NFKD", term.casefold())
    return "".join(char for char in decomposed if char.isalnum() or char == " ")
