"""Where the rows of a register come from: searched in SQL, or a short list that is read whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from bancointegra.domain.pagador import Pagador, PagadorSort
from bancointegra.domain.texto import fold
from bancointegra.services.pagador import PagadorService

Row = TypeVar("Row")


class PagadorSource:
    """The pagadores found by some words; every method blocks and is called by worker threads."""

    def __init__(self, pagadores: PagadorService, texto: str) -> None:
        self._pagadores, self._texto = pagadores, texto

    def count(self) -> int:
        return self._pagadores.quantidade(self._texto)

    def page(self, sort: PagadorSort, descending: bool, offset: int, limit: int) -> Sequence[Pagador]:
        return self._pagadores.page(self._texto, sort, descending, offset, limit)

    def ids(self, sort: PagadorSort, descending: bool) -> Sequence[int]:
        return self._pagadores.ids(self._texto, sort, descending)

    def rows(self, ids: Sequence[int]) -> Sequence[Pagador]:
        return self._pagadores.rows(ids)


class ShortListSource(Generic[Row]):
    """All of a short list, read once by ``read``; its columns are sorted by functions of a row.

    ``words`` is what of a row is searched in.
    """

    def __init__(
        self, read: Callable[[], Sequence[Row]], key: Callable[[Row], int], words: Callable[[Row], str], texto: str
    ) -> None:
        self._read, self._key, self._words, self._texto = read, key, words, texto

    @cached_property
    def _found(self) -> Sequence[Row]:
        wanted = fold(self._texto).split()
        return [row for row in self._read() if all(word in fold(self._words(row)) for word in wanted)]

    def count(self) -> int:
        return len(self._found)

    def page(self, sort: Callable[[Row], Any], descending: bool, offset: int, limit: int) -> Sequence[Row]:
        return self._sorted(sort, descending)[offset : offset + limit]

    def ids(self, sort: Callable[[Row], Any], descending: bool) -> Sequence[int]:
        return [self._key(row) for row in self._sorted(sort, descending)]

    def rows(self, ids: Sequence[int]) -> Sequence[Row]:
        by_id = {self._key(row): row for row in self._found}
        return [by_id[row_id] for row_id in ids if row_id in by_id]

    def _sorted(self, sort: Callable[[Row], Any], descending: bool) -> Sequence[Row]:
        return sorted(self._found, key=sort, reverse=descending)
