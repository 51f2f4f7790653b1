"""The same answer in the shapes that recordings of Celcoin show: case of keys, widths of codes, text or number."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bancointegra.simulator.celcoin.switches import CelcoinSwitches

_CODES = ("errorcode", "errocode")
_IDS = ("transactionid",)
_FINAL_PAYEE = {"documentRecipientFinal": "documentFinalRecipient", "recipientFinal": "finalRecipient"}
_KEY_STYLES: dict[str, Callable[[str], str]] = {
    "seed": lambda key: key,
    "lower": str.lower,
    "camel": lambda key: key[:1].lower() + key[1:],
    "pascal": lambda key: key[:1].upper() + key[1:],
}


@dataclass(frozen=True, slots=True)
class Cents:
    """An amount, written with two decimals or as the switches say."""

    value: int

    def write(self, style: str) -> str:
        sign, whole, part = "-" if self.value < 0 else "", *divmod(abs(self.value), 100)
        decimals = f"{part:02d}"
        if style == "short":
            decimals = decimals.rstrip("0") or "0"
        return f"{sign}{whole}.{decimals}"


def dress(content: Any, switches: CelcoinSwitches) -> str:
    """The JSON text of an answer in Celcoin's own shape, changed as the switches want it."""
    if isinstance(content, Cents):
        text = content.write(switches.money_as)
        return json.dumps(text) if switches.money_as == "text" else text
    if isinstance(content, dict):
        entries = (
            f"{json.dumps(_key(key, switches))}: {dress(_value(key.lower(), value, switches), switches)}"
            for key, value in content.items()
        )
        return "{" + ", ".join(entries) + "}"
    if isinstance(content, list):
        return "[" + ", ".join(dress(item, switches) for item in content) + "]"
    return json.dumps(content, ensure_ascii=False)


def _key(key: str, switches: CelcoinSwitches) -> str:
    if key == "erroCode":
        key = switches.outer_error_key
    if switches.final_payee_key == "table":
        key = _FINAL_PAYEE.get(key, key)
    return _KEY_STYLES[switches.key_style](key)


def _value(key: str, value: Any, switches: CelcoinSwitches) -> Any:
    if key == "status" and not isinstance(value, (dict, type(None))):
        return _as(value, switches.status_as)
    if key in _IDS:
        return _as(value, switches.ids_as)
    if key in _CODES and isinstance(value, str) and value.isdigit() and switches.code_width != "seed":
        return str(int(value)) if switches.code_width == "short" else value.zfill(3)
    return value


def _as(value: Any, style: str) -> Any:
    if style == "seed":
        return value
    return int(value) if style == "number" else str(value)
