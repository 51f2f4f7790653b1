"""Boletos drawn in a process of their own while many are printed: drawn in ours, they keep the window waiting.

What a page costs is nearly all Python, and Python runs on one thread of a process at a time.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.errors import AppError

Draw = Callable[[BoletoImpresso], bytes]
MakeDraw = Callable[[Path], Draw]
"""Makes what draws, from the folder of the fonts; a function of a module, for the process loads it by its name."""

_UNUSED_SECONDS = 60.0
_LONGEST_SECONDS = 30.0
_WORTH_WAITING_SECONDS = 2.0
"""A process that was started is waited for so long: to draw meanwhile would keep the window waiting, and it, too."""
_log = logging.getLogger(__name__)


class DrawingProcess:
    """Draws one boleto at a time in a process that ends by itself: unused for a minute, or with the program.

    It is a convenience: ``draw`` gives None whenever the process is not there, and the caller draws by itself.
    """

    def __init__(self, make_draw: MakeDraw, fonts_dir: Path) -> None:
        self._make_draw = make_draw
        self._fonts_dir = fonts_dir
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._ready = False
        self._never_came = False
        self._awaited_until = 0.0

    def start(self) -> None:
        """Begin, unless it has begun or could not. Returns at once: ``draw`` has the process when it is ready."""
        with self._lock:
            if self._connection is not None or self._never_came:
                return
            self._awaited_until = time.monotonic() + _WORTH_WAITING_SECONDS
            spawn = multiprocessing.get_context("spawn")
            self._connection, theirs = spawn.Pipe()
            arguments = (theirs, self._make_draw, self._fonts_dir)
            try:
                spawn.Process(target=_serve, args=arguments, name="boletos", daemon=True).start()
            except OSError as error:
                self._give_up(error)
            finally:
                theirs.close()

    def is_ready_within(self, seconds: float) -> bool:
        """Whether the process is there, after waiting for it at most ``seconds``."""
        with self._lock:
            return self._connection is not None and self._is_ready(self._connection, seconds)

    def draw(self, impresso: BoletoImpresso) -> bytes | None:
        """The PDF of ``impresso``; None when there is no process, not soon enough, or none any more.

        Raises what drawing raises.
        """
        with self._lock:
            connection = self._connection
            if connection is None or not self._is_ready(connection, max(0.0, self._awaited_until - time.monotonic())):
                return None
            try:
                connection.send(impresso)
                if not connection.poll(_LONGEST_SECONDS):
                    raise TimeoutError("no answer")
                answer = connection.recv()
            except (OSError, EOFError) as error:
                self._give_up(error)
                return None
        if isinstance(answer, AppError):
            raise answer
        return answer if isinstance(answer, bytes) else None

    def close(self) -> None:
        """Let the process end."""
        with self._lock:
            self._forget()

    def _is_ready(self, connection: Connection, wait: float) -> bool:
        if not self._ready:
            try:
                if connection.poll(wait):
                    why_not = connection.recv()
                    if why_not:
                        raise OSError(why_not)
                    self._ready = True
            except (OSError, EOFError) as error:
                self._give_up(error)
        return self._ready

    def _give_up(self, error: BaseException) -> None:
        self._never_came = not self._ready  # a workstation may forbid it: it is not asked for each boleto
        _log.info("boletos are drawn without a process of their own: %r", error)
        self._forget()

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._ready = None, False


def _serve(connection: Connection, make_draw: MakeDraw, fonts_dir: Path) -> None:
    """Say that it is there, then answer each boleto with its PDF or with why there is none; ends with its asker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then closes the pipe
    with contextlib.suppress(OSError, EOFError):
        try:
            draw = make_draw(fonts_dir)
        except Exception as error:  # noqa: BLE001 - told and logged by who asked; a traceback here would reach nobody
            connection.send(repr(error))
            return
        connection.send("")
        while connection.poll(_UNUSED_SECONDS):
            connection.send(_answer(draw, connection.recv()))


def _answer(draw: Draw, impresso: BoletoImpresso) -> bytes | AppError | None:
    try:
        return draw(impresso)
    except AppError as error:
        return error
    except Exception:  # noqa: BLE001 - a defect: it is met again, and logged, by who asked and now draws by itself
        return None
