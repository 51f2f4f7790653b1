"""An office for the services' tests: a real store, a small bank, a printer that writes text, and the services."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.calendario import CalendarioBancario
from bancointegra.domain.conta import TipoCobranca
from bancointegra.domain.order import Order
from bancointegra.domain.ports import Journal
from bancointegra.domain.titulo import HistoryEntry, NovoTitulo, Titulo
from bancointegra.services.busca import BuscaService
from bancointegra.services.conferencia import ConferenciaService
from bancointegra.services.consulta import ConsultaService
from bancointegra.services.envio import OrderSender
from bancointegra.services.impressao import ImpressaoService
from bancointegra.services.in_flight import OrdersInFlight
from bancointegra.services.instrucao import InstrucaoService
from bancointegra.services.reconciliacao import ReconciliacaoService
from bancointegra.services.registro import RegistroService
from bancointegra.services.titulo import TituloService
from bancointegra.store import open_store
from tests.builders import ENTRY, KnownInstances, ManualClock, conta_itau, novo_titulo
from tests.new_data import new_data_file
from tests.services.small_bank import OneBank, SmallBank


class TextPrinter:
    """``BoletoPrinter`` that writes the line and whether it is a simulation."""

    def __init__(self) -> None:
        self.problem: Exception | None = None

    def save_together(
        self, impressos: Any, folder: Path, file_stem: str, *, carne: bool = False, andamento: Any = None
    ) -> Path:
        """A file with a line for each boleto."""
        if self.problem is not None:
            raise self.problem
        path = folder / f"{file_stem}.txt"
        path.write_text("\n".join(impresso.registrado.nosso_numero for impresso in impressos), encoding="utf-8")
        return path

    def save(self, impresso: BoletoImpresso, folder: Path, file_stem: str) -> Path:
        if self.problem is not None:
            raise self.problem
        path = folder / f"{file_stem}.txt"
        path.write_text(f"{impresso.registrado.linha_digitavel} {impresso.simulacao}", encoding="utf-8")
        return path


class FailingJournal:
    """The real journal, which raises at chosen moments: before a step is written, or right after."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._before: dict[str, BaseException] = {}
        self._after: dict[str, BaseException] = {}
        self._meanwhile: dict[str, Callable[[], None]] = {}

    def meanwhile(self, step: str, action: Callable[[], None]) -> None:
        """Somebody else does ``action`` just before the next call of ``step``."""
        self._meanwhile[step] = action

    def fail_before(self, step: str, error: BaseException) -> None:
        """The next call of ``step`` raises and writes nothing."""
        self._before[step] = error

    def fail_after(self, step: str, error: BaseException) -> None:
        """The next call of ``step`` is written, and raises then."""
        self._after[step] = error

    def heal(self) -> None:
        self._before.clear()
        self._after.clear()

    def __getattr__(self, step: str) -> Callable[..., Any]:
        real = getattr(self._journal, step)

        def call(*args: Any, **named: Any) -> Any:
            if step in self._meanwhile:
                self._meanwhile.pop(step)()
            if step in self._before:
                raise self._before.pop(step)
            result = real(*args, **named)
            if step in self._after:
                raise self._after.pop(step)
            return result

        return call


class Office:
    """All of it together. ``restart`` is what happens after the program was killed."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock()
        self.instances = KnownInstances()
        self._data = new_data_file(folder / "dados.sqlite3")
        self.store = open_store(self._data, instances=self.instances, clock=self.clock)
        self.conta = self.store.contas.save(conta_itau())
        self.tipo = self.store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO", self.conta.id))
        self.bank = SmallBank(self.clock)
        self.banks = OneBank(self.bank)
        self.printer = TextPrinter()
        self.journal = FailingJournal(self.store.journal)
        self.folder = folder
        self._runs = 0
        self.start()

    def start(self) -> None:
        """The services as one run of the program has them."""
        stored = {"contas": self.store.contas, "titulos": self.store.titulos}
        acting = {"clock": self.clock, "quem": "maria"}
        self.in_flight = OrdersInFlight()
        sender = OrderSender(journal=self.journal, in_flight=self.in_flight, **acting)
        calendario = CalendarioBancario()
        self.impressao = ImpressaoService(
            **stored, **acting, journal=self.journal, printer=self.printer, folder=lambda: self.folder
        )
        ordering = stored | {
            "journal": self.journal,
            "providers": self.banks,
            "impressao": self.impressao,
            "sender": sender,
            "clock": self.clock,
        }
        self.conferencia = ConferenciaService(
            **stored, **acting, conferencias=self.store.conferencias, providers=self.banks
        )
        self.registro = RegistroService(**ordering, conferencia=self.conferencia)
        self.consulta = ConsultaService(**stored, **acting, providers=self.banks)
        self.instrucao = InstrucaoService(**ordering, consulta=self.consulta, calendario=calendario)
        self.reconciliacao = ReconciliacaoService(
            journal=self.journal,
            sender=sender,
            registro=self.registro,
            instrucao=self.instrucao,
            conferencia=self.conferencia,
            in_flight=self.in_flight,
            instances=self.instances,
        )
        self.busca = BuscaService(**stored, calendario=calendario, clock=self.clock)
        self.titulos = TituloService(**stored, **acting, calendario=calendario)

    def reopen(self) -> None:
        """The program is started on whatever is now in the data folder."""
        self.store = open_store(self._data, instances=self.instances, clock=self.clock)
        self.journal = FailingJournal(self.store.journal)
        self.restart()

    def restart(self) -> None:
        self._runs += 1
        self.instances.restart(f"execução {self._runs}")
        self.journal.heal()
        self.start()

    def add(self, *novos: NovoTitulo) -> list[int]:
        wanted = novos or (novo_titulo(),)
        self.store.titulos.add_many(self.conta.id, self.tipo.id, wanted, ENTRY)
        found = self.store.titulos.existing(self.conta.id, [(novo.numero, novo.parcela) for novo in wanted])
        return [found[novo.numero, novo.parcela].id for novo in wanted]

    def titulo(self, titulo_id: int) -> Titulo:
        return self.store.titulos.get(titulo_id)

    def order_in_doubt(self, titulo_id: int) -> Order | None:
        return next(iter(self.store.journal.in_doubt([titulo_id])), None)

    def last_entry(self, titulo_id: int) -> HistoryEntry:
        return self.store.titulos.history(titulo_id)[0]

    def close(self) -> None:
        self.store.close()
