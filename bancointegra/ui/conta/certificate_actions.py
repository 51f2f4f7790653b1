"""What the buttons of the certificate do, for the account they are pressed on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError
from bancointegra.domain.ports import Clock
from bancointegra.ui.conta.assistente import Assistente
from bancointegra.ui.conta.exportar_dialog import ExportarDialog, PedidoExportacao
from bancointegra.ui.conta.importar_dialog import ImportarDialog
from bancointegra.ui.conta.services import LANE, ContaServices
from bancointegra.ui.conta.teste_dialog import TesteDialog
from bancointegra.ui.feedback import Tone, ask, show_error, show_message
from bancointegra.ui.jobs import Jobs


class CertificateActions(QObject):
    """Opens the dialogs over ``window``; the account given is a stored one."""

    stored = Signal(object)
    """The account, with another certificate."""
    said = Signal(str, Tone)
    busy = Signal(bool)
    """A renewal or a copy began, or ended."""
    wizard_closed = Signal()

    def __init__(self, window: QWidget, jobs: Jobs, services: ContaServices, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._jobs, self._services, self._clock = window, jobs, services, clock

    def importar(self, conta: ContaBancaria) -> None:
        dialog = ImportarDialog(self._window, self._jobs, self._services.certificado, self._clock, conta)
        dialog.imported.connect(self._imported)
        dialog.open()

    def assistente(self, conta: ContaBancaria) -> None:
        wizard = Assistente(self._window, self._jobs, self._services.novo_fluxo(), conta)
        wizard.stored.connect(self.stored)
        wizard.copy_wanted.connect(self.exportar)
        wizard.finished.connect(self.wizard_closed)
        wizard.open()

    def testar(self, conta: ContaBancaria) -> None:
        TesteDialog(self._window, self._jobs, self._services.teste, conta).open()

    def exportar(self, conta: ContaBancaria) -> None:
        def export(pedido: PedidoExportacao) -> None:
            service = self._services.certificado
            self._run(
                lambda: service.exportar(conta, pedido.pasta, frozenset(pedido.formatos), pedido.senha),
                self._exported,
            )

        ExportarDialog(self._window, export).open()

    def renovar(self, conta: ContaBancaria) -> None:
        ask(
            self._window,
            f"Deseja renovar o certificado da conta {conta.mnemonico}?",
            hint="O programa cria outra chave e pede ao banco o certificado seguinte. "
            "O atual continua em uso até o novo funcionar.",
            on_yes=lambda _: self._renovar(conta),
        )

    def _renovar(self, conta: ContaBancaria) -> None:
        self.said.emit("Renovando o certificado…", Tone.INFO)
        self._run(lambda: self._services.certificado.renovar(conta), self._renewed)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        def ended(result: object) -> None:
            self.busy.emit(False)
            done(result)

        def failed(error: AppError) -> None:
            self.busy.emit(False)
            self.said.emit(str(error), Tone.WARNING)
            show_error(self._window, error)

        self.busy.emit(True)
        self._jobs.run(lambda _ctx: work(), owner=self, done=ended, failed=failed, lane=LANE)

    def _imported(self, conta: ContaBancaria) -> None:
        self.said.emit(f"Certificado da conta {conta.mnemonico} gravado.", Tone.SUCCESS)
        self.stored.emit(conta)

    def _renewed(self, conta: ContaBancaria) -> None:
        self.said.emit(f"Certificado da conta {conta.mnemonico} renovado.", Tone.SUCCESS)
        self.stored.emit(conta)
        show_message(self._window, "Certificado renovado com sucesso!", title="Renovar")

    def _exported(self, paths: tuple[Path, ...]) -> None:
        names = "\n".join(path.name for path in paths)
        self.said.emit(f"Cópia do certificado gravada em {paths[0].parent}.", Tone.SUCCESS)
        show_message(self._window, "Cópia gravada.", title="Exportar certificado", hint=f"{paths[0].parent}\n{names}")
