"""The whole program against the simulated Celcoin: no cent moves there that the history here does not explain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from bancointegra.bootstrap.payments import PaymentServices, build_payment_services
from bancointegra.domain.errors import AppError
from bancointegra.domain.pagamento import Pagamento, SituacaoPagamento
from bancointegra.files.office_files import OfficeFiles
from bancointegra.simulator import Fault
from bancointegra.simulator.celcoin.ledger import DEPOSIT
from bancointegra.simulator.celcoin.mass import CONTAS, FICHAS, Trait
from bancointegra.store import open_store
from tests.builders import BRASILIA, KnownInstances
from tests.contract.celcoin import NIGHT, PaymentOffice

SEEDS = (1, 5)
STEPS = 120
LINES = [linha for linha, scenario in FICHAS.items() if scenario.trait is not Trait.SLOW_QUERY] + sorted(CONTAS)
ROUTES = ["consulta", "reserva", "confirmacao", "anulacao", "estorno", "situacao", "leitura"]
KINDS = ["dropped_connection", "empty_body", "html_body", "truncated_body", "token_expired", "delivered_twice"]
S = SituacaoPagamento
ORDERS = ["reservar", "confirmar", "cancelar", "estornar", "verificar"]
FITTING = {
    S.CONSULTADO: ["reservar"],
    S.AGUARDANDO_CONFIRMACAO: ["confirmar", "confirmar", "cancelar", "verificar"],
    S.PAGO: ["estornar", "verificar"],
    S.A_CONFIRMAR: ["verificar"],
}


class BankTime:
    """``Clock`` of a computer whose clock goes as Celcoin's."""

    def __init__(self, office: PaymentOffice) -> None:
        self._bank = office.bank

    def now(self) -> datetime:
        return self._bank.clock.now().astimezone(BRASILIA)

    def today(self) -> date:
        return self.now().date()


class Clerk:
    """Does whatever comes to mind, mostly something that fits; closes and opens the program now and then."""

    def __init__(self, office: PaymentOffice, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self._office = office
        self._clock = BankTime(office)
        self._instances = KnownInstances()
        self.store = open_store(folder / "dados.sqlite3", instances=self._instances, clock=self._clock)
        self.conta = self.store.contas_pagamento.save(replace(office.conta, id=0, terminal=f"T{seed}"))
        self._providers = office.registry(clock=self._clock)
        self._runs = 0
        self.program = self._open()
        self.known: list[int] = []
        self.said: Counter[str] = Counter()

    def step(self) -> None:
        pagamento = self._chosen()
        if pagamento is None or self.random.random() < 0.2:
            what = "consultar"
        elif self.random.random() < 0.2:
            what = self.random.choice(["verificar_todos", "ocorrencias", "reabrir"])
        else:
            fitting = FITTING.get(pagamento.situacao, ORDERS) if self.random.random() < 0.85 else ORDERS
            what = self.random.choice(fitting)
        try:
            self.said[f"{what} {self._do(what, pagamento)}"] += 1
        except AppError as error:
            self.said[f"{what} {type(error).__name__}"] += 1

    def close_the_day(self) -> None:
        """Everything that was left open is asked about, and what came back is fetched."""
        self.program.verificacao.verificar_todos()
        self.program.ocorrencias.buscar(self.conta.id, 60)

    def decide_about_reversals(self) -> None:
        """A lost request to reverse is never repeated: a person reads the statement and records what became of it."""
        for pagamento in self.pagamentos():
            if pagamento.situacao is S.A_CONFIRMAR:
                decisoes = self.program.verificacao.decisoes(pagamento.id)
                assert S.ESTORNADO in decisoes, "only a reversal may need a person"
                was_reversed = not self._office.celcoin.payment(int(pagamento.transacao)).taken
                seen = S.ESTORNADO if was_reversed else S.PAGO
                self.program.verificacao.decidir(pagamento.id, seen, "conferido no extrato")

    def pagamentos(self) -> list[Pagamento]:
        return [self.store.pagamentos.get(number) for number in self.known]

    def _chosen(self) -> Pagamento | None:
        """One of the last few."""
        return self.store.pagamentos.get(self.random.choice(self.known[-4:])) if self.known else None

    def _do(self, what: str, pagamento: Pagamento | None) -> str:
        if what == "consultar" or pagamento is None:
            consultada = self.program.pagamento.consultar(self.conta.id, self.random.choice(LINES))
            self.known = [n for n in self.known if n != consultada.pagamento.id] + [consultada.pagamento.id]
        elif what == "verificar_todos":
            self.program.verificacao.verificar_todos()
        elif what == "ocorrencias":
            self.program.ocorrencias.buscar(self.conta.id)
        elif what == "reabrir":
            self._runs += 1
            self._instances.restart(f"execução {self._runs}")
            self.program = self._open()
        elif what == "verificar":
            return self.program.verificacao.verificar(pagamento.id).desfecho.name
        elif what == "reservar":
            return self.program.pagamento.reservar(pagamento.id, repetir=True).desfecho.name
        else:
            return getattr(self.program.pagamento, what)(pagamento.id).desfecho.name
        return "ok"

    def _open(self) -> PaymentServices:
        return build_payment_services(
            self.store,
            providers=self._providers,
            vault=self._office.vault,
            files=OfficeFiles(),
            instances=self._instances,
            clock=self._clock,
            quem="maria",
            pause=lambda _: None,
        )


@pytest.fixture(params=SEEDS)
def clerk(pagar: PaymentOffice, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Clerk]:
    clerk = Clerk(pagar, tmp_path, request.param)
    yield clerk
    clerk.store.close()


def test_no_cent_moves_without_a_reason_in_the_history(pagar, clerk):
    random = clerk.random
    before = pagar.celcoin.balance(pagar.credentials.client_id)
    entries_before = len(pagar.celcoin.entries(pagar.credentials.client_id))
    for _ in range(STEPS):
        if random.random() < 0.25:
            kind = random.choice(KINDS)
            phase = "before" if kind == "delivered_twice" else random.choice(["before", "after"])
            pagar.bank.faults.inject(Fault(kind, phase, f"celcoin_{random.choice(ROUTES)}"))
        pagar.later(seconds=random.choices([1, 30, 300, 1800, 30_000], weights=[6, 6, 2, 1, 1])[0])
        clerk.step()
    pagar.bank.faults.clear()
    for days in (0, 3, 3):
        pagar.later(days=days)
        clerk.close_the_day()
    clerk.decide_about_reversals()

    pagamentos = {p.transacao: p for p in clerk.pagamentos() if p.transacao}
    there = [p for p in pagar.celcoin.payments() if p.terminal == clerk.conta.terminal]
    assert {str(p.id) for p in there} == set(pagamentos), "every reserve there is a pagamento here, and the reverse"
    for payment in there:
        pagamento = pagamentos[str(payment.id)]
        history = [entry.texto for entry in clerk.store.pagamentos.history(pagamento.id)]
        assert pagamento.situacao in (S.PAGO, S.CANCELADO, S.DESFEITO, S.ESTORNADO, S.DEVOLVIDO), history
        assert (pagamento.situacao is S.PAGO) == (payment.taken > 0), (payment, history)
        assert pagamento.valor is not None and pagamento.valor.centavos == payment.cents
    entries = pagar.celcoin.entries(pagar.credentials.client_id)[entries_before:]
    assert all(str(entry.payment_id) in pagamentos for entry in entries if entry.name != DEPOSIT)
    paid = sum(p.valor.centavos for p in pagamentos.values() if p.situacao is S.PAGO and p.valor)
    assert before - pagar.celcoin.balance(pagar.credentials.client_id) == paid
    assert not [p for p in clerk.pagamentos() if p.situacao is S.A_CONFIRMAR]
    assert len(there) > 5 and paid > 0, clerk.said


def test_a_reversal_delivered_twice_is_a_reversal(pagar, tmp_path):
    """The second delivery is refused, as if nothing had been reversed: the state tells."""
    clerk = Clerk(pagar, tmp_path, 0)
    try:
        pagar.at(NIGHT)
        pagamento_id = clerk.program.pagamento.consultar(clerk.conta.id, LINES[0]).pagamento.id
        clerk.program.pagamento.pagar(pagamento_id)
        pagar.bank.faults.inject(Fault("delivered_twice", "before", "celcoin_estorno"))
        clerk.program.pagamento.estornar(pagamento_id)
        assert clerk.store.pagamentos.get(pagamento_id).situacao is S.ESTORNADO
    finally:
        clerk.store.close()
