"""The keys of every register, for the help."""

from __future__ import annotations

SHORTCUTS = (
    ("Ctrl+N", "Incluir"),
    ("Enter", "Abrir ou renomear"),
    ("Del", "Excluir"),
    ("Ctrl+F", "Pesquisar"),
    ("F5", "Ler o cadastro de novo"),
)
