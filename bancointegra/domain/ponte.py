"""The bridge for the program next door: what it asks for with a file, and what it is answered, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from bancointegra.domain.conta import ContaBancaria


@dataclass(frozen=True, slots=True)
class PreferenciasPasta:
    """The watched folder of this workstation; off until the clerk says so. ``conta`` and ``cobranca`` are names."""

    ativa: bool = False
    pasta: Path | None = None
    conta: str = ""
    cobranca: str = ""
    registrar: bool = False
    gerar_pdf: bool = True


@dataclass(frozen=True, slots=True)
class PedidoPonte:
    """What is to be done with the títulos of a file. ``gerar_pdf`` counts for registered boletos."""

    conta: ContaBancaria
    tipo_cobranca_id: int
    registrar: bool
    gerar_pdf: bool


class ResultadoImportacao(Enum):
    """What became of a row in the import. The value is the word of the answer."""

    NOVO = "novo"
    EXISTENTE = "existente"
    ALTERADO = "alterado"
    RECUSADO = "recusado"


@dataclass(frozen=True, slots=True)
class LinhaPonte:
    """One row: where it stands in the file, its título here (None when there is none), and what went wrong.

    ``pendente``: not settled yet, and the program goes on with it by itself: A CONFIRMAR, or not sent because the bank
    was not reached. ``erro`` is a code, empty when all is well.
    """

    onde: str
    id_externo: str
    titulo: str
    resultado: ResultadoImportacao
    titulo_id: int | None = None
    pendente: bool = False
    erro: str = ""
    mensagem: str = ""


@dataclass(frozen=True, slots=True)
class RespostaPonte:
    """The answer to one file. ``erro`` and ``mensagem`` are of the file as a whole, which then has no rows."""

    arquivo: str
    conta: str
    em: datetime
    linhas: tuple[LinhaPonte, ...] = ()
    erro: str = ""
    mensagem: str = ""

    @property
    def is_completa(self) -> bool:
        return not any(linha.pendente for linha in self.linhas)

    @property
    def has_erro(self) -> bool:
        """Whether somebody must look at it: the file could not be read, or a row failed for good."""
        return bool(self.erro) or any(linha.erro and not linha.pendente for linha in self.linhas)
