"""The keys of the screen Importar títulos: what the page binds, and what the help shows."""

from __future__ import annotations

SHORTCUTS = (
    ("Ctrl+O", "Escolher arquivos para importar"),
    ("F5", "Ler os arquivos de novo"),
    ("Alt+I", "Importar o que foi conferido"),
)
