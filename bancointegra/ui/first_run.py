"""The first page a new user sees: try it with the simulated bank, or set up the own account."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bancointegra.domain.errors import AppError
from bancointegra.ui.feedback import show_error
from bancointegra.ui.icons import application_icon, pixmap
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import button, label
from bancointegra.ui.widgets.card import Card

_WIDTH = 720
_LOGO = 48
_ICON = 24


class FirstRunPage(QWidget):
    """``experimentar`` runs in the background; it may take a while, and fail with a sentence."""

    ready = Signal(object)
    """The simulation is there: what ``experimentar`` returned."""
    conta_wanted = Signal()
    """The clerk wants to set up the own account."""

    def __init__(
        self,
        jobs: Jobs,
        *,
        experimentar: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._jobs = jobs
        self._experimentar = experimentar
        self._icons: list[tuple[QLabel, str]] = []
        self.try_button = button("Experimentar com o banco simulado", primary=True)
        self.try_button.clicked.connect(self._try)
        self.conta_button = button("Configurar minha conta")
        for choice in (self.try_button, self.conta_button):
            choice.setAutoDefault(True)  # Enter presses the one that has the focus
        self.conta_button.clicked.connect(self.conta_wanted)
        self._note = label("", "muted")
        choices = QGridLayout()
        choices.setSpacing(12)
        for column, card in enumerate((self._try_card(), self._conta_card())):
            choices.addWidget(card, 0, column)
            choices.setColumnStretch(column, 1)
        inside = QWidget()
        inside.setFixedWidth(_WIDTH)
        content = QVBoxLayout(inside)
        content.setSpacing(8)
        content.addLayout(self._heading())
        content.addSpacing(8)
        content.addLayout(choices)
        content.addWidget(self._note, 0, Qt.AlignmentFlag.AlignHCenter)
        page = QVBoxLayout(self)
        page.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(inside)
        middle.addStretch(1)
        page.addLayout(middle)
        page.addStretch(2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icons()

    def _try(self) -> None:
        self._set_busy("Preparando o banco simulado…")
        self._jobs.run(lambda _ctx: self._experimentar(), owner=self, done=self._tried, failed=self._failed)

    def _tried(self, result: object) -> None:
        self._set_busy("")
        self.ready.emit(result)

    def _failed(self, error: AppError) -> None:
        self._set_busy("")
        show_error(self, error)

    def _set_busy(self, text: str) -> None:
        self._note.setText(text)
        self.try_button.setEnabled(not text)
        self.conta_button.setEnabled(not text)

    def _heading(self) -> QHBoxLayout:
        logo = QLabel()
        logo.setPixmap(application_icon().pixmap(_LOGO, _LOGO))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label("BancoIntegra", "heading"))
        purpose = "Boletos do Itaú registrados, consultados e impressos, sem nada acontecer duas vezes."
        texts.addWidget(label(purpose, "muted"))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(logo)
        row.addLayout(texts, 1)
        return row

    def _try_card(self) -> Card:
        return self._card(
            "flask-conical",
            "Conhecer o programa",
            "Um banco simulado neste computador, com títulos de exemplo. Registre, consulte e imprima à vontade: "
            "nada sai daqui.",
            self.try_button,
        )

    def _conta_card(self) -> Card:
        return self._card(
            "landmark",
            "Trabalhar com a sua conta",
            "Tenha à mão agência, conta e o ClientID do Itaú. O certificado pode ser importado, ou pedido ao banco "
            "com o assistente.",
            self.conta_button,
        )

    def _card(self, icon_name: str, title: str, text: str, action: QPushButton) -> Card:
        card = Card()
        image = QLabel()
        self._icons.append((image, icon_name))
        card.body.addWidget(image)
        card.body.addWidget(label(title, "strong"))
        card.body.addWidget(label(text, "muted", wrap=True))
        card.body.addStretch(1)
        card.body.addSpacing(8)
        card.body.addWidget(action)
        self._paint_icons()
        return card

    def _paint_icons(self) -> None:
        for image, icon_name in getattr(self, "_icons", ()):
            image.setPixmap(pixmap(icon_name, "accent", _ICON, self.devicePixelRatioF()))
