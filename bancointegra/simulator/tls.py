"""TLS as a real server speaks it: a refused client certificate is answered with the alert that says so.

asyncio throws the alert away and just hangs up, which would make a refused certificate look like a broken network.
"""

from __future__ import annotations

import asyncio
import ssl
from asyncio.sslproto import SSLProtocol
from collections.abc import Callable
from typing import Any

_LINGER_SECONDS = 2.0


class TlsListener:
    """Accepts connections, does the handshake and hands them to the protocols that ``make_protocol`` makes."""

    def __init__(self, context: ssl.SSLContext, make_protocol: Callable[[], asyncio.Protocol] | None) -> None:
        if make_protocol is None:
            raise ValueError("the application is not set up")
        self._context = context
        self._make_protocol = make_protocol
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Transport] = set()

    async def listen(self, host: str, port: int) -> int:
        """Start listening; the port. Raises ``OSError`` when it is taken."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: self._accept(loop), host, port)
        listening_on: int = self._server.sockets[0].getsockname()[1]
        return listening_on

    def stop_accepting(self) -> None:
        if self._server is not None:
            self._server.close()

    async def close(self) -> None:
        """Cut every connection still open, those that wait for a client's farewell included."""
        self.stop_accepting()
        for transport in self._connections:
            transport.abort()
        while self._connections:
            await asyncio.sleep(0)

    def _accept(self, loop: asyncio.AbstractEventLoop) -> asyncio.BaseProtocol:
        return _AlertingProtocol(self._connections, loop, self._make_protocol(), self._context, None, server_side=True)


class _AlertingProtocol(SSLProtocol):
    """Sends the alert of a failed handshake, then leaves it to the client to hang up."""

    _outgoing: ssl.MemoryBIO

    def __init__(self, connections: set[asyncio.Transport], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._connections.add(transport)
        super().connection_made(transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        if isinstance(self._transport, asyncio.Transport):
            self._connections.discard(self._transport)
        super().connection_lost(exc)

    def _fatal_error(self, exc: BaseException, message: str = "Fatal error on transport") -> None:
        transport = self._transport
        alert = self._outgoing.read()
        if not isinstance(transport, asyncio.Transport) or not alert or not isinstance(exc, ssl.SSLError):
            super()._fatal_error(exc, message)
            return
        transport.write(alert)
        # Hanging up with the client's request unread would reset the connection and may outrun the alert.
        self._loop.call_later(_LINGER_SECONDS, transport.abort)
