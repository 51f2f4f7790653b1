"""The receipt on the screen, and its way to paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from bancointegra.domain.comprovante import ComprovanteImpresso
from bancointegra.domain.errors import AppError
from bancointegra.services.comprovante import ComprovanteService
from bancointegra.ui.feedback import show_error
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.pagamento.texts import parte_line
from bancointegra.ui.style import button, label, named
from bancointegra.ui.theme import mono_font
from bancointegra.ui.widgets.chip import StatusChip

_SIZE = (460, 600)


class ComprovanteDialog(QDialog):
    """Shows one receipt; Gravar PDF saves it and opens the file, from where it is printed."""

    saved = Signal(Path)

    def __init__(
        self,
        impresso: ComprovanteImpresso,
        jobs: Jobs,
        service: ComprovanteService,
        open_path: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Comprovante de pagamento")
        self.resize(*_SIZE)
        self._impresso, self._jobs, self._service, self._open_path = impresso, jobs, service, open_path
        pagamento = impresso.pagamento
        self.text = named(QPlainTextEdit(impresso.comprovante.texto, readOnly=True), "Comprovante")
        self.text.setFont(mono_font())
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.copy_button = button("Copiar", "copy", tooltip="Copiar o texto do comprovante")
        self.save_button = button(
            "Gravar PDF e abrir", "file-text", primary=True, tooltip="O PDF aberto pode ser impresso"
        )
        self.close_button = button("Fechar")
        self.said = label("", "small", wrap=True)
        self.said.hide()
        self._arrange(pagamento.valor.com_simbolo if pagamento.valor else "", parte_line(pagamento.consulta.recebedor))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(impresso.comprovante.texto))
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.accept)
        self.save_button.setFocus()

    def save(self) -> None:
        """Write the PDF, and open it."""

        def work() -> Path:
            path = self._service.gravar(self._impresso)
            self._open_path(path)
            return path

        self.save_button.setEnabled(False)
        handle = self._jobs.run(lambda _ctx: work(), owner=self, done=self._told, failed=self._fail)
        handle.ended.connect(lambda: self.save_button.setEnabled(True))

    def _arrange(self, valor: str, recebedor: str) -> None:
        top = QHBoxLayout()
        top.addWidget(label(valor, "amount"))
        top.addStretch(1)
        if self._impresso.is_simulacao:
            top.addWidget(StatusChip("SIMULAÇÃO"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(label(recebedor, "muted", wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(self.said)
        column.addLayout(buttons)

    def _told(self, path: Path) -> None:
        self.said.setText(f"Gravado em {path}")
        self.said.show()
        self.saved.emit(path)

    def _fail(self, error: AppError) -> None:
        show_error(self, error)
