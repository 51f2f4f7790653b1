"""Which orders this program is sending right now."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class OrdersInFlight:
    """Shared by who sends and who reconciles: an order being sent is not in doubt yet. Thread-safe."""

    def __init__(self) -> None:
        # Counted, because a second window that loses the race for an order enters and leaves while the first sends.
        self._holders: Counter[int] = Counter()
        self._lock = threading.Lock()

    def __contains__(self, order_id: int) -> bool:
        with self._lock:
            return self._holders[order_id] > 0

    @contextmanager
    def holding(self, order_id: int) -> Iterator[None]:
        """Mark the order as being sent while the block runs."""
        with self._lock:
            self._holders[order_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._holders[order_id] -= 1
