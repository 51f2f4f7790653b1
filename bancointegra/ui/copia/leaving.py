"""Work on the data while no other window is there: the copy made on leaving, and a copy being restored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout

from bancointegra.domain.copia import MotivoCopia
from bancointegra.domain.errors import AppError
from bancointegra.services.copia import CopiaService
from bancointegra.ui.jobs import JobContext, Jobs, Progress
from bancointegra.ui.style import button, label, named

_APPEARS_AFTER_MS = 500
_WIDTH = 420

Result = TypeVar("Result")


class WaitDialog(QDialog):
    """How far it is. ``give_up``, if any, is the text of the button that ends the waiting."""

    def __init__(self, title: str, text: str, give_up: str = "") -> None:
        super().__init__(None)
        self.setWindowTitle("BancoIntegra")
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, bool(give_up))
        self.setFixedWidth(_WIDTH)
        self.bar = named(QProgressBar(textVisible=False, maximum=0), "Andamento")
        self.leave_button = button(give_up)
        self.leave_button.setVisible(bool(give_up))
        self.leave_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(title, "strong"))
        column.addWidget(label(text, "muted", wrap=True))
        column.addWidget(self.bar)
        column.addLayout(row)

    def reject(self) -> None:
        """Esc and the window's cross end what may be ended, and nothing else."""
        if self.leave_button.text():
            super().reject()

    def show_progress(self, progress: Progress) -> None:
        self.bar.setMaximum(progress.total)
        self.bar.setValue(progress.done)


def copying_dialog() -> WaitDialog:
    return WaitDialog(
        "Fazendo a cópia de segurança",
        "O programa fecha em seguida. Os seus dados já estão gravados.",
        give_up="Fechar sem a cópia",
    )


def restoring_dialog() -> WaitDialog:
    return WaitDialog("Restaurando a cópia de segurança", "A janela volta em seguida. Não desligue o computador.")


def wait_for(jobs: Jobs, dialog: WaitDialog, work: Callable[[JobContext], Result]) -> Result | None:
    """Run ``work`` in the background and return what it returns, None when it was given up.

    The dialog appears only if it takes long. Raises the ``AppError`` that ``work`` raises.
    """
    loop, owner = QEventLoop(), QObject()
    results: list[Result] = []
    errors: list[AppError] = []
    timer = QTimer(owner, singleShot=True, interval=_APPEARS_AFTER_MS)
    timer.timeout.connect(dialog.show)
    handle = jobs.run(work, owner=owner, done=results.append, failed=errors.append, progress=dialog.show_progress)
    dialog.rejected.connect(handle.cancel)
    handle.ended.connect(loop.quit)
    timer.start()
    loop.exec()
    timer.stop()
    dialog.hide()
    dialog.deleteLater()
    if errors:
        raise errors[0]
    return results[0] if results else None


def copy_before_leaving(jobs: Jobs, copias: CopiaService) -> None:
    """Make the copy, and return when it is done, failed or given up. What went wrong is told at the next start."""

    def work(ctx: JobContext) -> None:
        def tell(done: int, total: int) -> None:
            ctx.check_cancelled()
            ctx.report(done, total)

        try:
            copias.fazer(MotivoCopia.AO_FECHAR, tell)
        except AppError:
            return  # kept, and told at the next start

    wait_for(jobs, copying_dialog(), work)
