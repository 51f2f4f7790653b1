"""What the buttons below the list do, apart from paying many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bancointegra.domain.comprovante import ComprovanteImpresso
from bancointegra.domain.errors import AppError
from bancointegra.domain.pagamento import Pagamento, SituacaoPagamento
from bancointegra.ui.feedback import Tone, ask, show_error
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.pagamento import actions
from bancointegra.ui.pagamento.actions import PaymentAction
from bancointegra.ui.pagamento.comprovante_dialog import ComprovanteDialog
from bancointegra.ui.pagamento.decidir_dialog import DecidirDialog
from bancointegra.ui.pagamento.flow import PagamentoFlow
from bancointegra.ui.pagamento.pay_many import PayMany
from bancointegra.ui.pagamento.services import PagamentoServices, lane_of


class ListOperations(QObject):
    """Each asks what must be asked, and runs in the background."""

    said = Signal(str, Tone)
    changed = Signal()

    def __init__(
        self,
        jobs: Jobs,
        services: PagamentoServices,
        flow: PagamentoFlow,
        open_path: Callable[[Path], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._jobs, self._services, self._flow = jobs, services, flow
        self._open_path, self._window = open_path, window
        self.pay_many = PayMany(jobs, services, window)
        self.pay_many.said.connect(self.said)
        self.pay_many.ended.connect(self.changed)
        self._work: dict[PaymentAction, Callable[[Pagamento], None]] = {
            actions.ABRIR: lambda pagamento: flow.open(pagamento.id),
            actions.VERIFICAR: flow.verificar,
            actions.ESTORNAR: flow.estornar,
            actions.COMPROVANTE: self.show_comprovante,
            actions.APROVAR: self._approve,
            actions.RETIRAR: self._discard,
            actions.DECIDIR: self._ask_what_happened,
        }

    def run(self, action: PaymentAction, rows: Sequence[Pagamento]) -> None:
        """Do what the button says, to the rows it was able to work on."""
        if action is actions.PAGAR_MARCADOS:
            self.pay_many.ask(rows)
        else:
            self._work[action](rows[0])

    def show_comprovante(self, pagamento: Pagamento) -> None:
        """Fetch the receipt and show it."""

        def show(impresso: ComprovanteImpresso) -> None:
            dialog = ComprovanteDialog(impresso, self._jobs, self._services.comprovantes, self._open_path, self._window)
            dialog.saved.connect(lambda path: self.said.emit(f"Comprovante gravado: {path}", Tone.SUCCESS))
            dialog.saved.connect(lambda _path: self.changed.emit())
            dialog.open()

        self._jobs.run(
            lambda _ctx: self._services.comprovantes.ver(pagamento.id), owner=self, done=show, failed=self._fail
        )

    def _approve(self, pagamento: Pagamento) -> None:
        ask(
            self._window,
            f"Deseja aprovar o pagamento de {pagamento.identificacao}?",
            hint=f"Incluído por {pagamento.preparado_por}. A aprovação vale só para este valor.",
            on_yes=lambda _all: self._change(
                pagamento, lambda: self._services.aprovacao.aprovar(pagamento.id), "Pagamento aprovado."
            ),
        )

    def _discard(self, pagamento: Pagamento) -> None:
        ask(
            self._window,
            f"Deseja retirar da lista {pagamento.identificacao}?",
            hint="Nada foi pago. A conta pode ser consultada de novo a qualquer momento.",
            on_yes=lambda _all: self._change(
                pagamento, lambda: self._services.pagamento.descartar(pagamento.id), "Conta retirada da lista."
            ),
        )

    def _ask_what_happened(self, pagamento: Pagamento) -> None:
        """A person knows better than the program, which cannot ask any more."""
        verificacao = self._services.verificacao

        def open_dialog(decisoes: tuple[SituacaoPagamento, ...]) -> None:
            if not decisoes:
                self.said.emit("Este pagamento não está mais em dúvida.", Tone.INFO)
                self.changed.emit()
                return
            dialog = DecidirDialog(pagamento, decisoes, self._window)
            dialog.decided.connect(
                lambda situacao, motivo: self._change(
                    pagamento,
                    lambda: verificacao.decidir(pagamento.id, situacao, motivo),
                    f"Registrado: {situacao.value}.",
                )
            )
            dialog.open()

        self._jobs.run(lambda _ctx: verificacao.decisoes(pagamento.id), owner=self, done=open_dialog, failed=self._fail)

    def _change(self, pagamento: Pagamento, work: Callable[[], object], said: str) -> None:
        def done(_result: object) -> None:
            self.said.emit(said, Tone.SUCCESS)
            self.changed.emit()

        self._jobs.run(lambda _ctx: work(), owner=self, done=done, failed=self._fail, lane=lane_of(pagamento.conta_id))

    def _fail(self, error: AppError) -> None:
        self.said.emit(str(error), Tone.WARNING)
        show_error(self._window, error)
