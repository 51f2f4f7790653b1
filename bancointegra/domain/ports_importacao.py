"""What importing títulos needs from the outside world: files, the store, and somebody who watches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.importacao import (
    AlteracaoTitulo,
    FormatoArquivo,
    Gravacao,
    Leitura,
    LeituraGuardada,
    RegistroLido,
    Tabela,
    TituloGuardado,
)
from bancointegra.domain.titulo import HistoryEntry, NovoTitulo


class Andamento(Protocol):
    """How far a long piece of work is, and whether it should stop."""

    def report(self, done: int, total: int, text: str = "") -> None:
        """``total`` 0 means unknown."""

    def check_cancelled(self) -> None:
        """Raise ``JobCancelled`` when somebody asked to stop."""


class TituloFiles(Protocol):
    """The files offices have. All raise ``InputError`` when a file as a whole cannot be read."""

    def formato(self, path: Path) -> FormatoArquivo:
        """What it is, by its content."""

    def tabela(self, path: Path, leitura: Leitura) -> Tabela:
        """Open a CSV or XLSX as ``leitura`` says, guessing codificação, separador and planilha where it does not."""

    def notas(self, path: Path) -> Iterator[RegistroLido]:
        """The duplicatas of the NF-e in an XML or a zip; a nota without them is one record with a fault."""


class ImportacaoRepository(Protocol):
    def guardados(
        self, conta_id: int, chaves: Sequence[tuple[str, str]], ids_externos: Sequence[str]
    ) -> tuple[TituloGuardado, ...]:
        """The títulos of the account with one of these (numero, parcela) or external ids."""

    def pagadores(self, documentos: Sequence[str]) -> Mapping[str, Sacado]:
        """Those of the documents that are stored."""

    def gravar(
        self,
        conta_id: int,
        tipo_cobranca_id: int,
        novos: Mapping[int, NovoTitulo],
        alteracoes: Mapping[int, AlteracaoTitulo],
        emails: Mapping[str, str],
        entry: HistoryEntry,
        andamento: Andamento,
    ) -> Gravacao:
        """Store all of it in one transaction: whatever interrupts it, nothing of it was stored.

        Pagadores already stored stay as they are; the others get their e-mail, by documento. ``novos`` and
        ``alteracoes`` go from the caller's positions.
        """

    def leitura_de(self, origem: str) -> LeituraGuardada | None:
        """How files with this header were read the last time they were imported."""

    def guardar_leitura(self, origem: str, leitura: LeituraGuardada) -> None: ...
