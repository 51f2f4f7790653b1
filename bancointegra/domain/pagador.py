"""The pagador: a sacado in the office's register, with what the bank is not told, and what is known of a CEP."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bancointegra.domain.boleto import Sacado

_FAIXAS_DE_CEP = (
    (1000, "SP"),
    (20000, "RJ"),
    (29000, "ES"),
    (30000, "MG"),
    (40000, "BA"),
    (49000, "SE"),
    (50000, "PE"),
    (57000, "AL"),
    (58000, "PB"),
    (59000, "RN"),
    (60000, "CE"),
    (64000, "PI"),
    (65000, "MA"),
    (66000, "PA"),
    (68900, "AP"),
    (69000, "AM"),
    (69300, "RR"),
    (69400, "AM"),
    (69900, "AC"),
    (70000, "DF"),
    (72800, "GO"),
    (73000, "DF"),
    (73700, "GO"),
    (76800, "RO"),
    (77000, "TO"),
    (78000, "MT"),
    (79000, "MS"),
    (80000, "PR"),
    (88000, "SC"),
    (90000, "RS"),
)
"""From which first five digits on a CEP is of which UF (Correios, faixas de CEP)."""


@dataclass(frozen=True, slots=True)
class Pagador:
    """One payer of the register; ``id`` 0 for one not yet stored. The documento is his identity.

    What is here is what the next boleto will say. A boleto that is registered keeps what its order said.
    """

    id: int
    sacado: Sacado
    email: str = ""


class PagadorSort(Enum):
    """The column the register is sorted by."""

    NOME = "nome"
    DOCUMENTO = "documento"
    CIDADE = "cidade"


def uf_do_cep(cep: str) -> str:
    """The UF a CEP of 8 digits lies in; empty when there is none."""
    first = int(cep[:5]) if len(cep) == 8 and cep.isascii() and cep.isdigit() else 0
    return next((uf for start, uf in reversed(_FAIXAS_DE_CEP) if first >= start), "")
