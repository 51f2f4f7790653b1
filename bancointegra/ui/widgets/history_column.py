"""A history, one entry under the other: what happened, and in small letters when, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from bancointegra.domain.titulo import HistoryEntry
from bancointegra.ui.style import label
from bancointegra.ui.widgets.labels import ElidedLabel
from bancointegra.ui.widgets.layouts import clear_layout


class HistoryColumn(QVBoxLayout):
    """Shows the entries in the order they are given in."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(0)

    def show_entries(self, history: Sequence[HistoryEntry]) -> None:
        clear_layout(self)
        for entry in history:
            self.addWidget(ElidedLabel(entry.texto))
            note = label(_details(entry), "small", wrap=True)
            note.setContentsMargins(0, 0, 0, 6)
            self.addWidget(note)


def _details(entry: HistoryEntry) -> str:
    """``23/11/2026 14:32 · Carla · Nosso número 109/00000412-5``."""
    return " · ".join(part for part in (f"{entry.em:%d/%m/%Y %H:%M}", entry.quem, entry.detalhe) if part)
