"""Testar conexão: starts by itself, and may be repeated."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bancointegra.domain.conta import ContaBancaria
from bancointegra.services.teste_conexao import TesteConexaoService
from bancointegra.ui.conta.teste_painel import TestePanel
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import label, set_primary
from bancointegra.ui.widgets.card import Card

_WIDTH = 560


class TesteDialog(FormDialog):
    """``tested`` says whether all steps went well."""

    __test__ = False  # pytest would take the name for a test
    tested = Signal(bool)

    def __init__(self, parent: QWidget | None, jobs: Jobs, service: TesteConexaoService, conta: ContaBancaria) -> None:
        super().__init__(parent, "Testar conexão", confirm="Testar de novo")
        self._service, self._conta = service, conta
        self.cancel_button.setText("Fechar")
        self.setMinimumWidth(_WIDTH)
        self.panel = TestePanel(jobs)
        self.verdict = label("", "strong", wrap=True)
        where = f"{conta.mnemonico} · {conta.ambiente.value} · {conta.resumo}"
        card = Card()
        card.body.addWidget(label(where, "muted", wrap=True))
        card.body.addSpacing(4)
        card.body.addWidget(self.panel)
        self.body.addWidget(card)
        self.body.addWidget(self.verdict)
        self.body.addStretch(1)
        self.panel.finished.connect(self._finish)
        self.submit()

    def submit(self) -> None:
        """Test, the first time and each time asked."""
        self.set_busy(True)
        self.verdict.setText("Falando com o banco…")
        service, conta = self._service, self._conta
        self.panel.run(lambda tell: service.testar(conta, progress=tell))

    def _finish(self, went_well: bool) -> None:
        self.set_busy(False)
        self.verdict.setText(
            "Tudo certo: a conta fala com o banco." if went_well else "A conta ainda não fala com o banco."
        )
        set_primary(self.confirm_button, not went_well)
        set_primary(self.cancel_button, went_well)
        (self.cancel_button if went_well else self.confirm_button).setFocus()
        self.tested.emit(went_well)
