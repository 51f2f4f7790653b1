"""What the services need of the office's registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bancointegra.domain.pagador import Pagador, PagadorSort
from bancointegra.domain.situacao import Situacao


class PagadorRepository(Protocol):
    def search(self, texto: str, limit: int) -> tuple[Pagador, ...]:
        """The first whose nome or documento contains every word, by nome."""

    def page(self, texto: str, sort: PagadorSort, descending: bool, offset: int, limit: int) -> tuple[Pagador, ...]: ...

    def ids(self, texto: str, sort: PagadorSort, descending: bool) -> tuple[int, ...]: ...

    def count(self, texto: str) -> int: ...

    def rows(self, pagador_ids: Sequence[int]) -> tuple[Pagador, ...]: ...

    def by_documento(self, documento: str) -> Pagador | None: ...

    def save(self, pagador: Pagador, visto: Pagador | None = None) -> Pagador:
        """Insert (id 0) or replace; returns him as stored.

        Raises ``InputError`` when another has the documento; ``RuleError`` when he is no longer as ``visto``, or when
        the documento would change of somebody whose títulos went to the bank.
        """

    def delete(self, pagador_id: int) -> None:
        """Raises ``RuleError`` when he has títulos."""

    def titulos_by_situacao(self, pagador_id: int) -> Mapping[Situacao, int]: ...


class EscritorioRepository(Protocol):
    def all(self) -> tuple[str, ...]:
        """The names of the Escritórios de Cobrança, sorted."""

    def add(self, nome: str) -> None:
        """Raises ``InputError`` when it is already there."""

    def rename(self, nome: str, novo: str) -> None:
        """Raises ``InputError`` when ``novo`` is already there, ``StoreError`` when ``nome`` is gone."""

    def delete(self, nome: str) -> None:
        """Raises ``RuleError`` when a protest was ordered with it."""

    def protestos(self) -> Mapping[str, int]:
        """How many protests were ordered with each name."""
