"""``python -m benchmarks [search] [batch] [printing] [importing] [startup]``: all of them, or those named.

Prints the machine and every figure; ends with status 1 when a target is missed. The data files are built at the
first run and kept in ``build/bench``.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure

FOLDER = Path("build/bench")


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    names = tuple(_BENCHMARKS)
    parser = argparse.ArgumentParser(prog="benchmarks", description="The figures the design promises.")
    parser.add_argument("names", nargs="*", choices=[*names, []], metavar="NAME", help=", ".join(names))
    chosen = parser.parse_args().names or names
    from benchmarks.machine import describe_machine

    print(describe_machine(), flush=True)
    missed = 0
    for name in chosen:
        started = time.perf_counter()
        print(f"\n{name}", flush=True)
        for figure in _BENCHMARKS[name]():
            print(f"  {figure}", flush=True)
            missed += figure.is_missed
        print(f"  ({time.perf_counter() - started:.0f} s)", flush=True)
    print(f"\n{'Every target is met.' if not missed else f'{missed} targets are MISSED.'}")
    return 1 if missed else 0


# Each is imported when it runs, so that one does not weigh on the figures of another.


def _search() -> Iterator[Figure]:
    from benchmarks.office_data import MILLION
    from benchmarks.search import search_figures

    return search_figures(FOLDER, MILLION)


def _printing() -> Iterator[Figure]:
    from benchmarks.printing import printing_figures

    return printing_figures(60)


def _importing() -> Iterator[Figure]:
    from benchmarks.importing import importing_figures

    return importing_figures(5_000, 50_000)


def _startup() -> Iterator[Figure]:
    from benchmarks.office_data import HUNDRED_THOUSAND
    from benchmarks.startup import startup_figures

    return startup_figures(FOLDER, HUNDRED_THOUSAND, 7)


def _batch() -> Iterator[Figure]:
    from benchmarks.batch import batch_figures

    return batch_figures(500, 40)


_BENCHMARKS = {"search": _search, "printing": _printing, "importing": _importing, "startup": _startup, "batch": _batch}

if __name__ == "__main__":
    sys.exit(main())
