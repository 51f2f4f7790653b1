"""Searches over a million títulos: first page, totals and counts, warm and cold.

Each figure is the best of a few repetitions, for other work on the machine only ever adds to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TipoPeriodo, TituloFilter, TituloSort
from bancointegra.store import Store, open_store
from bancointegra.system.clock import SystemClock
from benchmarks.figures import Figure, Target, median, milliseconds
from benchmarks.office_data import NobodyElse, Size, data_file

PAGE = 200
FIRST_PAGE = Target(100)
_CONTA = 1
_REPEATS = 5
_MONTH = (date(2026, 11, 1), date(2026, 11, 30))
_PENDENTE = frozenset({Situacao.PENDENTE})

_INITIAL = TituloFilter(_CONTA, situacoes=_PENDENTE, de=_MONTH[0], ate=_MONTH[1])
_SEARCHES = {
    "PENDENTE this month": _INITIAL,
    "all of this month": replace(_INITIAL, situacoes=frozenset()),
    "LIQUIDADO by liquidação this month": replace(
        _INITIAL, situacoes=frozenset({Situacao.LIQUIDADO}), tipo_periodo=TipoPeriodo.LIQUIDACAO
    ),
    "PENDENTE of all time": TituloFilter(_CONTA, situacoes=_PENDENTE),
    "everything": TituloFilter(_CONTA),
    "A CONFIRMAR": TituloFilter(_CONTA, somente_a_confirmar=True),
}
_TYPED = {
    "this month, words of a sacado typed": replace(_SEARCHES["all of this month"], texto="padaria silva"),
    "this month, part of a nosso número typed": replace(_SEARCHES["all of this month"], texto="09/0095"),
    "everything, words of a sacado typed": TituloFilter(_CONTA, texto="padaria silva"),
    "everything, part of a nosso número typed": TituloFilter(_CONTA, texto="09/0095"),
    "everything, a word nobody has typed": TituloFilter(_CONTA, texto="xyzzy"),
}


def search_figures(folder: Path, size: Size) -> Iterator[Figure]:
    """First pages by each search and each sort column, with totals and counts beside them."""
    path = data_file(folder, size)
    yield from _cold(path)
    with _opened(path) as store:
        for name, filtro in _SEARCHES.items():
            yield _first_page(store, f"first page, {name}", filtro, FIRST_PAGE)
            yield from _slowest_sort(store, name, filtro)
            yield from _totals(store, name, filtro)
        for name, filtro in _TYPED.items():
            yield _first_page(store, f"first page, {name}", filtro, FIRST_PAGE if filtro.de else None)


def _cold(path: Path) -> Iterator[Figure]:
    """The first search after the program opened a file that is not in the machine's memory."""
    for name in ("PENDENTE this month", "everything"):
        filtro = _SEARCHES[name]

        def once(filtro: TituloFilter = filtro) -> float:
            _forget(path)
            with _opened(path) as store:
                return milliseconds(lambda: _page(store, filtro, TituloSort.VENCIMENTO), 1)[0]

        taken = [once() for _ in range(_REPEATS)]
        note = f"file out of memory, median {median(taken):.0f}"
        yield Figure(f"first page, {name}, cold", min(taken), "ms", FIRST_PAGE, note)


def _first_page(store: Store, name: str, filtro: TituloFilter, target: Target | None) -> Figure:
    taken = milliseconds(lambda: _page(store, filtro, TituloSort.VENCIMENTO), _REPEATS)
    return Figure(name, min(taken), "ms", target, f"by vencimento, median {median(taken):.0f}")


def _slowest_sort(store: Store, name: str, filtro: TituloFilter) -> Iterator[Figure]:
    """Every sort column both ways; the slowest by name, and those beyond the target."""
    taken: dict[str, float] = {}
    for sort in TituloSort:
        for descending in (False, True):
            times = milliseconds(partial(_page, store, filtro, sort, descending), 3)
            taken[f"{sort.value} {'↓' if descending else '↑'}"] = min(times)
    slowest = max(taken, key=taken.__getitem__)
    over = ", ".join(f"{sort} {ms:.0f}" for sort, ms in taken.items() if not FIRST_PAGE.is_met(ms))
    yield Figure(
        f"  its slowest sort of {len(taken)}", taken[slowest], "ms", None, f"{slowest}; over 100: {over or 'none'}"
    )


def _totals(store: Store, name: str, filtro: TituloFilter) -> Iterator[Figure]:
    titulos = store.titulos
    taken = {
        "totals": milliseconds(lambda: titulos.totais(filtro), 3),
        "counts by situação": milliseconds(lambda: titulos.count_by_situacao(filtro), 3),
        "all ids, for “select all”": milliseconds(lambda: titulos.ids(filtro, TituloSort.VENCIMENTO, False), 3),
    }
    for what, times in taken.items():
        yield Figure(f"  its {what}", min(times), "ms")


def _page(store: Store, filtro: TituloFilter, sort: TituloSort, descending: bool = False) -> object:
    return store.titulos.page(filtro, sort, descending, 0, PAGE)


@contextmanager
def _opened(path: Path) -> Iterator[Store]:
    store = open_store(path, instances=NobodyElse(), clock=SystemClock())
    try:
        yield store
    finally:
        store.close()


def _forget(path: Path) -> None:
    """Ask the system to drop the file from its memory; where it cannot be asked, “cold” is a new connection."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
