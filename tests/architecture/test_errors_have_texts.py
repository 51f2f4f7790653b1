"""Every error class of the program has its own words for the clerk and its own code for scripts."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter

import pytest

import bancointegra
from bancointegra.domain.errors import AppError


def subclasses(kind: type[AppError]) -> set[type[AppError]]:
    return {kind}.union(*(subclasses(child) for child in kind.__subclasses__()))


@pytest.fixture(scope="module")
def error_classes() -> set[type[AppError]]:
    for module in pkgutil.walk_packages(bancointegra.__path__, "bancointegra."):
        if not module.name.endswith(".__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)
    found = {kind for kind in subclasses(AppError) if kind.__module__.startswith("bancointegra.")}
    assert len(found) >= 9
    return found


def test_every_error_has_a_title_and_a_code_of_its_own(error_classes: set[type[AppError]]) -> None:
    for kind in error_classes:
        assert "title" in vars(kind), f"{kind.__qualname__} has no title"
        assert "default_code" in vars(kind), f"{kind.__qualname__} has no code"
        assert kind.title[0].isupper()
        assert not kind.title.endswith(".")
        assert re.fullmatch(r"[a-z][a-z_]*", kind.default_code)
        assert not kind.default_hint or kind.default_hint.endswith(".")


def test_no_two_errors_share_a_code(error_classes: set[type[AppError]]) -> None:
    counted = Counter(kind.default_code for kind in error_classes)
    assert [code for code, times in counted.items() if times > 1] == []


def test_every_error_is_explained_in_its_docstring(error_classes: set[type[AppError]]) -> None:
    assert [kind.__qualname__ for kind in error_classes if not kind.__doc__] == []
