"""What every form in a dialog has: a body, a line for what is wrong, and two buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bancointegra.domain.errors import AppError
from bancointegra.ui.style import button, label, set_property


class FormDialog(QDialog):
    """Enter confirms, Esc leaves. Subclasses fill ``body`` and override ``submit``."""

    def __init__(self, parent: QWidget | None, title: str, *, confirm: str = "OK") -> None:
        self._grows = False
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._wrong: QWidget | None = None
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._problem = label("", "danger", wrap=True)
        self._problem.hide()
        self.cancel_button = button("Cancelar")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self.confirm_button = button(confirm, primary=True)
        self.confirm_button.setDefault(True)
        self.confirm_button.clicked.connect(self.submit)
        self._buttons = buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._problem, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.confirm_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self.body, 1)
        column.addLayout(buttons)

    def grow_with_texts(self) -> None:
        """Be as high as wrapped texts need, also those that appear later: Qt does not ask a dialog for it."""
        self._grows = True

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._grows and self.isVisible():
            layout = self.layout()
            if layout is not None and layout.hasHeightForWidth():
                self.setMinimumHeight(layout.totalHeightForWidth(self.width()))
        return done

    def add_button(self, extra: QPushButton) -> None:
        """Put one more button before Cancelar; Enter does not press it."""
        extra.setAutoDefault(False)
        self._buttons.insertWidget(self._buttons.indexOf(self.cancel_button), extra)

    def submit(self) -> None:
        """The clerk confirmed."""
        self.accept()

    @property
    def problem(self) -> str:
        """What the clerk was told is wrong; empty when nothing is."""
        return self._problem.text()

    def show_problem(self, error: AppError, field: QLineEdit | None = None) -> None:
        """Say what is wrong without closing; ``field`` is marked until it changes."""
        self.clear_problem()
        self._problem.setText(str(error))
        self._problem.show()
        if field is not None:
            self._wrong = field
            set_property(field, "wrong", True)
            field.setFocus()
            field.selectAll()
            field.textEdited.connect(self.clear_problem, Qt.ConnectionType.SingleShotConnection)

    def clear_problem(self) -> None:
        self._problem.clear()
        self._problem.hide()
        if self._wrong is not None:
            set_property(self._wrong, "wrong", False)
            self._wrong = None

    def set_busy(self, busy: bool) -> None:
        """While what was confirmed is being done, nothing can be confirmed again."""
        self.confirm_button.setEnabled(not busy)
        if busy:
            self.clear_problem()
