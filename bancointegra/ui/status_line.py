"""The line at the bottom: the last result, what waits for the bank's word, and the days left on the certificate."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from bancointegra.ui.feedback import Tone
from bancointegra.ui.icons import pixmap
from bancointegra.ui.style import label, link_button, set_property
from bancointegra.ui.widgets.labels import ElidedLabel

_DAYS_TO_WARN, _DAYS_TO_RENEW = 60, 30


class StatusLine(QStatusBar):
    """Messages stay until the next one: a clerk who looked away finds the result still there."""

    a_confirmar_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._icon = QLabel()
        self._message = ElidedLabel()
        self.a_confirmar_button = link_button("", warning=True)
        self.a_confirmar_button.setToolTip("Mostrar os títulos ou pagamentos cuja resposta do banco não chegou")
        self.a_confirmar_button.clicked.connect(self.a_confirmar_clicked)
        self._certificate = label()
        self.addWidget(self._icon)
        self.addWidget(self._message, 1)
        self.addPermanentWidget(self.a_confirmar_button)
        self.addPermanentWidget(self._certificate)
        self.setContentsMargins(12, 2, 12, 2)
        self._icon.hide()
        self.set_a_confirmar(0)
        self.set_certificate_days(None)

    @property
    def message(self) -> str:
        return self._message.full_text

    def say(self, text: str, tone: Tone = Tone.INFO) -> None:
        """Show the result of the last operation. ``INFO`` goes without an icon."""
        self._message.set_text(text)
        self._icon.setVisible(tone is not Tone.INFO and bool(text))
        self._icon.setPixmap(pixmap(*tone.value, ratio=self.devicePixelRatioF()))

    def set_a_confirmar(self, count: int) -> None:
        """How many títulos wait for the bank's word; nothing is shown for none."""
        self.a_confirmar_button.setText(f"{count} a confirmar")
        self.a_confirmar_button.setVisible(count > 0)

    def set_certificate_days(self, days: int | None) -> None:
        """Days until the certificate of the current account expires; None: there is none."""
        self._certificate.setVisible(days is not None)
        if days is None:
            return
        self._certificate.setText(_certificate_text(days))
        self._certificate.setToolTip("Validade do certificado da conta")
        soon = "warning" if days <= _DAYS_TO_WARN else "muted"
        set_property(self._certificate, "role", "danger" if days <= _DAYS_TO_RENEW else soon)


def _certificate_text(days: int) -> str:
    if days < 0:
        return "certificado vencido"
    if days == 0:
        return "certificado vence hoje"
    return f"certificado: {days} dia" + ("s" if days > 1 else "")
