"""What the bank received, for tests and for the control page to read. Secrets are not kept."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

_KEPT_HEADERS = ("content-type", "x-itau-apikey", "x-itau-correlationid", "x-itau-flowid")
_SECRET = re.compile(r"""(client_secret=|name="client_secret"[^\r\n]*\r?\n\r?\n)[^&\r\n]*""")
_KEPT = 20_000


@dataclass(slots=True)
class ReceivedRequest:
    """One request. ``status`` is what was answered, 0 while nothing was or when the connection was cut.

    ``fault`` names what was injected. ``certificate`` is the CN of the client's.
    """

    moment: datetime
    route: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: str = field(repr=False)
    certificate: str
    status: int = 0
    fault: str = ""


class RequestsLog:
    """The last requests, oldest first, each noted as it arrives and completed when it is answered."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: deque[ReceivedRequest] = deque(maxlen=_KEPT)

    def add(self, request: ReceivedRequest) -> None:
        with self._lock:
            self._requests.append(request)

    def all(self, route: str | None = None) -> list[ReceivedRequest]:
        """Copies, which later answers do not change."""
        with self._lock:
            return [replace(request) for request in self._requests if route in (None, request.route)]

    def clear(self) -> None:
        with self._lock:
            self._requests.clear()


def kept_headers(headers: dict[str, str]) -> dict[str, str]:
    """The headers worth keeping, in lower case; no credential among them."""
    lowered = {name.lower(): value for name, value in headers.items()}
    return {name: lowered[name] for name in _KEPT_HEADERS if name in lowered}


def without_secret(body: str) -> str:
    return _SECRET.sub(r"\1***", body)
