"""The bills of the sandbox, all invented: factor and value 0000 keep their digits right for ever.

The free field of a ficha begins with 77000 and its last digits name the scenario. Dates are counted from the day of
the question, so that a bill due in 5 days always is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import partial

from bancointegra.simulator.celcoin.answers import ALREADY_PAID, NOT_THIS_CHANNEL, TOO_LATE
from bancointegra.simulator.celcoin.lines import printed_due_date, printed_value
from bancointegra.simulator.celcoin.registry import FINAL_PAYEE, RegisteredBill, open_limits

_DAYS_AHEAD = 5
_DAYS_LATE = 10


class Trait(Enum):
    """What is odd about a bill, beyond its amounts."""

    NO_SETTLE_DATE = "settleDate null in the answer to the query"
    SLOW_QUERY = "the query takes long"
    LOSES_RESERVE_ANSWER = "reserved, and the connection drops before the answer"
    LOSES_CAPTURE_ANSWER = "captured, and the connection drops before the answer"
    FIRST_CAPTURE_FAILS = "the first capture fails with 500 before anything is done"
    COMES_BACK = "refused by the payee on the banking day after its settlement"


@dataclass(frozen=True, slots=True)
class Scenario:
    """``bill`` for a day; None when the registry answers ``refusal`` instead."""

    bill: Callable[[date], RegisteredBill] | None = None
    refusal: tuple[str, str] | None = None
    trait: Trait | None = None


def _due(bill: Callable[[date], RegisteredBill], days: int = _DAYS_AHEAD) -> Callable[[date], RegisteredBill]:
    return lambda today: bill(today + timedelta(days=days))


FICHAS = {
    "00197700070000000001800000000000100000000000000": Scenario(_due(partial(RegisteredBill, original=150_00))),
    "23797700070000000002600000000000100000000000000": Scenario(
        _due(partial(RegisteredBill, original=250_00, limits=(10_00, 500_00)))
    ),
    "34197700070000000003400000000000200000000000000": Scenario(
        _due(partial(RegisteredBill, original=300_00, fine=6_00, interest=_DAYS_LATE * 10), -_DAYS_LATE)
    ),
    "03397700000000000004200000000000900000000000000": Scenario(
        _due(partial(RegisteredBill, original=400_00, discount=20_00))
    ),
    "10497700090000000005900000000000800000000000000": Scenario(
        _due(partial(RegisteredBill, original=1627_87, partials=3, paid_times=1, paid=627_87, limits=open_limits()))
    ),
    "50997700090000000006700000000000100000000000000": Scenario(
        _due(partial(RegisteredBill, original=600_00, final_payee=FINAL_PAYEE, species=31, limits=(60_00, 600_00)))
    ),
    "75697700060000000007500000000000100000000000000": Scenario(refusal=TOO_LATE),
    "65597700000000000008300000000000300000000000000": Scenario(refusal=NOT_THIS_CHANNEL),
    "00197700070000000009100000000000200000000000000": Scenario(refusal=ALREADY_PAID),
    "23797700070000000010900000000000400000000000000": Scenario(
        _due(partial(RegisteredBill, original=100_00)), trait=Trait.NO_SETTLE_DATE
    ),
    "34197700070000000011700000000000500000000000000": Scenario(
        _due(partial(RegisteredBill, original=110_00)), trait=Trait.LOSES_RESERVE_ANSWER
    ),
    "03397700000000000012500000000000100000000000000": Scenario(
        _due(partial(RegisteredBill, original=120_00)), trait=Trait.LOSES_CAPTURE_ANSWER
    ),
    "10497700090000000013300000000000100000000000000": Scenario(
        _due(partial(RegisteredBill, original=130_00)), trait=Trait.FIRST_CAPTURE_FAILS
    ),
    "50997700090000000014100000000000300000000000000": Scenario(_due(partial(RegisteredBill, original=5_000_000_00))),
    "75697700060000000015800000000000400000000000000": Scenario(
        _due(partial(RegisteredBill, original=155_00)), trait=Trait.COMES_BACK
    ),
    "65597700000000000016600000000000600000000000000": Scenario(
        _due(partial(RegisteredBill, original=160_00)), trait=Trait.SLOW_QUERY
    ),
}

CONTAS = frozenset(
    {
        "836900000016599002212034012310000000000000000000",  # gas, 159,90, due 31/12/2030, modulo 10
        "838500000016599002212030012310000002000000000000",  # the same by modulo 11
        "876100000010952334662030012310000000000000000000",  # a fine, 195,23, until 16:00
        "826400000004874516992037012310000000000000000000",  # water, 87,45
        "856000000039215003852039012310000000000000000000",  # federal taxes, 321,50
        "836000000015599002210004000000000000000000000000",  # gas, 159,90, no due date in the code
    }
)

BANKS = {
    "001": "BANCO DO BRASIL S.A.",
    "033": "BANCO SANTANDER S.A.",
    "104": "CAIXA ECONOMICA FEDERAL",
    "237": "BANCO BRADESCO S.A.",
    "341": "ITAU UNIBANCO S.A.",
    "509": "CELCOIN INST. PAGAMENTO SA",
    "655": "BANCO VOTORANTIM S.A.",
    "756": "BANCO SICOOB S.A.",
}
_CONVENANTS = {
    "001": "001 | BANCO DO BRASIL / AGENCIA 3221",
    "237": "237 | BANCO BRADESCO / AGENCIA 3392",
    "341": "341 | BANCO ITAU / AGENCIA 0910",
    "655": "655 | BANCO VOTORANTIN / AGENCIA 0001",
    "756": "756 | BANCO SICOOB / AGENCIA 4327",
}
_DEFAULT_CONVENANT = "509 | CELCOIN INST. PAGAMENTO SA / AGENCIA 0001"


def scenario_of_any(line: str) -> Scenario:
    """For a ficha outside the mass, what its digits say; 100,00 where they say nothing."""
    value = printed_value(line) or 100_00

    def on(today: date) -> RegisteredBill:
        return RegisteredBill(printed_due_date(line, today) or today + timedelta(days=_DAYS_AHEAD), value)

    return Scenario(on)


def issuer_of(line: str) -> str:
    """The bank of a ficha."""
    return BANKS.get(line[:3], f"BANCO {line[:3]}")


def settling_institution(line: str) -> str:
    """One of the six values that Celcoin documents for ``convenant``."""
    return _CONVENANTS.get(line[:3], _DEFAULT_CONVENANT)
