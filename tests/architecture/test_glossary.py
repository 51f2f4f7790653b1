"""The glossary knows every word of the domain."""

from __future__ import annotations

import ast
from pathlib import Path

# The ports and the errors are architecture, not vocabulary; docs/architecture.md and the tree in errors.py show them.
NOT_VOCABULARY = {"ports.py", "errors.py"}


def test_every_public_class_of_the_domain_is_in_the_glossary(root: Path) -> None:
    glossary = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    names = [
        node.name
        for file in sorted((root / "bancointegra" / "domain").glob("*.py"))
        if file.name not in NOT_VOCABULARY
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert len(names) > 20
    assert [name for name in names if f"`{name}`" not in glossary] == []
