"""The keys of the screen Conta Bancária, for the help."""

from __future__ import annotations

SHORTCUTS = (
    ("Ctrl+S", "Salvar a conta"),
    ("Ctrl+N", "Nova conta"),
    ("Ctrl+F", "Pesquisar Mnemônico"),
    ("Ctrl+Tab", "Ir da aba Conta para a aba API Bancária"),
)
