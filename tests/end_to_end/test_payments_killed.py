"""SIGKILL between two steps of a payment: one payment, the right state, the money where it belongs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bancointegra.bootstrap.demo import MemoryVault
from bancointegra.bootstrap.program import Program, program_paths
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.domain.transacao_pagamento import FUSO_CELCOIN
from bancointegra.simulator import Simulator
from bancointegra.simulator.celcoin.model import State
from tests.end_to_end.bill_office import VALOR, bill, conta_celcoin
from tests.end_to_end.office import ROOT

S = SituacaoPagamento
SCRIPT = Path(__file__).with_name("killed_payment.py")
POINTS = ("prepared", "sent-not-left", "answered-not-stored")
at_every_point = pytest.mark.parametrize("point", POINTS)


class Desk:
    """One data folder at the simulated Celcoin, and a process that dies in it whenever it is told to."""

    def __init__(self, folder: Path, simulator: Simulator) -> None:
        self.simulator = simulator
        self.celcoin = simulator.bank.celcoin
        self.celcoin.switch(strict_mass=False)
        credentials = simulator.provision_celcoin()
        self.client_id = credentials.client_id
        self._secret = credentials.client_secret
        self._folder = folder
        self._bills = count(1)
        self.start()
        self.conta = self.program.store.contas_pagamento.save(conta_celcoin(simulator, self.client_id))
        self._victims = subprocess.Popen(
            [sys.executable, str(SCRIPT), str(folder), self._secret],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> None:
        vault = MemoryVault()
        self.program = Program(program_paths(self._folder), vault=vault)
        vault.set(f"{self.client_id}/client_secret", self._secret)
        self.services = self.program.services.pagamentos

    def die(self, point: str, operation: str, pagamento_id: int) -> None:
        assert self._victims.stdin is not None
        assert self._victims.stdout is not None
        self._victims.stdin.write(f"{point} {operation} {pagamento_id}\n")
        self._victims.stdin.flush()
        assert int(self._victims.stdout.readline()) == -signal.SIGKILL

    def consulted(self) -> int:
        return self.services.pagamento.consultar(self.conta.id, bill(next(self._bills))).pagamento.id

    def reserved(self) -> int:
        pagamento_id = self.consulted()
        assert self.services.pagamento.reservar(pagamento_id).desfecho is Desfecho.CONFIRMADA
        return pagamento_id

    def situacao(self, pagamento_id: int) -> SituacaoPagamento:
        return self.services.busca.pagamento(pagamento_id).situacao

    def at_celcoin(self, pagamento_id: int) -> list[State]:
        linha = self.services.busca.pagamento(pagamento_id).linha
        return [payment.state for payment in self.celcoin.payments(linha)]

    @property
    def balance(self) -> int:
        return self.celcoin.balance(self.client_id)

    def close(self) -> None:
        assert self._victims.stdin is not None
        assert self._victims.stdout is not None
        self._victims.stdin.close()
        self._victims.stdout.close()
        self._victims.wait()
        self.program.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Simulator(tmp_path_factory.mktemp("banco")) as simulator:
        opened = Desk(tmp_path_factory.mktemp("dados"), simulator)
        yield opened
        opened.close()


@at_every_point
def test_killed_while_reserving(desk: Desk, point: str) -> None:
    pagamento_id, before = desk.consulted(), desk.balance
    desk.die(point, "reservar", pagamento_id)
    assert desk.situacao(pagamento_id) is (S.CONSULTADO if point == "prepared" else S.A_CONFIRMAR)
    desk.services.verificacao.verificar_todos()
    if point == "prepared":
        assert desk.services.pagamento.reservar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert desk.situacao(pagamento_id) is S.AGUARDANDO_CONFIRMACAO
    assert desk.at_celcoin(pagamento_id) == [State.ESPERANDO]
    assert before - desk.balance == VALOR.centavos
    assert desk.services.pagamento.confirmar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert desk.at_celcoin(pagamento_id) == [State.SUCESSO]


@at_every_point
def test_killed_while_confirming(desk: Desk, point: str) -> None:
    pagamento_id = desk.reserved()
    desk.die(point, "confirmar", pagamento_id)
    desk.services.verificacao.verificar_todos()
    if point == "prepared":
        assert desk.at_celcoin(pagamento_id) == [State.ESPERANDO]  # never sent by itself
        assert desk.services.pagamento.confirmar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert desk.situacao(pagamento_id) is S.PAGO
    assert desk.at_celcoin(pagamento_id) == [State.SUCESSO]


@at_every_point
def test_killed_while_giving_up(desk: Desk, point: str) -> None:
    pagamento_id = desk.reserved()
    desk.die(point, "cancelar", pagamento_id)
    desk.services.verificacao.verificar_todos()
    if point == "prepared":
        assert desk.services.pagamento.cancelar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert desk.situacao(pagamento_id) is S.CANCELADO
    assert desk.at_celcoin(pagamento_id)[0] in (State.DESFAZENDO, State.DESFEITO)


@pytest.fixture
def at_night(desk: Desk) -> Iterator[None]:
    """Outside the hours of settlement, today or as it is."""
    now = datetime.now(FUSO_CELCOIN)
    desk.simulator.bank.clock.set(max(now, now.replace(hour=23, minute=30)))
    yield
    desk.simulator.bank.clock.set(datetime.now(FUSO_CELCOIN))


@at_every_point
@pytest.mark.usefixtures("at_night")
def test_killed_while_reversing(desk: Desk, point: str) -> None:
    pagamento_id = desk.reserved()
    assert desk.services.pagamento.confirmar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    desk.die(point, "estornar", pagamento_id)
    desk.services.verificacao.verificar_todos()
    if point == "prepared":
        assert desk.situacao(pagamento_id) is S.PAGO
        assert desk.services.pagamento.estornar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    if point == "sent-not-left":
        assert desk.situacao(pagamento_id) is S.A_CONFIRMAR  # never repeated: a person decides
        assert desk.at_celcoin(pagamento_id) == [State.SUCESSO]
        desk.services.verificacao.decidir(pagamento_id, S.PAGO, "extrato conferido")
        assert desk.situacao(pagamento_id) is S.PAGO
    else:
        assert desk.situacao(pagamento_id) is S.ESTORNADO


def test_half_an_hour_after_the_kill_the_reserve_is_undone(desk: Desk) -> None:
    pagamento_id, before = desk.consulted(), desk.balance
    desk.die("answered-not-stored", "reservar", pagamento_id)
    desk.simulator.bank.clock.advance(seconds=timedelta(minutes=31).total_seconds())
    desk.balance  # noqa: B018 - its clock ticks when somebody looks
    desk.simulator.bank.clock.advance(seconds=30)
    desk.services.verificacao.verificar_todos()
    assert desk.situacao(pagamento_id) is S.DESFEITO
    assert desk.balance == before
