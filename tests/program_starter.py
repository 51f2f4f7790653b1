"""Starts ``bancointegra`` as a process of its own, without loading its modules each time.

A first process loads them and forks at every start, which a suite that starts the program a hundred times is glad of.
``tests/end_to_end/test_demo.py`` and the benchmarks start it as a person does.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


class ProgramStarter:
    """The process that forks. One start at a time."""

    def __init__(self) -> None:
        self._forking = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    def run(
        self, args: Sequence[str], environ: Mapping[str, str], stdin: str | None = None, timeout: int = 60
    ) -> subprocess.CompletedProcess[str]:
        """What ``subprocess.run`` of ``bancointegra ARGS`` returns; it is killed after ``timeout`` seconds."""
        with tempfile.TemporaryDirectory() as folder:
            streams = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
            streams[0].write_text(stdin or "", encoding="utf-8")
            order = {"args": list(args), "environ": dict(environ), "streams": list(map(str, streams)), "limit": timeout}
            assert self._forking.stdin is not None
            assert self._forking.stdout is not None
            self._forking.stdin.write(json.dumps(order) + "\n")
            self._forking.stdin.flush()
            status = json.loads(self._forking.stdout.readline())
            _, out, err = (path.read_text(encoding="utf-8") if path.exists() else "" for path in streams)
            return subprocess.CompletedProcess(args, status, out, err)


@cache
def program_starter() -> ProgramStarter:
    """The one of this test process; it ends with it, for its orders come through a pipe."""
    return ProgramStarter()


def _serve() -> None:
    from sqlalchemy.dialects import sqlite  # noqa: F401 - loaded once, as the next two, for every start
    from sqlalchemy.orm import configure_mappers

    from bancointegra.bootstrap import program  # noqa: F401 - loaded before the fork
    from bancointegra.cli.main import main

    configure_mappers()
    gc.freeze()  # or each fork would look through all of it for garbage when it ends
    orders, answers = sys.stdin, sys.stdout
    while line := orders.readline():
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(order)
            sys.exit(main())
        with suppress(ChildProcessError):
            _, status = os.waitpid(child, 0)
            print(json.dumps(os.waitstatus_to_exitcode(status)), file=answers, flush=True)


def _become(order: dict[str, Any]) -> None:
    """Turn this fork into the process that was asked for."""
    signal.alarm(order["limit"])
    os.environ.clear()
    os.environ.update(order["environ"])
    for number, path in enumerate(order["streams"]):
        descriptor = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT)
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process
        for number in range(3)
    )
    sys.argv = ["bancointegra", *order["args"]]


if __name__ == "__main__":
    _serve()
