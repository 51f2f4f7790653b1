"""What the central registry says of a ficha de compensação on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_UNLIMITED = 99_999_999_999_999
_DAYS_TO_PAY = 30


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    document: str


PAYEE = Person("MOCK BENEFICIARIO", "11.222.333/0001-81")
PAYER = Person("MOCK PAGADOR", "123.456.789-09")
FINAL_PAYEE = Person("MOCK BENEFICIARIO FINAL", "19.101.991/0002-83")


@dataclass(frozen=True, slots=True)
class RegisteredBill:
    """Amounts in cents. ``paid`` of the ``partials`` accepted payments were made already, ``paid_times`` of them.

    ``limits`` are the least and the most that may be paid; without them only ``total`` is taken.
    """

    due: date
    original: int
    discount: int = 0
    interest: int = 0
    fine: int = 0
    limits: tuple[int, int] | None = None
    partials: int = 0
    paid_times: int = 0
    paid: int = 0
    final_payee: Person | None = None
    species: int = 99

    @property
    def last_day(self) -> date:
        return self.due + timedelta(days=_DAYS_TO_PAY)

    @property
    def total(self) -> int:
        """What is to be paid today: original − discount + interest + fine − what was paid."""
        return self.original - self.discount + self.interest + self.fine - self.paid

    @property
    def shown_limits(self) -> tuple[int, int]:
        """A bill of which only the total is taken says so twice: minimum and maximum are the total."""
        return self.limits or (self.total, self.total)

    def accepts(self, cents: int) -> bool:
        least, most = self.shown_limits
        return cents > 0 and least <= cents <= most


def open_limits() -> tuple[int, int]:
    """As in Celcoin's own sample: any amount."""
    return 0, _UNLIMITED
