"""XML of strangers, looked at before anything is built of it.

Entities, and with them everything that swells or points out of the file, are declared in a DTD, and a DTD may stand
only before the root element. Expat, the parser ElementTree is made of, tells by reading up to there.
"""

from __future__ import annotations

from contextlib import suppress
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

_CHUNK = 64 * 1024


class HasDtdError(Exception):
    """The XML brings definitions of its own."""


class _RootReached(Exception):
    """Nothing that could declare an entity came before the root element."""


def refuse_dtd(file: IO[bytes]) -> None:
    """Raise ``HasDtdError``; what is no XML at all is left to whoever parses it. Reads on in ``file``."""

    def begins_dtd(*_: object) -> None:
        raise HasDtdError

    def begins_root(*_: object) -> None:
        raise _RootReached

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = begins_dtd
    parser.StartElementHandler = begins_root
    with suppress(_RootReached, ExpatError):
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
