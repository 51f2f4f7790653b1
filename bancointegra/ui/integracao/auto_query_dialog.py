"""How often the program asks the bank by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.integracao.auto_query import INTERVALOS, NUNCA
from bancointegra.ui.style import label

_WIDTH = 460
_EXPLAINED = (
    "Com o programa aberto, o banco é consultado sobre todos os títulos REGISTRADO das contas com API Bancária. "
    "Um aviso na barra de status diz quantos foram liquidados ou baixados. Durante um lote, nada é consultado."
)


class AutoQueryDialog(FormDialog):
    """Tells the minutes chosen; ``NUNCA`` for never."""

    chosen = Signal(int)

    def __init__(self, minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Consulta automática")
        self.setFixedWidth(_WIDTH)
        self.body.addWidget(label("Consulta automática", "heading"))
        self.body.addWidget(label(_EXPLAINED, "muted", wrap=True))
        self.radios = {each: QRadioButton(_words(each)) for each in INTERVALOS}
        for each, radio in self.radios.items():
            radio.setChecked(each == minutes)
            self.body.addWidget(radio, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.radios[minutes].setFocus()

    def submit(self) -> None:
        chosen = next(minutes for minutes, radio in self.radios.items() if radio.isChecked())
        self.accept()
        self.chosen.emit(chosen)


def _words(minutes: int) -> str:
    return "Nunca" if minutes == NUNCA else f"A cada {minutes} minutos"
