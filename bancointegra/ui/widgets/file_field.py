"""A field for a file: typed, or found with the magnifier."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from bancointegra.domain.errors import InputError
from bancointegra.ui.style import icon_action

_LARGEST = 1_000_000
"""A certificate or key has a few kilobytes; anything beyond this is another file."""


class FileField(QLineEdit):
    """``name_filter`` is Qt's, such as ``"Certificado (*.crt *.cer *.pem)"``."""

    def __init__(self, title: str, name_filter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._name_filter = title, name_filter
        self.setPlaceholderText(name_filter)
        self.addAction(
            icon_action(self, "search", f"Procurar {title} (F4)", self.browse),
            QLineEdit.ActionPosition.TrailingPosition,
        )

    def browse(self) -> None:
        """Let the clerk find the file."""
        dialog = QFileDialog(self, self._title, self._folder(), f"{self._name_filter};;Todos os arquivos (*)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.setText)
        dialog.open()

    def read(self) -> bytes:
        """What is in the file. Raises ``InputError`` when it is missing, unreadable or much too large."""
        name = self.text().strip()
        if not name:
            raise InputError(f"Falta o arquivo: {self._title}.", field=self._title)
        path = Path(name)
        try:
            path = path.expanduser()
            if path.stat().st_size > _LARGEST:
                raise InputError(f"{path.name} é grande demais para ser {self._title}.", field=self._title)
            return path.read_bytes()
        except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name; the home of nobody
            raise InputError(
                f"Não foi possível ler {path.name}.",
                field=self._title,
                hint="Confira se o arquivo existe e se você tem permissão de leitura.",
            ) from error

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4:
            self.browse()
        else:
            super().keyPressEvent(event)

    def _folder(self) -> str:
        """Where to begin to look: beside what is typed, if that is somewhere."""
        typed = Path(self.text().strip())
        return str(typed.parent if typed.is_absolute() else Path.home())
