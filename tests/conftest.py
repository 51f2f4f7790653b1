"""Qt draws into memory during tests, closed windows are gone at once, and garbage is collected on the main thread only.

A collection that starts in a worker thread, or in the simulated bank's, would destroy windows of earlier tests there,
which Qt does not survive.
"""

import gc
import os
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
gc.disable()
# How fast an example is says more about the machine than about the program.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_FULL_COLLECTION_EVERY = 100
_tests_run = count(1)


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: looking among them for garbage takes longer than most tests."""
    gc.freeze()


@pytest.fixture(autouse=True)
def leave_nothing_behind() -> Iterator[None]:
    yield
    if QCoreApplication.instance():
        # Closed windows wait for an event loop to delete them; each that waits is styled and painted again and again.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(2 if next(_tests_run) % _FULL_COLLECTION_EVERY == 0 else 1)
