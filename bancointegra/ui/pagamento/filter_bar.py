"""The line above the list of payments: status, period, words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from bancointegra.domain.pagamento import PagamentoFilter, SituacaoPagamento, TipoPeriodoPagamento
from bancointegra.ui.style import icon_action, label, named, tool_button
from bancointegra.ui.widgets.date_edit import DateEdit

_TYPING_PAUSE_MS = 250
_FILTER_WIDTH = 200
_DAYS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Recorte:
    """One choice of the first box."""

    nome: str
    situacoes: frozenset[SituacaoPagamento] = frozenset()
    agendados: bool = False
    sem_aprovacao: bool = False


EM_ABERTO = Recorte("Em aberto", frozenset(s for s in SituacaoPagamento if s.is_open))
RECORTES = (
    Recorte("Todos os status"),
    EM_ABERTO,
    *(Recorte(situacao.value, frozenset({situacao})) for situacao in SituacaoPagamento),
    Recorte("Agendados", agendados=True),
    Recorte("À espera de aprovação", sem_aprovacao=True),
)


class FilterBar(QWidget):
    """``filtro`` is what the boxes say now."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.recorte = named(QComboBox(), "Status")
        for recorte in RECORTES:
            self.recorte.addItem(recorte.nome, recorte)
        self.periodo = named(QComboBox(), "Período por")
        for tipo in (TipoPeriodoPagamento.INCLUSAO, TipoPeriodoPagamento.PAGAMENTO, TipoPeriodoPagamento.VENCIMENTO):
            self.periodo.addItem(tipo.value, tipo)
        self.de = named(DateEdit(today, today() - timedelta(days=_DAYS_SHOWN)), "Período de")
        self.ate = named(DateEdit(today), "Período até")
        self.texto = named(QLineEdit(placeholderText="Filtrar na lista"), "Filtrar na lista")
        self.texto.setToolTip("Beneficiário, documento, linha digitável (Ctrl+F); Esc limpa")
        self.texto.setMaximumWidth(_FILTER_WIDTH)
        self.texto.setClearButtonEnabled(True)
        self.texto.addAction(
            icon_action(self.texto, "list-filter", "Filtrar na lista (Ctrl+F)", self.focus_text),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        self.columns_button = tool_button("columns-3", "Escolher colunas")
        self.detail_button = tool_button("panel-right", "Mostrar ou esconder o detalhe (Ctrl+D)")
        self.detail_button.setCheckable(True)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(label("Status", "label"))
        row.addWidget(self.recorte)
        row.addWidget(label("Período", "label"))
        row.addWidget(self.periodo)
        row.addWidget(self.de)
        row.addWidget(label("até", "label"))
        row.addWidget(self.ate)
        row.addStretch(1)
        row.addWidget(self.texto)
        row.addWidget(self.columns_button)
        row.addWidget(self.detail_button)
        self._typing.timeout.connect(self.changed)
        self.texto.textChanged.connect(lambda _text: self._typing.start())
        self.recorte.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.periodo.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.de.changed.connect(lambda _day: self.changed.emit())
        self.ate.changed.connect(lambda _day: self.changed.emit())

    def filtro(self, conta_id: int | None) -> PagamentoFilter:
        recorte = self.recorte.currentData()
        return PagamentoFilter(
            conta_id=conta_id,
            situacoes=recorte.situacoes,
            tipo_periodo=self.periodo.currentData(),
            de=self.de.value,
            ate=self.ate.value,
            texto=self.texto.text().strip(),
            somente_agendados=recorte.agendados,
            somente_sem_aprovacao=recorte.sem_aprovacao,
        )

    def show_only(self, situacoes: frozenset[SituacaoPagamento]) -> None:
        """Choose these statuses, whatever the period."""
        with QSignalBlocker(self.de), QSignalBlocker(self.ate), QSignalBlocker(self.recorte):
            self.de.set_value(None)
            self.ate.set_value(None)
            names = [recorte.situacoes for recorte in RECORTES]
            self.recorte.setCurrentIndex(names.index(situacoes))
        self.changed.emit()

    def forget_filters(self) -> None:
        """Everything, of every day."""
        with QSignalBlocker(self.texto):
            self.texto.clear()
        self.show_only(frozenset())

    def focus_text(self) -> None:
        self.texto.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.texto.selectAll()
