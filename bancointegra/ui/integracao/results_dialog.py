"""What became of each título of a batch, to be read, copied, and verified."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from bancointegra.ui.icons import icon
from bancointegra.ui.integracao.actions import NAO_APROVADO, VERIFICAR
from bancointegra.ui.integracao.batch import BatchReport
from bancointegra.ui.integracao.result_lines import as_tabbed_text, result_lines
from bancointegra.ui.style import button, label
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.reading_table import ReadingTable

_SIZE = (960, 480)
_TITLES = ("Título", "Sacado", "Resultado", "Mensagem")
_WIDTHS = (84, 200, 160)
_RESULT = 2


class ResultsDialog(QDialog):
    """Calls no service: what the clerk wants next goes out as a signal."""

    verify_requested = Signal()
    denied_requested = Signal()
    """What waits for an approval was denied it, says the clerk."""
    folder_requested = Signal()

    def __init__(self, report: BatchReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{report.action.label}: resultados")
        self.resize(*_SIZE)
        self.lines = result_lines(report)
        self.table = ReadingTable("Resultados por título", _TITLES, _WIDTHS)
        self.table.show_rows(
            [(line.titulo, line.sacado, line.word, line.message) for line in self.lines],
            {(row, _RESULT): icon(*line.outcome.value) for row, line in enumerate(self.lines)},
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(report.sentence, "heading", wrap=True))
        for note in (report.error and str(report.error), report.changes):
            if note:
                column.addWidget(label(note, "muted", wrap=True))
        card = Card(margin=1)
        card.body.addWidget(self.table)
        column.addWidget(card, 1)
        column.addLayout(self._buttons(report))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self.copy)

    def copy(self) -> None:
        """The whole list on the clipboard, as a spreadsheet takes it."""
        QGuiApplication.clipboard().setText(as_tabbed_text(self.lines))

    def _buttons(self, report: BatchReport) -> QHBoxLayout:
        self.copy_button = button("Copiar", "copy", tooltip="Copiar a lista (Ctrl+C)")
        self.copy_button.clicked.connect(self.copy)
        self.folder_button = button("Abrir pasta", "folder-open", tooltip="Abrir a pasta dos boletos em PDF")
        self.folder_button.setVisible(bool(report.pdf_paths))
        self.folder_button.clicked.connect(self.folder_requested)
        doubtful = len(report.a_confirmar)
        self.verify_button = button(
            f"{VERIFICAR.label} ({doubtful})", VERIFICAR.icon, primary=True, tooltip="Perguntar ao banco agora"
        )
        self.verify_button.setVisible(doubtful > 0)
        self.verify_button.clicked.connect(self._verify)
        waiting = len(report.aguardando)
        self.denied_button = button(
            f"{NAO_APROVADO.label} ({waiting})",
            NAO_APROVADO.icon,
            tooltip="Encerrar o que teve a aprovação negada",
        )
        self.denied_button.setVisible(waiting > 0 and report.action == VERIFICAR)
        self.denied_button.clicked.connect(self._deny)
        self.close_button = button("Fechar", primary=not doubtful)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        row.addWidget(self.denied_button)
        row.addWidget(self.verify_button)
        row.addWidget(self.close_button)
        return row

    def _verify(self) -> None:
        self.accept()
        self.verify_requested.emit()

    def _deny(self) -> None:
        self.accept()
        self.denied_requested.emit()
