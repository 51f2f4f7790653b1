"""Versions of the program: what its publisher says of the newest, and whether it is newer than this one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NUMBERS = re.compile(r"\d{1,4}(\.\d{1,4}){2}")


@dataclass(frozen=True, slots=True)
class VersaoPublicada:
    """The newest version, as its publisher signed it. ``pagina`` is where a person finds it; may be empty."""

    versao: str
    publicada_em: date
    novidades: str = ""
    pagina: str = ""


@dataclass(frozen=True, slots=True)
class PreferenciasVersao:
    """Where the version file is read, whose signature it must bear, and on which day it was last read (ISO)."""

    ativa: bool = False
    endereco: str = ""
    chave: str = ""
    consultada_em: str = ""


def is_mais_nova(publicada: str, instalada: str) -> bool:
    """Whether the first version comes after the second. Raises ``ValueError`` when one is not like ``1.2.3``."""
    return _parts(publicada) > _parts(instalada)


def _parts(versao: str) -> tuple[int, ...]:
    if not _NUMBERS.fullmatch(versao):
        raise ValueError(f"not a version: {versao!r}")
    return tuple(int(part) for part in versao.split("."))
