"""When a payment leaves for settlement: only on banking days, inside the hours of its kind of bill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bancointegra.simulator.clock import add_business_days, is_business_day


@dataclass(frozen=True, slots=True)
class Window:
    """Opening and closing hour. Moments are Brasília's, without time zone."""

    opens: time
    closes: time

    def settle_day(self, moment: datetime) -> date:
        """The day on which what is confirmed at ``moment`` is sent."""
        day = moment.date()
        if is_business_day(day) and moment.time() < self.closes:
            return day
        return add_business_days(day, 1)

    def is_open(self, moment: datetime) -> bool:
        return is_business_day(moment.date()) and self.opens <= moment.time() < self.closes

    def released_at(self, moment: datetime) -> datetime:
        """When what is confirmed at ``moment`` is released: at once inside the window, else at the next opening."""
        return moment if self.is_open(moment) else datetime.combine(self.settle_day(moment), self.opens)

    def settled_at(self, moment: datetime) -> datetime:
        """When it is settled: at the closing hour of the day it was released."""
        return datetime.combine(self.settle_day(moment), self.closes)


FICHA_WINDOW = Window(time(7), time(23))
