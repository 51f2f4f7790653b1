"""Answers that Celcoin never gives, before and after its work: what is found out, and where the money is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest

from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import ResultadoPagamento, SituacaoPagamento
from bancointegra.simulator import Fault, Simulator
from bancointegra.simulator.celcoin.model import State
from tests.end_to_end.bill_office import VALOR, BillOffice, bill

S = SituacaoPagamento
LOST = {
    "dropped before": Fault("dropped_connection"),
    "dropped after": Fault("dropped_connection", phase="after"),
    "503 after": Fault("status", phase="after", status=503),
}
lost = pytest.mark.parametrize("how", LOST)
_bills = count(1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BillOffice]:
    with Simulator(tmp_path_factory.mktemp("banco")) as simulator:
        opened = BillOffice(tmp_path_factory.mktemp("dados"), simulator)
        yield opened
        opened.close()


class Bill:
    """One bill of its own, as far as a test needs it."""

    def __init__(self, office: BillOffice) -> None:
        self.office = office
        self.line = bill(next(_bills))
        self.id = office.consulted(self.line)

    def reserved(self) -> Bill:
        assert self.office.window.pagamento.reservar(self.id).desfecho is Desfecho.CONFIRMADA
        return self

    def paid(self) -> Bill:
        assert self.reserved().office.window.pagamento.confirmar(self.id).desfecho is Desfecho.CONFIRMADA
        return self

    def lose(self, act: Callable[[int], ResultadoPagamento], route: str, how: str) -> None:
        """Act, and get no answer; then start again and find out."""
        self.office.simulator.bank.faults.inject(replace(LOST[how], route=route))
        assert act(self.id).desfecho is Desfecho.A_CONFIRMAR
        assert self.office.situacao(self.id) is S.A_CONFIRMAR
        self.office.restart()
        self.office.window.verificacao.verificar_todos()

    @property
    def situacao(self) -> SituacaoPagamento:
        return self.office.situacao(self.id)

    @property
    def states(self) -> list[State]:
        return [payment.state for payment in self.office.payments(self.line)]

    @property
    def taken(self) -> int:
        return sum(payment.taken for payment in self.office.payments(self.line))


@lost
def test_a_lost_reserve(office: BillOffice, how: str) -> None:
    one = Bill(office)
    one.lose(office.window.pagamento.reservar, "celcoin_reserva", how)
    assert (one.situacao, one.states, one.taken) == (S.AGUARDANDO_CONFIRMACAO, [State.ESPERANDO], VALOR.centavos)


@lost
def test_a_lost_confirmation(office: BillOffice, how: str) -> None:
    one = Bill(office).reserved()
    one.lose(office.window.pagamento.confirmar, "celcoin_confirmacao", how)
    assert (one.situacao, one.states, one.taken) == (S.PAGO, [State.SUCESSO], VALOR.centavos)


@lost
def test_a_lost_cancellation(office: BillOffice, how: str) -> None:
    one = Bill(office).reserved()
    one.lose(office.window.pagamento.cancelar, "celcoin_anulacao", how)
    assert one.situacao is S.CANCELADO
    office.advance(minutes=1)
    assert (one.states, one.taken) == ([State.DESFEITO], 0)


@lost
def test_a_lost_reversal(office: BillOffice, how: str) -> None:
    office.advance(hours=23 - office.clock.now().hour)
    one = Bill(office).paid()
    one.lose(office.window.pagamento.estornar, "celcoin_estorno", how)
    assert one.situacao is (S.ESTORNADO if LOST[how].phase == "after" else S.A_CONFIRMAR)
    office.advance(minutes=1)
    assert one.taken == (0 if LOST[how].phase == "after" else VALOR.centavos)


def test_a_reserve_delivered_twice_is_one_reserve(office: BillOffice) -> None:
    one = Bill(office)
    office.simulator.bank.faults.inject(Fault("delivered_twice", route="celcoin_reserva"))
    one.reserved()
    assert one.states == [State.ESPERANDO]


def test_a_reversal_delivered_twice_is_a_reversal(office: BillOffice) -> None:
    """The second delivery is refused, as if nothing had been reversed: the state tells."""
    office.advance(hours=23 - office.clock.now().hour)
    one = Bill(office).paid()
    office.simulator.bank.faults.inject(Fault("delivered_twice", route="celcoin_estorno"))
    office.window.pagamento.estornar(one.id)
    office.advance(minutes=1)
    assert (one.situacao, one.taken) == (S.ESTORNADO, 0)


def test_a_program_killed_for_half_an_hour_finds_the_reserve_undone(office: BillOffice) -> None:
    one = Bill(office).reserved()
    office.advance(minutes=31)
    office.celcoin.payments()
    office.advance(minutes=1)
    office.restart()
    (told,) = [r for r in office.window.verificacao.verificar_todos() if r.pagamento_id == one.id]
    assert "desfez a reserva" in told.mensagem
    assert (one.situacao, one.states, one.taken) == (S.DESFEITO, [State.DESFEITO], 0)


def test_what_came_back_is_told_once(office: BillOffice) -> None:
    one = Bill(office).paid()
    office.advance(days=3)
    payment = office.payments(one.line)[0]
    office.celcoin.occurrence(payment.id)
    new = office.window.ocorrencias.buscar(office.conta.id)
    assert [o.pagamento_id for o in new] == [one.id]
    assert office.window.ocorrencias.buscar(office.conta.id) == ()
    assert (one.situacao, one.taken) == (S.DEVOLVIDO, 0)
