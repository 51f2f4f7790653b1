"""The last question before a copy takes the place of the data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from bancointegra.domain.copia import ConteudoCopia
from bancointegra.ui.copia import texts
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.style import label

_WIDTH = 560


class RestaurarDialog(FormDialog):
    """Nothing happens before the box is checked."""

    confirmed = Signal(Path)

    def __init__(self, path: Path, conteudo: ConteudoCopia, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Restaurar cópia de segurança", confirm="Restaurar esta cópia")
        self._path = path
        self.setFixedWidth(_WIDTH)
        self.body.addWidget(label("Voltar os dados ao que está nesta cópia?", "heading", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        for name, text in (("Arquivo", path.name), *texts.describe(conteudo)):
            form.addRow(label(name, "label"), label(text, wrap=True))
        self.body.addLayout(form)
        for text in texts.consequences(conteudo):
            self.body.addWidget(label(text, wrap=True))
        self.understood = QCheckBox(texts.UNDERSTOOD)
        self.understood.toggled.connect(self.confirm_button.setEnabled)
        self.confirm_button.setEnabled(False)
        self.body.addWidget(self.understood)
        # Qt asks a layout in a layout for no height that depends on the width: long names would be squeezed away.
        layout = self.layout()
        assert layout is not None
        self.setMinimumHeight(layout.totalHeightForWidth(_WIDTH))
        self.understood.setFocus()

    def submit(self) -> None:
        self.accept()
        self.confirmed.emit(self._path)
