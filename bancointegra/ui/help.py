"""Ajuda: the keys, and what the program is made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from bancointegra import __version__
from bancointegra.ui.feedback import MessageDialog, Tone
from bancointegra.ui.resources import FONTS, ICONS
from bancointegra.ui.style import label

Shortcuts = Sequence[tuple[str, str]]

GENERAL_SHORTCUTS: Shortcuts = (
    ("Enter", "Confirma; numa lista, abre a linha"),
    ("Esc", "Fecha o diálogo sem confirmar"),
    ("F4", "Abre o calendário ou a lista do campo"),
    ("Ctrl+Tab", "Próxima aba"),
    ("Ctrl+W", "Fecha a aba"),
    ("F1", "Manual, na página do que está na tela"),
    ("Ctrl+F1", "Esta lista"),
)
LIST_SHORTCUTS: Shortcuts = (
    ("Espaço", "Marca ou desmarca as linhas selecionadas"),
    ("Ctrl+A", "Marca todas"),
    ("Shift+seta", "Seleciona várias linhas"),
    ("Ctrl+C", "Copia as linhas selecionadas"),
)
FIELD_SHORTCUTS: Shortcuts = (
    ("23/11 · 23112026 · +5 · hoje", "Datas podem ser escritas assim"),
    ("1250 · 1.250,00", "Valores podem ser escritos assim"),
    ("Seta para cima ou para baixo", "Muda o dia"),
)
_LICENCES = (
    ("Inter", FONTS / "Inter-LICENSE.txt"),
    ("JetBrains Mono", FONTS / "JetBrainsMono-LICENSE.txt"),
    ("Lucide", ICONS / "Lucide-LICENSE.txt"),
)


class ShortcutsDialog(QDialog):
    """Every key of the program, by subject."""

    def __init__(self, parent: QWidget | None, sections: Sequence[tuple[str, Shortcuts]]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Atalhos do teclado")
        self.resize(520, 560)
        inside = QWidget()
        inside.setProperty("role", "transparent")
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for title, shortcuts in sections:
            grid.addWidget(label(title, "section"), grid.rowCount(), 0, 1, 2)
            for keys, meaning in shortcuts:
                row = grid.rowCount()
                grid.addWidget(label(keys), row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(label(meaning, "muted", wrap=True), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(area)
        column.addWidget(buttons)


def show_about(parent: QWidget | None) -> MessageDialog:
    """Name, version, and the licences of what is shipped with the program."""
    dialog = MessageDialog(
        parent,
        Tone.INFO,
        "Sobre o BancoIntegra",
        f"BancoIntegra {__version__} registra boletos no Itaú e paga contas pela Celcoin; nada acontece duas vezes.",
        hint=(
            f"Feito com Qt {qVersion()} (PySide6, LGPL 3). Letras Inter e JetBrains Mono (SIL OFL 1.1); "
            "ícones Lucide (ISC)."
        ),
        details_name="licenças",
        details="\n\n".join(f"{name}\n\n{path.read_text(encoding='utf-8')}" for name, path in _LICENCES),
    )
    dialog.add_button("Fechar", dialog.accept, default=True)
    dialog.open()
    return dialog
