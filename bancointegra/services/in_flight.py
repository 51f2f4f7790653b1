"""Which orders this program is sending right now."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OrdersInFlight:
    """Shared by who sends and who reconciles: an order being sent is not in doubt yet. Thread-safe."""

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._lock = threading.Lock()

    def __contains__(self, order_id: int) -> bool:
        with self._lock:
            return order_id in self._ids

    @contextmanager
    def holding(self, order_id: int) -> Iterator[None]:
        """Mark the order as being sent while the block runs."""
        with self._lock:
            self._ids.add(order_id)
        try:
            yield
        finally:
            with self._lock:
                self._ids.discard(order_id)
