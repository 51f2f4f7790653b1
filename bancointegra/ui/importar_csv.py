"""Importar títulos: choose the file, see what it holds, agree. Nothing is stored before the clerk agrees."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QPlainTextEdit, QWidget

from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.errors import AppError
from bancointegra.domain.importacao import Gravacao, Previa, SituacaoLinha
from bancointegra.services.busca import BuscaService
from bancointegra.services.importacao import ImportacaoService
from bancointegra.services.importacao_inteira import problemas
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.feedback import show_error, show_message
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import label, named
from bancointegra.ui.theme import mono_font

_MAX_SHOWN = 500
Target = tuple[ContaBancaria, TipoCobranca]


class ImportarCsvDialog(FormDialog):
    """Shows what ``path`` holds for the account chosen; stores it when the clerk agrees."""

    imported = Signal(int)

    def __init__(
        self, parent: QWidget | None, jobs: Jobs, importacao: ImportacaoService, path: Path, targets: list[Target]
    ) -> None:
        super().__init__(parent, "Importar títulos", confirm="Importar")
        self._jobs, self._importacao, self._path = jobs, importacao, path
        self._previa: Previa | None = None
        self.target = named(QComboBox(), "Conta e cobrança")
        for conta, tipo in targets:
            self.target.addItem(f"{conta.mnemonico} · {tipo.nome}", (conta, tipo))
        self.target.currentIndexChanged.connect(self._check)
        self.summary = label("", "strong", wrap=True)
        self.faults = named(QPlainTextEdit(readOnly=True), "Problemas do arquivo")
        self.faults.setFont(mono_font(9))
        form = QFormLayout()
        form.addRow("Arquivo", label(path.name, wrap=True))
        form.addRow("Conta e cobrança", self.target)
        self.body.addLayout(form)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.faults, 1)
        self.resize(680, 420)
        self._check()

    def submit(self) -> None:
        if self._previa is None:
            return
        previa, (_, tipo) = self._previa, self.target.currentData()
        self.set_busy(True)
        self._jobs.run(
            lambda ctx: self._importacao.importar(previa, tipo.id, andamento=ctx),
            owner=self,
            done=self._stored,
            failed=self._refuse,
        )

    def _check(self) -> None:
        conta, _ = self.target.currentData()
        self._previa = None
        self.set_busy(True)
        self.faults.hide()
        self.summary.setText("Conferindo o arquivo…")
        self._jobs.run(
            lambda ctx: self._importacao.ler([self._path], conta, andamento=ctx),
            owner=self,
            done=self._show,
            failed=self._refuse,
        )

    def _show(self, previa: Previa) -> None:
        try:
            problems = problemas(previa)
        except AppError as error:
            self._refuse(error)
            return
        self.summary.setText(describe(previa, len(problems)))
        if problems:
            shown = [*problems[:_MAX_SHOWN]]
            if len(problems) > _MAX_SHOWN:
                shown.append(f"… e mais {len(problems) - _MAX_SHOWN}.")
            self.faults.setPlainText("\n".join(shown))
            self.faults.show()
        elif previa.posicoes(SituacaoLinha.NOVA):
            self._previa = previa
            self.set_busy(False)
            self.confirm_button.setFocus()

    def _stored(self, gravacao: Gravacao) -> None:
        self.imported.emit(len(gravacao.novos))
        self.accept()

    def _refuse(self, error: AppError) -> None:
        self.summary.clear()
        self.show_problem(error)


def describe(previa: Previa, problemas: int) -> str:
    """What the file holds, in a sentence or two."""
    if problemas:
        problems = "1 problema" if problemas == 1 else f"{problemas} problemas"
        return f"O arquivo tem {problems}; nada será importado. Corrija-o e importe de novo."
    novos = previa.posicoes(SituacaoLinha.NOVA)
    existing = len(previa.linhas) - len(novos)
    known = f" {existing} já existem e ficam como estão." if existing else ""
    if not novos:
        return f"Nenhum título novo no arquivo.{known}"
    count = len(novos)
    return f"{'1 título novo' if count == 1 else f'{count} títulos novos'}, {previa.total(novos).com_simbolo}.{known}"


class CsvImporter(QObject):
    """The menu command: asks for the file, then shows the dialog over ``window``."""

    imported = Signal(int)

    def __init__(self, window: QWidget, jobs: Jobs, busca: BuscaService, importacao: ImportacaoService) -> None:
        super().__init__(window)
        self._window, self._jobs, self._busca, self._importacao = window, jobs, busca, importacao

    def choose_file(self) -> None:
        """Ask which file, without blocking."""
        dialog = QFileDialog(self._window, "Importar títulos de um arquivo CSV")
        dialog.setNameFilters(["Arquivos CSV (*.csv *.txt)", "Todos os arquivos (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.open()

    def open(self, path: Path) -> None:
        """Show what the file holds."""
        self._jobs.run(
            lambda _ctx: self._targets(), owner=self, done=lambda found: self._show(path, found), failed=self._fail
        )

    def _targets(self) -> list[Target]:
        return [(conta, tipo) for conta in self._busca.contas() for tipo in self._busca.tipos_cobranca(conta.id)]

    def _show(self, path: Path, targets: list[Target]) -> None:
        dialog = ImportarCsvDialog(self._window, self._jobs, self._importacao, path, targets)
        dialog.imported.connect(self._thank)
        dialog.open()

    def _thank(self, quantidade: int) -> None:
        self.imported.emit(quantidade)
        text = "1 título importado." if quantidade == 1 else f"{quantidade} títulos importados."
        show_message(self._window, text, title="Importar títulos")

    def _fail(self, error: AppError) -> None:
        show_error(self._window, error)
