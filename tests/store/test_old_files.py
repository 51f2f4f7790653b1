"""What any released version wrote can be opened, read and worked on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bancointegra.domain.order import OrderState
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TituloFilter, TituloSort, Totais
from bancointegra.store import Store, open_store
from bancointegra.store.engine import create_store_engine
from bancointegra.store.schema import Base
from tests.builders import ENTRY, JOAO, KnownInstances, ManualClock, plan, registrado_de
from tests.store.old.build import ENCARGOS

FILES = sorted((Path(__file__).parent / "old").glob("*.sqlite3"))


@pytest.fixture(params=FILES, ids=[file.stem for file in FILES])
def old_file(request: pytest.FixtureRequest, data_file: Path) -> Path:
    shutil.copy(request.param, data_file)
    return data_file


@pytest.fixture
def old_store(old_file: Path) -> Iterator[Store]:
    store = open_store(old_file, instances=KnownInstances(), clock=ManualClock(), check_integrity=True)
    yield store
    store.close()


def test_there_is_a_file_of_the_first_release() -> None:
    assert "0.1.0" in [file.stem for file in FILES]


def test_it_has_todays_tables_afterwards(old_store: Store, old_file: Path) -> None:
    # Fails as well when a migration was changed after its release: add a new one instead.
    engine = create_store_engine(old_file)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_everything_is_still_there(old_store: Store) -> None:
    conta = old_store.contas.by_mnemonico("ITAU01")
    assert conta is not None
    assert (conta.encargos_padrao, conta.ultimo_nosso_numero) == (ENCARGOS, 5)
    assert [tipo.nome for tipo in old_store.contas.tipos_cobranca(conta.id)] == ["BOLETO ITAÚ"]
    everything = TituloFilter(conta.id)
    assert old_store.titulos.totais(everything) == Totais(6, Reais(75000))
    assert old_store.titulos.count_by_situacao(everything) == {
        Situacao.PENDENTE: 4,
        Situacao.REGISTRADO: 1,
        Situacao.LIQUIDADO: 1,
    }
    pending, prepared, sent, doubtful, registered, paid = map(
        old_store.titulos.get, old_store.titulos.ids(everything, TituloSort.TITULO, False)
    )
    assert (prepared.sacado, prepared.observacao, prepared.encargos) == (JOAO, "Não protestar", ENCARGOS)
    assert [titulo.a_confirmar for titulo in (pending, prepared, sent, doubtful)] == [False, False, True, True]
    order = old_store.journal.registro_in_force(registered.id)
    assert order is not None
    assert registered.boleto == registrado_de(order.pedido)
    assert (paid.liquidado_em, paid.valor_pago) == (date(2026, 12, 1), Reais(12500))
    assert [entry.texto for entry in old_store.titulos.history(paid.id)] == [
        "O banco respondeu",
        "O banco respondeu",
        "Importado",
    ]


def test_work_goes_on_where_it_stopped(old_store: Store) -> None:
    sent, doubtful = old_store.journal.in_doubt()
    assert (sent.state, doubtful.state, doubtful.reason) == (OrderState.ENVIADA, OrderState.INDEFINIDA, "sem resposta")
    assert sent.instance == "programa-antigo"
    assert old_store.journal.take_over(sent, "b")
    old_store.journal.confirm_registro(sent.id, registrado_de(sent.pedido), ENTRY)
    assert old_store.titulos.get(sent.titulo_id).situacao is Situacao.REGISTRADO

    pending, prepared, *_ = old_store.titulos.ids(TituloFilter(sent.conta_id), TituloSort.TITULO, False)
    assert old_store.journal.prepare_registro(prepared, plan, "c").nosso_numero == "00000001"
    assert old_store.journal.prepare_registro(pending, plan, "d").nosso_numero == "00000006"
