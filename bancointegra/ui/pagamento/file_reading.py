"""Bills out of files: read in the background, a password asked for, one of several chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QWidget

from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.leitura_codigo import LeituraCodigo
from bancointegra.domain.linha_digitavel import format_linha
from bancointegra.services.leitura_arquivo import LeituraArquivoService
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.jobs import JobContext, JobHandle, Jobs
from bancointegra.ui.pagamento.code_texts import leitura_line
from bancointegra.ui.style import field_label, label, named
from bancointegra.ui.widgets.inline_progress import InlineProgress

_LOCKED = "pdf_com_senha"
_LARGEST = 30_000_000
_FILTER = "Boletos (*.pdf *.png *.jpg *.jpeg *.bmp *.gif *.tif *.tiff *.webp);;Todos os arquivos (*)"


class FileReading(QObject):
    """Reads one file at a time for ``window``; a second one waits until the first was read or stopped."""

    found = Signal(object)
    """The ``LeituraCodigo`` the clerk wants."""
    failed = Signal(AppError)

    def __init__(self, jobs: Jobs, service: LeituraArquivoService, progress: InlineProgress, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._service, self._progress, self._window = jobs, service, progress, window
        self._under_way: JobHandle | None = None

    def choose_file(self) -> None:
        """Let the clerk find the file."""
        dialog = QFileDialog(self._window, "Ler boleto de arquivo", str(Path.home()), _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read_file(Path(name)))
        dialog.open()

    def read_file(self, path: Path) -> None:
        self._read(lambda: _content_of(path), path.name)

    def read_picture(self, content: bytes) -> None:
        self._read(lambda: content, "a imagem colada")

    def _read(self, load: Callable[[], bytes], name: str, senha: str = "") -> None:
        if self._under_way is not None:
            return

        def work(ctx: JobContext) -> tuple[LeituraCodigo, ...]:
            def report(done: int, total: int) -> None:
                ctx.check_cancelled()
                ctx.report(done, total)

            return self._service.read(load(), senha=senha, report=report)

        def fail(error: AppError) -> None:
            if error.code == _LOCKED:
                self._ask_password(load, name, error)
            else:
                self.failed.emit(error)

        self._under_way = self._jobs.run(work, owner=self, done=self._choose, failed=fail)
        self._under_way.ended.connect(self._end)
        self._progress.watch(self._under_way, f"Lendo {name}")

    def _end(self) -> None:
        self._under_way = None

    def _ask_password(self, load: Callable[[], bytes], name: str, error: AppError) -> None:
        dialog = SenhaDialog(name, error, self._window)
        dialog.given.connect(lambda senha: self._read(load, name, senha))
        dialog.open()

    def _choose(self, leituras: Sequence[LeituraCodigo]) -> None:
        if len(leituras) == 1:
            self.found.emit(leituras[0])
            return
        dialog = EscolherCodigoDialog(leituras, self._window)
        dialog.chosen.connect(self.found)
        dialog.open()


class SenhaDialog(FormDialog):
    """The password of a PDF; it is kept nowhere."""

    given = Signal(str)

    def __init__(self, name: str, error: AppError, parent: QWidget | None) -> None:
        super().__init__(parent, "Senha do PDF", confirm="Abrir")
        self.field = named(QLineEdit(echoMode=QLineEdit.EchoMode.Password), "Senha")
        self.body.addWidget(label(f"{name}: {error.message}", wrap=True))
        self.body.addWidget(label(error.hint, "muted", wrap=True))
        self.body.addWidget(field_label("Senha", self.field))
        self.body.addWidget(self.field)
        self.setMinimumWidth(420)
        self.field.setFocus()

    def submit(self) -> None:
        if not self.field.text():
            self.show_problem(InputError("Informe a senha."), self.field)
            return
        self.accept()
        self.given.emit(self.field.text())


class EscolherCodigoDialog(FormDialog):
    """Several bills in one file: which one to pay now."""

    chosen = Signal(object)

    def __init__(self, leituras: Sequence[LeituraCodigo], parent: QWidget | None) -> None:
        super().__init__(parent, f"{len(leituras)} contas no arquivo", confirm="Escolher")
        self._leituras = tuple(leituras)
        self.list = named(QListWidget(), "Contas no arquivo")
        for leitura in leituras:
            self.list.addItem(f"{format_linha(leitura.linha_digitavel or '')}\n{leitura_line(leitura)}")
        self.list.setSpacing(3)
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(lambda _item: self.submit())
        self.body.addWidget(label("O arquivo traz mais de uma conta. Qual delas?", wrap=True))
        self.body.addWidget(self.list)
        self.resize(640, 320)
        self.list.setFocus()

    def submit(self) -> None:
        self.accept()
        self.chosen.emit(self._leituras[max(0, self.list.currentRow())])


def _content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path.name} é grande demais para ser um boleto.", hint="Envie só a página do boleto.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"Não foi possível ler {path.name}.",
            hint="Confira se o arquivo existe e se você tem permissão de leitura.",
        ) from error
