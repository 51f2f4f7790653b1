"""What the program does because it is installed on a clerk's workstation: files handed to it, folders, start, help."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from bancointegra import __version__
from bancointegra.bootstrap.program import Program
from bancointegra.domain.errors import AppError
from bancointegra.releases.version_file import HttpVersionFile
from bancointegra.services.aviso_versao import AvisoVersaoService
from bancointegra.system.boleto_folder import usable_folder
from bancointegra.system.paths import WINDOWS_BOLETO_FOLDER
from bancointegra.system.windows_identity import StartWithSystem, installed_launcher
from bancointegra.ui.conta.certificate_files import CertificateFiles
from bancointegra.ui.conta.services import ContaServices
from bancointegra.ui.feedback import Tone, show_error, show_message
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.screens import MenuCommand
from bancointegra.ui.versao.aviso import AvisoVersao


class Workstation(QObject):
    """Made before the window, for its ``commands``; ``attach`` when there is one."""

    certificate_stored = Signal()
    told = Signal(str, Tone)

    def __init__(self, program: Program, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._program, self._jobs = program, jobs
        self._window: MainWindow | None = None
        self._certificates: CertificateFiles | None = None
        launcher = installed_launcher()
        self._start = StartWithSystem(launcher) if launcher else None
        self._forbidden = self._prepare_boleto_folder()
        self.versao = AvisoVersao(
            jobs,
            AvisoVersaoService(
                provider=HttpVersionFile(),
                clock=program.clock,
                instalada=__version__,
                load=lambda: program.settings.versao,
                save=lambda preferencias: program.save_settings(versao=preferencias),
            ),
            self,
        )
        self.versao.told.connect(self.told)

    @property
    def commands(self) -> tuple[MenuCommand, ...]:
        """The entries of the menu."""
        verify = MenuCommand(("Ajuda",), "Verificar instalação", "monitor", self._verify)
        versao = MenuCommand(("Ajuda",), "Aviso de versão…", "info", self._choose_versao)
        if self._start is None:
            return (verify, versao)
        start = MenuCommand(
            ("Ferramentas",), "Iniciar com o Windows", "monitor", self._toggle_start, checked=self._start.is_on
        )
        return (start, verify, versao)

    def attach(self, window: MainWindow) -> None:
        """Begin to take files dropped on the window, and say what was found at the start."""
        services = self._program.services
        self._window = window
        self._certificates = CertificateFiles(
            window,
            self._jobs,
            ContaServices(services.conta, services.certificado, services.assistente, services.teste_conexao),
            self._program.clock,
        )
        self._certificates.said.connect(self.told)
        self._certificates.stored.connect(lambda _: self.certificate_stored.emit())

    def opened(self) -> None:
        """The window is on the screen."""
        self.versao.start()
        if self._forbidden is not None and self._window is not None:
            show_message(
                self._window,
                f"O Windows não permitiu criar a pasta {self._forbidden}. "
                f"Os boletos em PDF serão gravados em {self._program.boleto_folder}.",
                title="Pasta dos boletos",
                tone=Tone.WARNING,
                hint="Para escolher outra pasta, use o botão da pasta em Integração Bancária.",
            )

    def open_files(self, paths: Sequence[Path]) -> None:
        """Come forward, and begin the import of certificate files."""
        if self._window is None or self._certificates is None:
            return
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()
        self._certificates.start(paths)

    def _prepare_boleto_folder(self) -> Path | None:
        """The folder the manual names is made now; returns it when that is forbidden, and another was chosen."""
        wanted = self._program.boleto_folder
        if wanted != WINDOWS_BOLETO_FOLDER:
            return None
        usable = usable_folder(wanted)
        if usable == wanted:
            return None
        self._program.save_settings(boleto_folder=usable)
        return wanted

    def _verify(self) -> None:
        from bancointegra.bootstrap.prova_tela import show_verificacao  # the simulated bank would delay every start

        if self._window is not None:
            show_verificacao(self._window, self._jobs, self._program.paths, self._program.boleto_folder)

    def _choose_versao(self) -> None:
        if self._window is not None:
            self.versao.choose(self._window)

    def _toggle_start(self) -> None:
        if self._start is None:
            return
        try:
            wanted = not self._start.is_on()
            self._start.set_on(wanted)
        except AppError as error:
            show_error(self._window, error)
            return
        words = "passa a iniciar" if wanted else "não inicia mais"
        self.told.emit(f"O BancoIntegra {words} com o Windows.", Tone.SUCCESS)
