"""The steps of the wizard at its left: done, present, to come. A word and a mark, never colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bancointegra.domain.certificado import Passo
from bancointegra.ui.icons import pixmap
from bancointegra.ui.style import label, set_property

_WIDTH = 190
_ICON = 18


class StepList(QWidget):
    """Shows; it cannot be clicked, for each step needs the one before."""

    def __init__(self, passos: Sequence[Passo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passos = tuple(passos)
        self.current = self._passos[0]
        self.setFixedWidth(_WIDTH)
        self._rows: list[tuple[QLabel, QLabel]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 12, 4, 0)
        grid.setVerticalSpacing(16)
        grid.setColumnStretch(1, 1)
        for at, passo in enumerate(self._passos):
            mark, name = QLabel(), label(f"{at + 1}  {passo.value}")
            grid.addWidget(mark, at, 0)
            grid.addWidget(name, at, 1)
            self._rows.append((mark, name))
        grid.setRowStretch(len(self._passos), 1)

    def show_current(self, passo: Passo) -> None:
        """Everything before ``passo`` is done."""
        self.current = passo
        self._paint(self._passos.index(passo))

    def finish(self) -> None:
        """All steps are done."""
        self._paint(len(self._passos))

    def _paint(self, present: int) -> None:
        for at, (mark, name) in enumerate(self._rows):
            icon_name, colour, role, state = (
                ("circle-check", "success", "muted", "feito")
                if at < present
                else ("chevron-right", "accent", "strong", "agora")
                if at == present
                else ("minus", "muted", "muted", "depois")
            )
            mark.setPixmap(pixmap(icon_name, colour, _ICON, self.devicePixelRatioF()))
            set_property(name, "role", role)
            name.setAccessibleName(f"{name.text()}: {state}")
