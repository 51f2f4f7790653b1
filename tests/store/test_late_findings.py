"""An order that one check refused and another finds done: it changes its título only if nothing newer was ordered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bancointegra.domain.boleto import ConsultaBoleto
from bancointegra.domain.errors import RuleError
from bancointegra.domain.instrucao import AlterarSeuNumero, AlterarValor, Baixar, Instrucao, PedidoInstrucao
from bancointegra.domain.order import Order, OrderState
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.store import Store
from tests.builders import NOW, plan, registrado_de

SAID = HistoryEntry(NOW, "Encontrado", "no banco", "maria")
NO = HistoryEntry(NOW, "Recusado", "pelo banco", "maria")
LATE = HistoryEntry(NOW, "Tarde", "há outro pedido", "maria")


@pytest.fixture
def send(store: Store, titulo_id: int) -> Callable[[], Order]:
    def prepare_and_mark() -> Order:
        order = store.journal.prepare_registro(titulo_id, plan, "a")
        return store.journal.mark_enviada(order.id, "a")

    return prepare_and_mark


@pytest.fixture
def instruct(store: Store, titulo_id: int) -> Callable[[Instrucao], Order]:
    def prepare_and_mark(instrucao: Instrucao) -> Order:
        order = store.journal.prepare_instrucao(titulo_id, _planned(instrucao), "a")
        return store.journal.mark_enviada(order.id, "a")

    return prepare_and_mark


def _planned(instrucao: Instrucao) -> Callable[..., PedidoInstrucao]:
    return lambda titulo, _conta: PedidoInstrucao(
        titulo.boleto.chave,
        titulo.boleto.carteira,
        titulo.boleto.nosso_numero,
        titulo.vencimento,
        titulo.valor,
        titulo.encargos,
        instrucao,
        titulo.identificacao,
    )


def _found(store: Store, order: Order) -> bool:
    return store.journal.confirm_registro(order.id, registrado_de(order.registro), SAID, LATE)


def _done(store: Store, order: Order, consulta: ConsultaBoleto | None = None) -> bool:
    return store.journal.confirm_instrucao(order.id, consulta, SAID, LATE)


class TestRegistro:
    @pytest.fixture
    def refused(self, store: Store, send: Callable[[], Order]) -> Order:
        order = send()
        store.journal.refuse(order.id, "recusado", NO)
        return order

    def test_it_is_adopted_when_nothing_newer_was_ordered(self, store: Store, titulo_id: int, refused: Order) -> None:
        assert _found(store, refused)
        titulo = store.titulos.get(titulo_id)
        assert (titulo.situacao, titulo.boleto) == (Situacao.REGISTRADO, registrado_de(refused.registro))
        assert store.journal.get(refused.id).state is OrderState.CONFIRMADA
        assert store.journal.refused_registros(titulo_id) == ()

    def test_a_newer_one_that_never_left_gives_way(self, store: Store, titulo_id: int, refused: Order) -> None:
        newer = store.journal.prepare_registro(titulo_id, plan, "b")
        assert _found(store, refused)
        with pytest.raises(RuleError):
            store.journal.mark_enviada(newer.id, "b")
        assert store.titulos.get(titulo_id).boleto == registrado_de(refused.registro)

    @pytest.mark.parametrize("outcome", ["sent", "doubt", "confirmed"])
    def test_a_newer_one_that_left_stands_and_the_finding_is_told(
        self, store: Store, titulo_id: int, refused: Order, send: Callable[[], Order], outcome: str
    ) -> None:
        newer = send()
        if outcome == "doubt":
            store.journal.doubt(newer.id, "sem resposta", NO)
        if outcome == "confirmed":
            assert _found(store, newer)
        before, newer = store.titulos.get(titulo_id), store.journal.get(newer.id)
        assert not _found(store, refused)
        assert store.titulos.get(titulo_id) == before
        assert store.titulos.history(titulo_id)[0] == LATE
        assert store.journal.get(newer.id) == newer
        assert store.journal.get(refused.id).state is OrderState.RECUSADA

    def test_a_newer_one_refused_as_well_does_not_matter(
        self, store: Store, titulo_id: int, refused: Order, send: Callable[[], Order]
    ) -> None:
        newer = send()
        store.journal.refuse(newer.id, "recusado", NO)
        assert [one.id for one in store.journal.refused_registros(titulo_id)] == [refused.id, newer.id]
        assert _found(store, refused)
        assert store.journal.refused_registros(titulo_id) == (store.journal.get(newer.id),)

    def test_a_refusal_before_sending_or_of_another_account_need_not_be_asked_about(
        self, store: Store, titulo_id: int, refused: Order
    ) -> None:
        moved = replace(store.contas.by_mnemonico("ITAU01"), agencia="1501")
        store.contas.save(moved)
        unsent = store.journal.prepare_registro(titulo_id, plan, "b")
        store.journal.refuse(unsent.id, "substituída", NO)
        assert store.journal.refused_registros(titulo_id) == ()


class TestInstrucao:
    @pytest.fixture
    def refused(self, store: Store, send: Callable[[], Order], instruct: Callable[[Instrucao], Order]) -> Order:
        _found(store, send())
        order = instruct(AlterarValor(Reais(9_900)))
        store.journal.refuse(order.id, "recusado", NO)
        return order

    def test_it_is_applied_when_nothing_newer_was_ordered(self, store: Store, titulo_id: int, refused: Order) -> None:
        assert _done(store, refused)
        assert store.titulos.get(titulo_id).valor == Reais(9_900)

    def test_a_newer_one_that_never_left_gives_way(self, store: Store, titulo_id: int, refused: Order) -> None:
        newer = store.journal.prepare_instrucao(titulo_id, _planned(AlterarValor(Reais(8_800))), "b")
        assert _done(store, refused)
        with pytest.raises(RuleError):
            store.journal.mark_enviada(newer.id, "b")
        assert store.titulos.get(titulo_id).valor == Reais(9_900)

    @pytest.mark.parametrize("confirmed", [True, False])
    def test_a_newer_one_stands(
        self, store: Store, titulo_id: int, refused: Order, instruct: Callable[[Instrucao], Order], confirmed: bool
    ) -> None:
        newer = instruct(AlterarSeuNumero("NOVO1"))
        if confirmed:
            assert _done(store, newer)
        before = store.titulos.get(titulo_id)
        assert not _done(store, refused)
        assert store.titulos.get(titulo_id) == before
        assert store.titulos.history(titulo_id)[0] == LATE

    def test_the_boleto_registered_since_is_not_touched(
        self, store: Store, titulo_id: int, refused: Order, send: Callable[[], Order], instruct: Callable[..., Order]
    ) -> None:
        assert _done(store, instruct(Baixar()))
        assert _found(store, send())
        before = store.titulos.get(titulo_id)
        assert not _done(store, refused)
        assert store.titulos.get(titulo_id) == before
