"""Lote: many codes pasted or imported, each checked here, and all consulted; they are paid from the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import AppError
from bancointegra.services.pagamento_lote import LinhaConsultada, LinhaDoLote, LotePagamentoService
from bancointegra.ui.icons import icon
from bancointegra.ui.integracao.texts import contar
from bancointegra.ui.jobs import BatchEnd, JobHandle, Jobs
from bancointegra.ui.pagamento.code_texts import leitura_line
from bancointegra.ui.pagamento.columns import linha as printed
from bancointegra.ui.style import button, field_label, label
from bancointegra.ui.theme import mono_font
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.inline_progress import InlineProgress
from bancointegra.ui.widgets.reading_table import ReadingTable

_SIZE = (960, 560)
_TITLES = ("Linha", "Código", "O que é")
_WIDTHS = (56, 430)
_STATE = 2
_TYPING_PAUSE_MS = 300
_AT_ONCE = 4
_TEXT_HEIGHT = 96
_FILTER = "Listas (*.csv *.txt *.xlsx);;Todos os arquivos (*)"


class LoteDialog(QDialog):
    """Reads, shows what can be consulted and what cannot, consults; ``consulted`` tells the ids that can be paid."""

    consulted = Signal(tuple)
    """The ids of the pagamentos *Consultado* of this list."""

    def __init__(
        self, conta: ContaPagamento, jobs: Jobs, service: LotePagamentoService, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Lote de contas")
        self.resize(*_SIZE)
        self._conta, self._jobs, self._service = conta, jobs, service
        self._lines: tuple[LinhaDoLote, ...] = ()
        self._found: list[int] = []
        self._failed = 0
        self._reading: JobHandle | None = None
        self._consulting: JobHandle | None = None
        self.text = QPlainTextEdit(placeholderText="Cole aqui as linhas digitáveis, uma por linha")
        self.text.setFont(mono_font())
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text.setTabChangesFocus(True)
        self.file_button = button("Importar CSV, XLSX ou texto…", "upload")
        self.table = ReadingTable("Contas do lote", _TITLES, _WIDTHS)
        self.said = label("", "muted", wrap=True)
        self.progress = InlineProgress(keeps_place=False)
        self.close_button = button("Fechar")
        self.consult_button = button("Consultar todas", "search", primary=True)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._arrange()
        self._connect()
        self._show_lines(())
        self.text.setFocus()

    def import_file(self, path: Path) -> None:
        """Read the codes of a file in place of the pasted ones."""
        self.text.clear()
        self._typing.stop()
        self._read(lambda: self._service.ler_arquivo(path))

    def reject(self) -> None:
        """Closing stops what has not begun; what was consulted stays in the list."""
        if self._consulting:
            self._consulting.cancel()
            return
        super().reject()

    # Building

    def _arrange(self) -> None:
        card = Card(margin=1)
        card.body.addWidget(self.table)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.file_button)
        buttons.addStretch(1)
        buttons.addWidget(self.progress)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.consult_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(field_label("Linhas digitáveis ou códigos de barras", self.text))
        column.addWidget(self.text)
        column.addWidget(card, 1)
        column.addWidget(self.said)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._read_text)
        self.file_button.clicked.connect(self._choose_file)
        self.close_button.clicked.connect(self.reject)
        self.consult_button.clicked.connect(self._consult)

    # Reading

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, "Importar lista de contas", str(Path.home()), _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.import_file(Path(name)))
        dialog.open()

    def _read_text(self) -> None:
        typed = self.text.toPlainText()
        if typed.strip():
            self._read(lambda: self._service.ler_texto(typed))

    def _read(self, work: Callable[[], tuple[LinhaDoLote, ...]]) -> None:
        if self._reading:
            self._reading.abandon()
        self._reading = self._jobs.run(lambda _ctx: work(), owner=self, done=self._show_lines, failed=self._show_error)

    def _show_lines(self, lines: Sequence[LinhaDoLote]) -> None:
        self._lines = tuple(lines)
        wrong_sign, right_sign = icon("circle-alert", "danger"), icon("check", "muted")
        signs = {(row, _STATE): wrong_sign if line.problema else right_sign for row, line in enumerate(lines)}
        self.table.show_rows([_texts(line) for line in lines], signs)
        ready, wrong = self._counts()
        wrongs = (
            f" · {contar(wrong, 'não pode', 'não podem')} ser consultada{'s' if wrong > 1 else ''}" if wrong else ""
        )
        self.said.setText(f"{contar(ready, 'conta pronta', 'contas prontas')}{wrongs}" if lines else "")
        self.consult_button.setEnabled(ready > 0)

    def _counts(self) -> tuple[int, int]:
        wrong = sum(bool(line.problema) for line in self._lines)
        return len(self._lines) - wrong, wrong

    # Consulting

    def _consult(self) -> None:
        ready = [(row, line) for row, line in enumerate(self._lines) if not line.problema]
        self._found, self._failed = [], 0
        for widget in (self.text, self.file_button, self.consult_button):
            widget.setEnabled(False)
        self._consulting = self._jobs.run_batch(
            ready,
            lambda item: (item[0], self._service.consultar(self._conta.id, item[1])),
            owner=self,
            each=self._show_consulted,
            done=self._finish,
            failed=self._stop,
            parallel=_AT_ONCE,
        )
        self.progress.watch(self._consulting, "Consultando")

    def _show_consulted(self, result: tuple[int, LinhaConsultada]) -> None:
        row, line = result
        if line.consultada is None:
            self._failed += 1
            self._set_state(row, line.mensagem, "circle-x", "danger")
            return
        pagamento = line.consultada.pagamento
        self._found.append(pagamento.id)
        warned = line.consultada.pagos_antes or line.consultada.aviso_beneficiario
        self._set_state(
            row,
            pagamento.identificacao,
            "triangle-alert" if warned else "circle-check",
            "warning" if warned else "success",
        )

    def _finish(self, end: BatchEnd) -> None:
        self._consulting = None
        done = contar(len(self._found), "conta consultada", "contas consultadas")
        failed = f" {contar(self._failed, 'recusada', 'recusadas')}." if self._failed else ""
        stopped = f" {end.not_started} não consultadas." if end.not_started else ""
        self.said.setText(f"{done}.{failed}{stopped} Feche para revisar e pagar as marcadas na lista.")
        self.close_button.setFocus()
        self.consulted.emit(tuple(self._found))

    def _stop(self, error: AppError) -> None:
        self._consulting = None
        self._show_error(error)

    def _show_error(self, error: AppError) -> None:
        self._show_lines(())
        self.said.setText(str(error))

    def _set_state(self, row: int, text: str, icon_name: str, role: str) -> None:
        self.table.change(row, _STATE, text, icon(icon_name, role))


def _texts(line: LinhaDoLote) -> tuple[str, str, str]:
    code = printed(line.leitura.linha_digitavel) if line.leitura.linha_digitavel else line.texto
    return str(line.numero), code, line.problema or leitura_line(line.leitura)
