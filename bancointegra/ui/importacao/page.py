"""The page Importar títulos: choose files, see what they hold, agree. Nothing is stored before the clerk agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.errors import AppError
from bancointegra.domain.importacao import Gravacao, Leitura, Previa, SituacaoLinha
from bancointegra.domain.reais import ZERO
from bancointegra.services.busca import BuscaService
from bancointegra.services.exportacao import ExportacaoService
from bancointegra.services.importacao import ImportacaoService
from bancointegra.ui.exportacao.exporter import Exporter
from bancointegra.ui.exportacao.relatorio import relatorio_de
from bancointegra.ui.feedback import Tone, show_error, show_message
from bancointegra.ui.importacao import texts
from bancointegra.ui.importacao.columns import FALHAS, PreviaNaTela, falhas, na_tela
from bancointegra.ui.importacao.keys import SHORTCUTS
from bancointegra.ui.importacao.preview_card import PreviewCard
from bancointegra.ui.importacao.reading_card import ReadingCard
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.style import button, field_label, named
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.inline_progress import InlineProgress
from bancointegra.ui.widgets.labels import ElidedLabel

_LANE = "importacao"
_MARGIN = 12
_KINDS = "Planilhas e notas (*.csv *.txt *.xlsx *.xlsm *.xml *.zip)"
_WAITING = "Arraste para cá uma planilha (CSV ou XLSX) ou notas (XML de NF-e, ou zip), ou clique em Escolher arquivos…"


@dataclass(frozen=True, slots=True)
class ImportacaoServices:
    """All block; the screen calls them through ``Jobs`` only."""

    busca: BuscaService
    importacao: ImportacaoService
    exportacao: ExportacaoService


class ImportacaoPage(QWidget):
    """Takes files by a click, by Ctrl+O and by dropping them on it."""

    status_changed = Signal(str, Tone)
    imported = Signal()
    """Títulos were stored or changed."""

    def __init__(
        self, *, jobs: Jobs, services: ImportacaoServices, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._jobs, self._services = jobs, services
        self._files: tuple[Path, ...] = ()
        self._shown: PreviaNaTela | None = None
        self._reading: JobHandle | None = None
        self._storing = False
        self.files_button = button("Escolher arquivos…", "folder-open", tooltip="CSV, XLSX, NF-e (Ctrl+O)")
        self._names = ElidedLabel("Nenhum arquivo escolhido", "muted")
        self.target = named(QComboBox(), "Conta e cobrança")
        self.target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.reading = ReadingCard(self)
        self.preview = PreviewCard(jobs, settings, self)
        self.progress = InlineProgress()
        self.progress.stop_button.setToolTip("Parar; nada fica gravado")
        self.faults_button = button("Salvar lista de erros…", "file-text", tooltip="As linhas com erro, num CSV")
        self.import_button = button("Importar", "upload", primary=True)
        self._exporter = Exporter(self, jobs, services.exportacao)
        self._exporter.done.connect(lambda text: self._say(text, Tone.SUCCESS))
        self._build()
        self._connect()
        self._wait_for_files()
        self.refresh()

    @property
    def previa(self) -> Previa | None:
        """What was read; None while there is nothing or it is being read."""
        return self._shown.previa if self._shown else None

    def refresh(self) -> None:
        """Accounts changed: look for them again."""
        busca = self._services.busca

        def targets() -> list[tuple[ContaBancaria, TipoCobranca]]:
            return [(conta, tipo) for conta in busca.contas() for tipo in busca.tipos_cobranca(conta.id)]

        self._jobs.run(lambda _ctx: targets(), owner=self, done=self._show_targets, failed=self._fail)

    def choose_files(self) -> None:
        """Ask which files, without blocking."""
        dialog = QFileDialog(self, "Importar títulos")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters([_KINDS, "Todos os arquivos (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.open([Path(name) for name in names]))
        dialog.open()

    def open(self, files: Sequence[Path]) -> None:
        """Read these files and show what they hold."""
        if self._storing:
            return
        self._files = tuple(files)
        shown = ", ".join(path.name for path in files[:3])
        self._names.set_text(f"{shown} e mais {len(files) - 3}" if len(files) > 3 else shown)
        self._read(None)

    def read_again(self) -> None:
        """The files may have changed: read them as they were read."""
        if self._files and not self._storing:
            self._read(self.previa.leitura if self.previa else None)

    def store(self) -> None:
        """Importar: store what was seen and chosen."""
        shown, target = self._shown, self.target.currentData()
        if shown is None or target is None or self._storing or not (shown.novas or self.preview.ticked):
            return
        previa, chosen = shown.previa, (*shown.novas, *self.preview.ticked)
        _, tipo = target
        self._storing = True
        self._show_choice()
        handle = self._jobs.run(
            lambda ctx: self._services.importacao.importar(previa, tipo.id, chosen, ctx),
            owner=self,
            done=lambda gravacao: self._stored(previa, gravacao),
            failed=self._not_stored,
            lane=_LANE,
        )
        handle.ended.connect(self._storing_over)
        self.progress.watch(handle, "Gravando os títulos")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # Reading

    def _read(self, leitura: Leitura | None) -> None:
        target = self.target.currentData()
        if self._reading:
            self._reading.abandon()
            self._reading = None
        self._shown = None
        if not self._files or target is None:
            self._show_choice()
            return
        conta, files, service = target[0], self._files, self._services.importacao
        handle = self._jobs.run(
            lambda ctx: na_tela(service.ler(files, conta, leitura, ctx)),
            owner=self,
            done=self._show,
            failed=self._unreadable,
        )
        handle.ended.connect(self._reading_over)
        self._reading = handle
        self.progress.watch(handle, "Lendo o arquivo")
        if not self.preview.counted:
            self.preview.show_state("clock", "Lendo o arquivo…", "As linhas aparecem aqui. Nada é gravado.")
        self._show_choice()

    def _show(self, shown: PreviaNaTela) -> None:
        self._shown = shown
        self.reading.show_previa(shown.previa)
        self.preview.show_previa(shown)
        self._show_choice()
        self.import_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unreadable(self, error: AppError) -> None:
        self.reading.hide()
        self.preview.show_state("triangle-alert", error.title, str(error))
        self._say(str(error), Tone.WARNING)

    def _reading_over(self) -> None:
        ended = self._reading
        if ended is None or self.sender() is not ended:
            return
        self._reading = None
        if ended.context.is_cancelled:
            self.reading.hide()
            self.preview.show_state("circle-stop", "Leitura interrompida", "F5 lê os arquivos de novo.")
        self._show_choice()

    # Storing

    def _stored(self, previa: Previa, gravacao: Gravacao) -> None:
        text = texts.resultado(previa, gravacao)
        self._say(text, Tone.SUCCESS)
        show_message(self, text, title="Importar títulos", hint=texts.erros_de_fora(previa))
        self.imported.emit()
        self._storing = False
        self._read(previa.leitura)

    def _not_stored(self, error: AppError) -> None:
        self._say(f"Nada foi gravado. {error}", Tone.WARNING)
        show_error(self, error)

    def _storing_over(self) -> None:
        self._storing = False
        if self._shown is not None:
            self._show_choice()

    # Showing

    def _show_choice(self) -> None:
        """What the buttons can do now."""
        shown = self._shown
        ticked = self.preview.ticked if shown else frozenset()
        news = len(shown.novas) if shown else 0
        self.import_button.setText(texts.botao(news, len(ticked)) if shown else "Importar")
        self.import_button.setEnabled(not self._storing and bool(news or ticked))
        self.faults_button.setVisible(bool(shown and shown.contagem.get(SituacaoLinha.ERRADA)))
        total = shown.total_das_novas + shown.previa.total(tuple(ticked)) if shown else ZERO
        self._sum.set_text(total.com_simbolo if news or ticked else "")
        for widget in (self.files_button, self.target, self.reading):
            widget.setEnabled(not self._storing)

    def _show_targets(self, targets: Sequence[tuple[ContaBancaria, TipoCobranca]]) -> None:
        before = self.target.currentText()
        self.target.blockSignals(True)
        self.target.clear()
        for conta, tipo in targets:
            self.target.addItem(f"{conta.mnemonico} · {tipo.nome}", (conta, tipo))
        self.target.setCurrentIndex(max(0, self.target.findText(before)))
        self.target.blockSignals(False)
        if not targets:
            self.preview.show_state(
                "landmark", "Nenhuma conta com API Bancária", "Cadastre a Conta Bancária antes de importar títulos."
            )
        elif self._shown is None:
            self._wait_for_files()
            self._read(None)

    def _wait_for_files(self) -> None:
        self.reading.hide()
        self.preview.show_state("upload", "Escolha o que importar", _WAITING)
        self._show_choice()

    def _save_faults(self) -> None:
        if self.previa is None:
            return
        found = list(falhas(self.previa))
        name = f"erros-{Path(self.previa.arquivos[0]).stem}"
        self._exporter.save_csv(
            name, relatorio_de("Erros da importação", self._names.full_text, FALHAS, found, len(found))
        )

    def _fail(self, error: AppError) -> None:
        self._say(str(error), Tone.WARNING)
        show_error(self, error)

    def _say(self, text: str, tone: Tone) -> None:
        self.status_changed.emit(text, tone)

    # Building

    def _build(self) -> None:
        source = Card()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.files_button)
        row.addWidget(self._names, 1)
        row.addWidget(field_label("Conta e cobrança", self.target))
        row.addWidget(self.target)
        source.body.addLayout(row)
        self._sum = ElidedLabel("", "muted")
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.setSpacing(8)
        bar.addWidget(self._sum, 1)
        for widget in (self.progress, self.faults_button, self.import_button):
            bar.addWidget(widget)
        self.preview.body.addLayout(bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        column.addWidget(source)
        column.addWidget(self.reading)
        column.addWidget(self.preview, 1)

    def _connect(self) -> None:
        self.files_button.clicked.connect(self.choose_files)
        self.target.currentIndexChanged.connect(lambda _index: self._read(None))
        self.reading.changed.connect(self._read)
        self.preview.choice_changed.connect(self._show_choice)
        self.faults_button.clicked.connect(self._save_faults)
        self.import_button.clicked.connect(self.store)
        for (keys, _), run in zip(SHORTCUTS, (self.choose_files, self.read_again, self.store), strict=True):
            QShortcut(QKeySequence(keys), self).activated.connect(run)
