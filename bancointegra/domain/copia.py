"""Cópia de segurança: how a copy of the data file is called, and what it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from bancointegra.domain.situacao import Situacao

EXTENSAO = ".sqlite3"
PARCIAL = ".parcial"
"""Ends the name of a copy that is still being written."""
PASTA_DE_COPIAS = "copias"
"""Beside the data file, when nobody chose another."""


class MotivoCopia(Enum):
    """Why a copy was made. The value stands in its file's name and on the screen."""

    AO_FECHAR = "ao fechar"
    DIARIA = "diária"
    A_PEDIDO = "a pedido"
    ANTES_DE_ATUALIZAR = "antes de atualizar"
    ANTES_DE_RESTAURAR = "antes de restaurar"

    @property
    def is_automatica(self) -> bool:
        """Made again and again: pointless when nothing has changed since the last copy."""
        return self in (MotivoCopia.AO_FECHAR, MotivoCopia.DIARIA)


_MOTIVOS = "|".join(motivo.value for motivo in MotivoCopia)
_NOME = re.compile(
    rf"BancoIntegra (\d{{4}}-\d\d-\d\d \d{{6}}) ({_MOTIVOS}) v(\S+) (\S+)(?: \(\d+\))?{re.escape(EXTENSAO)}"
)
_MOMENTO = "%Y-%m-%d %H%M%S"


@dataclass(frozen=True, slots=True)
class NomeCopia:
    """What the name of a copy's file says: when, why, by which version of the program, of whose data.

    ``em`` is the local moment, with its zone; ``origem`` names user and computer and holds no blank.
    """

    em: datetime
    motivo: MotivoCopia
    versao: str
    origem: str

    def arquivo(self, repeticao: int = 1) -> str:
        """``BancoIntegra 2026-11-23 180210 ao fechar v0.1.0 maria@FINANCEIRO.sqlite3``; a repetition is numbered."""
        number = f" ({repeticao})" if repeticao > 1 else ""
        return f"BancoIntegra {self.em:{_MOMENTO}} {self.motivo.value} v{self.versao} {self.origem}{number}{EXTENSAO}"


def read_nome_copia(arquivo: str) -> NomeCopia | None:
    """The name taken apart; None when the file is not one of our copies."""
    found = _NOME.fullmatch(arquivo)
    if not found:
        return None
    try:
        em = datetime.strptime(found[1], _MOMENTO).astimezone()
    except ValueError:
        return None
    return NomeCopia(em, MotivoCopia(found[2]), found[3], found[4])


def origem_da_copia(usuario: str, computador: str) -> str:
    """``maria@FINANCEIRO``: letters, digits, hyphens and points, whatever the two are called."""
    usuario, computador = (re.sub(r"[^\w.-]+", "-", name).strip("-") for name in (usuario, computador))
    return f"{usuario or 'usuario'}@{computador or 'computador'}"


@dataclass(frozen=True, slots=True)
class Copia:
    """One copy in the list. ``tamanho`` is in bytes."""

    path: Path
    nome: NomeCopia
    tamanho: int


@dataclass(frozen=True, slots=True)
class PreferenciasCopia:
    """Where the copies go (None: beside the data) and how many of each ``MotivoCopia`` are kept."""

    pasta: Path | None = None
    guardadas: int = 15


class TabelasCopia(Enum):
    """How the tables of a copy stand to those of this program."""

    IGUAIS = "desta versão"
    ANTERIORES = "de uma versão anterior; são atualizadas ao restaurar"
    MAIS_NOVAS = "de uma versão mais nova; não podem ser restauradas aqui"


@dataclass(frozen=True, slots=True)
class ConteudoCopia:
    """What a copy holds. ``ultima_mudanca`` is the last entry of any título's history; None without one."""

    contas: tuple[str, ...]
    titulos: Mapping[Situacao, int]
    a_confirmar: int
    ultima_mudanca: datetime | None
    tabelas: TabelasCopia


@dataclass(frozen=True, slots=True)
class EstadoCopia:
    """How the last attempt at a copy went. ``problema`` is empty when it went well; ``fim`` None while it runs."""

    inicio: datetime
    fim: datetime | None = None
    problema: str = ""

    @property
    def aviso(self) -> str:
        """What the clerk must hear of it; empty when all is well."""
        if self.problema:
            return f"A última cópia de segurança ({self.inicio:%d/%m/%Y %H:%M}) falhou. {self.problema}"
        if self.fim is None:
            return f"A última cópia de segurança ({self.inicio:%d/%m/%Y %H:%M}) foi interrompida."
        return ""
