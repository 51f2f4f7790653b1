"""The question before Registrar."""

from __future__ import annotations

from bancointegra.ui.integracao.confirm_dialog import ConfirmDialog


class RegistrarDialog(ConfirmDialog):
    """``Registrar 3 boletos?``"""
