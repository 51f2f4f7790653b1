"""Reading a request as the .NET binder does: keys in any case, types as declared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bancointegra.simulator.celcoin.answers import BindingError

_INT32 = 2**31 - 1


class Fields:
    """One JSON object. A value of the wrong type raises ``BindingError`` under its full path; null is absent."""

    def __init__(self, content: object, path: str = "") -> None:
        if not isinstance(content, Mapping):
            raise BindingError(path or "$", "Error converting value to the request object")
        self._content = {str(key).lower(): value for key, value in content.items()}
        self._path = path

    def text(self, key: str) -> str:
        value = self._value(key, "string", str)
        return "" if value is None else str(value)

    def integer(self, key: str) -> int | None:
        """A 32-bit number."""
        value = self._value(key, "integer", int)
        if value is not None and abs(value) > _INT32:
            raise BindingError(self._full(key), f"JSON integer {value} is too large or small for an Int32")
        return None if value is None else int(value)

    def identifier(self, key: str) -> int | None:
        """A 64-bit id, as number or as digits."""
        value = self._value(key, "integer", (int, str))
        if value is None:
            return None
        if not str(value).isascii() or not str(value).isdigit():
            raise BindingError(self._full(key), f"Could not convert string to integer: {value}")
        return int(value)

    def cents(self, key: str) -> int | None:
        """An amount of reais with at most two decimals, in cents."""
        value = self._value(key, "decimal", (int, Decimal))
        if value is None:
            return None
        cents = Decimal(value).scaleb(2)
        if cents != cents.to_integral_value():
            raise BindingError(self._full(key), f"Could not convert to a monetary value: {value}")
        return int(cents)

    def day(self, key: str) -> date | None:
        """The day of a date or of a timestamp, whose offset says nothing."""
        text = self.text(key)
        return parse_day(text, self._full(key)) if text else None

    def block(self, key: str) -> Fields | None:
        value = self._content.get(key.lower())
        return None if value is None else Fields(value, self._full(key))

    def _value(self, key: str, wanted: str, types: type | tuple[type, ...]) -> Any:
        value = self._content.get(key.lower())
        if value is None or (isinstance(value, types) and not isinstance(value, bool)):
            return value
        kind = "string" if isinstance(value, str) else type(value).__name__
        raise BindingError(self._full(key), f"Could not convert {kind} to {wanted}: {value}")

    def _full(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def parse_day(text: str, field: str) -> date:
    """``yyyy-MM-dd`` alone or in front of a time. Raises ``BindingError``."""
    return parse_moment(text, field).date()


def parse_moment(text: str, field: str) -> datetime:
    """``yyyy-MM-dd`` or ``yyyy-MM-ddTHH:mm:ss`` with whatever follows. Raises ``BindingError``."""
    try:
        return datetime.fromisoformat(text[:19])
    except ValueError:
        raise BindingError(field, f"Could not convert string to DateTime: {text}") from None
