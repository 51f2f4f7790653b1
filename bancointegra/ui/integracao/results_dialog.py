"""What became of each título of a batch, to be read, copied, and verified."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bancointegra.ui.icons import icon
from bancointegra.ui.integracao.actions import VERIFICAR
from bancointegra.ui.integracao.batch import BatchReport
from bancointegra.ui.integracao.result_lines import ResultLine, as_tabbed_text, result_lines
from bancointegra.ui.style import button, label, named
from bancointegra.ui.widgets.card import Card

_SIZE = (860, 460)
_WIDTHS = (84, 200, 160)
_PADDING = 8
"""What the header's sections have, so that titles and texts line up."""


class ResultsDialog(QDialog):
    """Calls no service: what the clerk wants next goes out as a signal."""

    verify_requested = Signal()
    folder_requested = Signal()

    def __init__(self, report: BatchReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{report.action.label}: resultados")
        self.resize(*_SIZE)
        self.lines = result_lines(report)
        self.table = _table(self.lines)
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
        self.close_button = button("Fechar", primary=not doubtful)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        row.addWidget(self.verify_button)
        row.addWidget(self.close_button)
        return row

    def _verify(self) -> None:
        self.accept()
        self.verify_requested.emit()


def _table(lines: Sequence[ResultLine]) -> QTableWidget:
    table = named(QTableWidget(len(lines), 4), "Resultados por título")
    table.setHorizontalHeaderLabels(["Título", "Sacado", "Resultado", "Mensagem"])
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setTabKeyNavigation(False)
    table.setStyleSheet(f"QTableWidget::item {{ padding: 4px {_PADDING}px; }}")
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
    for section, width in enumerate(_WIDTHS):
        table.setColumnWidth(section, width)
    for position, line in enumerate(lines):
        items = [_item(text) for text in (line.titulo, line.sacado, line.word, line.message)]
        items[2].setIcon(icon(*line.outcome.value))
        for section, item in enumerate(items):
            table.setItem(position, section, item)
    # Messages of a bank are long: the rows grow with them, also when the window is made wider.
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table


def _item(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(text)
    return item
