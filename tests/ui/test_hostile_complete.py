"""No dialog is forgotten: each is walked through with hostile texts, or has nothing to type into."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

from PySide6.QtWidgets import QAbstractSpinBox, QDialog, QLineEdit, QPlainTextEdit, QTextEdit

import bancointegra.ui
from bancointegra.ui.conta.certificate_files import EscolherContaDialog
from bancointegra.ui.conta.fields import FormFields
from bancointegra.ui.conta.teste_dialog import TesteDialog
from bancointegra.ui.copia.leaving import WaitDialog
from bancointegra.ui.copia.restaurar_dialog import RestaurarDialog
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.feedback import MessageDialog
from bancointegra.ui.help import ShortcutsDialog
from bancointegra.ui.importacao.columns_dialog import ColunasDialog
from bancointegra.ui.integracao.auto_query_dialog import AutoQueryDialog
from bancointegra.ui.integracao.confirm_dialog import ConfirmDialog
from bancointegra.ui.integracao.registrar_dialog import RegistrarDialog
from bancointegra.ui.integracao.results_dialog import ResultsDialog
from bancointegra.ui.pagamento.comprovante_dialog import ComprovanteDialog
from bancointegra.ui.pagamento.file_reading import EscolherCodigoDialog
from bancointegra.ui.pagamento.results_dialog import ResultadosDialog
from bancointegra.ui.verificacao_dialog import VerificacaoDialog

TYPED_INTO = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit, FormFields)
ONLY_SHOWN_OR_CLICKED = {
    AutoQueryDialog,
    ColunasDialog,
    ConfirmDialog,
    EscolherContaDialog,
    RegistrarDialog,
    RestaurarDialog,
    ResultadosDialog,
    ResultsDialog,
    ShortcutsDialog,
    TesteDialog,
    VerificacaoDialog,
    WaitDialog,
}
BESIDE_A_FIELD = {
    MessageDialog: "its details cannot be changed",
    ComprovanteDialog: "its text cannot be changed",
    EscolherCodigoDialog: "a list; the field in its module is SenhaDialog's",
}


def all_dialogs() -> set[type[QDialog]]:
    for module in pkgutil.walk_packages(bancointegra.ui.__path__, "bancointegra.ui."):
        importlib.import_module(module.name)
    found, waiting = set(), [QDialog]
    while waiting:
        kinds = [kind for kind in waiting.pop().__subclasses__() if kind.__module__.startswith("bancointegra.ui")]
        found.update(kinds)
        waiting += kinds
    return found - {FormDialog}


def walked_dialogs() -> set[type[QDialog]]:
    here = Path(__file__).parent
    names = [".".join(path.relative_to(here.parents[1]).with_suffix("").parts) for path in here.rglob("test_*.py")]
    tests = [each for name in names if "hostile" in name for each in vars(importlib.import_module(name)).values()]
    marks = [mark for test in tests for mark in getattr(test, "pytestmark", []) if mark.name == "walks"]
    return {dialog for mark in marks for dialog in mark.args}


def may_be_typed_into(dialog: type[QDialog]) -> bool:
    """Whether the module it is in knows anything one can type into."""
    known = [each for each in vars(sys.modules[dialog.__module__]).values() if isinstance(each, type)]
    return any(issubclass(each, TYPED_INTO) for each in known)


def test_every_dialog_is_walked_through_or_has_nothing_to_type_into() -> None:
    assert all_dialogs() == walked_dialogs() | ONLY_SHOWN_OR_CLICKED | BESIDE_A_FIELD.keys()


def test_what_is_only_shown_or_clicked_knows_no_field() -> None:
    assert {dialog for dialog in ONLY_SHOWN_OR_CLICKED if may_be_typed_into(dialog)} == set()
