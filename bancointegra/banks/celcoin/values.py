"""Celcoin's ways of writing a date, a moment, an hour, an amount, a document, yes and no.

Absent, null and empty are the same; what is there and makes no sense raises ``UnreadableAnswer``, so that no guess
enters the store.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from bancointegra.banks.http import UnreadableAnswer
from bancointegra.banks.node import Node
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import FUSO_CELCOIN

_BRAZILIAN_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_HOUR = re.compile(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")
_LENGTH_TO_SECONDS = 19
_YES = ("true", "s", "1")


def read_moment(node: Node, key: str) -> datetime | None:
    """A moment in Brasília's time; what stands behind the seconds (fractions, ``Z``, an offset) is decoration."""
    text = node.text(key)
    if not text:
        return None
    in_iso = _BRAZILIAN_DAY.sub(r"\3-\2-\1", text)[:_LENGTH_TO_SECONDS]
    try:
        moment = datetime.fromisoformat(in_iso)
    except ValueError as error:
        raise UnreadableAnswer(f"data em {key}") from error
    return None if moment.year == 1 else moment.replace(tzinfo=FUSO_CELCOIN)


def read_day(node: Node, key: str) -> date | None:
    """The day of ``dd/MM/yyyy``, ``yyyy-MM-dd`` or a timestamp; None for the “no date” 0001-01-01 too."""
    moment = read_moment(node, key)
    return None if moment is None else moment.date()


def read_hour(node: Node, key: str) -> time | None:
    text = node.text(key)
    if not text:
        return None
    try:
        if not _HOUR.fullmatch(text):
            raise ValueError
        return time.fromisoformat(text.zfill(5) if len(text) < 6 else text.zfill(8))
    except ValueError as error:
        raise UnreadableAnswer(f"hora em {key}") from error


def read_amount(node: Node, key: str) -> Reais:
    """An amount of reais, as number or as text; zero when absent."""
    return node.money(key, digits_are_cents=False)


def read_optional_amount(node: Node, key: str) -> Reais | None:
    return read_amount(node, key) if node.text(key) else None


def read_integer(node: Node, key: str) -> int | None:
    """A whole number, as number or as text."""
    text = node.text(key)
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise UnreadableAnswer(f"número em {key}")
    return int(text)


def read_id(node: Node, key: str) -> str:
    """An id as its digits, beyond 32 bits too; empty when absent or zero."""
    number = read_integer(node, key)
    return "" if not number else str(number)


def read_yes(node: Node, key: str) -> bool:
    """``true``, ``"S"`` and the like; anything else is no."""
    value = node.raw(key)
    return value is True or (isinstance(value, str) and value.strip().lower() in _YES)


def read_document(node: Node, *keys: str) -> str:
    """A CPF or CNPJ without punctuation, letters in capitals; nothing is judged."""
    return "".join(c for c in node.text(*keys).upper() if c.isascii() and c.isalnum())
