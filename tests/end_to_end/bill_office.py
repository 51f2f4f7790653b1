"""An office that pays bills at the simulated Celcoin over TLS, with a clock that both sides share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bancointegra.banks.celcoin.registry import CelcoinRegistry
from bancointegra.banks.http import Pacing, Timeouts
from bancointegra.bootstrap.demo import MemoryVault
from bancointegra.bootstrap.payments import PaymentServices, build_payment_services
from bancointegra.domain.arrecadacao import build_codigo_barras_arrecadacao
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.documentos import Documento
from bancointegra.domain.linha_digitavel import linha_of
from bancointegra.domain.pagamento import Pagamento, SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.files.office_files import OfficeFiles
from bancointegra.simulator import Simulator
from bancointegra.simulator.celcoin.model import Payment
from bancointegra.store import open_store
from bancointegra.system.key_files import KeyFiles
from tests.builders import BRASILIA, KnownInstances, ManualClock
from tests.new_data import new_data_file
from tests.services.office import FailingJournal

WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=BRASILIA)
TERMINAL = "matriz"
VALOR = Reais(15_990)
_GAS = "0221"


def conta_celcoin(simulator: Simulator, client_id: str, **changes: Any) -> ContaPagamento:
    """A Conta de Pagamento at the simulated Celcoin."""
    fields: dict[str, Any] = {
        "id": 0,
        "mnemonico": "CELCOIN",
        "ambiente": Ambiente.SIMULACAO,
        "client_id": client_id,
        "pagador": Documento("11222333000181"),
        "nome": "EMPRESA EXEMPLO LTDA",
        "terminal": TERMINAL,
        "host": simulator.hosts.celcoin,
        "ca_path": str(simulator.ca_path),
    }
    return ContaPagamento(**(fields | changes))


def bill(number: int) -> str:
    """A gas bill of its own; the simulated Celcoin takes it when ``strict_mass`` is off."""
    return linha_of(build_codigo_barras_arrecadacao("3", "6", VALOR, f"{_GAS}{number:025d}"))


class BillOffice:
    """``window`` is the clerk's program; ``restart`` is what happens after it was killed."""

    def __init__(self, folder: Path, simulator: Simulator) -> None:
        self.simulator = simulator
        self.celcoin = simulator.bank.celcoin
        self.celcoin.switch(strict_mass=False)
        self.clock = ManualClock(WEDNESDAY)
        self.set_clock()
        credentials = simulator.provision_celcoin()
        self.client_id = credentials.client_id
        self.vault = MemoryVault()
        self.vault.set(f"{self.client_id}/client_secret", credentials.client_secret)
        self.instances = KnownInstances()
        self.store = open_store(new_data_file(folder / "dados.sqlite3"), instances=self.instances, clock=self.clock)
        self.conta = self.store.contas_pagamento.save(conta_celcoin(simulator, self.client_id))
        self.journal = FailingJournal(self.store.payment_journal)
        self.store.payment_journal = self.journal  # type: ignore[assignment]
        self.registry = CelcoinRegistry(
            self.vault,
            self.clock,
            timeouts=Timeouts(connect=10, read=20),
            pacing=Pacing(sleep=lambda _: None),
        )
        self._folder = folder
        self._runs = 0
        self.window = self._open()

    def _open(self) -> PaymentServices:
        return build_payment_services(
            self.store,
            providers=self.registry,
            vault=self.vault,
            files=OfficeFiles(),
            instances=self.instances,
            clock=self.clock,
            quem="maria",
            folder=lambda: self._folder / "boletos",
            certificados=KeyFiles(self._folder / "certificados"),
            pause=lambda _: None,
        )

    def restart(self) -> None:
        self._runs += 1
        self.instances.restart(f"execução {self._runs}")
        self.journal.heal()
        self.window = self._open()

    def advance(self, **time: float) -> None:
        self.clock.advance(**time)
        self.set_clock()

    def set_clock(self) -> None:
        self.simulator.bank.clock.set(self.clock.now())

    def pagamento(self, pagamento_id: int) -> Pagamento:
        return self.store.pagamentos.get(pagamento_id)

    def situacao(self, pagamento_id: int) -> SituacaoPagamento:
        return self.pagamento(pagamento_id).situacao

    def payments(self, linha: str | None = None) -> list[Payment]:
        """What Celcoin has, oldest first."""
        return [payment for payment in self.celcoin.payments(linha) if payment.client_id == self.client_id]

    def consulted(self, linha: str) -> int:
        return self.window.pagamento.consultar(self.conta.id, linha).pagamento.id

    def close(self) -> None:
        self.registry.close()
        self.store.close()


Action = Callable[[], object]
