"""One payment at Celcoin. Moments are Brasília's, without time zone, as Celcoin writes them; money is integer cents."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Any

from bancointegra.simulator.clock import add_business_days

TIME_TO_CAPTURE = timedelta(minutes=30)
_RETURN_HOUR = time(10)
_MOMENTS = ("created", "captured", "release_at", "settle_at", "undo_at", "returned")
_DAYS = ("due", "settle_day")


class State(IntEnum):
    """Celcoin's inner ``status``."""

    SUCESSO = 0
    DESFEITO = 1
    ESPERANDO = 4
    DESFAZENDO = 6


@dataclass(slots=True)
class Payment:
    """From the reserve on. ``release_at`` and ``settle_at`` come with the capture, ``undo_at`` with the undoing.

    ``undo_name`` is what the statement will call the money coming back; ``return_reason`` is an occurrence's, and
    ``return_scheduled`` says that one comes by itself. ``captures`` counts the tries. ``face`` is the face value.
    """

    id: int
    client_id: str
    authorize_id: int
    nsu: int
    terminal: str | None
    document: str
    line: str
    kind: int
    cents: int
    face: int
    due: date
    created: datetime
    settle_day: date
    issuer: str
    convenant: str
    payee: tuple[str, str] | None
    payer: tuple[str, str] | None
    is_expired: bool
    state: State = State.ESPERANDO
    captured: datetime | None = None
    captures: int = 0
    release_at: datetime | None = None
    settle_at: datetime | None = None
    is_released: bool = False
    is_settled: bool = False
    undo_at: datetime | None = None
    undo_name: str = ""
    return_scheduled: bool = False
    returned: datetime | None = None
    return_reason: str = ""

    @property
    def due_at(self) -> datetime | None:
        """When the clock will change it next; None when it will not."""
        if self.state is State.ESPERANDO:
            return self.created + TIME_TO_CAPTURE
        if self.state is State.DESFAZENDO:
            return self.undo_at
        if self.state is State.DESFEITO or self.returned is not None:
            return None
        if not self.is_released:
            return self.release_at
        if not self.is_settled:
            return self.settle_at
        return datetime.combine(add_business_days(self.settle_day, 1), _RETURN_HOUR) if self.return_scheduled else None

    @property
    def taken(self) -> int:
        """Cents that are gone from the client's account."""
        is_back = self.state is State.DESFEITO or self.returned is not None
        return 0 if is_back else self.cents

    @property
    def held(self) -> int:
        """Of those, the cents that wait for a confirmation or for their undoing without one."""
        return self.taken if self.captured is None else 0

    @property
    def authentication(self) -> int:
        """The receipt's number of four digits."""
        return self.id % 10_000

    def to_json(self) -> str:
        content = {item.name: getattr(self, item.name) for item in fields(self)}
        return json.dumps(content, default=lambda value: value.isoformat())

    @classmethod
    def from_json(cls, text: str) -> Payment:
        content: dict[str, Any] = json.loads(text)
        for name in _MOMENTS:
            content[name] = None if content[name] is None else datetime.fromisoformat(content[name])
        for name in _DAYS:
            content[name] = date.fromisoformat(content[name])
        for name in ("payee", "payer"):
            content[name] = None if content[name] is None else tuple(content[name])
        return cls(**{**content, "state": State(content["state"])})


@dataclass(frozen=True, slots=True)
class Authorization:
    """A query of a bill, which a reserve refers to; ``reserves`` counts how many did."""

    id: int
    client_id: str
    line: str
    reserves: int
