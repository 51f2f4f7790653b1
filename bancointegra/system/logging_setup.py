"""The log file, with nothing in it that must not be there."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bancointegra.domain.errors import StoreError
from bancointegra.system.masking import mask

LOG_FILE = "bancointegra.log"
FILE_BYTES = 2_000_000
OLD_FILES = 5
_FORMAT = "%(asctime)s %(levelname)-7s %(process)d %(threadName)s %(name)s: %(message)s"


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that arguments, exception texts and stacks are covered alike."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


class SharedRotatingFileHandler(RotatingFileHandler):
    """Goes on in the same file when it cannot be renamed: on Windows another program of ours may hold it open."""

    def doRollover(self) -> None:
        try:
            super().doRollover()
        except OSError:
            self.stream = self._open()


def configure_logging(folder: Path, level: int = logging.INFO) -> Path:
    """Write the log to ``folder`` from now on; a second call replaces the first. Returns the log file.

    Raises ``StoreError`` when the folder cannot be written.
    """
    file = folder / LOG_FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = SharedRotatingFileHandler(file, maxBytes=FILE_BYTES, backupCount=OLD_FILES, encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"Não foi possível gravar em {folder}.",
            hint="Confira a permissão da pasta e o espaço em disco.",
            code="pasta",
        ) from error
    handler.setFormatter(MaskingFormatter(_FORMAT))
    stop_logging()
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    # httpx tells whole addresses, nosso número included; our own line of each request says what support needs.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.captureWarnings(True)
    return file


def stop_logging() -> None:
    """Close the log file, if there is one."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, SharedRotatingFileHandler)]:
        root.removeHandler(handler)
        handler.close()
    logging.captureWarnings(False)
