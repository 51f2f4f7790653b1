"""Boletos drawn in a process of their own: the same pages, and printing goes on when that process is not there."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from bancointegra.domain.errors import PrintError
from bancointegra.printing.boleto_pdf import PdfBoletoPrinter, draw_aside
from bancointegra.printing.drawing_process import DrawingProcess
from tests.printing.sample_boletos import SIMPLE

STARTS_WITHIN = 60.0
MANY = 12
DISAGREEING = replace(SIMPLE, registrado=replace(SIMPLE.registrado, linha_digitavel="0" * 47))
ORPHAN = """
import multiprocessing, os, signal, sys
from pathlib import Path
from bancointegra.printing.boleto_pdf import draw_aside

if __name__ == "__main__":
    aside = draw_aside(Path(sys.argv[1]))
    aside.start()
    assert aside.is_ready_within(60)
    print(multiprocessing.active_children()[0].pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def aside(fonts_dir: Path) -> Iterator[DrawingProcess]:
    wait_until(lambda: multiprocessing.active_children() == [])  # an earlier test's may still be ending
    aside = draw_aside(fonts_dir)
    yield aside
    aside.close()


@pytest.fixture
def started(aside: DrawingProcess) -> DrawingProcess:
    aside.start()
    assert aside.is_ready_within(STARTS_WITHIN)
    return aside


def the_process() -> BaseProcess:
    (process,) = multiprocessing.active_children()
    return process


def wait_until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that ended stays in the list until its parent asks for it.
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_it_draws_the_page_that_the_program_draws(started: DrawingProcess, printer: PdfBoletoPrinter) -> None:
    assert started.draw(SIMPLE) == printer.render([SIMPLE])


def test_it_says_no_as_the_program_does_and_goes_on(started: DrawingProcess, printer: PdfBoletoPrinter) -> None:
    with pytest.raises(PrintError) as here:
        printer.render([DISAGREEING])
    with pytest.raises(PrintError) as there:
        started.draw(DISAGREEING)
    assert (str(there.value), there.value.code) == (str(here.value), here.value.code)
    assert started.draw(SIMPLE) is not None


def test_few_boletos_start_no_process(aside: DrawingProcess, fonts_dir: Path, tmp_path: Path) -> None:
    printer = PdfBoletoPrinter(fonts_dir, aside=aside)
    for _ in range(3):
        printer.save(SIMPLE, tmp_path, "boleto")
    assert multiprocessing.active_children() == []


def test_many_boletos_are_all_saved_and_start_it(aside: DrawingProcess, fonts_dir: Path, tmp_path: Path) -> None:
    printer = PdfBoletoPrinter(fonts_dir, aside=aside)
    for _ in range(MANY):
        printer.save(SIMPLE, tmp_path, "boleto")
    assert aside.is_ready_within(STARTS_WITHIN)
    printer.save(SIMPLE, tmp_path, "boleto")
    files = list(tmp_path.iterdir())
    assert len(files) == MANY + 1
    assert len({file.read_bytes() for file in files}) == 1


def test_printing_goes_on_when_it_is_killed(started: DrawingProcess, fonts_dir: Path, tmp_path: Path) -> None:
    the_process().kill()
    assert started.draw(SIMPLE) is None
    PdfBoletoPrinter(fonts_dir, aside=started).save(SIMPLE, tmp_path, "boleto")
    assert len(list(tmp_path.iterdir())) == 1
    started.start()
    assert started.is_ready_within(STARTS_WITHIN)


def test_what_does_not_come_is_not_started_again(tmp_path: Path) -> None:
    aside = draw_aside(tmp_path / "no fonts here")
    aside.start()
    assert not aside.is_ready_within(STARTS_WITHIN)
    assert aside.draw(SIMPLE) is None
    aside.start()
    assert not aside.is_ready_within(0)
    wait_until(lambda: multiprocessing.active_children() == [])


def test_it_ends_when_it_is_closed(started: DrawingProcess) -> None:
    started.close()
    wait_until(lambda: multiprocessing.active_children() == [])
    assert started.draw(SIMPLE) is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_it_ends_with_a_program_that_is_killed(fonts_dir: Path, tmp_path: Path) -> None:
    script = tmp_path / "orphan.py"
    script.write_text(ORPHAN)
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, script, fonts_dir], env=environ, stdout=subprocess.PIPE, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    wait_until(lambda: not is_alive(int(done.stdout)))
