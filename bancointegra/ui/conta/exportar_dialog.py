"""Exportar: a copy of certificate and key, in the forms other programs ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from bancointegra.domain.errors import InputError
from bancointegra.ui.conta.fields import password_field
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.style import button, field_label, label
from bancointegra.ui.widgets.card import Card

_FORMATOS = {
    "crt": ("Certificado (.crt)", True),
    "key": ("Chave privada (.key)", True),
    "csr": ("Pedido do certificado (.csr)", False),
    "pfx": ("Certificado e chave juntos (.pfx)", False),
}
_SECRET = ("key", "pfx")
_WIDTH = 560


@dataclass(frozen=True, slots=True)
class PedidoExportacao:
    """What to write and where; an empty ``senha`` leaves the key open."""

    pasta: Path
    formatos: tuple[str, ...]
    senha: str = field(default="", repr=False)


class ExportarDialog(FormDialog):
    """Asks; ``on_confirmed`` gets the frozen request."""

    def __init__(self, parent: QWidget | None, on_confirmed: Callable[[PedidoExportacao], None]) -> None:
        super().__init__(parent, "Exportar certificado", confirm="Exportar")
        self._on_confirmed = on_confirmed
        self.setMinimumWidth(_WIDTH)
        self.boxes = {name: QCheckBox(words) for name, (words, _) in _FORMATOS.items()}
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.folder = QLineEdit(documents)
        self.password = password_field("vazia deixa a chave aberta")
        self.repeated = password_field()
        browse = button("Escolher…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        card = Card()
        card.body.addWidget(label("O que gravar", "strong"))
        for name, box in self.boxes.items():
            box.setChecked(_FORMATOS[name][1])
            box.toggled.connect(lambda _: self._show_password())
            card.body.addWidget(box)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        grid.addWidget(field_label("Pasta", self.folder), 0, 0)
        grid.addLayout(where, 0, 1)
        for row, (name, edit) in enumerate((("Senha", self.password), ("Repita a senha", self.repeated)), 1):
            grid.addWidget(field_label(name, edit), row, 0)
            grid.addWidget(edit, row, 1)
        card.body.addLayout(grid)
        warning = "Quem tem a chave e o ClientSecret age em nome da empresa: guarde a cópia num lugar seguro."
        card.body.addWidget(label(warning, "small", wrap=True))
        self.body.addWidget(card)
        self.body.addStretch(1)

    def submit(self) -> None:
        try:
            pedido = self._read()
        except InputError as error:
            edits = {"Pasta": self.folder, "Senha": self.password, "Repita a senha": self.repeated}
            self.show_problem(error, edits.get(error.field))
            return
        self.accept()
        self._on_confirmed(pedido)

    def _read(self) -> PedidoExportacao:
        formatos = tuple(name for name, box in self.boxes.items() if box.isChecked())
        if not formatos:
            raise InputError("Escolha ao menos um arquivo para gravar.")
        folder = self.folder.text().strip()
        if not folder:
            raise InputError("Falta a pasta.", field="Pasta")
        pasta = Path(folder)
        if not pasta.is_absolute():
            hint = "Use Escolher… ou escreva o caminho inteiro."
            raise InputError(f"“{folder[:40]}” não diz em que disco fica.", field="Pasta", hint=hint)
        senha = self.password.text() if self.password.isEnabled() else ""
        if senha and senha != self.repeated.text():
            raise InputError("As duas senhas são diferentes.", field="Repita a senha")
        return PedidoExportacao(pasta, formatos, senha)

    def _show_password(self) -> None:
        secret = any(self.boxes[name].isChecked() for name in _SECRET)
        self.password.setEnabled(secret)
        self.repeated.setEnabled(secret)

    def _browse(self) -> None:
        dialog = QFileDialog(self, "Pasta da cópia", self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()
