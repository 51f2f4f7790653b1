"""What became of each bill of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from bancointegra.domain.order import Desfecho
from bancointegra.ui.icons import icon
from bancointegra.ui.style import button, label
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.reading_table import ReadingTable

if TYPE_CHECKING:
    from bancointegra.ui.pagamento.pay_many import LinhaResultado

_SIZE = (860, 440)
_TITLES = ("Beneficiário", "Valor", "Resultado", "Mensagem")
_VALOR, _RESULT = 1, 2
_WIDTHS = (220, 110, 150)
_WORDS = {
    Desfecho.CONFIRMADA: ("Pago", "circle-check", "success"),
    Desfecho.RECUSADA: ("Recusado", "circle-x", "danger"),
    Desfecho.NAO_ENVIADA: ("Não pago", "circle-alert", "danger"),
    Desfecho.A_CONFIRMAR: ("A CONFIRMAR", "clock", "warning"),
    Desfecho.AGUARDANDO: ("Aguardando", "hourglass", "warning"),
}
_WORST_FIRST = (
    Desfecho.A_CONFIRMAR,
    Desfecho.RECUSADA,
    Desfecho.NAO_ENVIADA,
    Desfecho.AGUARDANDO,
    Desfecho.CONFIRMADA,
)


class ResultadosDialog(QDialog):
    """What needs attention first."""

    def __init__(self, sentence: str, lines: Sequence[LinhaResultado], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Pagar: resultados")
        self.resize(*_SIZE)
        self._lines = sorted(lines, key=lambda line: _WORST_FIRST.index(line.resultado.desfecho))
        self.table = ReadingTable("Resultados por conta", _TITLES, _WIDTHS, right=_VALOR)
        self.table.show_rows(
            [_texts(line) for line in self._lines],
            {(row, _RESULT): icon(*_WORDS[line.resultado.desfecho][1:]) for row, line in enumerate(self._lines)},
        )
        self.copy_button = button("Copiar", "copy", tooltip="Copiar a lista")
        self.copy_button.clicked.connect(self.copy)
        self.close_button = button("Fechar", primary=True)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        card = Card(margin=1)
        card.body.addWidget(self.table)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(sentence, "heading", wrap=True))
        column.addWidget(card, 1)
        column.addLayout(buttons)

    def copy(self) -> None:
        """The list on the clipboard, as a spreadsheet takes it."""
        rows = ["\t".join(_TITLES), *("\t".join(_texts(line)) for line in self._lines)]
        QGuiApplication.clipboard().setText("\n".join(rows))


def _texts(line: LinhaResultado) -> tuple[str, str, str, str]:
    word = _WORDS[line.resultado.desfecho][0]
    return line.beneficiario, str(line.valor or ""), word, line.resultado.mensagem
