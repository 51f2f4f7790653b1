"""The application as a process of its own: language, look and name."""

import subprocess
import sys

CHECK = """
import sys
from datetime import date
from PySide6.QtCore import QLocale, QSettings
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from bancointegra.ui.app import create_application

settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)
application, theme = create_application(["bancointegra"], settings)
save = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
print([button.text().replace("&", "") for button in save.buttons()])
print(QLocale().toString(1234.5, "f", 2), application.applicationName(), application.font().family())
print(application.palette().window().color().name(), application.windowIcon().isNull(), sys.excepthook.__module__)
"""


def test_it_speaks_portuguese_and_looks_like_itself(tmp_path):
    answer = subprocess.run(
        [sys.executable, "-c", CHECK, str(tmp_path / "settings.ini")], capture_output=True, text=True, check=True
    )
    assert answer.stdout.splitlines() == [
        "['Salvar', 'Cancelar']",
        "1.234,50 BancoIntegra Inter",
        "#f6f7f9 False bancointegra.ui.feedback",
    ]
