"""What a benchmark hands back: figures, some with a target to keep, and how one is taken."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A bound: ``at_most`` or ``at_least``."""

    bound: float
    at_least: bool = False

    def is_met(self, value: float) -> bool:
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. ``note`` says how it was taken; without ``target`` it is only reported."""

    name: str
    value: float
    unit: str
    target: Target | None = None
    note: str = ""

    @property
    def is_missed(self) -> bool:
        return self.target is not None and not self.target.is_met(self.value)

    def __str__(self) -> str:
        verdict = "" if self.target is None else "MISSED" if self.is_missed else "ok"
        target = "" if self.target is None else f"{self.target} {self.unit}"
        return f"{self.name:<58} {self.value:>9.1f} {self.unit:<4} {target:<14} {verdict:<7} {self.note}".rstrip()


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """How long each of ``times`` calls took, in order."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that ``percent`` per cent of ``values`` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


median = statistics.median
