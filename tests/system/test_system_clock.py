from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bancointegra.domain.ports import Clock
from bancointegra.system.clock import SystemClock


def test_the_clock_knows_its_zone_and_the_present() -> None:
    clock: Clock = SystemClock()
    now = clock.now()
    assert now.tzinfo is not None
    assert now.utcoffset() == datetime.now().astimezone().utcoffset()
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.today() in {now.date(), clock.now().date()}
