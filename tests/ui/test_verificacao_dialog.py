"""The dialog Verificar instalação: shows each part, copies the result, and tries again when asked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from bancointegra.domain.errors import StoreError
from bancointegra.services.verificacao import VerificacaoService
from bancointegra.ui.verificacao_dialog import VerificacaoDialog


def test_what_fails_is_said_copied_and_tried_again(qtbot, jobs):
    repaired = []

    def pastas() -> str:
        if not repaired:
            raise StoreError("Não foi possível gravar em C:\\Dados.", hint="Confira a permissão da pasta.")
        return "C:\\Dados"

    service = VerificacaoService((("Pastas", pastas), ("Relógio", lambda: "23/11/2026")))
    dialog = VerificacaoDialog(None, jobs, service)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    with qtbot.waitSignal(dialog.finished_all) as ended:
        dialog.show()
    assert ended.args == [False]
    assert dialog.results["Pastas"] == "Não foi possível gravar em C:\\Dados. Confira a permissão da pasta."
    assert dialog.verdict.text() == "De 2 partes, 1 parte não funciona. Copie o resultado e mande ao suporte."
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert "FALHOU  Pastas: Não foi possível" in QGuiApplication.clipboard().text()

    repaired.append(True)
    with qtbot.waitSignal(dialog.finished_all) as ended:
        qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)
    assert ended.args == [True]
    assert dialog.results == {"Pastas": "C:\\Dados", "Relógio": "23/11/2026"}
    assert dialog.verdict.text() == "Tudo funciona neste computador."
