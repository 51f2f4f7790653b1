"""What the program says: errors, messages and questions. Nothing here blocks: dialogs open, and call back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from bancointegra.domain.errors import AppError, BankRefused, JobCancelled, OutcomeUnknown
from bancointegra.services.incident import Incident, as_app_error
from bancointegra.ui.icons import pixmap
from bancointegra.ui.style import button, label, link_button, named
from bancointegra.ui.theme import mono_font

_ICON_SIZE = 28
_TEXT_WIDTH = 420
_DETAILS_HEIGHT = 160


class Tone(Enum):
    """How a message is meant: the icon, and the token of its colour."""

    INFO = ("info", "accent")
    SUCCESS = ("circle-check", "success")
    QUESTION = ("circle-question-mark", "accent")
    WARNING = ("triangle-alert", "warning")
    DOUBT = ("clock", "warning")
    FAILURE = ("circle-x", "danger")


class MessageDialog(QDialog):
    """A title, a message, what to do next, and details to unfold and copy."""

    def __init__(
        self,
        parent: QWidget | None,
        tone: Tone,
        title: str,
        message: str,
        *,
        hint: str = "",
        details: str = "",
        details_name: str = "detalhes",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.message, self.hint, self.details = message, hint, details
        self._details_name = details_name
        icon = QLabel()
        icon.setPixmap(pixmap(*tone.value, _ICON_SIZE, self.devicePixelRatioF()))
        texts = QVBoxLayout()
        texts.setSpacing(8)
        for widget in (label(title, "strong", wrap=True), self._paragraph(message), self._paragraph(hint, "muted")):
            widget.setVisible(bool(widget.text()))
            widget.setMinimumWidth(_TEXT_WIDTH)
            texts.addWidget(widget)
        self._details = named(QPlainTextEdit(details, readOnly=True), "Detalhes")
        self._details.setFont(mono_font(8))
        self._details.setFixedHeight(_DETAILS_HEIGHT)
        self._details.hide()
        self.unfold_button = link_button(f"Mostrar {details_name}")
        self.unfold_button.setVisible(bool(details))
        self.unfold_button.clicked.connect(self._unfold)
        self.copy_button = button("Copiar", "copy", tooltip="Copiar a mensagem e os detalhes")
        self.copy_button.clicked.connect(self.copy)
        self.copy_button.hide()
        texts.addWidget(self._details)
        self.check = QCheckBox()
        self.check.hide()
        texts.addWidget(self.check)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self.unfold_button)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addLayout(top)
        column.addLayout(self._buttons)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def add_button(self, text: str, on_click: Callable[[], None], *, default: bool = False) -> QPushButton:
        """Add an answer at the right end; the default one answers Enter."""
        result = button(text, primary=default)
        result.setAutoDefault(default)
        result.setDefault(default)
        result.clicked.connect(on_click)
        self._buttons.addWidget(result)
        if default:
            result.setFocus()
        return result

    def copy(self) -> None:
        """Everything it says, on the clipboard."""
        parts = (self.windowTitle(), self.message, self.hint, self.details)
        QGuiApplication.clipboard().setText("\n\n".join(part for part in parts if part))

    def _unfold(self) -> None:
        opened = not self._details.isVisible()
        self._details.setVisible(opened)
        self.unfold_button.setText(f"{'Esconder' if opened else 'Mostrar'} {self._details_name}")

    @staticmethod
    def _paragraph(text: str, role: str = "") -> QLabel:
        result = label(text, role, wrap=True)
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return result


def show_error(parent: QWidget | None, error: BaseException) -> MessageDialog | None:
    """Show what went wrong and what to do; a bug is logged and shown with its incident number, a stop is silence."""
    if isinstance(error, JobCancelled):
        return None
    shown = as_app_error(error)
    dialog = MessageDialog(
        parent,
        _tone_of(shown),
        shown.title,
        _message_of(shown),
        hint=shown.hint,
        details=shown.details if isinstance(shown, Incident) else "",
    )
    dialog.copy_button.show()
    dialog.add_button("Fechar", dialog.accept, default=True)
    dialog.open()
    return dialog


def show_message(
    parent: QWidget | None,
    message: str,
    *,
    title: str = "BancoIntegra",
    tone: Tone = Tone.SUCCESS,
    hint: str = "",
    details: str = "",
) -> MessageDialog:
    """A sentence to be read and closed, such as the manual's “Boletos registrados com sucesso!”."""
    dialog = MessageDialog(parent, tone, title, message, hint=hint, details=details)
    dialog.add_button("OK", dialog.accept, default=True)
    dialog.open()
    return dialog


def ask(
    parent: QWidget | None,
    question: str,
    *,
    on_yes: Callable[[bool], None],
    on_no: Callable[[bool], None] | None = None,
    title: str = "Confirme",
    hint: str = "",
    apply_to_all: str = "",
) -> MessageDialog:
    """Ask Sim or Não. The answer's callback gets whether the box ``apply_to_all`` (its text) was checked.

    Esc and closing the window mean Não.
    """
    dialog = MessageDialog(parent, Tone.QUESTION, title, question, hint=hint)
    dialog.check.setText(apply_to_all)
    dialog.check.setVisible(bool(apply_to_all))
    dialog.add_button("&Não", dialog.reject)
    dialog.add_button("&Sim", dialog.accept, default=True)
    dialog.accepted.connect(lambda: on_yes(dialog.check.isChecked()))
    if on_no:
        dialog.rejected.connect(lambda: on_no(dialog.check.isChecked()))
    dialog.open()
    return dialog


def install_excepthook() -> None:
    """Have every unforeseen exception of the main thread logged, and shown once with its incident number."""

    shown: MessageDialog | None = None

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        nonlocal shown
        incident = as_app_error(error)
        # A bug in painting comes back with every frame: one dialog at a time is enough.
        if shown is None or not isValid(shown):
            shown = show_error(QApplication.activeWindow(), incident)

    sys.excepthook = hook


def _tone_of(error: AppError) -> Tone:
    if isinstance(error, OutcomeUnknown):
        return Tone.DOUBT
    return Tone.FAILURE if isinstance(error, Incident) else Tone.WARNING


def _message_of(error: AppError) -> str:
    """The message, and below it the bank's own words for each reason it gave."""
    reasons = error.refusals if isinstance(error, BankRefused) else ()
    lines = [f"• {reason.field}: {reason.message}" if reason.field else f"• {reason.message}" for reason in reasons]
    return "\n".join([error.message, *lines])
