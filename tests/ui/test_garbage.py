"""Garbage is collected on the main thread, whichever thread made it."""

import gc
import threading

from PySide6.QtCore import QObject
from shiboken6 import delete

from bancointegra.ui.garbage import GarbageCollector


class Knot:
    """Garbage that only a collection finds, and that remembers who collected it."""

    collected_by: list[threading.Thread] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.collected_by.append(threading.current_thread())


def test_what_a_worker_leaves_is_collected_on_the_main_thread(qtbot):
    Knot.collected_by.clear()
    parent = QObject()
    GarbageCollector(parent)
    assert not gc.isenabled()

    def leave_garbage():
        for _ in range(10_000):
            Knot()

    worker = threading.Thread(target=leave_garbage)
    worker.start()
    worker.join()
    assert Knot.collected_by == []
    qtbot.waitUntil(lambda: len(Knot.collected_by) == 10_000)
    assert set(Knot.collected_by) == {threading.main_thread()}
    delete(parent)
    gc.unfreeze()
