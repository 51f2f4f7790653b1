"""Qt draws into memory during tests, and Python's garbage is collected on the main thread only.

A collection that starts in a worker thread, or in the simulated bank's, would destroy windows of earlier tests there,
which Qt does not survive.
"""

import gc
import os
from collections.abc import Iterator
from itertools import count

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
gc.disable()

_FULL_COLLECTION_EVERY = 100
_tests_run = count(1)


@pytest.fixture(autouse=True)
def collect_on_the_main_thread() -> Iterator[None]:
    yield
    gc.collect(2 if next(_tests_run) % _FULL_COLLECTION_EVERY == 0 else 1)
