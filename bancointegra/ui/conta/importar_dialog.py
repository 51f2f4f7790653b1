"""Importar Certificado: the files are found, read and shown before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from bancointegra.domain.certificado import ParCertificado
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.ports import Clock
from bancointegra.services.certificado import CertificadoService
from bancointegra.ui.conta.fields import password_field
from bancointegra.ui.conta.services import LANE
from bancointegra.ui.conta.validade import data, prazo
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.style import field_label, label, set_property
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.file_field import FileField

CHAVE_PUBLICA, CHAVE_PRIVADA, PFX, SENHA = "Chave pública", "Chave privada", "Arquivo .pfx ou .p12", "Senha"
_PAUSE_MS = 300
_FIRST_WORDS = 4096
_WIDTH = 640
_WAITING = "Escolha os arquivos: o programa lê e confere antes de gravar."


@dataclass(frozen=True, slots=True)
class _Lido:
    """A pair that was read, and what there is to say of it."""

    par: ParCertificado
    avisos: tuple[str, ...]


class ImportarDialog(FormDialog):
    """Stores the pair for ``conta`` and emits ``imported`` with the account as it is then."""

    imported = Signal(object)

    def __init__(
        self, parent: QWidget | None, jobs: Jobs, service: CertificadoService, clock: Clock, conta: ContaBancaria
    ) -> None:
        super().__init__(parent, "Importar Certificado", confirm="Salvar")
        self._jobs, self._service, self._clock, self._conta = jobs, service, clock, conta
        self._lido: _Lido | None = None
        self._reading: JobHandle | None = None
        self.fields: dict[str, QLineEdit] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.setMinimumWidth(_WIDTH)
        self.body.addWidget(self._files_card())
        self.body.addWidget(self._found_card())
        self.use_secret = QCheckBox("Usar também o ClientSecret que veio no arquivo")
        self.use_secret.hide()
        self.body.addWidget(self.use_secret)
        self.body.addStretch(1)
        self._show_kind()
        self._show_found(None)

    @property
    def found(self) -> str:
        """What is said of the certificate read."""
        return self._state.text()

    @property
    def warnings(self) -> str:
        return self._warnings.text()

    def choose_files(self, paths: Iterable[Path]) -> None:
        """Fill in files that were handed over; what each is, its name says, or its first words.

        With a certificate alone comes the key of the same name beside it.
        """
        named = {_kind(path): path for path in paths}
        if CHAVE_PUBLICA in named and CHAVE_PRIVADA not in named:
            key = named[CHAVE_PUBLICA].with_suffix(".key")
            named |= {CHAVE_PRIVADA: key} if key.is_file() else {}
        (self.is_pfx if PFX in named else self.is_pair).setChecked(True)
        for name, path in named.items():
            self.fields[name].setText(str(path))
        (self.fields[SENHA] if PFX in named else self.fields[CHAVE_PRIVADA]).setFocus()

    def submit(self) -> None:
        """Salvar: read again, for the files may have changed, and store."""
        self._pause.stop()
        try:
            read = self._reader()
        except InputError as error:
            self._refuse(error)
            return
        use_secret = self.use_secret.isChecked()
        conta, service = self._conta, self._service
        self.set_busy(True)

        def work() -> ContaBancaria:
            par = read().par
            return service.importar(conta, par, par.client_secret if use_secret else None)

        def done(stored: ContaBancaria) -> None:
            self.accept()
            self.imported.emit(stored)

        self._jobs.run(lambda _ctx: work(), owner=self, done=done, failed=self._refuse, lane=LANE)

    # Reading

    def _look(self) -> None:
        """Read what is chosen so far, and say what was found; nothing is marked while the clerk still types."""
        if self._reading:
            self._reading.abandon()
            self._reading = None
        if not all(self.fields[name].text().strip() for name in self._needed()):
            self._show_found(None)
            return
        try:
            read = self._reader()
        except InputError as error:
            self._show_unreadable(error)
            return
        self._state.setText("Lendo…")
        self._reading = self._jobs.run(
            lambda _ctx: read(), owner=self, done=self._show_found, failed=self._show_unreadable
        )

    def _reader(self) -> Callable[[], _Lido]:
        """What reads the files as they are chosen now. Raises ``InputError`` when one cannot be read."""
        is_pfx = self.is_pfx.isChecked()
        senha = self.fields[SENHA].text()
        contents = {name: self._content(name) for name in self._needed()}
        service, client_id, agora = self._service, self._conta.client_id, self._clock.now()

        def read() -> _Lido:
            par = service.ler(
                certificado=None if is_pfx else contents[CHAVE_PUBLICA],
                chave=None if is_pfx else contents[CHAVE_PRIVADA],
                pfx=contents[PFX] if is_pfx else None,
                senha=senha,
            )
            return _Lido(par, tuple(service.conferir(par, client_id, agora)))

        return read

    def _content(self, name: str) -> bytes:
        field = self.fields[name]
        assert isinstance(field, FileField)
        return field.read()

    def _needed(self) -> tuple[str, ...]:
        return (PFX,) if self.is_pfx.isChecked() else (CHAVE_PUBLICA, CHAVE_PRIVADA)

    # Showing

    def _show_found(self, lido: _Lido | None) -> None:
        self._lido = lido
        self._reading = None
        self._warnings.setText("\n".join(lido.avisos) if lido else "")
        self._warnings.setVisible(bool(self._warnings.text()))
        self.use_secret.setVisible(bool(lido and lido.par.client_secret))
        self.use_secret.setChecked(bool(lido and lido.par.client_secret))
        set_property(self._state, "role", "success" if lido else "muted")
        if lido is None:
            self._state.setText(_WAITING)
            for value in (self.holder, self.valid_from, self.valid_until):
                value.clear()
            return
        par = lido.par
        dias = (par.valid_until - self._clock.now()).days
        self._state.setText(f"✓ Certificado e chave lidos: formam um par, {prazo(dias)}.")
        self.holder.setText(par.cn)
        self.holder.setCursorPosition(0)
        self.valid_from.setText(data(par.valid_from))
        self.valid_until.setText(data(par.valid_until))

    def _show_unreadable(self, error: AppError) -> None:
        self._show_found(None)
        self._state.setText(str(error))
        set_property(self._state, "role", "danger")

    def _refuse(self, error: AppError) -> None:
        self.set_busy(False)
        self._show_found(None)
        self._state.setText("Nada foi gravado.")
        field = self.fields.get(error.field) if isinstance(error, InputError) else None
        self.show_problem(error, field)

    def _show_kind(self) -> None:
        is_pfx = self.is_pfx.isChecked()
        for name, (title, field) in self._rows.items():
            shown = name == SENHA or (name == PFX) is is_pfx
            title.setVisible(shown)
            field.setVisible(shown)
        self.clear_problem()
        self._look()

    # Building

    def _files_card(self) -> Card:
        result = Card()
        self.is_pair = QRadioButton("Tenho dois arquivos: o certificado e a chave")
        self.is_pfx = QRadioButton("Tenho um arquivo só, .pfx ou .p12")
        self.is_pair.setChecked(True)
        kinds = QButtonGroup(self)
        row = QHBoxLayout()
        for kind in (self.is_pair, self.is_pfx):
            kinds.addButton(kind)
            row.addWidget(kind)
        row.addStretch(1)
        result.body.addLayout(row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        password = password_field("só se o arquivo tiver senha")
        self._rows = {}
        for at, (name, field) in enumerate(
            (
                (CHAVE_PUBLICA, FileField(CHAVE_PUBLICA, "Certificado (*.crt *.cer *.pem)")),
                (CHAVE_PRIVADA, FileField(CHAVE_PRIVADA, "Chave privada (*.key *.pem)")),
                (PFX, FileField(PFX, "Certificado e chave (*.pfx *.p12)")),
                (SENHA, password),
            )
        ):
            title = field_label(name, field)
            grid.addWidget(title, at, 0)
            grid.addWidget(field, at, 1)
            self.fields[name] = field
            self._rows[name] = (title, field)
            field.textChanged.connect(lambda _: self._pause.start())
        result.body.addLayout(grid)
        self.is_pfx.toggled.connect(lambda _: self._show_kind())
        return result

    def _found_card(self) -> Card:
        result = Card()
        self._state = label("", "muted", wrap=True)
        self._warnings = label("", "warning", wrap=True)
        self.holder, self.valid_from, self.valid_until = (QLineEdit(readOnly=True) for _ in range(3))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, (name, value) in enumerate(
            (
                ("Titular (CN), igual ao ClientID", self.holder),
                ("Válido de", self.valid_from),
                ("Validade do certificado", self.valid_until),
            )
        ):
            grid.addWidget(field_label(name, value), 0, column)
            grid.addWidget(value, 1, column)
            grid.setColumnStretch(column, 2 if column == 0 else 1)
        result.body.addWidget(self._state)
        result.body.addLayout(grid)
        result.body.addWidget(self._warnings)
        return result


def _kind(path: Path) -> str:
    """The name of the field that a file belongs into."""
    suffix = path.suffix.lower()
    if suffix in (".pfx", ".p12"):
        return PFX
    if suffix == ".key":
        return CHAVE_PRIVADA
    try:
        with path.open("rb") as file:
            is_key = b"PRIVATE KEY" in file.read(_FIRST_WORDS)
    except OSError:
        is_key = False  # reading it again says what is the matter
    return CHAVE_PRIVADA if is_key else CHAVE_PUBLICA
