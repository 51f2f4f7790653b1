"""Aviso de versão: its dialog, and the look once a day that never stands in the way."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.versao import VersaoPublicada
from bancointegra.services.aviso_versao import AvisoVersaoService
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.feedback import Tone
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import field_label, label

_log = logging.getLogger(__name__)
_WIDTH = 600
_LOOK_EVERY_MS = 3_600_000
ENDERECO, CHAVE = "Endereço", "Chave de quem publica"
_EXPLAINED = (
    "Uma vez por dia, o programa lê neste endereço um arquivo assinado que diz qual é a versão mais nova, e avisa na "
    "barra de status. Nada é baixado nem instalado sozinho, e nada sobre você é enviado."
)


def describe(found: VersaoPublicada) -> str:
    """The notice, in a sentence or two."""
    words = f"Há uma versão nova do BancoIntegra: {found.versao}, de {found.publicada_em:%d/%m/%Y}."
    return " ".join(part for part in (words, found.novidades.strip(), found.pagina.strip()) if part)


class AvisoVersaoDialog(FormDialog):
    """Where to look, whether to, and what is found when it is saved."""

    found = Signal(object)
    """Saved; with the newer version, or None."""

    def __init__(self, parent: QWidget | None, jobs: Jobs, service: AvisoVersaoService) -> None:
        super().__init__(parent, "Aviso de versão", confirm="Salvar")
        self._jobs, self._service = jobs, service
        preferencias = service.preferencias
        self.setFixedWidth(_WIDTH)
        self.active = QCheckBox("Avisar quando houver versão nova")
        self.active.setChecked(preferencias.ativa)
        self.fields = {ENDERECO: QLineEdit(preferencias.endereco), CHAVE: QLineEdit(preferencias.chave)}
        self.fields[ENDERECO].setPlaceholderText("https://…, como publicado por quem fornece o programa")
        self.active.toggled.connect(self._show_state)
        form = QFormLayout()
        for name, field in self.fields.items():
            field.setCursorPosition(0)
            form.addRow(field_label(name, field), field)
        self.body.addWidget(label("Aviso de versão", "heading"))
        self.body.addWidget(label(_EXPLAINED, "muted", wrap=True))
        self.body.addWidget(self.active)
        self.body.addLayout(form)
        self.body.addWidget(label(f"Versão instalada: {service.instalada}", "muted"))
        self._show_state()
        self.active.setFocus()

    def submit(self) -> None:
        ativa, endereco, chave = self.active.isChecked(), self.fields[ENDERECO].text(), self.fields[CHAVE].text()
        service = self._service
        self.set_busy(True)
        self._jobs.run(
            lambda _ctx: service.configurar(ativa, endereco, chave), owner=self, done=self._saved, failed=self._refuse
        )

    def _saved(self, found: VersaoPublicada | None) -> None:
        self.accept()
        self.found.emit(found)

    def _refuse(self, error: AppError) -> None:
        self.set_busy(False)
        self.show_problem(error, self.fields.get(error.field) if isinstance(error, InputError) else None)

    def _show_state(self) -> None:
        for field in self.fields.values():
            field.setEnabled(self.active.isChecked())
        self.clear_problem()


class AvisoVersao(QObject):
    """Looks after the window is open and every hour, which is at most once a day; tells the status line."""

    told = Signal(str, Tone)

    def __init__(self, jobs: Jobs, service: AvisoVersaoService, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._service = jobs, service
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()
        self.look()

    def look(self) -> None:
        """In the background; what goes wrong is for the log alone."""
        self._jobs.run(
            lambda _ctx: self._service.consultar_no_dia(),
            owner=self,
            done=self._tell,
            failed=lambda error: _log.info("aviso de versão: %s", error.message),
        )

    def choose(self, window: QWidget) -> AvisoVersaoDialog:
        """Open the dialog."""
        dialog = AvisoVersaoDialog(window, self._jobs, self._service)
        dialog.found.connect(lambda found: self._tell(found) if found else self._tell_kept())
        dialog.open()
        return dialog

    def _tell(self, found: VersaoPublicada | None) -> None:
        if found:
            self.told.emit(describe(found), Tone.INFO)

    def _tell_kept(self) -> None:
        on = self._service.preferencias.ativa
        self.told.emit(
            "Esta é a versão mais nova do BancoIntegra." if on else "Não haverá aviso de versão nova.", Tone.SUCCESS
        )
