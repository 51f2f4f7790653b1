"""A program started again on the same data hands over what it was given to the window that is open, and ends."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 2_000
_LONGEST = 64_000


def meeting_point(data: Path) -> str:
    """The name under which the window on ``data`` is found, by the same user only."""
    return "BancoIntegra-" + hashlib.sha256(f"{getpass.getuser()} {data.resolve()}".encode()).hexdigest()[:20]


def hand_over(name: str, files: Sequence[Path]) -> bool:
    """Have the window that listens under ``name`` come forward and open ``files``; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(json.dumps([str(path.absolute()) for path in files]).encode() + b"\n")
    socket.waitForBytesWritten(_PATIENCE_MS)
    answered = socket.bytesAvailable() > 0 or socket.waitForReadyRead(_PATIENCE_MS)
    socket.disconnectFromServer()
    return answered


class SecondStarts(QObject):
    """Listens under ``name`` from when it is made."""

    called = Signal(list)
    """Started again, with these files (``Path``), maybe none."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._guests: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        QLocalServer.removeServer(name)  # left behind by a killed program; the data folder's lock is held by us
        self._server.listen(name)

    def close(self) -> None:
        self._server.close()

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._guests.append(socket)
            socket.readyRead.connect(self._listen)

    def _listen(self) -> None:
        self._guests = [socket for socket in self._guests if not self._is_served(socket)]

    def _is_served(self, socket: QLocalSocket) -> bool:
        """Hear a guest out; false as long as it has not finished its line."""
        if not socket.canReadLine():
            return socket.bytesAvailable() > _LONGEST
        try:
            names = json.loads(bytes(socket.readLine().data()))
        except ValueError:
            return True
        socket.write(b"ok\n")
        socket.flush()
        if isinstance(names, list):
            self.called.emit([Path(name) for name in names if isinstance(name, str)])
        return True
