"""A list whose records are all in memory already: few occurrences, a few thousand convênios."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from bancointegra.ui.table.column import Column

Row = TypeVar("Row")


class MemorySource(Generic[Row]):
    """``RowSource`` over ``records``; a column's ``sort`` is its own ``key``, and nothing sorts before everything."""

    def __init__(self, records: Sequence[Row], key: Callable[[Row], int], columns: Sequence[Column[Row]]) -> None:
        self._records = tuple(records)
        self._key = key
        self._values = {column.sort: column.value for column in columns if column.sort is not None}

    def count(self) -> int:
        return len(self._records)

    def page(self, sort: Any, descending: bool, offset: int, limit: int) -> Sequence[Row]:
        return self._sorted(sort, descending)[offset : offset + limit]

    def ids(self, sort: Any, descending: bool) -> Sequence[int]:
        return [self._key(row) for row in self._sorted(sort, descending)]

    def rows(self, ids: Sequence[int]) -> Sequence[Row]:
        known = {self._key(row): row for row in self._records}
        return [known[row_id] for row_id in ids if row_id in known]

    def _sorted(self, sort: Any, descending: bool) -> Sequence[Row]:
        value = self._values.get(sort)
        if value is None:
            return self._records
        return sorted(self._records, key=lambda row: _order(value(row)), reverse=descending)


def _order(value: Any) -> tuple[bool, Any]:
    if value is None or value == "":
        return False, 0
    return True, value.casefold() if isinstance(value, str) else value
