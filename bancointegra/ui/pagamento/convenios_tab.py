"""The tab Convênios: whose bills can be paid, until what hour, and which of them the typed line belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.convenio import Convenio
from bancointegra.domain.errors import AppError
from bancointegra.services.convenio import ConvenioService
from bancointegra.ui.integracao.texts import contar
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.pagamento.columns import CONVENIOS
from bancointegra.ui.pagamento.records_list import RecordsList
from bancointegra.ui.style import button, icon_action, label, named
from bancointegra.ui.table.memory_source import MemorySource
from bancointegra.ui.widgets.inline_progress import InlineProgress

_TYPING_PAUSE_MS = 200
_FIELD_WIDTH = 280


class ConveniosTab(QWidget):
    """Searches the list kept here; fetches it when it is asked to, or when there is none of today."""

    failed = Signal(AppError)

    def __init__(self, jobs: Jobs, service: ConvenioService, settings: QSettings) -> None:
        super().__init__()
        self._jobs, self._service = jobs, service
        self._conta: ContaPagamento | None = None
        self._linha = ""
        self._looked = False
        self.field = named(QLineEdit(placeholderText="Nome do convênio"), "Procurar convênio")
        self.field.setMaximumWidth(_FIELD_WIDTH)
        self.field.setClearButtonEnabled(True)
        self.field.addAction(
            icon_action(self.field, "search", "Procurar convênio", self.field.setFocus),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        self.fetch_button = button("Atualizar lista", "refresh-cw", tooltip="Buscar a lista na Celcoin")
        self.progress = InlineProgress(keeps_place=False)
        self._found = label("", "muted")
        self.da_linha = label("", "success")
        self.list: RecordsList[Convenio] = RecordsList(
            jobs, settings, name="convenios", title="Convênios", columns=CONVENIOS, key=hash
        )
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(8)
        bar.addWidget(self.field)
        bar.addWidget(self._found)
        bar.addWidget(self.da_linha)
        bar.addStretch(1)
        bar.addWidget(self.progress)
        bar.addWidget(self.fetch_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self.search)
        self.fetch_button.clicked.connect(self.fetch)

    def set_conta(self, conta: ContaPagamento | None) -> None:
        self._conta, self._looked = conta, False
        if self.isVisible():
            self.look()

    def set_linha(self, linha: str) -> None:
        """The line typed above, empty for none: its convênio is named here."""
        self._linha = linha
        if self.isVisible():
            self._name_convenio()

    def look(self) -> None:
        """The tab was opened: list what is kept; a list that is not of today is fetched anew, once."""
        conta = self._conta
        if conta is None:
            self.list.say("receipt-text", "Nenhum convênio", "A lista aparece aqui quando houver uma conta Celcoin.")
            return
        if not self._looked:
            self._looked = True
            self._jobs.run(
                lambda _ctx: self._service.is_atual(conta.id),
                owner=self,
                done=lambda fresh: self.search() if fresh else self.fetch(),
                failed=self.failed.emit,
            )
        self._name_convenio()

    def search(self) -> None:
        conta, words = self._conta, self.field.text()
        if conta is None:
            return
        self._jobs.run(
            lambda _ctx: self._service.procurar(conta.id, words), owner=self, done=self._show, failed=self.failed.emit
        )

    def fetch(self) -> None:
        """Ask Celcoin for the whole list."""
        conta = self._conta
        if conta is None:
            return
        self.fetch_button.setEnabled(False)
        handle = self._jobs.run(
            lambda _ctx: self._service.atualizar(conta.id),
            owner=self,
            done=lambda _all: self._fetched(),
            failed=self._not_fetched,
        )
        handle.ended.connect(lambda: self.fetch_button.setEnabled(True))
        self.progress.watch(handle, "Buscando a lista", can_stop=False)

    def _fetched(self) -> None:
        self.search()
        self._name_convenio()

    def _not_fetched(self, error: AppError) -> None:
        self.search()  # an older list is better than none
        self.failed.emit(error)

    def _show(self, found: Sequence[Convenio]) -> None:
        self._found.setText(contar(len(found), "convênio", "convênios"))
        source = MemorySource(tuple(dict.fromkeys(found)), hash, CONVENIOS)
        self.list.load(source, "nome", descending=False, on_empty=self._say_empty)

    def _say_empty(self) -> None:
        words = self.field.text().strip()
        if words:
            self.list.say("inbox", "Nenhum convênio com essas palavras", f"Nada na lista contém “{words}”.")
        else:
            self.list.say("inbox", "A lista ainda não foi buscada", "Clique em Atualizar lista.")

    def _name_convenio(self) -> None:
        conta, linha = self._conta, self._linha
        if conta is None or not linha:
            self.da_linha.setText("")
            return
        self._jobs.run(lambda _ctx: self._service.da_linha(conta.id, linha), owner=self, done=self._show_convenio)

    def _show_convenio(self, convenio: Convenio | None) -> None:
        until = f", até {convenio.limite:%H:%M}" if convenio and convenio.limite else ""
        self.da_linha.setText(f"A linha digitada é de {convenio.nome}{until}" if convenio else "")
