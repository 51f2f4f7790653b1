"""The life of an order: each call is one committed step, and none can be taken twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bancointegra.domain.boleto import SituacaoNoBanco
from bancointegra.domain.conta import Ambiente, ContaBancaria
from bancointegra.domain.errors import RuleError, StoreError
from bancointegra.domain.order import Order, OrderState
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Operacao, Situacao
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.store import Store
from tests.builders import (
    AURORA,
    ENTRY,
    NOW,
    KnownInstances,
    ManualClock,
    consulta_de,
    conta_itau,
    novo_titulo,
    plan,
    registrado_de,
)

SAID = HistoryEntry(NOW, "O banco falou", "detalhe", "maria")


@pytest.fixture
def prepare(store: Store) -> Callable[..., Order]:
    return lambda titulo_id, claim="a": store.journal.prepare_registro(titulo_id, plan, claim)


@pytest.fixture
def send(store: Store, prepare: Callable[..., Order]) -> Callable[..., Order]:
    def prepare_and_mark(titulo_id: int, claim: str = "a") -> Order:
        return store.journal.mark_enviada(prepare(titulo_id, claim).id, claim)

    return prepare_and_mark


@pytest.fixture
def register(store: Store, send: Callable[..., Order]) -> Callable[..., Order]:
    def send_and_confirm(titulo_id: int) -> Order:
        order = send(titulo_id)
        store.journal.confirm_registro(order.id, registrado_de(order.pedido), SAID)
        return store.journal.get(order.id)

    return send_and_confirm


def _texts(store: Store, titulo_id: int) -> list[str]:
    return [entry.texto for entry in store.titulos.history(titulo_id)]


class TestPrepare:
    def test_the_order_holds_the_whole_request_before_anything_leaves(
        self, store: Store, titulo_id: int, prepare: Callable[..., Order]
    ) -> None:
        order = prepare(titulo_id, "minha")
        assert store.journal.get(order.id) == order
        assert (order.state, order.operacao) == (OrderState.PREPARADA, Operacao.REGISTRAR)
        assert (order.claim, order.instance, order.attempts, order.sent_at) == ("minha", "esta-janela", 0, None)
        assert (order.carteira, order.nosso_numero) == ("109", "00000001")
        assert order.pedido.nosso_numero == "00000001"
        assert (order.pedido.valor, order.pedido.sacado, order.pedido.titulo) == (Reais(12500), AURORA, "1001/1")

    def test_an_order_that_never_left_is_taken_over_with_its_number(
        self, store: Store, titulo_id: int, prepare: Callable[..., Order]
    ) -> None:
        first, second = prepare(titulo_id, "a"), prepare(titulo_id, "b")
        assert (second.id, second.nosso_numero, second.correlation_id) == (
            first.id,
            first.nosso_numero,
            first.correlation_id,
        )
        with pytest.raises(RuleError, match="já está sendo enviado"):
            store.journal.mark_enviada(first.id, "a")
        assert store.journal.mark_enviada(second.id, "b").state is OrderState.ENVIADA

    def test_a_take_over_plans_afresh(self, store: Store, titulo_id: int, prepare: Callable[..., Order]) -> None:
        prepare(titulo_id)
        later = store.journal.prepare_registro(
            titulo_id, lambda *a: replace(plan(*a), vencimento=date(2027, 1, 5)), "b"
        )
        assert store.journal.get(later.id).pedido.vencimento == date(2027, 1, 5)

    @pytest.mark.parametrize(
        "change", [{"carteira": "110"}, {"ambiente": Ambiente.PRODUCAO}, {"conta": "05207"}, {"agencia": "1501"}]
    )
    def test_a_changed_account_means_a_new_order(
        self,
        store: Store,
        conta: ContaBancaria,
        titulo_id: int,
        prepare: Callable[..., Order],
        change: dict[str, object],
    ) -> None:
        old = prepare(titulo_id)
        store.contas.save(replace(conta, **change))  # type: ignore[arg-type]
        new = prepare(titulo_id)
        assert (new.id, new.nosso_numero) == (old.id + 1, "00000002")
        assert new.correlation_id != old.correlation_id
        assert store.journal.get(old.id).state is OrderState.RECUSADA

    def test_a_plan_that_refuses_allocates_nothing(
        self, store: Store, conta: ContaBancaria, titulo_id: int, prepare: Callable[..., Order]
    ) -> None:
        def refuse(*_: object) -> None:
            raise RuleError("Não agora.")

        with pytest.raises(RuleError, match="Não agora"):
            store.journal.prepare_registro(titulo_id, refuse, "a")  # type: ignore[arg-type]
        assert store.contas.get(conta.id).ultimo_nosso_numero == 0
        assert prepare(titulo_id).nosso_numero == "00000001"

    @pytest.mark.parametrize("doubtful", [False, True])
    def test_a_titulo_in_doubt_takes_no_other_order(
        self, store: Store, titulo_id: int, send: Callable[..., Order], doubtful: bool
    ) -> None:
        order = send(titulo_id)
        if doubtful:
            store.journal.doubt(order.id, "sem resposta", SAID)
        with pytest.raises(RuleError, match="a confirmar") as refused:
            store.journal.prepare_registro(titulo_id, plan, "b")
        assert refused.value.code == "a_confirmar"
        assert "Verificar agora" in refused.value.hint

    def test_a_titulo_that_is_gone(self, store: Store, prepare: Callable[..., Order]) -> None:
        with pytest.raises(StoreError, match="não existe mais"):
            prepare(4711)


class TestSend:
    def test_it_counts_the_request_and_says_when_and_who(
        self, store: Store, titulo_id: int, send: Callable[..., Order], clock: ManualClock
    ) -> None:
        order = send(titulo_id)
        assert (order.state, order.attempts, order.sent_at) == (OrderState.ENVIADA, 1, NOW)
        assert store.journal.get(order.id) == order
        assert store.titulos.get(titulo_id).a_confirmar
        clock.advance(minutes=5)
        again = store.journal.mark_enviada(order.id, "a")
        assert (again.attempts, again.sent_at) == (2, clock.now())

    def test_only_the_claim_may_send(self, store: Store, titulo_id: int, prepare: Callable[..., Order]) -> None:
        order = prepare(titulo_id, "a")
        with pytest.raises(RuleError) as refused:
            store.journal.mark_enviada(order.id, "b")
        assert refused.value.code == "em_andamento"
        assert store.journal.get(order.id) == order

    @pytest.mark.parametrize("change", [{"ambiente": Ambiente.PRODUCAO}, {"conta": "05207"}, {"agencia": "1501"}])
    def test_what_was_prepared_for_another_account_does_not_leave(
        self,
        store: Store,
        conta: ContaBancaria,
        titulo_id: int,
        prepare: Callable[..., Order],
        change: dict[str, object],
    ) -> None:
        order = prepare(titulo_id, "a")
        store.contas.save(replace(conta, **change))  # type: ignore[arg-type]
        with pytest.raises(RuleError, match="mudou antes do envio"):
            store.journal.mark_enviada(order.id, "a")
        assert store.journal.get(order.id) == order

    def test_another_carteira_does_not_stop_a_repeat(
        self, store: Store, conta: ContaBancaria, titulo_id: int, send: Callable[..., Order]
    ) -> None:
        order = send(titulo_id)
        store.journal.doubt(order.id, "sem resposta", SAID)
        store.contas.save(replace(conta, carteira="110"))
        assert store.journal.mark_enviada(order.id, "a").carteira == "109"

    def test_a_closed_order_is_not_sent_again(
        self, store: Store, titulo_id: int, register: Callable[..., Order]
    ) -> None:
        order = register(titulo_id)
        with pytest.raises(RuleError):
            store.journal.mark_enviada(order.id, "a")
        assert store.journal.get(order.id).state is OrderState.CONFIRMADA


class TestConfirm:
    def test_the_titulo_gets_the_banks_boleto(
        self, store: Store, titulo_id: int, register: Callable[..., Order]
    ) -> None:
        order = register(titulo_id)
        titulo = store.titulos.get(titulo_id)
        assert (titulo.situacao, titulo.a_confirmar, titulo.situacao_fonte) == (Situacao.REGISTRADO, False, "banco")
        assert titulo.boleto == registrado_de(order.pedido)
        assert titulo.registrado_em == NOW
        assert store.journal.registro_in_force(titulo_id) == order
        assert store.titulos.history(titulo_id) == (SAID, ENTRY)

    def test_a_second_confirmation_changes_nothing(
        self, store: Store, titulo_id: int, register: Callable[..., Order]
    ) -> None:
        order = register(titulo_id)
        before = store.titulos.get(titulo_id)
        store.journal.confirm_registro(order.id, replace(registrado_de(order.pedido), chave="outra"), SAID)
        assert store.titulos.get(titulo_id) == before
        assert _texts(store, titulo_id) == ["O banco falou", "Importado"]

    @pytest.mark.parametrize("outcome", ["refuse", "doubt", "not_sent"])
    def test_what_comes_after_the_confirmation_is_too_late(
        self, store: Store, titulo_id: int, register: Callable[..., Order], outcome: str
    ) -> None:
        order = register(titulo_id)
        before = store.titulos.get(titulo_id)
        getattr(store.journal, outcome)(order.id, "tarde demais", SAID)
        assert store.journal.get(order.id) == order
        assert store.titulos.get(titulo_id) == before
        assert store.titulos.history(titulo_id) == (SAID, ENTRY)

    def test_the_pdf_of_an_older_boleto_is_no_longer_the_titulos(
        self, store: Store, titulo_id: int, register: Callable[..., Order], write_off: Callable[[int], None]
    ) -> None:
        register(titulo_id)
        store.titulos.set_pdf(titulo_id, "antigo.pdf", SAID)
        write_off(titulo_id)
        register(titulo_id)
        assert store.titulos.get(titulo_id).pdf_path == ""

    def test_a_baixado_titulo_registered_again_gets_a_new_number(
        self, store: Store, titulo_id: int, register: Callable[..., Order], write_off: Callable[[int], None]
    ) -> None:
        first = register(titulo_id)
        write_off(titulo_id)
        assert store.titulos.get(titulo_id).situacao is Situacao.BAIXADO
        second = register(titulo_id)
        assert (first.nosso_numero, second.nosso_numero) == ("00000001", "00000002")
        assert store.journal.registro_in_force(titulo_id) == second
        boleto = store.titulos.get(titulo_id).boleto
        assert boleto is not None
        assert boleto.nosso_numero == "00000002"

    def test_a_refused_second_registration_leaves_the_first_in_force(
        self,
        store: Store,
        titulo_id: int,
        register: Callable[..., Order],
        send: Callable[..., Order],
        write_off: Callable[[int], None],
    ) -> None:
        first = register(titulo_id)
        write_off(titulo_id)
        store.journal.refuse(send(titulo_id).id, "CEP inválido", SAID)
        assert store.titulos.get(titulo_id).situacao is Situacao.BAIXADO
        assert store.journal.registro_in_force(titulo_id) == first

    @pytest.fixture
    def write_off(self, store: Store) -> Callable[[int], None]:
        """The bank says that the título's boleto was written off."""

        def apply(titulo_id: int) -> None:
            boleto = store.titulos.get(titulo_id).boleto
            assert boleto is not None
            answer = consulta_de(boleto, SituacaoNoBanco.BAIXADO)
            assert store.titulos.apply_consulta(titulo_id, answer, Situacao.BAIXADO, SAID)

        return apply


class TestOtherOutcomes:
    def test_refused(self, store: Store, titulo_id: int, send: Callable[..., Order]) -> None:
        order = send(titulo_id)
        store.journal.refuse(order.id, "CEP inválido", SAID)
        closed = store.journal.get(order.id)
        assert (closed.state, closed.reason) == (OrderState.RECUSADA, "CEP inválido")
        titulo = store.titulos.get(titulo_id)
        assert (titulo.situacao, titulo.a_confirmar, titulo.boleto) == (Situacao.PENDENTE, False, None)
        assert _texts(store, titulo_id) == ["O banco falou", "Importado"]
        assert send(titulo_id, "b").nosso_numero == "00000002"

    def test_in_doubt(self, store: Store, titulo_id: int, send: Callable[..., Order]) -> None:
        order = send(titulo_id)
        store.journal.doubt(order.id, "sem resposta", SAID)
        open_order = store.journal.get(order.id)
        assert (open_order.state, open_order.reason) == (OrderState.INDEFINIDA, "sem resposta")
        assert store.titulos.get(titulo_id).a_confirmar
        assert store.journal.in_doubt([titulo_id]) == (open_order,)

    def test_not_sent_is_registered_again_under_the_same_number(
        self, store: Store, titulo_id: int, send: Callable[..., Order]
    ) -> None:
        order = send(titulo_id)
        store.journal.not_sent(order.id, "sem internet", SAID)
        back = store.journal.get(order.id)
        assert (back.state, back.attempts) == (OrderState.PREPARADA, 0)
        assert not store.titulos.get(titulo_id).a_confirmar
        again = send(titulo_id, "b")
        assert (again.id, again.nosso_numero, again.attempts) == (order.id, "00000001", 1)

    def test_not_sent_after_a_request_that_may_have_left_stays_in_doubt(
        self, store: Store, titulo_id: int, send: Callable[..., Order]
    ) -> None:
        order = send(titulo_id)
        store.journal.doubt(order.id, "sem resposta", SAID)
        store.journal.mark_enviada(order.id, "a")
        store.journal.not_sent(order.id, "sem internet", SAID)
        still = store.journal.get(order.id)
        assert (still.state, still.attempts) == (OrderState.INDEFINIDA, 1)

    def test_not_sent_twice_counts_once(self, store: Store, titulo_id: int, send: Callable[..., Order]) -> None:
        order = send(titulo_id)
        store.journal.not_sent(order.id, "sem internet", SAID)
        store.journal.not_sent(order.id, "sem internet", SAID)
        assert store.journal.get(order.id).attempts == 0

    def test_an_order_nobody_knows(self, store: Store) -> None:
        with pytest.raises(StoreError, match="não existe"):
            store.journal.get(99)


class TestTakeOver:
    def test_the_first_to_take_an_order_over_has_it(
        self, store: Store, titulo_id: int, send: Callable[..., Order]
    ) -> None:
        seen = send(titulo_id)
        assert store.journal.take_over(seen, "b")
        assert not store.journal.take_over(seen, "c")
        assert store.journal.get(seen.id).claim == "b"

    @pytest.mark.parametrize("outcome", ["refuse", "doubt", "not_sent"])
    def test_an_order_that_moved_is_not_taken(
        self, store: Store, titulo_id: int, send: Callable[..., Order], outcome: str
    ) -> None:
        seen = send(titulo_id)
        getattr(store.journal, outcome)(seen.id, "mudou", SAID)
        assert not store.journal.take_over(seen, "b")

    def test_who_lost_it_may_not_send_any_more(self, store: Store, titulo_id: int, send: Callable[..., Order]) -> None:
        seen = send(titulo_id, "a")
        store.journal.take_over(seen, "b")
        with pytest.raises(RuleError):
            store.journal.mark_enviada(seen.id, "a")
        assert store.journal.mark_enviada(seen.id, "b").attempts == 2


def test_orders_in_doubt_come_oldest_first_however_many_are_asked_for(
    store: Store, conta: ContaBancaria, add_titulos: Callable[..., list[int]], send: Callable[..., Order]
) -> None:
    ids = add_titulos(count=3)
    orders = [send(titulo_id) for titulo_id in reversed(ids)]
    store.journal.doubt(orders[1].id, "?", SAID)
    store.journal.refuse(orders[2].id, "não", SAID)
    expected = [orders[0].id, orders[1].id]
    assert [order.id for order in store.journal.in_doubt()] == expected
    assert [order.id for order in store.journal.in_doubt(range(1, 40_000))] == expected
    assert store.journal.in_doubt([]) == ()
    assert store.journal.in_doubt([ids[0]]) == ()


def test_orders_survive_the_end_of_the_program(
    store: Store, titulo_id: int, send: Callable[..., Order], instances: KnownInstances
) -> None:
    order = send(titulo_id)
    store.close()
    instances.restart("outra-janela")
    assert store.journal.in_doubt() == (order,)
    assert store.journal.in_doubt()[0].instance == "esta-janela"


class TestNossoNumero:
    def test_numbers_follow_the_last_one_within_the_range(
        self, store: Store, add_titulos: Callable[..., list[int]], prepare: Callable[..., Order]
    ) -> None:
        conta = store.contas.save(conta_itau(mnemonico="FAIXA", faixa_inicio=500, faixa_fim=502, conta="99999"))
        ids = add_titulos(*(novo_titulo(n) for n in range(4)), conta_id=conta.id)
        assert [prepare(titulo_id).nosso_numero for titulo_id in ids[:3]] == ["00000500", "00000501", "00000502"]
        with pytest.raises(RuleError, match="terminou em 502") as refused:
            prepare(ids[3])
        assert refused.value.code == "faixa_esgotada"
        assert "nova faixa" in refused.value.hint
        assert store.contas.get(conta.id).ultimo_nosso_numero == 502

    @pytest.mark.parametrize(("inicio", "fim"), [(100, 200), (900, 950)])
    def test_another_range_of_the_bank_is_used_from_its_start(
        self,
        store: Store,
        conta: ContaBancaria,
        add_titulos: Callable[..., list[int]],
        prepare: Callable[..., Order],
        inicio: int,
        fim: int,
    ) -> None:
        store.contas.save(replace(conta, faixa_inicio=500, faixa_fim=501))
        ids = add_titulos(count=4)
        for titulo_id in ids[:2]:
            prepare(titulo_id)
        store.contas.save(replace(conta, faixa_inicio=inicio, faixa_fim=fim))
        assert [int(prepare(titulo_id).nosso_numero) for titulo_id in ids[2:]] == [inicio, inicio + 1]

    def test_the_last_number_of_an_earlier_system_is_respected(
        self, store: Store, add_titulos: Callable[..., list[int]], prepare: Callable[..., Order]
    ) -> None:
        conta = store.contas.save(conta_itau(mnemonico="MIGRADA", conta="77777", ultimo_nosso_numero=731))
        (titulo_id,) = add_titulos(novo_titulo(1), conta_id=conta.id)
        assert prepare(titulo_id).nosso_numero == "00000732"

    def test_two_contas_of_one_account_never_share_a_number(
        self, store: Store, add_titulos: Callable[..., list[int]], prepare: Callable[..., Order]
    ) -> None:
        twin = store.contas.save(conta_itau(mnemonico="GEMEA"))
        ours, theirs = add_titulos(count=4), add_titulos(*(novo_titulo(n) for n in range(4)), conta_id=twin.id)
        order = [ours[0], ours[1], theirs[0], ours[2], theirs[1], theirs[2], ours[3], theirs[3]]
        assert [int(prepare(titulo_id).nosso_numero) for titulo_id in order] == list(range(1, 9))

    @pytest.mark.parametrize("change", [{"carteira": "110"}, {"ambiente": Ambiente.PRODUCAO}, {"conta": "11111"}])
    def test_another_account_counts_for_itself(
        self,
        store: Store,
        titulo_id: int,
        add_titulos: Callable[..., list[int]],
        prepare: Callable[..., Order],
        change: dict[str, object],
    ) -> None:
        other = store.contas.save(conta_itau(mnemonico="OUTRA", **change))
        (theirs,) = add_titulos(novo_titulo(1), conta_id=other.id)
        assert prepare(titulo_id).nosso_numero == prepare(theirs).nosso_numero == "00000001"

    def test_a_range_beyond_eight_digits_is_refused(
        self, store: Store, add_titulos: Callable[..., list[int]], prepare: Callable[..., Order]
    ) -> None:
        conta = store.contas.save(
            conta_itau(mnemonico="LONGE", conta="77777", faixa_fim=999_999_999, ultimo_nosso_numero=99_999_998)
        )
        first, second = add_titulos(novo_titulo(1), novo_titulo(2), conta_id=conta.id)
        assert prepare(first).nosso_numero == "99999999"
        with pytest.raises(RuleError, match="8 dígitos"):
            prepare(second)
