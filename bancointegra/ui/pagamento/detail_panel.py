"""The panel beside the list: everything about the current pagamento, and its history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from bancointegra.domain.pagamento import Pagamento
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.ui.integracao.texts import history_line
from bancointegra.ui.pagamento import texts
from bancointegra.ui.pagamento.columns import linha
from bancointegra.ui.pagamento.valores_grid import ValoresGrid
from bancointegra.ui.style import button, label
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.chip import StatusChip
from bancointegra.ui.widgets.labels import CopyableText, ElidedLabel
from bancointegra.ui.widgets.layouts import clear_layout

_NARROWEST, _WIDEST = 264, 304
_NOTHING = "Escolha um pagamento na lista para ver os detalhes."


class PagamentoDetailPanel(Card):
    """Shows one pagamento, or why there is none. Asks nobody."""

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0)
        self.setProperty("role", "side")
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDEST)
        self.setAccessibleName("Detalhe do pagamento")
        self._empty = self._build_empty()
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._build())
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        self.body.addLayout(self._stack)
        self.show_nothing()

    def show_nothing(self) -> None:
        self.empty_label.setText(_NOTHING)
        self.retry_button.hide()
        self._stack.setCurrentWidget(self._empty)

    def show_error(self, message: str) -> None:
        self.empty_label.setText(message)
        self.retry_button.show()
        self._stack.setCurrentWidget(self._empty)

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
        self._show_history(history)
        self._stack.setCurrentWidget(self._scroll)

    def _build_empty(self) -> QWidget:
        self.empty_label = label("", "muted", wrap=True)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.retry_button = button("Tentar de novo")
        self.retry_button.clicked.connect(self.retry_requested)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(24, 16, 24, 16)
        column.addStretch(1)
        column.addWidget(self.empty_label)
        column.addWidget(self.retry_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return empty

    def _build(self) -> QWidget:
        content = QWidget()
        content.setProperty("role", "transparent")
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
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
            column.addWidget(widget)
        self._history = QVBoxLayout()
        self._history.setSpacing(0)
        column.addLayout(self._history)
        column.addStretch(1)
        return content

    def _show_history(self, history: Sequence[HistoryEntry]) -> None:
        clear_layout(self._history)
        for entry in history:
            self._history.addWidget(ElidedLabel(entry.texto))
            note = label(history_line(entry), "small", wrap=True)
            note.setContentsMargins(0, 0, 0, 6)
            self._history.addWidget(note)
