"""The tab Ocorrências: payments refused afterwards, whose money is back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import AppError
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import OcorrenciaGuardada
from bancointegra.services.ocorrencia import OcorrenciaService
from bancointegra.ui.integracao.texts import contar
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.pagamento.columns import OCORRENCIAS
from bancointegra.ui.pagamento.records_list import RecordsList
from bancointegra.ui.style import button, label
from bancointegra.ui.table.memory_source import MemorySource
from bancointegra.ui.widgets.inline_progress import InlineProgress


class OcorrenciasTab(QWidget):
    """Shows what is kept; asks Celcoin when told to."""

    unseen_changed = Signal(int)
    """How many nobody has looked at yet."""
    fetched = Signal(tuple)
    """The new ``OcorrenciaGuardada`` that Celcoin told of."""
    pagamento_wanted = Signal(int)
    """The id of the payment behind the current row."""
    failed = Signal(AppError)

    def __init__(self, jobs: Jobs, service: OcorrenciaService, settings: QSettings) -> None:
        super().__init__()
        self._jobs, self._service = jobs, service
        self._conta: ContaPagamento | None = None
        self._records: tuple[OcorrenciaGuardada, ...] = ()
        self._found = label("", "muted")
        self.fetch_button = button("Buscar agora", "refresh-cw", tooltip="Perguntar à Celcoin pelos últimos 7 dias")
        self.progress = InlineProgress(keeps_place=False)
        self.list: RecordsList[OcorrenciaGuardada] = RecordsList(
            jobs, settings, name="ocorrencias", title="Ocorrências", columns=OCORRENCIAS, key=lambda row: row.id
        )
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.addWidget(self._found)
        bar.addStretch(1)
        bar.addWidget(self.progress)
        bar.addWidget(self.fetch_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.list, 1)
        self.fetch_button.clicked.connect(self.fetch)
        self.list.opened.connect(self._open)

    @property
    def found_text(self) -> str:
        """``2 ocorrências · R$ 350,00 devolvidos``."""
        return self._found.text()

    def set_conta(self, conta: ContaPagamento | None) -> None:
        self._conta = conta
        self.reload()

    def reload(self) -> None:
        """Show what is kept."""
        conta = self._conta
        if conta is None:
            self._show(())
            return
        self._jobs.run(
            lambda _ctx: self._service.listar(conta.id), owner=self, done=self._show, failed=self.failed.emit
        )

    def fetch(self) -> None:
        """Ask Celcoin for what is new."""
        conta = self._conta
        if conta is None:
            return

        def done(new: tuple[OcorrenciaGuardada, ...]) -> None:
            self.reload()
            self.fetched.emit(new)

        self.fetch_button.setEnabled(False)
        handle = self._jobs.run(
            lambda _ctx: self._service.buscar(conta.id), owner=self, done=done, failed=self.failed.emit
        )
        handle.ended.connect(lambda: self.fetch_button.setEnabled(True))
        self.progress.watch(handle, "Buscando ocorrências", can_stop=False)

    def mark_seen(self) -> None:
        """Somebody looks at the list now."""
        unseen = [record.id for record in self._records if not record.vista]
        if unseen:
            self._jobs.run(
                lambda _ctx: self._service.marcar_vistas(unseen),
                owner=self,
                done=lambda _none: self.unseen_changed.emit(0),
                failed=self.failed.emit,
            )

    def _show(self, records: Sequence[OcorrenciaGuardada]) -> None:
        self._records = tuple(records)
        total = Reais.total(record.ocorrencia.valor for record in records)
        counted = contar(len(records), "ocorrência", "ocorrências")
        self._found.setText(f"{counted} · {total.com_simbolo} devolvidos" if records else "")
        source = MemorySource(self._records, lambda row: row.id, OCORRENCIAS)
        self.list.load(source, "data", descending=True, on_empty=self._say_empty)
        self.unseen_changed.emit(sum(not record.vista for record in records))

    def _say_empty(self) -> None:
        self.list.say(
            "circle-check",
            "Nenhuma ocorrência",
            "Nenhum pagamento foi devolvido. O programa pergunta à Celcoin ao abrir e de hora em hora.",
        )

    def _open(self) -> None:
        current = self.list.current
        if current and current.pagamento_id is not None:
            self.pagamento_wanted.emit(current.pagamento_id)
