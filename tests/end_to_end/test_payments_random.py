"""A thousand random clicks, kills, faults and hours: Celcoin's ledger never moves without our history saying why."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bancointegra.domain.errors import AppError, StoreError
from bancointegra.domain.pagamento import PagamentoFilter, PagamentoSort, SituacaoPagamento
from bancointegra.simulator import Fault, Simulator
from bancointegra.simulator.celcoin.ledger import REVERSED
from bancointegra.simulator.lifecycle import SimulationError
from tests.end_to_end.bill_office import BillOffice, bill
from tests.services.small_bank import Killed

S = SituacaoPagamento
SEEDS = range(4)
OPERATIONS = 250
BILLS = 5

ROUTES = ("celcoin_reserva", "celcoin_confirmacao", "celcoin_anulacao", "celcoin_estorno", "celcoin_situacao")
FAULTS = [
    Fault(kind, phase=phase, route=route, status=status)
    for route in ROUTES
    for phase in ("before", "after")
    for kind, status in (("dropped_connection", 0), ("status", 503), ("truncated_body", 0), ("html_body", 502))
    if (kind, phase) != ("truncated_body", "before")
] + [Fault("delivered_twice", route=route) for route in ROUTES]
STEPS = ("prepare_reserva", "prepare", "mark_enviada", "confirm_reserva", "settle", "refuse", "doubt", "not_sent")


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(tmp_path_factory.mktemp("banco")) as opened:
        yield opened


class Clerk:
    """Does one random thing after the other."""

    def __init__(self, office: BillOffice, seed: int) -> None:
        self.office = office
        self.random = random.Random(seed)
        self.lines = [bill(seed * BILLS + number) for number in range(BILLS)]
        self.done: Counter[str] = Counter()

    def act(self) -> None:
        self._trouble()
        action = self.random.choice(self._actions())
        self.done[action.__name__] += 1
        with suppress(AppError, SimulationError):
            try:
                action()
            except Killed:
                self.office.restart()
        if self.random.random() < 0.5:
            self.office.simulator.bank.faults.clear()

    def _trouble(self) -> None:
        chance = self.random.random()
        if chance < 0.35:
            self.office.simulator.bank.faults.inject(self.random.choice(FAULTS))
        elif chance < 0.45:
            fail = self.random.choice((self.office.journal.fail_before, self.office.journal.fail_after))
            fail(self.random.choice(STEPS), self.random.choice((Killed(), StoreError("Disco cheio."))))

    def _actions(self) -> list[Callable[[], object]]:
        often: list[Callable[[], object]] = [self.pay, self.confirm, self.check]
        return often * 3 + [
            self.cancel, self.reverse, self.check_all, self.start_again, self.time_passes, self.night, self.come_back,
        ]  # fmt: skip

    def pay(self) -> None:
        pagamento_id = self.office.consulted(self.random.choice(self.lines))
        if self.random.random() < 0.3:
            self.office.window.pagamento.pagar(pagamento_id, repetir=True)
        else:
            self.office.window.pagamento.reservar(pagamento_id, repetir=True)

    def confirm(self) -> None:
        self.office.window.pagamento.confirmar(self._one(S.AGUARDANDO_CONFIRMACAO))

    def cancel(self) -> None:
        self.office.window.pagamento.cancelar(self._one(S.AGUARDANDO_CONFIRMACAO))

    def reverse(self) -> None:
        self.office.window.pagamento.estornar(self._one(S.PAGO))

    def check(self) -> None:
        self.office.window.verificacao.verificar(self._one(S.A_CONFIRMAR))

    def check_all(self) -> None:
        self.office.window.verificacao.verificar_todos()
        self.office.window.ocorrencias.buscar_todas()

    def start_again(self) -> None:
        self.office.restart()
        self.check_all()

    def time_passes(self) -> None:
        self.office.advance(minutes=self.random.choice((1, 4, 20, 31, 600)))

    def night(self) -> None:
        now = self.office.clock.now()
        self.office.advance(hours=(23 - now.hour) % 24)

    def come_back(self) -> None:
        settled = [payment.id for payment in self.office.payments() if payment.is_settled]
        if settled:
            self.office.celcoin.occurrence(self.random.choice(settled))

    def _one(self, situacao: SituacaoPagamento) -> int:
        """Mostly one that the action is meant for."""
        meant = frozenset({situacao}) if self.random.random() < 0.8 else frozenset[SituacaoPagamento]()
        ids = self.office.store.pagamentos.ids(PagamentoFilter(situacoes=meant), PagamentoSort.INCLUSAO, True)
        return self.random.choice(ids[: BILLS + 2]) if ids else 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_ledger_never_moves_without_our_history_saying_why(tmp_path: Path, simulator: Simulator, seed: int) -> None:
    office = BillOffice(tmp_path, simulator)
    clerk = Clerk(office, seed)
    for _ in range(OPERATIONS):
        clerk.act()
        assert_explained(office, tmp_path)
    assert len(clerk.done) == len(set(clerk._actions()))
    heal(office)
    assert_at_rest(office)
    assert any(payment.captured for payment in office.payments())
    office.close()


def assert_explained(office: BillOffice, folder: Path) -> None:
    """Each movement at Celcoin has its order here: sent, or maybe sent, before the money moved."""
    orders = orders_by_nsu(folder)
    payments = office.payments()
    for payment in payments:
        sent = orders[payment.nsu]
        assert "RESERVAR" in sent, payment
        if payment.captured is not None:
            assert "CONFIRMAR" in sent, payment
        if payment.undo_name == REVERSED:
            assert "ESTORNAR" in sent, payment
    standing = [p for p in payments if p.captured is not None and p.taken > 0]
    days = Counter((p.line, p.captured.date()) for p in standing if p.captured)
    assert not [day for day, times in days.items() if times > 1], standing


def orders_by_nsu(folder: Path) -> dict[int, set[str]]:
    """The operations that left, or may have, of each attempt."""
    found: dict[int, set[str]] = {}
    with closing(sqlite3.connect(folder / "dados.sqlite3")) as connection:
        for nsu, operacao in connection.execute("SELECT nsu, operacao FROM payment_order WHERE attempts > 0"):
            found.setdefault(nsu, set()).add(operacao)
    return found


def heal(office: BillOffice) -> None:
    """No more faults: everything is asked about until it is quiet; a person decides what nobody can know."""
    office.simulator.bank.faults.clear()
    office.restart()
    for _ in range(3):
        office.advance(minutes=40)
        office.window.verificacao.verificar_todos()
        office.window.ocorrencias.buscar(office.conta.id, 400)
    verificacao = office.window.verificacao
    for order in office.store.payment_journal.in_doubt():
        assert order.operacao.name == "ESTORNAR"
        taken = next(p.taken for p in office.payments() if p.nsu == order.nsu)
        verificacao.decidir(order.pagamento_id, S.PAGO if taken else S.ESTORNADO, "extrato")


def assert_at_rest(office: BillOffice) -> None:
    """What we say of each attempt is what the money did."""
    by_nsu = {payment.nsu: payment for payment in office.payments() if payment.captured or payment.taken}
    ids = office.store.pagamentos.ids(PagamentoFilter(), PagamentoSort.INCLUSAO, False)
    ours = office.store.pagamentos.rows(ids)
    assert not [p for p in ours if p.situacao in (S.A_CONFIRMAR, S.AGUARDANDO_CONFIRMACAO)]
    for pagamento in ours:
        payment = by_nsu.get(pagamento.nsu or 0)
        is_gone = payment is not None and payment.taken > 0
        assert is_gone == (pagamento.situacao is S.PAGO), (pagamento, payment)
    paid = sum(p.valor.centavos for p in ours if p.situacao is S.PAGO and p.valor)
    entries = office.celcoin.entries(office.client_id)
    assert entries[0].cents - paid == office.celcoin.balance(office.client_id)
