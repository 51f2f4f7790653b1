"""The machine's clock (``domain.ports.Clock``)."""

from __future__ import annotations

from datetime import date, datetime


class SystemClock:
    """The present, in the machine's time zone."""

    def now(self) -> datetime:
        return datetime.now().astimezone()

    def today(self) -> date:
        return self.now().date()
