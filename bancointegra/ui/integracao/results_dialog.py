"""What became of each título of a batch, to be read, copied, and verified."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bancointegra.ui.icons import icon
from bancointegra.ui.integracao.actions import NAO_APROVADO, VERIFICAR
from bancointegra.ui.integracao.batch import BatchReport
from bancointegra.ui.integracao.result_lines import ResultLine, as_tabbed_text, result_lines
from bancointegra.ui.style import button, label, plain_tip
from bancointegra.ui.table.delegate import ROW_HEIGHT
from bancointegra.ui.widgets.card import Card

_SIZE = (960, 480)
_TITLES = ("Título", "Sacado", "Resultado", "Mensagem")
_WIDTHS = (84, 200, 160)
_HIGHEST = 10_000
_PADDING = 5
"""With the 3 px Qt adds, what the header's sections have: titles and texts line up."""


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
        self.table = _ResultsTable(self.lines)
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


class _ResultsTable(QTableWidget):
    """Messages of a bank are long: a row is as high as its message needs."""

    def __init__(self, lines: Sequence[ResultLine]) -> None:
        super().__init__(len(lines), len(_TITLES))
        self._messages = [line.message for line in lines]
        self.setAccessibleName("Resultados por título")
        self.setHorizontalHeaderLabels(_TITLES)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setStyleSheet(f"QTableWidget::item {{ padding: {_PADDING}px; }}")
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for section, width in enumerate(_WIDTHS):
            self.setColumnWidth(section, width)
        for position, line in enumerate(lines):
            self._fill(position, line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Measured here and once for each message: Qt's own way takes seconds for hundreds of rows.
        width = self.columnWidth(len(_TITLES) - 1) - 4 * _PADDING
        heights = {message: self._height_of(message, width) for message in set(self._messages)}
        for position, message in enumerate(self._messages):
            self.setRowHeight(position, heights[message])

    def _height_of(self, message: str, width: int) -> int:
        room = QRect(0, 0, width, _HIGHEST)
        needed = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, message).height()
        return max(ROW_HEIGHT, needed + 4 * _PADDING)

    def _fill(self, position: int, line: ResultLine) -> None:
        items = [_item(text) for text in (line.titulo, line.sacado, line.word, line.message)]
        items[2].setIcon(icon(*line.outcome.value))
        for section, item in enumerate(items):
            self.setItem(position, section, item)


def _item(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(plain_tip(text))
    return item
