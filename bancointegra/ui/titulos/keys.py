"""The keys of the screen Títulos a Receber, for the help."""

from __future__ import annotations

SHORTCUTS = (
    ("F5", "Pesquisar"),
    ("Ctrl+F", "Filtrar na lista"),
    ("Ctrl+N", "Novo título"),
    ("Enter", "Abrir o título"),
    ("Ctrl+D", "Duplicar"),
    ("Del", "Excluir"),
    ("Ctrl+Shift+I", "Ver este título em Integração Bancária"),
    ("Ctrl+S", "No título: salvar"),
    ("Ctrl+Enter", "No título novo: salvar e começar outro"),
    ("Ctrl+Shift+P", "No título novo: parcelar"),
    ("Ctrl+P", "No título: cadastrar um pagador"),
)
