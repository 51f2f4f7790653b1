"""The operations of the screen: ask what has to be asked, do it to each título in the background, tell how it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError
from bancointegra.domain.instrucao import Alteracao, Instrucao
from bancointegra.domain.titulo import TituloRow
from bancointegra.ui.feedback import MessageDialog, Tone, show_error
from bancointegra.ui.integracao.actions import (
    ALTERAR,
    BAIXAR,
    BUSY,
    CANCELAR_PROTESTO,
    CONSULTAR,
    NAO_APROVADO,
    PROTESTAR,
    REGISTRAR,
    VERIFICAR,
    BankAction,
    availability,
    left_out_sentence,
)
from bancointegra.ui.integracao.alteracao import PedidoAlteracao
from bancointegra.ui.integracao.alterar_dialog import AlterarDialog
from bancointegra.ui.integracao.baixar_questions import BaixarQuestions
from bancointegra.ui.integracao.batch import Batch, BatchReport, Work
from bancointegra.ui.integracao.confirm_dialog import ConfirmDialog
from bancointegra.ui.integracao.confirmacao import (
    confirmar_baixa,
    confirmar_cancelamento,
    confirmar_negada,
    confirmar_protesto,
    confirmar_registro,
)
from bancointegra.ui.integracao.previa import Conferencia, conferir
from bancointegra.ui.integracao.protesto_dialogs import CancelarProtestoDialog, ProtestarDialog
from bancointegra.ui.integracao.registrar_dialog import RegistrarDialog
from bancointegra.ui.integracao.results_dialog import ResultsDialog
from bancointegra.ui.integracao.services import IntegracaoServices
from bancointegra.ui.integracao.texts import contar
from bancointegra.ui.jobs import JobHandle, Jobs

_UNDER_WAY = {
    REGISTRAR: "Registrando",
    ALTERAR: "Alterando",
    CONSULTAR: "Consultando",
    BAIXAR: "Baixando",
    PROTESTAR: "Protestando",
    CANCELAR_PROTESTO: "Cancelando o protesto de",
    VERIFICAR: "Verificando",
    NAO_APROVADO: "Encerrando",
}

_TELL_AFTER_MS = 30
"""When the list is painted: both in one turn would block the window."""

_NEXT = {
    PROTESTAR: "O pedido foi enviado ao banco; o cartório ainda não protestou. Consultar mostra o andamento.",
    CANCELAR_PROTESTO: "O cancelamento foi pedido ao banco. Consultar mostra o que o banco decidiu.",
}
"""What is not done yet although all went well."""


class Operacoes(QObject):
    """One operation at a time, over títulos of one account."""

    said = Signal(str, Tone)
    started = Signal(JobHandle, str)
    """The batch under way, and what it does: ``Baixando``."""
    row_changed = Signal(TituloRow)
    ended = Signal(BatchReport)
    """Told before the result is shown."""

    def __init__(
        self,
        *,
        jobs: Jobs,
        services: IntegracaoServices,
        today: Callable[[], date],
        pdf_folder: Callable[[], Path | None],
        open_path: Callable[[Path], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._jobs, self._services, self._window = jobs, services, window
        self._today, self._pdf_folder, self._open_path = today, pdf_folder, open_path
        self._batch: Batch | None = None
        self._asking: dict[BankAction, Callable[[ContaBancaria, Sequence[TituloRow]], None]] = {
            REGISTRAR: self._ask_registrar,
            ALTERAR: self._ask_alterar,
            BAIXAR: self._ask_baixar,
            PROTESTAR: self._ask_protestar,
            CANCELAR_PROTESTO: self._ask_cancelar_protesto,
        }

    @property
    def is_busy(self) -> bool:
        """Whether a batch is under way."""
        return self._batch is not None

    def run(self, action: BankAction, rows: Sequence[TituloRow], conta: ContaBancaria | None) -> None:
        """Begin with what a button or a key asked for; says why when it cannot be done."""
        able = availability(action, rows, busy=self.is_busy)
        if not able.enabled:
            self.said.emit(able.tooltip, Tone.WARNING)
        elif conta is not None and action in self._asking:
            self._asking[action](conta, rows)
        elif conta is not None:
            work = {CONSULTAR: self._services.consulta.consultar, VERIFICAR: self._services.reconciliacao.verificar}
            self._start(action, conta, action.split(rows).aceitas, work[action])

    def _verify(self, conta: ContaBancaria, rows: Sequence[TituloRow]) -> None:
        self._start(VERIFICAR, conta, rows, self._services.reconciliacao.verificar)

    def _close_denied(self, conta: ContaBancaria, rows: Sequence[TituloRow]) -> None:
        close = self._services.reconciliacao.encerrar_negada
        plan = confirmar_negada(conta, rows)
        ConfirmDialog.ask(self._window, plan, lambda: self._start(NAO_APROVADO, conta, plan.rows, close))

    # Asking

    def _ask_registrar(self, conta: ContaBancaria, rows: Sequence[TituloRow]) -> None:
        folder = self._pdf_folder()
        plan = confirmar_registro(conta, rows, folder)

        def registrar() -> None:
            service = self._services.registro
            self._start(REGISTRAR, conta, plan.rows, lambda one: service.registrar(one, gerar_pdf=folder is not None))

        RegistrarDialog.ask(self._window, plan, registrar)

    def _ask_alterar(self, conta: ContaBancaria, rows: Sequence[TituloRow]) -> None:
        selecao, service = ALTERAR.split(rows), self._services.instrucao
        sentence = left_out_sentence(selecao.de_fora)

        checking: list[JobHandle] = []

        def check(alteracao: Alteracao, take: Callable[[Sequence[Conferencia]], None]) -> None:
            while checking:
                checking.pop().abandon()  # something else was typed: nobody waits for the last answer any more
            handle = self._jobs.run(
                lambda ctx: conferir(selecao.aceitas, alteracao, service.previa, ctx.check_cancelled),
                owner=dialog,
                done=take,
                failed=self._show_error,
            )
            handle.ended.connect(checking.clear)
            checking.append(handle)

        def alterar(pedido: PedidoAlteracao) -> None:
            instrucao, pdf = pedido.alteracao, pedido.gerar_pdf
            self._start(ALTERAR, conta, pedido.rows, lambda one: service.executar(one, instrucao, gerar_pdf=pdf))

        dialog = AlterarDialog(conta, selecao.aceitas, sentence, self._today, check, self._window)
        dialog.confirmed.connect(alterar)
        dialog.open()

    def _ask_baixar(self, conta: ContaBancaria, rows: Sequence[TituloRow]) -> None:
        plan = confirmar_baixa(conta, rows)

        def baixar(first_queried: frozenset[int]) -> None:
            service = self._services.instrucao
            self._start(BAIXAR, conta, plan.rows, lambda one: service.baixar(one, consultar_antes=one in first_queried))

        ConfirmDialog.ask(self._window, plan, lambda: BaixarQuestions(plan.rows, baixar, self._window).ask())

    def _ask_protestar(self, conta: ContaBancaria, rows: Sequence[TituloRow]) -> None:
        plan, escritorios = confirmar_protesto(conta, rows), self._services.escritorios

        def ask_details(nomes: Sequence[str]) -> None:
            def include(nome: str, done: Callable[[str], None], failed: Callable[[AppError], None]) -> None:
                self._jobs.run(lambda _ctx: escritorios.incluir(nome), owner=dialog, done=done, failed=failed)

            dialog = ProtestarDialog(plan, nomes, include, self._today, self._window)
            dialog.saved.connect(lambda pedido: self._instruct(PROTESTAR, conta, pedido.rows, pedido.instrucao))
            dialog.open()

        def read_escritorios() -> None:
            self._jobs.run(lambda _ctx: escritorios.todos(), owner=self, done=ask_details, failed=self._show_error)

        ConfirmDialog.ask(self._window, plan, read_escritorios)

    def _ask_cancelar_protesto(self, conta: ContaBancaria, rows: Sequence[TituloRow]) -> None:
        plan = confirmar_cancelamento(conta, rows)

        def ask_details() -> None:
            dialog = CancelarProtestoDialog(plan, self._today, self._window)
            dialog.saved.connect(lambda instrucao: self._instruct(CANCELAR_PROTESTO, conta, plan.rows, instrucao))
            dialog.open()

        ConfirmDialog.ask(self._window, plan, ask_details)

    # Doing

    def _instruct(
        self, action: BankAction, conta: ContaBancaria, rows: Sequence[TituloRow], instrucao: Instrucao
    ) -> None:
        self._start(action, conta, rows, lambda one: self._services.instrucao.executar(one, instrucao))

    def _start(self, action: BankAction, conta: ContaBancaria, rows: Sequence[TituloRow], work: Work) -> None:
        if self.is_busy:
            self.said.emit(BUSY, Tone.WARNING)
            return
        self._batch = Batch(action, rows, work, self._services.busca, self)
        self._batch.item_done.connect(lambda item: self.row_changed.emit(item.row) if item.row else None)
        self._batch.ended.connect(lambda report: self._finish(conta, report))
        handle = self._batch.start(self._jobs, lane=f"conta-{conta.id}")
        self.said.emit(f"{_UNDER_WAY[action]} {contar(len(rows), 'boleto', 'boletos')}…", Tone.INFO)
        self.started.emit(handle, _UNDER_WAY[action].removesuffix(" de"))

    def _finish(self, conta: ContaBancaria, report: BatchReport) -> None:
        if self._batch:
            self._batch.deleteLater()
        self._batch = None
        self.ended.emit(report)
        self.said.emit(report.sentence, Tone.SUCCESS if report.all_done else Tone.WARNING)
        QTimer.singleShot(_TELL_AFTER_MS, self, lambda: self._tell(conta, report))

    # Telling

    def _tell(self, conta: ContaBancaria, report: BatchReport) -> None:
        if report.all_done:
            self._tell_success(conta, report)
        elif report.items:
            self._show_results(conta, report)
        if report.error:
            self._show_error(report.error)

    def _tell_success(self, conta: ContaBancaria, report: BatchReport) -> None:
        pdfs = report.pdf_paths
        saved = f"{contar(len(pdfs), 'PDF gravado', 'PDFs gravados')} em {pdfs[0].parent}" if pdfs else ""
        hint = "\n".join(part for part in (report.changes, _NEXT.get(report.action, ""), saved) if part)
        dialog = MessageDialog(self._window, Tone.SUCCESS, report.action.label, report.sentence, hint=hint)
        if pdfs:
            dialog.add_button("Abrir &pasta", lambda: self._open(pdfs[0].parent))
        see_results = dialog.add_button("&Resultados", dialog.accept)
        see_results.clicked.connect(lambda: self._show_results(conta, report))
        dialog.add_button("OK", dialog.accept, default=True)
        dialog.open()

    def _show_results(self, conta: ContaBancaria, report: BatchReport) -> None:
        dialog = ResultsDialog(report, self._window)
        dialog.verify_requested.connect(lambda: self._verify(conta, report.a_confirmar))
        dialog.denied_requested.connect(lambda: self._close_denied(conta, report.aguardando))
        dialog.folder_requested.connect(lambda: self._open(report.pdf_paths[0].parent))
        dialog.open()

    def _open(self, path: Path) -> None:
        self._jobs.run(lambda _ctx: self._open_path(path), owner=self, failed=self._show_error)

    def _show_error(self, error: AppError) -> None:
        self.said.emit(str(error), Tone.WARNING)
        show_error(self._window, error)
