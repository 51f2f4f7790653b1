"""One program and its window: the screens, the menu, and the regular look at what is A CONFIRMAR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QWidget

from bancointegra.bootstrap.list_export import add_export
from bancointegra.bootstrap.payments_desk import PaymentsDesk
from bancointegra.bootstrap.preferences import ProgramPreferences
from bancointegra.bootstrap.program import Program
from bancointegra.bootstrap.receber import Receber
from bancointegra.bootstrap.workstation import Workstation
from bancointegra.domain.certificado import SituacaoCertificado
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.system.open_file import open_with_system
from bancointegra.system.paths import manual_dir
from bancointegra.ui.conta.keys import SHORTCUTS as CONTA_SHORTCUTS
from bancointegra.ui.copia.command import CopiaCommand
from bancointegra.ui.exportacao.list_export import SHORTCUT as EXPORTAR
from bancointegra.ui.feedback import Tone, show_error
from bancointegra.ui.integracao.auto_query import AutoQuery
from bancointegra.ui.integracao.auto_query_dialog import AutoQueryDialog
from bancointegra.ui.integracao.page import SHORTCUTS, IntegracaoPage
from bancointegra.ui.integracao.services import IntegracaoServices
from bancointegra.ui.integracao.texts import resumo_verificacao
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.pasta.watcher import PastaWatcher
from bancointegra.ui.screens import MenuCommand, ScreenEntry
from bancointegra.ui.theme import Theme

if TYPE_CHECKING:
    from bancointegra.ui.conta.page import ContaPage
    from bancointegra.ui.titulos.page import TitulosPage

CONTA = "conta"
INTEGRACAO = "integracao"
_VERIFY_EVERY_MS = 60_000


class Desk(QObject):
    """Made on the main thread; ``open`` shows the window on the screen Integração Bancária."""

    def __init__(self, program: Program, *, jobs: Jobs, theme: Theme, settings: QSettings) -> None:
        super().__init__()
        self._program, self._jobs, self._settings = program, jobs, settings
        self.receber = Receber(program, jobs=jobs, settings=settings, parent=self)
        self.payments = PaymentsDesk(program, jobs=jobs, settings=settings, parent=self)
        self.workstation = Workstation(program, jobs, self)
        self.window = MainWindow(
            jobs=jobs,
            theme=theme,
            settings=settings,
            screens=(
                ScreenEntry(
                    key=CONTA,
                    menu_path=("Financeiro", "Banco"),
                    title="Conta Bancária",
                    icon="landmark",
                    factory=self._make_conta,
                    shortcut="Ctrl+Shift+B",
                    shortcuts=CONTA_SHORTCUTS,
                ),
                ScreenEntry(
                    key=INTEGRACAO,
                    menu_path=("Financeiro", "Banco"),
                    title="Integração Bancária",
                    icon="landmark",
                    factory=self._make_integracao,
                    shortcut="Ctrl+I",
                    shortcuts=(*SHORTCUTS, EXPORTAR),
                ),
                *self.receber.screens,
                self.payments.screen,
            ),
            commands=(
                *self.payments.commands,
                MenuCommand(("Ferramentas",), "Consulta automática…", "timer", self._choose_auto_query),
                MenuCommand(("Ferramentas",), "Cópia de segurança…", "archive", self._open_copias),
                MenuCommand(("Ferramentas",), "Pasta monitorada…", "folder-open", self._choose_pasta),
                *self.workstation.commands,
            ),
            open_boletos_folder=self._open_boletos_folder,
            manual=manual_dir(),
        )
        self.workstation.attach(self.window)
        self.workstation.told.connect(self.window.say)
        self.workstation.certificate_stored.connect(self._refresh_tipos)
        services = program.services
        self.window.a_confirmar_clicked.connect(self._show_a_confirmar)
        self.copia = CopiaCommand(
            self.window,
            jobs,
            services.copia.catalogo,
            services.copia,
            lambda preferencias: program.save_settings(copias=preferencias),
        )
        self.copia.told.connect(self.window.say)
        self.pasta = PastaWatcher(
            self.window,
            jobs,
            services.busca,
            services.pasta,
            load=lambda: program.settings.pasta,
            save=lambda preferencias: program.save_settings(pasta=preferencias),
        )
        self.pasta.told.connect(self.window.say)
        self.pasta.changed.connect(self._refresh_rows)
        self.receber.titulos_changed.connect(self._refresh_rows)
        self.receber.tipos_changed.connect(self._refresh_tipos)
        self.receber.imported.connect(self._search_again)
        self.receber.bank_wanted.connect(
            lambda conta, row, alterar: self.integracao.show_titulo(conta, row, alterar=alterar)
        )
        self.payments.a_confirmar_changed.connect(self._count_payments)
        self._titulos_a_confirmar = self._payments_a_confirmar = 0
        self.receber.conta_changed.connect(self._show_account_of)
        self.window.tabs.currentChanged.connect(lambda _index: self._show_account_of(self.window.tabs.currentWidget()))
        self._pages: list[IntegracaoPage] = []
        self._conta_pages: list[ContaPage] = []
        self.auto_query = AutoQuery(
            jobs=jobs,
            busca=services.busca,
            consulta=services.consulta,
            settings=settings,
            is_busy=lambda: any(page.is_busy for page in self._pages),
            parent=self,
        )
        self.auto_query.told.connect(self.window.say)
        self.auto_query.changed.connect(self._refresh_rows)
        self._verifying = False
        self._warned: set[tuple[int, int | None]] = set()
        self._timer = QTimer(self, interval=_VERIFY_EVERY_MS)
        self._timer.timeout.connect(self.verify_doubtful)

    @property
    def program(self) -> Program:
        return self._program

    @property
    def integracao(self) -> IntegracaoPage:
        """The page, its tab shown."""
        page = self.window.open_screen(INTEGRACAO)
        assert isinstance(page, IntegracaoPage)
        return page

    def open(self) -> None:
        """Show the window, and ask the bank about what an earlier run left in doubt."""
        self.window.open_screen(INTEGRACAO)
        self.window.show()
        self._timer.start()
        self.auto_query.start()
        self.copia.warn()
        self.pasta.start()
        self.payments.start(self.window)
        self.verify_doubtful()
        self.workstation.opened()

    def open_conta(self) -> None:
        """Show the screen Conta Bancária."""
        self.window.open_screen(CONTA)

    def verify_doubtful(self) -> None:
        """Settle in the background whatever is A CONFIRMAR; one round at a time."""
        self.payments.check()
        if self._verifying:
            return
        self._verifying = True
        self._jobs.run(
            lambda _ctx: self._program.services.reconciliacao.verificar_todas(),
            owner=self.window,
            done=self._verified,
            failed=self._not_verified,
        )

    def _verified(self, resultados: tuple[Resultado, ...]) -> None:
        self._verifying = False
        waiting = (Desfecho.A_CONFIRMAR, Desfecho.AGUARDANDO)
        settled = [resultado for resultado in resultados if resultado.desfecho not in waiting]
        if settled:
            self.window.say(f"Verificado no banco: {resumo_verificacao(resultados)}")
            self._refresh_rows([resultado.titulo_id for resultado in settled])

    def _refresh_rows(self, titulo_ids: Sequence[int]) -> None:
        for page in self._pages:
            page.refresh_rows(titulo_ids)
        self.receber.refresh_rows(titulo_ids)

    def _not_verified(self, error: AppError) -> None:
        self._verifying = False
        self.window.say(str(error), Tone.WARNING)

    def _make_integracao(self, window: MainWindow) -> IntegracaoPage:
        services = self._program.services
        page = IntegracaoPage(
            jobs=self._jobs,
            services=IntegracaoServices(
                busca=services.busca,
                registro=services.registro,
                consulta=services.consulta,
                instrucao=services.instrucao,
                escritorios=services.escritorios,
                impressao=services.impressao,
                reconciliacao=services.reconciliacao,
            ),
            clock=self._program.clock,
            settings=self._settings,
            preferences=ProgramPreferences(self._program),
            open_path=open_with_system,
            parent=window,
        )
        page.status_changed.connect(window.say)
        page.a_confirmar_changed.connect(self._count_titulos)
        page.conta_changed.connect(lambda _conta: self._show_account_of(page))
        page.batch_started.connect(self.auto_query.give_way)
        add_export(page.list, self._program, self._jobs, page).said.connect(window.say)
        self._pages.append(page)
        return page

    def _make_conta(self, window: MainWindow) -> ContaPage:
        from bancointegra.ui.conta.page import ContaPage  # many widgets, which would delay every start
        from bancointegra.ui.conta.services import ContaServices

        services = self._program.services
        page = ContaPage(
            jobs=self._jobs,
            services=ContaServices(
                conta=services.conta,
                certificado=services.certificado,
                novo_fluxo=services.assistente,
                teste=services.teste_conexao,
            ),
            clock=self._program.clock,
            parent=window,
        )
        page.status_changed.connect(window.say)
        page.contas_changed.connect(self._refresh_contas)
        self._conta_pages.append(page)
        return page

    def _refresh_tipos(self) -> None:
        for page in self._conta_pages:
            page.reopen()
        self._refresh_contas()

    def _search_again(self) -> None:
        """Títulos were stored: the lists that are open look again."""
        for page in self._pages:
            if page.conta and not page.is_busy:
                page.search()

    def _refresh_contas(self) -> None:
        """An account was stored: the other screens go on with it as it is now."""

        def show(contas: tuple[ContaBancaria, ...]) -> None:
            stored = {conta.id: conta for conta in contas}
            for page in self._pages:
                fresh = stored.get(page.conta.id) if page.conta else None
                if page.conta and fresh and not page.is_busy and not _is_same_setup(page.conta, fresh):
                    page.filters.choose_conta(fresh)
                page.refresh()
            self.receber.refresh()

        self._jobs.run(lambda _ctx: self._program.services.busca.contas(), owner=self.window, done=show)

    def _show_account(self, conta: ContaBancaria | None) -> None:
        self.window.set_ambiente(conta.ambiente if conta else None)
        if conta is None:
            self.window.set_certificate_days(None)
            return
        self._jobs.run(
            lambda _ctx: self._program.services.certificado.situacao(conta, self._program.clock.now()),
            owner=self.window,
            done=lambda situacao: self._show_certificate(conta, situacao),
        )

    def _show_certificate(self, conta: ContaBancaria, situacao: SituacaoCertificado | None) -> None:
        """Unless another account came to the front meanwhile. Each warning is said once."""
        shown = [page.conta for page in self._bank_pages() if page is self.window.tabs.currentWidget()]
        if conta.id not in [each.id for each in shown if each]:
            return
        self.window.set_certificate_days(situacao.dias if situacao else None)
        warning = (conta.id, situacao.limiar) if situacao and situacao.aviso else None
        if situacao and warning and warning not in self._warned:
            self._warned.add(warning)
            self.window.say(f"{conta.mnemonico}: {situacao.aviso}", Tone.WARNING)

    def _choose_auto_query(self) -> None:
        dialog = AutoQueryDialog(self.auto_query.minutes, self.window)
        dialog.chosen.connect(self.auto_query.choose)
        dialog.open()

    def _choose_pasta(self) -> None:
        self.pasta.choose()

    def _open_copias(self) -> None:
        self.copia.open()

    def _show_a_confirmar(self) -> None:
        if self._titulos_a_confirmar or not self._payments_a_confirmar:
            self.integracao.show_a_confirmar()
        else:
            self.payments.show_a_confirmar()

    def _count_titulos(self, count: int) -> None:
        self._titulos_a_confirmar = count
        self.window.set_a_confirmar(count + self._payments_a_confirmar)

    def _count_payments(self, count: int) -> None:
        self._payments_a_confirmar = count
        self.window.set_a_confirmar(count + self._titulos_a_confirmar)

    def _show_account_of(self, changed: QWidget | None) -> None:
        """The strip and the days of the certificate are those of the account on the screen, in front of all others."""
        for page in self._bank_pages():
            if page is changed is self.window.tabs.currentWidget():
                self._show_account(page.conta)

    def _bank_pages(self) -> tuple[IntegracaoPage | TitulosPage, ...]:
        """The pages whose account is a Conta Bancária."""
        return (*self._pages, *self.receber.lists)

    def _open_boletos_folder(self) -> None:
        folder = self._program.boleto_folder

        def open_it() -> None:
            folder.mkdir(parents=True, exist_ok=True)
            open_with_system(folder)

        self._jobs.run(lambda _ctx: open_it(), owner=self.window, failed=lambda error: show_error(self.window, error))


def _is_same_setup(before: ContaBancaria, after: ContaBancaria) -> bool:
    """Whether only the count of nossos números moved."""
    return replace(before, ultimo_nosso_numero=after.ultimo_nosso_numero) == after
