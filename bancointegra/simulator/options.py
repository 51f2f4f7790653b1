"""Changing some of the options in a frozen record of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from bancointegra.simulator.celcoin.switches import CelcoinSwitches
from bancointegra.simulator.switches import Switches

Options = TypeVar("Options", Switches, CelcoinSwitches)
Choices = Mapping[str, tuple[str | int, ...]]


def changed(options: Options, choices: Choices, changes: Mapping[str, Any]) -> Options:
    """A copy with ``changes``; raises ``ValueError`` naming an unknown option, wrong type or unknown choice."""
    known = {field.name: type(getattr(options, field.name)) for field in fields(options)}
    for name, value in changes.items():
        if name not in known:
            raise ValueError(f"Não existe a opção “{name}”.")
        wanted = (int, float) if known[name] is float else known[name]
        if not isinstance(value, wanted) or (known[name] is not bool and isinstance(value, bool)):
            raise ValueError(f"A opção “{name}” não aceita {value!r}.")
        if name in choices and value not in choices[name]:
            raise ValueError(f"A opção “{name}” aceita apenas {', '.join(map(str, choices[name]))}.")
    return replace(options, **changes)
