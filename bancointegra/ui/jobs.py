"""Background work: the only file that knows threads.

``Jobs`` lives on the main thread and so do all callbacks. Work without a lane (reads) runs freely in parallel; work
on a lane (the orders of one account) shares that lane's bounded pool. Callbacks die with their owner. Nothing is ever
interrupted: ``cancel`` asks, and work that was already sent finishes and is reported.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event, Lock
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from shiboken6 import isValid

from bancointegra.domain.errors import AppError, JobCancelled
from bancointegra.services.incident import as_app_error

PARALLEL = 8
PROGRESS_INTERVAL_MS = 100
_FIRST_PUMP_SECONDS = 0.06
"""A batch begins when the window has painted what the question about it had covered …"""
_NEXT_PUMP_SECONDS = 0.025
"""… and its threads one after the other, not all in the same moment."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Done = Callable[[Any], None]
Failed = Callable[[AppError], object]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; ``total`` 0 means unknown."""

    done: int
    total: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class BatchEnd:
    """How a batch ended: items finished (each was reported), and items never started because of a stop."""

    finished: int
    not_started: int


class JobContext:
    """What work may use from its own thread."""

    def __init__(self) -> None:
        self._cancelled = Event()
        self.progress: Progress | None = None
        self.results: deque[Any] = deque()
        """Of a batch, not yet delivered to the main thread."""

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far it is; as often as you like, the screen looks ten times a second."""
        self.progress = Progress(done, total, text)

    def check_cancelled(self) -> None:
        """Raise ``JobCancelled`` when the clerk asked to stop. Call it between steps, never after sending an order."""
        if self._cancelled.is_set():
            raise JobCancelled

    def wait(self, seconds: float) -> None:
        """Rest; shorter when the clerk asks to stop."""
        self._cancelled.wait(seconds)

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        self._cancelled.set()


@dataclass(frozen=True, slots=True)
class _Callbacks:
    owner: QObject
    done: Done | None
    failed: Failed | None
    progress: Callable[[Progress], None] | None
    each: Done | None = None


class JobHandle(QObject):
    """One job under way, seen from the main thread. Its signals fire only while the owner lives."""

    progressed = Signal(Progress)
    ended = Signal()
    """After ``done`` or ``failed``, and also after a silent stop."""

    _work_over = Signal(object, object)
    _closed = Signal(object)

    def __init__(self, jobs: QObject, callbacks: _Callbacks) -> None:
        super().__init__(jobs)
        self.context = JobContext()
        self._callbacks: _Callbacks | None = callbacks
        self._shown: Progress | None = None
        self._timer = QTimer(self, interval=PROGRESS_INTERVAL_MS)
        self._timer.timeout.connect(self._show_progress)
        self._timer.timeout.connect(self._deliver_items)
        self._work_over.connect(self._deliver_end, Qt.ConnectionType.QueuedConnection)
        self._timer.start()

    def cancel(self) -> None:
        """Ask to stop: no new item starts; what runs finishes and is reported."""
        self.context.cancel()

    def abandon(self) -> None:
        """Ask to stop and drop the callbacks: nobody wants the answer any more. For reads only."""
        self._callbacks = None
        self.context.cancel()

    def _living(self) -> _Callbacks | None:
        if self._callbacks and not isValid(self._callbacks.owner):
            self._callbacks = None
        return self._callbacks

    def _show_progress(self) -> None:
        progress, callbacks = self.context.progress, self._living()
        if progress is self._shown or progress is None or callbacks is None:
            return
        self._shown = progress
        self.progressed.emit(progress)
        if callbacks.progress:
            callbacks.progress(progress)

    def _deliver_items(self) -> None:
        """All that came since the last look: a window told of each by itself would paint itself without end."""
        while self.context.results:
            result = self.context.results.popleft()
            if (callbacks := self._living()) and callbacks.each:
                callbacks.each(result)

    def _deliver_end(self, result: object, error: BaseException | None) -> None:
        self._timer.stop()
        self._show_progress()
        callbacks = self._living()
        try:
            self._deliver_items()
            if callbacks and error is None and callbacks.done:
                callbacks.done(result)
            elif callbacks and callbacks.failed and error is not None and not isinstance(error, JobCancelled):
                callbacks.failed(as_app_error(error))
            elif error is not None and not isinstance(error, JobCancelled):
                as_app_error(error)  # nobody is there to hear it: at least the log keeps it
        finally:
            if callbacks and isValid(callbacks.owner):
                self.ended.emit()
            self._callbacks = None
            self._closed.emit(self)
            self.deleteLater()


class _Task(QRunnable):
    def __init__(self, body: Callable[[], None]) -> None:
        super().__init__()
        self._body = body

    def run(self) -> None:
        self._body()


class _Batch(Generic[Item, Result]):
    """The shared state of one batch: several pumps take items from it until none is left or it must stop."""

    def __init__(
        self, handle: JobHandle, items: Sequence[Item], work_one: Callable[[Item], Result], pumps: int
    ) -> None:
        self._handle = handle
        self._items = items
        self._work_one = work_one
        self._lock = Lock()
        self._next = 0
        self._finished = 0
        self._pumps = pumps
        self._error: BaseException | None = None

    def pump(self, delay: float) -> None:
        """Work on items until there is none, beginning after ``delay`` seconds."""
        self._handle.context.wait(delay)
        try:
            while (index := self._take()) is not None:
                result = self._work_one(self._items[index])
                with self._lock:
                    self._finished += 1
                    self._handle.context.report(self._finished, len(self._items))
                self._handle.context.results.append(result)
        except BaseException as error:  # noqa: BLE001 - crosses to the main thread, where it is shown
            with self._lock:
                self._error = self._error or error
        with self._lock:
            self._pumps -= 1
            last = self._pumps == 0
        if last:
            self._handle._work_over.emit(BatchEnd(self._finished, len(self._items) - self._next), self._error)

    def _take(self) -> int | None:
        with self._lock:
            stop = self._error is not None or self._handle.context.is_cancelled or self._next >= len(self._items)
            if stop:
                return None
            self._next += 1
            return self._next - 1


class Jobs(QObject):
    """Runs work off the main thread. One for the whole program, passed to the screens."""

    idle = Signal()
    """No order is running any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reads = self._new_pool()
        self._lanes: dict[str, QThreadPool] = {}
        self._running: dict[JobHandle, bool] = {}

    @property
    def running_orders(self) -> int:
        """Jobs on a lane that have not ended."""
        return sum(self._running.values())

    def run(
        self,
        work: Callable[[JobContext], Result],
        *,
        owner: QObject,
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        progress: Callable[[Progress], None] | None = None,
        lane: str | None = None,
    ) -> JobHandle:
        """Run ``work`` in the background; ``done`` gets its result, ``failed`` an ``AppError``."""
        handle = self._handle(_Callbacks(owner, done, failed, progress), lane)

        def body() -> None:
            try:
                handle.context.check_cancelled()
                result = work(handle.context)
            except BaseException as error:  # noqa: BLE001 - crosses to the main thread, where it is shown
                handle._work_over.emit(None, error)
            else:
                handle._work_over.emit(result, None)

        self._pool(lane).start(_Task(body))
        return handle

    def run_batch(
        self,
        items: Sequence[Item],
        work_one: Callable[[Item], Result],
        *,
        owner: QObject,
        each: Callable[[Result], None] | None = None,
        done: Callable[[BatchEnd], None] | None = None,
        failed: Failed | None = None,
        progress: Callable[[Progress], None] | None = None,
        parallel: int = PARALLEL,
        lane: str | None = None,
    ) -> JobHandle:
        """Process independent items, at most ``parallel`` at once; ``each`` gets every result as it comes.

        An outcome of one item is a result, not an exception: an exception from ``work_one`` stops the batch (running
        items finish and are reported) and goes to ``failed`` instead of ``done``. ``cancel`` on the handle is “Parar
        após os que já foram enviados”; ``done`` then says how many never started.
        """
        handle = self._handle(_Callbacks(owner, done, failed, progress, each), lane)
        pumps = max(1, min(parallel, PARALLEL, len(items)))
        batch = _Batch(handle, items, work_one, pumps)
        handle.context.report(0, len(items))
        for number in range(pumps):
            delay = _FIRST_PUMP_SECONDS + number * _NEXT_PUMP_SECONDS
            self._pool(lane).start(_Task(partial(batch.pump, delay)))
        return handle

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for handle in self._running:
            handle.cancel()

    def shutdown(self) -> None:
        """Ask everything to stop and wait until what runs has ended; call it last, when the windows are gone."""
        self.cancel_all()
        for pool in (*self._lanes.values(), self._reads):
            pool.waitForDone(-1)
        for handle in tuple(self._running):
            QCoreApplication.sendPostedEvents(handle)

    def _handle(self, callbacks: _Callbacks, lane: str | None) -> JobHandle:
        handle = JobHandle(self, callbacks)
        self._running[handle] = lane is not None
        handle._closed.connect(self._forget)
        return handle

    def _forget(self, handle: JobHandle) -> None:
        was_order = self._running.pop(handle, False)
        if was_order and not self.running_orders:
            self.idle.emit()

    def _pool(self, lane: str | None) -> QThreadPool:
        if lane is None:
            return self._reads
        if lane not in self._lanes:
            self._lanes[lane] = self._new_pool()
        return self._lanes[lane]

    def _new_pool(self) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(PARALLEL)
        return pool
