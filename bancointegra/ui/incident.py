"""A bug, said to the clerk: logged with its traceback, shown with a number that finds it in the log."""

from __future__ import annotations

import logging
import secrets
import traceback

from bancointegra.domain.errors import AppError

_log = logging.getLogger(__name__)


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
    number = secrets.token_hex(4).upper()
    _log.error("incident %s", number, exc_info=error)
    return Incident(number, "".join(traceback.format_exception(error)))
