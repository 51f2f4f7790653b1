"""An office that pays bills: a real store, a small Celcoin, and the services, in as many windows as a test opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bancointegra.bootstrap.demo import MemoryVault
from bancointegra.bootstrap.payments import PaymentServices, build_payment_services
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_pagamento import Alcadas, ContaPagamento
from bancointegra.domain.documentos import Documento
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import Pagamento, ResultadoPagamento, SituacaoPagamento
from bancointegra.files.office_files import OfficeFiles
from bancointegra.store import open_store
from bancointegra.store.kept_whole import KEPT_WHOLE
from bancointegra.system.key_files import KeyFiles
from tests.builders import NOW, KnownInstances, ManualClock
from tests.services.office import FailingJournal
from tests.services.small_celcoin import FICHA, OneCelcoin, SmallCelcoin


def conta_celcoin(**changes: Any) -> ContaPagamento:
    fields: dict[str, Any] = {
        "id": 0,
        "mnemonico": "CELCOIN",
        "ambiente": Ambiente.SIMULACAO,
        "client_id": "cliente-1",
        "pagador": Documento("11222333000181"),
        "nome": "EMPRESA EXEMPLO LTDA",
        "terminal": "matriz",
    }
    return ContaPagamento(**(fields | changes))


class PayFolder:
    """A data file that one test after the other fills: SQLAlchemy's memory of what it compiled stays."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = ManualClock()
        self.instances = KnownInstances()
        self.store = open_store(path / "dados.sqlite3", instances=self.instances, clock=self.clock)
        self.journal = self.store.payment_journal

    def empty(self) -> None:
        """As new, at the usual hour."""
        self.clock.advance(seconds=(NOW - self.clock.now()).total_seconds())
        self.instances.restart("esta-janela")
        with self.store._engine.begin() as connection:
            for table in reversed(KEPT_WHOLE):
                connection.exec_driver_sql(f"DELETE FROM {table}")


class PayOffice:
    """``window`` is the clerk's program; ``restart`` is what happens after it was killed."""

    def __init__(self, folder: PayFolder, *, alcadas: Alcadas | None = None) -> None:
        folder.empty()
        self.folder = folder.path
        self.clock, self.instances, self.store = folder.clock, folder.instances, folder.store
        self.conta = self.store.contas_pagamento.save(conta_celcoin(alcadas=alcadas or Alcadas()))
        self.celcoin = SmallCelcoin(self.clock)
        self.banks = OneCelcoin(self.celcoin)
        self.journal = FailingJournal(folder.journal)
        self.store.payment_journal = self.journal  # type: ignore[assignment]
        self.pauses: list[float] = []
        self._runs = 0
        self.window = self.open_window()

    def open_window(self, quem: str = "maria") -> PaymentServices:
        return build_payment_services(
            self.store,
            providers=self.banks,
            vault=MemoryVault(),
            files=OfficeFiles(),
            certificados=KeyFiles(self.folder / "certificados"),
            instances=self.instances,
            clock=self.clock,
            quem=quem,
            folder=lambda: self.folder / "boletos",
            pause=self.pauses.append,
        )

    def restart(self) -> None:
        self._runs += 1
        self.instances.restart(f"execução {self._runs}")
        self.journal.heal()
        self.celcoin.mend()
        self.window = self.open_window()

    def consulted(self, linha: str = FICHA) -> int:
        return self.window.pagamento.consultar(self.conta.id, linha).pagamento.id

    def reserved(self, linha: str = FICHA) -> int:
        pagamento_id = self.consulted(linha)
        assert self.window.pagamento.reservar(pagamento_id).desfecho is Desfecho.CONFIRMADA
        return pagamento_id

    def paid(self, linha: str = FICHA) -> int:
        pagamento_id = self.reserved(linha)
        assert self.window.pagamento.confirmar(pagamento_id).desfecho is Desfecho.CONFIRMADA
        return pagamento_id

    def pagamento(self, pagamento_id: int) -> Pagamento:
        return self.store.pagamentos.get(pagamento_id)

    def situacao(self, pagamento_id: int) -> SituacaoPagamento:
        return self.pagamento(pagamento_id).situacao

    def said(self, pagamento_id: int) -> list[str]:
        """The history, oldest first."""
        return [entry.texto for entry in reversed(self.store.pagamentos.history(pagamento_id))]


def outcome(resultado: ResultadoPagamento) -> tuple[Desfecho, str]:
    return resultado.desfecho, resultado.codigo
