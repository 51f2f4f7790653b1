"""Python's garbage, collected on the main thread only.

A collection that starts in a worker thread would destroy Qt's objects there, which Qt does not survive.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 200
_WINDOW_STANDS_MS = 1_000
_YOUNG, _MIDDLE, _OLD = 5_000, 4, 500
"""How many new objects, and how many smaller collections, call for one. CPython's own 700, 10, 10 would look at
everything after 70,000 new objects, which takes a tenth of a second each time; so it is after ten million."""


class GarbageCollector(QObject):
    """Takes the place of Python's automatic collections as long as the process runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.freeze()  # the modules, loaded by now, are no garbage: going through them takes its time as well
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()
        # What the first window is made of stays: it is put out of the way now, not in the midst of a batch.
        QTimer.singleShot(_WINDOW_STANDS_MS, self, lambda: gc.collect(1))

    def _collect(self) -> None:
        young, middle, old = gc.get_count()
        if young > _YOUNG:
            gc.collect(2 if old > _OLD else 1 if middle > _MIDDLE else 0)
