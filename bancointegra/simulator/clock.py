"""The bank's clock: the machine's, moved by an amount that whoever plays the bank chooses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache

from holidays import HolidayBase, financial_holidays


class SimulatedClock:
    """Runs like the machine's clock, ``offset`` away from it; ``moved`` is told every new offset to keep it."""

    def __init__(self, offset: timedelta, moved: Callable[[timedelta], None]) -> None:
        self._offset = offset
        self._moved = moved

    def now(self) -> datetime:
        """The simulated moment, in the machine's time zone."""
        return self.real() + self._offset

    def today(self) -> date:
        return self.now().date()

    @staticmethod
    def real() -> datetime:
        """The machine's moment: what TLS and access tokens go by."""
        return datetime.now().astimezone()

    def set(self, moment: datetime | date) -> None:
        """Make it ``moment`` now; a plain date keeps the time of day."""
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, self.now().timetz())
        self._move(moment.astimezone() - self.real())

    def advance(self, *, days: int = 0, seconds: float = 0) -> None:
        """Move by that much; negative goes back."""
        self._move(self._offset + timedelta(days=days, seconds=seconds))

    def _move(self, offset: timedelta) -> None:
        self._offset = offset
        self._moved(offset)


@cache
def _bank_holidays() -> HolidayBase:
    return financial_holidays("BVMF")


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays()


def add_business_days(day: date, count: int) -> date:
    """The ``count``-th banking day after ``day``."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day
