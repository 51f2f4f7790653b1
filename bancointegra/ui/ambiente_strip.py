"""The coloured strip that names where orders go."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bancointegra.domain.conta import Ambiente
from bancointegra.ui.palette import chip_of

_HEIGHT = 26
_MARGIN = 16
_TEXTS = {
    Ambiente.SIMULACAO: "banco simulado neste computador; nada é enviado ao Itaú nem à Celcoin",
    Ambiente.PRODUCAO: "o que for enviado vale de verdade no banco",
}


class AmbienteStrip(QWidget):
    """Colour and words; hidden while there is no account."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.ambiente: Ambiente | None = None
        self.hide()

    def set_ambiente(self, ambiente: Ambiente | None) -> None:
        self.ambiente = ambiente
        self.setAccessibleName(f"{ambiente.value}: {_TEXTS[ambiente]}" if ambiente else "")
        self.setVisible(ambiente is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.ambiente is None:
            return
        colours = chip_of(self.palette(), self.ambiente.value)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.ground))
        painter.setPen(QColor(colours.ink))
        painter.setFont(font)
        text = f"{self.ambiente.value}  ·  {_TEXTS[self.ambiente]}"
        painter.drawText(self.rect().adjusted(_MARGIN, 0, -_MARGIN, 0), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
