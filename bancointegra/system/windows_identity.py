"""Who the program is to Windows: its own icon and group in the task bar, and the start with Windows.

Elsewhere there is nothing to claim. What the installer knows the program by is in ``installer/identity.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bancointegra.domain.errors import StoreError

APP_USER_MODEL_ID = "BancoIntegra.BancoIntegra"
"""Never changes: pinned icons are kept under it (Microsoft, “Application User Model IDs”)."""
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
RUN_NAME = "BancoIntegra"
_LAUNCHER = "BancoIntegra.exe"
_ANY_PROCESS = 0xFFFFFFFF


def claim_taskbar() -> None:
    """Before the first window: be a program of one's own in the task bar, not one more Python."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_USER_MODEL_ID)


def let_others_come_forward() -> None:
    """The program the clerk just started may bring up the window of another: Windows asks for this permission."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)


def installed_launcher() -> Path | None:
    """The program's file, when this is a copy the installer made."""
    launcher = Path(sys.executable).parent.parent / _LAUNCHER
    return launcher if sys.platform == "win32" and launcher.is_file() else None


class StartWithSystem:
    """The user's own entry among what Windows starts. ``launcher`` is the program to start."""

    def __init__(self, launcher: Path) -> None:
        self._command = f'"{launcher}"'

    def is_on(self) -> bool:
        """Whether Windows starts this copy."""
        if sys.platform == "win32":
            import winreg

            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
                    return bool(winreg.QueryValueEx(key, RUN_NAME)[0] == self._command)
            except OSError:
                return False
        return False

    def set_on(self, wanted: bool) -> None:
        """Raises ``StoreError`` when Windows does not allow it."""
        if sys.platform == "win32":
            import winreg

            try:
                with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
                    if wanted:
                        winreg.SetValueEx(key, RUN_NAME, 0, winreg.REG_SZ, self._command)
                    elif self.is_on():
                        winreg.DeleteValue(key, RUN_NAME)
            except OSError as error:
                raise StoreError(
                    "O Windows não permitiu mudar o que é iniciado com ele.",
                    hint="Peça a quem cuida deste computador.",
                    code="inicio",
                ) from error
