"""A bug, said to the clerk: logged with its traceback, shown with a number that finds it in the log."""

from __future__ import annotations

import logging
import secrets
import traceback
from datetime import datetime

from bancointegra.domain.errors import AppError

_log = logging.getLogger(__name__)
_UNMISTAKABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # read aloud on the telephone: no 0/O, 1/I


class Incident(AppError):
    """Something nobody foresaw. ``number`` is what the log calls it, ``details`` its traceback."""

    title = "Falha do programa"
    default_code = "incidente"

    def __init__(self, number: str, details: str) -> None:
        super().__init__(
            f"O programa encontrou uma falha que não previa. Ela foi anotada com o número {number}.",
            hint="O que já estava gravado continua gravado. Se acontecer de novo, envie os detalhes ao suporte.",
        )
        self.number = number
        self.details = details


def as_app_error(error: BaseException) -> AppError:
    """``error`` itself when it already speaks to the clerk; else log it and return its ``Incident``."""
    if isinstance(error, AppError):
        return error
    number = new_number(datetime.now().astimezone())
    _log.error("incident %s", number, exc_info=error)
    return Incident(number, "".join(traceback.format_exception(error)))


def new_number(now: datetime) -> str:
    """The day and five letters: ``20261123-7KQ4M``."""
    return f"{now:%Y%m%d}-" + "".join(secrets.choice(_UNMISTAKABLE) for _ in range(5))
