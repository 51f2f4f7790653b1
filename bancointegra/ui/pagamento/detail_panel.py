"""The panel beside the list: everything about the current pagamento, and its history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from bancointegra.domain.pagamento import Pagamento
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.ui.pagamento import texts
from bancointegra.ui.pagamento.columns import linha
from bancointegra.ui.pagamento.valores_grid import ValoresGrid
from bancointegra.ui.style import label
from bancointegra.ui.widgets.chip import StatusChip
from bancointegra.ui.widgets.history_column import HistoryColumn
from bancointegra.ui.widgets.labels import CopyableText
from bancointegra.ui.widgets.side_panel import SidePanel

_NOTHING = "Escolha um pagamento na lista para ver os detalhes."


class PagamentoDetailPanel(SidePanel):
    """Shows one pagamento, or why there is none. Asks nobody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Detalhe do pagamento", _NOTHING, (16, 12, 16, 12), parent)
        self.setProperty("role", "side")
        self._build()

    def show_pagamento(self, pagamento: Pagamento, history: Sequence[HistoryEntry], hoje_note: str = "") -> None:
        """``hoje_note`` is what may be done with it today, such as until when it can be reversed."""
        consulta = pagamento.consulta
        self.chip.set_status(pagamento.situacao.value)
        self.valor_label.setText(pagamento.valor.com_simbolo if pagamento.valor is not None else "valor a informar")
        self.beneficiario_label.setText(consulta.recebedor.nome)
        self.documento_label.setText(texts.documento(consulta.recebedor.documento))
        self.documento_label.setVisible(bool(consulta.recebedor.documento))
        for target, text, role in (
            (self.aviso_label, pagamento.aviso, "warning"),
            (self.note_label, hoje_note, "small"),
        ):
            target.setText(text)
            target.setProperty("role", role)
            target.setVisible(bool(text))
        self.facts.show_rows(texts.fatos_do_pagamento(pagamento))
        self.linha.set_text(linha(pagamento.linha), pagamento.linha)
        self._history.show_entries(history)
        self.show_content()

    def _build(self) -> None:
        self.chip = StatusChip()
        self.valor_label = label("", "amount")
        self.beneficiario_label = label("", wrap=True)
        self.documento_label = label("", "muted")
        self.aviso_label = label("", "warning", wrap=True)
        self.note_label = label("", "small", wrap=True)
        self.facts = ValoresGrid()
        self.linha = CopyableText("Linha digitável")
        for widget in (
            self.chip,
            self.valor_label,
            self.beneficiario_label,
            self.documento_label,
            self.aviso_label,
            self.note_label,
            self.facts,
            label("Linha digitável", "section"),
            self.linha,
            label("Histórico", "section"),
        ):
            self.content.addWidget(widget)
        self._history = HistoryColumn()
        self.content.addLayout(self._history)
        self.content.addStretch(1)
