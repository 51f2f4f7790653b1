"""The card above all: the code of the bill, and Consultar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bancointegra.domain.digitacao_codigo import DigitacaoCodigo
from bancointegra.domain.errors import AppError
from bancointegra.domain.leitura_codigo import LeituraCodigo
from bancointegra.services.leitura_arquivo import LeituraArquivoService
from bancointegra.ui.feedback import Tone
from bancointegra.ui.icons import pixmap
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.pagamento.actions import LOTE
from bancointegra.ui.pagamento.code_field import NAME, CodeField
from bancointegra.ui.pagamento.code_texts import digitacao_line
from bancointegra.ui.pagamento.file_reading import FileReading
from bancointegra.ui.style import button, field_label, label, set_property, tool_button
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.inline_progress import InlineProgress

CONSULTAR = "Consultar"
_ROLES = {Tone.INFO: "muted", Tone.SUCCESS: "success", Tone.WARNING: "danger"}


class CodeCard(Card):
    """Asks for a code and says what it is; consulting it is the page's work. ``header`` stands at the top right."""

    consultar_wanted = Signal(object)
    """The ``LeituraCodigo`` of the bill to look up."""
    changed = Signal()
    """Another code, or none, is in the field."""
    failed = Signal(AppError)

    def __init__(
        self, jobs: Jobs, leitura: LeituraArquivoService, today: Callable[[], date], header: QWidget | None = None
    ) -> None:
        super().__init__(margin=12)
        self.field = CodeField(today)
        self.file_button = tool_button("upload", "Ler de um PDF ou imagem (Ctrl+O)")
        self.lote_button = button(LOTE.label, LOTE.icon, tooltip=LOTE.tooltip)
        self.consultar_button = button(CONSULTAR, "search", primary=True, tooltip="Consultar a conta (F5)")
        self.consultar_button.setProperty("manualPage", "pagar-contas")
        self._icon = QLabel()
        self.said = label("", "muted", wrap=True)
        self.progress = InlineProgress(keeps_place=False)
        self.reading = FileReading(jobs, leitura, self.progress, self)
        self._arrange(header)
        self._connect()
        self._tell(self.field.digitacao)

    def consultar(self) -> None:
        """What F5 and Enter do; without a whole code the keyboard goes to the field."""
        leitura = self.field.settle()
        if leitura is None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tell(self.field.digitacao, asked=True)
            return
        self.consultar_wanted.emit(leitura)

    def show_leitura(self, leitura: LeituraCodigo) -> None:
        """Put a code that was read from a file into the field, and consult it."""
        self.field.set_leitura(leitura)
        self.consultar()

    def clear(self) -> None:
        self.field.clear()

    def _arrange(self, header: QWidget | None) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.file_button)
        row.addWidget(self.lote_button)
        row.addWidget(self.consultar_button)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.said, 1)
        below.addWidget(self.progress)
        self.body.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(field_label(NAME, self.field), 0, Qt.AlignmentFlag.AlignBottom)
        if header:
            top.addSpacing(24)
            top.addWidget(header, 1)
        self.body.addLayout(top)
        self.body.addLayout(row)
        self.body.addLayout(below)

    def _connect(self) -> None:
        self.field.digitado.connect(self._tell)
        self.field.digitado.connect(lambda _digitacao: self.changed.emit())
        self.field.returnPressed.connect(self.consultar)
        self.field.file_given.connect(self.reading.read_file)
        self.field.picture_given.connect(self.reading.read_picture)
        self.file_button.clicked.connect(self.reading.choose_file)
        self.consultar_button.clicked.connect(self.consultar)
        self.reading.found.connect(self.show_leitura)
        self.reading.failed.connect(self.failed)

    def _tell(self, digitacao: DigitacaoCodigo, *, asked: bool = False) -> None:
        text, tone = digitacao_line(digitacao)
        if asked and tone is Tone.INFO:
            tone = Tone.WARNING
        self.said.setText(text)
        set_property(self.said, "role", _ROLES[tone])
        self._icon.setPixmap(pixmap(*tone.value, ratio=self.devicePixelRatioF()))
        self._icon.setVisible(tone is not Tone.INFO)
        self.field.setAccessibleDescription(text)
