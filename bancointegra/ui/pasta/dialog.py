"""Pasta monitorada: which folder, for which account, and what is done with what arrives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from bancointegra.domain.conta import Ambiente, ContaBancaria, TipoCobranca
from bancointegra.domain.errors import InputError
from bancointegra.domain.ponte import PreferenciasPasta
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.style import button, label, named

Target = tuple[ContaBancaria, TipoCobranca]

_WIDTH = 640
_EXPLAINED = (
    "Outro programa deixa arquivos de títulos (CSV, XLSX ou NF-e) nesta pasta. O BancoIntegra importa cada um, "
    "registra os boletos se você quiser, e responde ao lado com um arquivo .resultado.json. O mesmo arquivo, ou o "
    "mesmo código do outro programa, duas vezes faz um boleto só."
)
_PRODUCTION = "Os boletos serão registrados no banco de verdade, sem ninguém conferir antes."


class PastaDialog(FormDialog):
    """Tells what was chosen. ``targets`` are the accounts with API Bancária and their cobranças."""

    chosen = Signal(PreferenciasPasta)

    def __init__(
        self, preferencias: PreferenciasPasta, targets: Sequence[Target], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "Pasta monitorada", confirm="Salvar")
        self.setFixedWidth(_WIDTH)
        self._pasta = preferencias.pasta
        self.body.addWidget(label("Pasta monitorada", "heading"))
        self.body.addWidget(label(_EXPLAINED, "muted", wrap=True))
        self.active = QCheckBox("Vigiar a pasta enquanto o programa está aberto")
        self.active.setChecked(preferencias.ativa)
        self.active.toggled.connect(self._show_state)
        self.body.addWidget(self.active)
        self.folder = QLineEdit(str(preferencias.pasta or ""))
        self.target = named(QComboBox(), "Conta e cobrança")
        for conta, tipo in targets:
            self.target.addItem(f"{conta.mnemonico} · {tipo.nome} · {conta.ambiente.value}", (conta, tipo))
        known = [(conta.mnemonico, tipo.nome) for conta, tipo in targets]
        wanted = (preferencias.conta, preferencias.cobranca)
        self.target.setCurrentIndex(known.index(wanted) if wanted in known else 0 if targets else -1)
        self.target.currentIndexChanged.connect(self._show_state)
        self.register = QCheckBox("Registrar os boletos automaticamente")
        self.register.setChecked(preferencias.registrar)
        self.register.toggled.connect(self._show_state)
        self.pdf = QCheckBox("Gerar o PDF de cada boleto registrado")
        self.pdf.setChecked(preferencias.gerar_pdf)
        self.warning = label(_PRODUCTION, "warning", wrap=True)
        self.body.addLayout(self._form())
        for widget in (self.register, self.warning, self.pdf):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._show_state()
        self.active.setFocus()

    def submit(self) -> None:
        folder = self._written_folder()
        if self.active.isChecked():
            if folder is None:
                self.show_problem(InputError("Escolha uma pasta que existe.", field="Pasta"), self.folder)
                return
            if self.target.currentIndex() < 0:
                self.show_problem(InputError("Cadastre antes uma conta com API Bancária e um tipo de cobrança."))
                return
        conta, tipo = self.target.currentData() or (None, None)
        self.accept()
        self.chosen.emit(
            PreferenciasPasta(
                ativa=self.active.isChecked(),
                pasta=folder or self._pasta,
                conta=conta.mnemonico if conta else "",
                cobranca=tipo.nome if tipo else "",
                registrar=self.register.isChecked(),
                gerar_pdf=self.pdf.isChecked(),
            )
        )

    def _written_folder(self) -> Path | None:
        """None when what is written names no folder that is there now."""
        text = self.folder.text().strip()
        try:
            folder = Path(text).expanduser()
            return folder.absolute() if text and folder.is_dir() else None
        except (OSError, RuntimeError):  # a name longer than names can be; the home of nobody
            return None

    def _form(self) -> QFormLayout:
        self.folder_button = button("Escolher…", "folder-open")
        self.folder_button.setAutoDefault(False)
        self.folder_button.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(named(self.folder, "Pasta"), 1)
        row.addWidget(self.folder_button)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow("Pasta", row)
        form.addRow("Conta e cobrança", self.target)
        return form

    def _show_state(self) -> None:
        """What counts only while the folder is watched can be changed only then."""
        for widget in (self.folder, self.folder_button, self.target, self.register):
            widget.setEnabled(self.active.isChecked())
        registers = self.active.isChecked() and self.register.isChecked()
        self.pdf.setEnabled(registers)
        conta, _ = self.target.currentData() or (None, None)
        self.warning.setVisible(bool(registers and conta and conta.ambiente is Ambiente.PRODUCAO))

    def _browse(self) -> None:
        dialog = QFileDialog(self, "Pasta monitorada", self.folder.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()
