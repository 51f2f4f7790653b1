"""Certificate files that were double-clicked or dropped on the window: what each is, and the import they start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from bancointegra.domain.certificado import SUFIXOS_DE_CERTIFICADO
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError
from bancointegra.domain.ports import Clock
from bancointegra.ui.conta.importar_dialog import ImportarDialog
from bancointegra.ui.conta.services import ContaServices
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.feedback import Tone, show_error, show_message
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import label, named

_TITLE = "Importar Certificado"
_WIDTH = 560


def certificate_files(paths: Iterable[Path]) -> list[Path]:
    """Those that look like a certificate or its key."""
    return [path for path in paths if path.suffix.lower() in SUFIXOS_DE_CERTIFICADO and path.is_file()]


class EscolherContaDialog(FormDialog):
    """Which account the certificate is for; emits ``chosen`` with it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, files: Sequence[Path], contas: Sequence[ContaBancaria]) -> None:
        super().__init__(parent, _TITLE, confirm="Continuar")
        self.conta = named(QComboBox(), "Conta Bancária")
        for conta in contas:
            self.conta.addItem(f"{conta.mnemonico} · {conta.resumo}", conta)
        self.conta.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        form = QFormLayout()
        form.addRow("Arquivo", label(", ".join(path.name for path in files), wrap=True))
        form.addRow("Conta Bancária", self.conta)
        self.body.addLayout(form)
        self.setMinimumWidth(_WIDTH)
        self.conta.setFocus()

    def submit(self) -> None:
        self.accept()
        self.chosen.emit(self.conta.currentData())


class CertificateFiles(QObject):
    """Takes files dropped on ``window``, and those ``start`` is called with; ``stored`` when one was imported."""

    stored = Signal(object)
    said = Signal(str, Tone)

    def __init__(self, window: QWidget, jobs: Jobs, services: ContaServices, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._jobs, self._services, self._clock = window, jobs, services, clock
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A drag is welcome when it brings a certificate."""
        if isinstance(event, QDropEvent) and watched is self._window:  # QDragEnterEvent is one too
            paths = certificate_files(Path(url.toLocalFile()) for url in event.mimeData().urls())
            if paths:
                event.acceptProposedAction()
                if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
                    self.start(paths)
                return True
        return super().eventFilter(watched, event)

    def start(self, paths: Sequence[Path]) -> None:
        """Begin the import of ``paths``, for the only account or the one that the clerk names."""
        if not paths:
            return
        self._jobs.run(
            lambda _ctx: [conta for conta in self._services.conta.todas() if conta.api_bancaria],
            owner=self,
            done=lambda contas: self._choose(paths, contas),
            failed=self._fail,
        )

    def _choose(self, paths: Sequence[Path], contas: Sequence[ContaBancaria]) -> None:
        if not contas:
            show_message(
                self._window,
                "O certificado é de uma Conta Bancária, e ainda não há nenhuma com API Bancária.",
                title=_TITLE,
                tone=Tone.INFO,
                hint="Cadastre a conta em Financeiro, Banco, Conta Bancária e abra o arquivo de novo.",
            )
        elif len(contas) == 1:
            self._import(paths, contas[0])
        else:
            dialog = EscolherContaDialog(self._window, paths, contas)
            dialog.chosen.connect(lambda conta: self._import(paths, conta))
            dialog.open()

    def _import(self, paths: Sequence[Path], conta: ContaBancaria) -> None:
        dialog = ImportarDialog(self._window, self._jobs, self._services.certificado, self._clock, conta)
        dialog.choose_files(paths)
        dialog.imported.connect(self._imported)
        dialog.open()

    def _imported(self, conta: ContaBancaria) -> None:
        self.said.emit(f"Certificado da conta {conta.mnemonico} gravado.", Tone.SUCCESS)
        self.stored.emit(conta)

    def _fail(self, error: AppError) -> None:
        show_error(self._window, error)
