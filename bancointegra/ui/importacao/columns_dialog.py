"""Colunas: in which column of the file each field stands."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import INDISPENSAVEIS, OBRIGATORIOS, Campo, Previa
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.importacao.texts import NOMES_DOS_CAMPOS
from bancointegra.ui.style import field_label, label

_NOT_THERE = "não está no arquivo"
_SIZE = (780, 580)
_HALF = (len(Campo) + 1) // 2


class ColunasDialog(FormDialog):
    """Emits ``chosen`` with the column of each field."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None, previa: Previa) -> None:
        super().__init__(parent, "Colunas do arquivo")
        self.fields: dict[Campo, QComboBox] = {}
        self.body.addWidget(
            label(
                "Cada dado do título e a coluna do arquivo em que ele está. A escolha fica guardada para os próximos "
                "arquivos com estas colunas.",
                "muted",
                wrap=True,
            )
        )
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for at, campo in enumerate(Campo):
            combo = self._combo(previa, campo)
            self.fields[campo] = combo
            row, side = at % _HALF, 2 * (at // _HALF)
            grid.addWidget(
                field_label(f"{NOMES_DOS_CAMPOS[campo]}{' *' if campo in OBRIGATORIOS else ''}", combo), row, side
            )
            grid.addWidget(combo, row, side + 1)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(inner)
        self.body.addWidget(area, 1)
        self.resize(*_SIZE)

    def submit(self) -> None:
        places = {campo: combo.currentData() for campo, combo in self.fields.items() if combo.currentData() is not None}
        missing = [NOMES_DOS_CAMPOS[campo] for campo in INDISPENSAVEIS if campo not in places]
        if missing:
            self.show_problem(InputError(f"Diga em que coluna está: {', '.join(missing)}."))
            return
        used = [place for place in places.values() if list(places.values()).count(place) > 1]
        if used:
            twice = [NOMES_DOS_CAMPOS[campo] for campo, place in places.items() if place == used[0]]
            self.show_problem(InputError(f"A mesma coluna serve a {' e a '.join(twice)}.", hint="Escolha outra."))
            return
        self.accept()
        self.chosen.emit(places)

    @staticmethod
    def _combo(previa: Previa, campo: Campo) -> QComboBox:
        combo = QComboBox()
        combo.addItem(_NOT_THERE, None)
        for at, name in enumerate(previa.cabecalho):
            combo.addItem(f"{at + 1} · {name}" if name else f"{at + 1} · (sem nome)", at)
        colunas = previa.leitura.colunas or {}
        combo.setCurrentIndex(combo.findData(colunas[campo]) if campo in colunas else 0)
        return combo
