"""The field for a linha digitável or bar code: typed, scanned, pasted, or dropped as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from bancointegra.domain.digitacao_codigo import DigitacaoCodigo, follow_digitacao
from bancointegra.domain.leitura_codigo import LeituraCodigo
from bancointegra.ui.style import set_property
from bancointegra.ui.theme import mono_font

NAME = "Linha digitável ou código de barras"


class CodeField(QLineEdit):
    """Groups the digits while they are typed; ``digitacao`` is what they say so far."""

    digitado = Signal(object)
    """A ``DigitacaoCodigo``, whenever the digits changed."""
    file_given = Signal(Path)
    """A file was dropped or pasted."""
    picture_given = Signal(bytes)
    """A picture was pasted; as PNG."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._digitacao = follow_digitacao("", today())
        self.setFont(mono_font())
        self.setProperty("role", "mono")
        self.setAccessibleName(NAME)
        self.setPlaceholderText("00000.00000 00000.000000 00000.000000 0 00000000000000")
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(True)
        self.textEdited.connect(self._regroup)
        self.textChanged.connect(self._notice_clearing)

    @property
    def digitacao(self) -> DigitacaoCodigo:
        return self._digitacao

    @property
    def leitura(self) -> LeituraCodigo | None:
        """The code, once it is whole and its digits agree."""
        return self._digitacao.leitura if self._digitacao.valida else None

    def set_leitura(self, leitura: LeituraCodigo) -> None:
        """Show a code that was read elsewhere, as its line."""
        self._show(leitura.linha_digitavel or leitura.entrada)

    def settle(self) -> LeituraCodigo | None:
        """Scanned bars are written out as the line that is printed above them; returns what was read."""
        leitura = self.leitura
        if leitura and leitura.linha_digitavel and leitura.linha_digitavel != self._digitacao.digitos:
            self._show(leitura.linha_digitavel)
        return leitura

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._take(QGuiApplication.clipboard().mimeData()):
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if self._take(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dropEvent(event)

    def _take(self, data: QMimeData) -> bool:
        """Take files and pictures; text is for Qt."""
        if files := _files(data):
            self.file_given.emit(files[0])
            return True
        if data.hasImage() and not data.hasText():
            self.picture_given.emit(_as_png(QImage(data.imageData())))
            return True
        return False

    def _regroup(self, text: str) -> None:
        before = text[: self.cursorPosition()]
        behind_cursor = sum(char.isdigit() for char in text[len(before) :])
        pasted = abs(len(text) - len(self._digitacao.agrupado)) > 1
        self._read(text)
        if pasted:
            self.settle()
        if self._digitacao.agrupado != text:
            self.setText(self._digitacao.agrupado)
            self.setCursorPosition(_before_last(self._digitacao.agrupado, behind_cursor))

    def _notice_clearing(self, text: str) -> None:
        """Qt's own button and ``clear`` edit without saying so."""
        if not text and self._digitacao.digitos:
            self._read("")

    def _show(self, digits: str) -> None:
        self._read(digits)
        self.setText(self._digitacao.agrupado)

    def _read(self, text: str) -> None:
        self._digitacao = follow_digitacao(text, self._today())
        self._tell()

    def _tell(self) -> None:
        whole_and_wrong = self._digitacao.leitura is not None and not self._digitacao.valida
        set_property(self, "wrong", bool(self._digitacao.errados) or whole_and_wrong)
        self.digitado.emit(self._digitacao)


def _before_last(text: str, digits: int) -> int:
    """The position in ``text`` that leaves so many digits behind it."""
    for position in range(len(text), -1, -1):
        if sum(char.isdigit() for char in text[position:]) == digits:
            return position
    return len(text)


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _as_png(image: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt's stubs want bytes
    return bytes(content.data())
