"""The line at the top: which account pays, what it has left, and its settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import AppError
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import Saldo
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.pagamento.conta_dialog import ContaPagamentoDialog
from bancointegra.ui.pagamento.services import PagamentoServices
from bancointegra.ui.style import button, label, named, tool_button
from bancointegra.ui.widgets.labels import ElidedLabel

_CHOSEN = "pagamentos/conta"


class ContaBar(QWidget):
    """Knows the accounts; ``conta`` is the chosen one."""

    conta_changed = Signal(object)
    """A ``ContaPagamento``, or None when there is none."""
    saldo_changed = Signal(object)
    """The ``Reais`` the account has left, or None when Celcoin did not say."""
    failed = Signal(AppError)

    def __init__(self, jobs: Jobs, services: PagamentoServices, settings: QSettings) -> None:
        super().__init__()
        self._jobs, self._services, self._settings = jobs, services, settings
        self._contas: tuple[ContaPagamento, ...] = ()
        self._asking: JobHandle | None = None
        self.conta: ContaPagamento | None = None
        self.saldo: Reais | None = None
        self.choice = named(QComboBox(), "Conta de pagamento")
        self.resumo = ElidedLabel("", "muted")
        self.saldo_label = label("", "strong")
        self.saldo_button = tool_button("refresh-cw", "Atualizar o saldo")
        self.settings_button = button("Conta Celcoin…", "pencil", tooltip="Ambiente, ClientID, certificado e limites")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.choice)
        row.addWidget(self.resumo)
        row.addWidget(self.saldo_label)
        row.addWidget(self.saldo_button)
        row.addWidget(self.settings_button)
        self.choice.currentIndexChanged.connect(self._choose)
        self.saldo_button.clicked.connect(lambda: self.ask_saldo())
        self.settings_button.clicked.connect(self.open_settings)

    def load(self) -> None:
        """Look for the accounts; the one chosen last is chosen again."""
        self._jobs.run(lambda _ctx: self._services.busca.contas(), owner=self, done=self._show, failed=self.failed.emit)

    def ask_saldo(self, *, quietly: bool = False) -> None:
        """Ask Celcoin what is left; ``quietly`` when nobody asked for it."""
        conta = self.conta
        if conta is None:
            return
        if self._asking:
            self._asking.abandon()

        def fail(error: AppError) -> None:
            self._take_saldo(None)
            if not quietly:
                self.failed.emit(error)

        self._asking = self._jobs.run(
            lambda _ctx: self._services.pagamento.saldo(conta.id), owner=self, done=self._take_saldo, failed=fail
        )

    def open_settings(self) -> None:
        """The dialog of the chosen account, or of a first one."""
        dialog = ContaPagamentoDialog(self.conta, self._jobs, self._services.contas, self)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, conta: ContaPagamento) -> None:
        self._settings.setValue(_CHOSEN, conta.id)
        self.load()

    def _show(self, contas: Sequence[ContaPagamento]) -> None:
        self._contas = tuple(contas)
        wanted = str(self._settings.value(_CHOSEN, ""))
        position = next((at for at, conta in enumerate(contas) if str(conta.id) == wanted), 0)
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for conta in contas:
                self.choice.addItem(conta.mnemonico)
            self.choice.setCurrentIndex(position if contas else -1)
        self.choice.setVisible(len(contas) > 1)
        self._choose(position)

    def _choose(self, position: int) -> None:
        chosen = self._contas[position] if 0 <= position < len(self._contas) else None
        self.resumo.set_text(chosen.resumo if chosen else "")
        if chosen:
            self._settings.setValue(_CHOSEN, chosen.id)
        for widget in (self.resumo, self.saldo_label, self.saldo_button):
            widget.setVisible(chosen is not None)
        if chosen == self.conta and chosen is not None:
            return
        self.conta = chosen
        self._take_saldo(None)
        self.conta_changed.emit(chosen)
        self.ask_saldo(quietly=True)

    def _take_saldo(self, saldo: Saldo | None) -> None:
        self.saldo = saldo.disponivel if saldo else None
        self.saldo_label.setText(f"Saldo {self.saldo.com_simbolo}" if self.saldo is not None else "Saldo não informado")
        self.saldo_changed.emit(self.saldo)
