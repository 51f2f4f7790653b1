"""The master password, asked where the system offers no vault (never on Windows)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from bancointegra.domain.errors import InputError
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.style import label, named

_MINIMUM = 8


class MasterPasswordDialog(FormDialog):
    """Asks once for a vault that exists, twice for a new one. ``password`` is what was given."""

    def __init__(self, parent: QWidget | None, *, new: bool) -> None:
        super().__init__(parent, "Cofre de senhas", confirm="Abrir" if not new else "Criar cofre")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        text = (
            "Este computador não oferece um cofre de senhas. Escolha uma senha mestra: ela cifra o ClientSecret e a "
            "chave do certificado, e será pedida ao abrir o programa. Não há como recuperá-la."
            if new
            else "Informe a senha mestra que abre o cofre deste programa."
        )
        self.body.addWidget(label(text, wrap=True))
        self.first = self._field("Senha mestra")
        self.second = self._field("Repita a senha mestra") if new else None
        form = QFormLayout()
        form.addRow("Senha mestra", self.first)
        if self.second is not None:
            form.addRow("Repita", self.second)
        self.body.addLayout(form)
        self.setFixedWidth(460)
        self.first.setFocus()

    @property
    def password(self) -> str:
        return self.first.text()

    def submit(self) -> None:
        if not self.password:
            self.show_problem(InputError("Falta a senha mestra."), self.first)
        elif self.second is not None and len(self.password) < _MINIMUM:
            self.show_problem(InputError(f"A senha mestra precisa de ao menos {_MINIMUM} caracteres."), self.first)
        elif self.second is not None and self.password != self.second.text():
            self.show_problem(InputError("As duas senhas são diferentes."), self.second)
        else:
            self.accept()

    @staticmethod
    def _field(name: str) -> QLineEdit:
        field = named(QLineEdit(), name)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field


class MasterPasswordAsker(QObject):
    """Callable from any thread: the dialog opens on the main thread and the caller waits for its answer.

    ``is_new`` tells whether there is no vault yet. The answer is "" when the clerk cancelled.
    """

    _wanted = Signal()

    def __init__(self, is_new: Callable[[], bool]) -> None:
        super().__init__()
        self._is_new = is_new
        self._answer = ""
        self._wanted.connect(self._ask, Qt.ConnectionType.BlockingQueuedConnection)

    def __call__(self) -> str:
        if QThread.currentThread() is self.thread():
            self._ask()
        else:
            self._wanted.emit()
        answer, self._answer = self._answer, ""
        return answer

    @Slot()
    def _ask(self) -> None:
        dialog = MasterPasswordDialog(None, new=self._is_new())
        self._answer = dialog.password if dialog.exec() else ""
        dialog.deleteLater()
