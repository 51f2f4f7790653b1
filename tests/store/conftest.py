"""A real store on a real file, with one account and a way to add títulos."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import NovoTitulo, TituloFilter, TituloSort
from bancointegra.store import Store, open_store
from tests.builders import ENTRY, KnownInstances, ManualClock, conta_itau, novo_titulo
from tests.new_data import new_data_file
from tests.store.imaginary_release import make_next_release

AddTitulos = Callable[..., list[int]]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def instances() -> KnownInstances:
    return KnownInstances()


@pytest.fixture
def data_file(tmp_path: Path) -> Path:
    return tmp_path / "dados.sqlite3"


@pytest.fixture
def next_release(tmp_path: Path) -> Path:
    """The folder of migrations of an imaginary next release."""
    scripts = tmp_path / "next"
    make_next_release(scripts)
    return scripts


@pytest.fixture
def store(data_file: Path, clock: ManualClock, instances: KnownInstances) -> Iterator[Store]:
    opened = open_store(new_data_file(data_file), instances=instances, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def conta(store: Store) -> ContaBancaria:
    return store.contas.save(conta_itau())


@pytest.fixture
def tipo(store: Store, conta: ContaBancaria) -> TipoCobranca:
    return store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO ITAÚ", conta.id))


@pytest.fixture
def add_titulos(store: Store, conta: ContaBancaria, tipo: TipoCobranca) -> AddTitulos:
    """Stores what it is given (a count, or ``NovoTitulo``s) and returns the ids, in order."""

    def add(*novos: NovoTitulo, count: int = 0, conta_id: int = conta.id) -> list[int]:
        wanted = novos or tuple(novo_titulo(1001 + n) for n in range(count))
        store.titulos.add_many(conta_id, tipo.id, wanted, ENTRY)
        found = store.titulos.existing(conta_id, [(novo.numero, novo.parcela) for novo in wanted])
        return [found[novo.numero, novo.parcela].id for novo in wanted]

    return add


@pytest.fixture
def titulo_id(add_titulos: AddTitulos) -> int:
    return add_titulos(count=1)[0]


@pytest.fixture
def situacao_of(store: Store) -> Callable[[int], Situacao]:
    return lambda titulo_id: store.titulos.get(titulo_id).situacao


@pytest.fixture
def all_ids(store: Store, conta: ContaBancaria) -> Callable[..., tuple[int, ...]]:
    """The ids a filter finds, in the order of the list."""

    def find(sort: TituloSort = TituloSort.TITULO, descending: bool = False, **filtro: object) -> tuple[int, ...]:
        return store.titulos.ids(TituloFilter(conta.id, **filtro), sort, descending)  # type: ignore[arg-type]

    return find
