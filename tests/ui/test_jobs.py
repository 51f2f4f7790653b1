"""Background work: callbacks on the main thread, honest stops, bounded lanes."""

import logging
import threading
import time

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from bancointegra.domain.errors import BankUnavailable
from bancointegra.services.incident import Incident


@pytest.fixture
def owner(qtbot):
    return QObject()


class Gate:
    """Holds workers until opened, and counts how many are inside."""

    def __init__(self):
        self.open = threading.Event()
        self._lock = threading.Lock()
        self.inside = self.most = self.entered = 0

    def pass_through(self, value=None):
        with self._lock:
            self.inside += 1
            self.entered += 1
            self.most = max(self.most, self.inside)
        assert self.open.wait(10)
        with self._lock:
            self.inside -= 1
        return value


def test_result_reaches_the_main_thread(qtbot, jobs, owner):
    seen = []
    handle = jobs.run(
        lambda ctx: threading.current_thread() is threading.main_thread(),
        owner=owner,
        done=lambda on_main: seen.append((on_main, threading.current_thread() is threading.main_thread())),
    )
    with qtbot.waitSignal(handle.ended):
        pass
    assert seen == [(False, True)]


def test_an_error_for_the_clerk_arrives_as_it_is(qtbot, jobs, owner):
    error = BankUnavailable("O banco não respondeu.")
    failures = []

    def work(ctx):
        raise error

    with qtbot.waitSignal(jobs.run(work, owner=owner, done=failures.append, failed=failures.append).ended):
        pass
    assert failures == [error]


def test_a_bug_is_logged_and_arrives_with_its_incident_number(qtbot, jobs, owner, caplog):
    failures = []
    with (
        caplog.at_level(logging.ERROR),
        qtbot.waitSignal(jobs.run(lambda ctx: 1 // 0, owner=owner, failed=failures.append).ended),
    ):
        pass
    [incident] = failures
    assert isinstance(incident, Incident)
    assert incident.number in incident.message
    assert incident.number in caplog.text and "ZeroDivisionError" in caplog.text


def test_callbacks_die_with_their_owner(qtbot, jobs):
    gate, seen, owner = Gate(), [], QObject()
    jobs.run(lambda ctx: gate.pass_through(1), owner=owner, done=seen.append, lane="conta")
    delete(owner)
    with qtbot.waitSignal(jobs.idle):
        gate.open.set()
    assert seen == []


def test_an_abandoned_read_is_silent(qtbot, jobs, owner):
    gate, seen = Gate(), []
    handle = jobs.run(lambda ctx: gate.pass_through(1), owner=owner, done=seen.append, lane="conta")
    handle.abandon()
    with qtbot.waitSignal(jobs.idle):
        gate.open.set()
    assert seen == []


def test_cancelled_work_ends_without_a_word(qtbot, jobs, owner):
    started, seen = threading.Event(), []

    def work(ctx):
        started.set()
        while True:
            ctx.check_cancelled()
            time.sleep(0.001)

    handle = jobs.run(work, owner=owner, done=seen.append, failed=seen.append)
    assert started.wait(5)
    with qtbot.waitSignal(handle.ended):
        handle.cancel()
    assert seen == []


def test_progress_is_shown_at_most_ten_times_a_second_and_the_last_is_never_lost(qtbot, jobs, owner):
    shown = []

    def work(ctx):
        begin = time.monotonic()
        for step in range(1, 20_001):
            ctx.report(step, 20_000, "lendo")
            if time.monotonic() - begin < 0.35:
                time.sleep(0.0005)
        return time.monotonic() - begin

    lasted = []
    with qtbot.waitSignal(jobs.run(work, owner=owner, done=lasted.append, progress=shown.append).ended):
        pass
    assert 2 <= len(shown) <= lasted[0] * 10 + 2
    assert (shown[-1].done, shown[-1].total, shown[-1].text) == (20_000, 20_000, "lendo")


def test_a_batch_reports_every_item_and_never_runs_more_than_allowed(qtbot, jobs, owner):
    gate, results, ends = Gate(), [], []
    handle = jobs.run_batch(
        range(20), gate.pass_through, owner=owner, each=results.append, done=ends.append, parallel=3, lane="conta"
    )
    qtbot.waitUntil(lambda: gate.inside == 3)
    with qtbot.waitSignal(handle.ended):
        gate.open.set()
    assert sorted(results) == list(range(20))
    assert gate.most == 3
    assert (ends[0].finished, ends[0].not_started) == (20, 0)


def test_stopping_a_batch_reports_what_was_sent_and_counts_what_was_not(qtbot, jobs, owner):
    gate, results, ends = Gate(), [], []
    handle = jobs.run_batch(
        range(100), gate.pass_through, owner=owner, each=results.append, done=ends.append, parallel=4, lane="conta"
    )
    qtbot.waitUntil(lambda: gate.inside == 4)
    handle.cancel()
    with qtbot.waitSignal(handle.ended):
        gate.open.set()
    assert sorted(results) == [0, 1, 2, 3]
    assert (ends[0].finished, ends[0].not_started) == (4, 96)


def test_two_batches_of_one_account_share_its_pool(qtbot, jobs, owner):
    gate = Gate()
    first = jobs.run_batch(range(8), gate.pass_through, owner=owner, lane="conta")
    second = jobs.run_batch(range(8), gate.pass_through, owner=owner, lane="conta")
    qtbot.waitUntil(lambda: gate.inside == 8)
    assert jobs.running_orders == 2
    with qtbot.waitSignals([first.ended, second.ended]):
        gate.open.set()
    assert gate.most == 8 and gate.entered == 16


def test_another_account_does_not_wait(qtbot, jobs, owner):
    busy, free = Gate(), Gate()
    first = jobs.run_batch(range(8), busy.pass_through, owner=owner, lane="conta-1")
    qtbot.waitUntil(lambda: busy.inside == 8)
    free.open.set()
    with qtbot.waitSignal(jobs.run_batch([1], free.pass_through, owner=owner, lane="conta-2").ended):
        pass
    with qtbot.waitSignal(first.ended):
        busy.open.set()


def test_an_exception_stops_the_batch_after_what_was_sent(qtbot, jobs, owner):
    results, failures = [], []

    def work_one(item):
        if item == 2:
            raise BankUnavailable("O banco não respondeu.")
        return item

    handle = jobs.run_batch(
        range(50), work_one, owner=owner, each=results.append, done=failures.append, failed=failures.append, parallel=1
    )
    with qtbot.waitSignal(handle.ended):
        pass
    assert results == [0, 1]
    assert [type(failure) for failure in failures] == [BankUnavailable]


def test_an_empty_batch_ends(qtbot, jobs, owner):
    ends = []
    with qtbot.waitSignal(jobs.run_batch([], str, owner=owner, done=ends.append).ended):
        pass
    assert (ends[0].finished, ends[0].not_started) == (0, 0)


def test_shutdown_waits_for_running_orders(qtbot, jobs, owner):
    finished, started = [], threading.Event()

    def order(item):
        started.set()
        time.sleep(0.05)
        finished.append(item)

    jobs.run_batch(range(1000), order, owner=owner, parallel=2, lane="conta")
    assert started.wait(5)
    jobs.shutdown()
    assert 1 <= len(finished) <= 6
    assert jobs.running_orders == 0
