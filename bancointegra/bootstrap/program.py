"""One running program without a screen: store, vault, banks, printer and the services over them."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bancointegra.banks.account_access import AccountAccess
from bancointegra.banks.celcoin.registry import CelcoinRegistry
from bancointegra.banks.http import Timeouts
from bancointegra.banks.registry import BankRegistry
from bancointegra.bootstrap.accounts import build_account_services
from bancointegra.bootstrap.copias import build_copias, settings_file
from bancointegra.bootstrap.exporters import encoders
from bancointegra.bootstrap.payments import PaymentServices, build_payment_services
from bancointegra.bootstrap.ponte import build_ponte
from bancointegra.bootstrap.printer import PrinterOnDemand
from bancointegra.domain.calendario import CalendarioBancario
from bancointegra.domain.ports import Clock, Vault
from bancointegra.files.office_files import OfficeFiles
from bancointegra.services.busca import BuscaService
from bancointegra.services.certificado import CertificadoService
from bancointegra.services.certificado_flow import CertificadoFlow
from bancointegra.services.conferencia import ConferenciaService
from bancointegra.services.consulta import ConsultaService
from bancointegra.services.conta import ContaService
from bancointegra.services.copia import CopiaService
from bancointegra.services.envio import OrderSender
from bancointegra.services.escritorio import EscritorioService
from bancointegra.services.exportacao import ExportacaoService
from bancointegra.services.importacao import ImportacaoService
from bancointegra.services.impressao import ImpressaoService
from bancointegra.services.in_flight import OrdersInFlight
from bancointegra.services.instrucao import InstrucaoService
from bancointegra.services.pagador import PagadorService
from bancointegra.services.pasta_monitorada import PastaMonitoradaService
from bancointegra.services.ponte import PonteService
from bancointegra.services.reconciliacao import ReconciliacaoService
from bancointegra.services.registro import RegistroService
from bancointegra.services.teste_conexao import TesteConexaoService
from bancointegra.services.titulo import TituloService
from bancointegra.store import Store, open_store
from bancointegra.system.atomic_file import write_atomically
from bancointegra.system.clock import SystemClock
from bancointegra.system.instances import RunningInstances
from bancointegra.system.key_files import KeyFiles
from bancointegra.system.lazy_vault import LazyVault
from bancointegra.system.logging_setup import configure_logging
from bancointegra.system.paths import AppPaths, app_paths, resources_dir
from bancointegra.system.settings import Settings
from bancointegra.system.vault import open_vault


@dataclass(frozen=True, slots=True)
class Services:
    """What the screen and the command line may call."""

    busca: BuscaService
    registro: RegistroService
    consulta: ConsultaService
    instrucao: InstrucaoService
    escritorios: EscritorioService
    titulos: TituloService
    pagadores: PagadorService
    impressao: ImpressaoService
    reconciliacao: ReconciliacaoService
    importacao: ImportacaoService
    exportacao: ExportacaoService
    ponte: PonteService
    pasta: PastaMonitoradaService
    conferencia: ConferenciaService
    copia: CopiaService
    conta: ContaService
    certificado: CertificadoService
    teste_conexao: TesteConexaoService
    assistente: Callable[[], CertificadoFlow]
    """Makes the Assistente de Certificado of one window."""
    pagamentos: PaymentServices


class Program:
    """Everything that lives as long as the program does; ``close`` it at the end.

    Opening raises ``StoreError`` when the data cannot be used. Without ``logs`` it writes no log of its own; without
    ``clock`` its time is the machine's.
    """

    def __init__(
        self,
        paths: AppPaths,
        *,
        vault: Vault,
        timeouts: Timeouts | None = None,
        quem: str = "",
        logs: bool = True,
        clock: Clock | None = None,
    ) -> None:
        self.paths = paths.create()
        if logs:
            configure_logging(paths.log)
        self.clock: Clock = clock or SystemClock()
        self._boleto_folder: Path | None = None
        self._instances = RunningInstances(paths.instances)
        self.vault = vault
        self._settings_file = settings_file(paths)
        self.store = self._open_store()
        self.banks = BankRegistry(vault, self.clock, timeouts=timeouts)
        self._access = AccountAccess(vault, self.clock, timeouts=timeouts)
        self.celcoin = CelcoinRegistry(vault, self.clock, timeouts=timeouts)
        self._printer = PrinterOnDemand(resources_dir() / "fonts")
        self.services = self._build_services(quem or getpass.getuser())

    @property
    def settings(self) -> Settings:
        """The workstation's preferences, as they are now."""
        return self._settings_file.load()

    def save_settings(self, **changes: object) -> None:
        """Change some preferences. Raises ``StoreError``."""
        self._settings_file.save(replace(self.settings, **changes))  # type: ignore[arg-type]  # fields by name

    def use_boleto_folder(self, folder: Path) -> None:
        """Save PDFs in ``folder`` as long as this program runs, whatever the preferences say."""
        self._boleto_folder = folder.absolute()

    @property
    def boleto_folder(self) -> Path:
        """Where PDFs are saved now."""
        return self._boleto_folder or self.settings.boleto_folder

    def close(self) -> None:
        """Let go of the printer, the banks, the data file and this run's identity, in this order."""
        self._printer.close()
        self.banks.close()
        self.celcoin.close()
        self.store.close()
        self._instances.close()

    def _open_store(self) -> Store:
        # SQLite removes its write-ahead log on a clean end, so one that is still there tells of a crash.
        log_left_behind = self.paths.store_file.with_name(f"{self.paths.store_file.name}-wal").exists()
        return open_store(
            self.paths.store_file,
            instances=self._instances,
            clock=self.clock,
            check_integrity=log_left_behind and not self._instances.others_alive(),
        )

    def _build_services(self, quem: str) -> Services:
        store, clock = self.store, self.clock
        contas, titulos, journal = store.contas, store.titulos, store.journal
        in_flight = OrdersInFlight()
        files = OfficeFiles()
        accounts = build_account_services(
            contas=contas, vault=self.vault, clock=clock, access=self._access, data=self.paths.data
        )
        sender = OrderSender(journal=journal, in_flight=in_flight, clock=clock, quem=quem)
        calendario = CalendarioBancario()
        impressao = ImpressaoService(
            contas=contas,
            titulos=titulos,
            journal=journal,
            printer=self._printer,
            folder=lambda: self.boleto_folder,
            clock=clock,
            quem=quem,
        )
        conferencia = ConferenciaService(
            conferencias=store.conferencias,
            contas=contas,
            titulos=titulos,
            providers=self.banks,
            clock=clock,
            quem=quem,
        )
        registro = RegistroService(
            contas=contas,
            titulos=titulos,
            journal=journal,
            providers=self.banks,
            impressao=impressao,
            sender=sender,
            conferencia=conferencia,
            clock=clock,
        )
        consulta = ConsultaService(contas=contas, titulos=titulos, providers=self.banks, clock=clock, quem=quem)
        instrucao = InstrucaoService(
            contas=contas,
            titulos=titulos,
            journal=journal,
            providers=self.banks,
            consulta=consulta,
            impressao=impressao,
            sender=sender,
            calendario=calendario,
            clock=clock,
        )
        importacao = ImportacaoService(files=files, importacoes=store.importacoes, clock=clock, quem=quem)
        ponte, pasta = build_ponte(store, importacao=importacao, registro=registro, impressao=impressao, clock=clock)
        return Services(
            busca=BuscaService(contas=contas, titulos=titulos, calendario=calendario, clock=clock),
            registro=registro,
            consulta=consulta,
            instrucao=instrucao,
            escritorios=EscritorioService(store.escritorios),
            titulos=TituloService(contas=contas, titulos=titulos, calendario=calendario, clock=clock, quem=quem),
            pagadores=PagadorService(store.pagadores),
            impressao=impressao,
            reconciliacao=ReconciliacaoService(
                journal=journal,
                sender=sender,
                registro=registro,
                instrucao=instrucao,
                conferencia=conferencia,
                in_flight=in_flight,
                instances=self._instances,
            ),
            importacao=importacao,
            ponte=ponte,
            pasta=pasta,
            conferencia=conferencia,
            copia=build_copias(self.paths, store, clock),
            exportacao=ExportacaoService(
                encoders=encoders(resources_dir() / "fonts"), write=write_atomically, clock=clock
            ),
            conta=accounts.conta,
            certificado=accounts.certificado,
            teste_conexao=accounts.teste_conexao,
            assistente=accounts.assistente,
            pagamentos=build_payment_services(
                store,
                providers=self.celcoin,
                vault=self.vault,
                files=files,
                certificados=KeyFiles(self.paths.data / "certificados"),
                instances=self._instances,
                clock=clock,
                quem=quem,
                folder=lambda: self.boleto_folder,
            ),
        )


def program_paths(data: Path | None = None) -> AppPaths:
    """The folders: in ``data``, in BANCOINTEGRA_DADOS or in the system's own."""
    return app_paths(os.environ, data)


def open_program(
    data: Path | None = None,
    *,
    ask_password: Callable[[], str] | None = None,
    timeouts: Timeouts | None = None,
) -> Program:
    """The program on real data in ``program_paths(data)``.

    Its secrets are in the system's vault, or in the encrypted one that ``ask_password`` opens.
    """
    paths = program_paths(data)
    vault = LazyVault(lambda: open_vault(paths.data, ask_password, os.environ))
    return Program(paths, vault=vault, timeouts=timeouts)
