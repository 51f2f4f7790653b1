"""Names and amounts in two columns, the amounts in line at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from bancointegra.ui.style import label
from bancointegra.ui.widgets.labels import ElidedLabel
from bancointegra.ui.widgets.layouts import clear_layout


class ValoresGrid(QWidget):
    """Shows what ``show_rows`` is given; the same names in the same order only change their values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._values: dict[str, ElidedLabel] = {}

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        if [name for name, _ in rows] != list(self._values):
            self._rebuild([name for name, _ in rows])
        for name, text in rows:
            self._values[name].set_text(text)
            self._values[name].setAccessibleName(f"{name}: {text}")

    def value_of(self, name: str) -> str:
        """What stands beside ``name``."""
        return self._values[name].full_text

    def _rebuild(self, names: Sequence[str]) -> None:
        clear_layout(self._grid)
        self._values = {}
        for row, name in enumerate(names):
            value = ElidedLabel()
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(label(name, "muted"), row, 0)
            self._grid.addWidget(value, row, 1)
            self._values[name] = value
