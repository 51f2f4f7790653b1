"""The rows of the preview: counted, filtered by situação, and ticked where a stored título would change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QStackedWidget, QWidget

from bancointegra.domain.importacao import Previa, SituacaoLinha
from bancointegra.ui.importacao import texts
from bancointegra.ui.importacao.columns import COLUMNS, LinhaNumerada, PreviaNaTela
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import hairline, label, named
from bancointegra.ui.table.memory_source import MemorySource
from bancointegra.ui.table.model import CHECK_COLUMN, PagedTableModel
from bancointegra.ui.table.view import TableView
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.empty_state import EmptyState

TODAS = "Todas"
FILTERS: dict[str, frozenset[SituacaoLinha]] = {
    TODAS: frozenset(SituacaoLinha),
    "Novas": frozenset({SituacaoLinha.NOVA}),
    "Mudaram": frozenset({SituacaoLinha.MUDOU}),
    "Já existem": frozenset({SituacaoLinha.JA_EXISTE}),
    "Com erro": frozenset({SituacaoLinha.ERRADA}),
}
_TICK = "Marque os títulos que devem ficar como no arquivo (Espaço, Ctrl+A). Os outros ficam como estão."


class PreviewCard(Card):
    """New rows are always imported; of the changed ones those that are ticked."""

    choice_changed = Signal()

    def __init__(self, jobs: Jobs, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0)
        self._shown: PreviaNaTela | None = None
        self._counted = label("", "strong")
        self._hint = label(_TICK, "muted", wrap=True)
        self.filters = {name: self._filter_button(name) for name in FILTERS}
        self.model: PagedTableModel[LinhaNumerada] = PagedTableModel(COLUMNS, _position, jobs, self)
        self.changes: PagedTableModel[LinhaNumerada] = PagedTableModel(COLUMNS, _position, jobs, self)
        self.table = named(TableView(self.model, settings, "importacao"), "Linhas do arquivo")
        self.table.setColumnHidden(CHECK_COLUMN, True)
        self.changes_table = named(TableView(self.changes, settings, "importacao-mudancas"), "Títulos que mudaram")
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        for page in (self.empty, self.table, self.changes_table):
            self._stack.addWidget(page)
        self._build()
        self.changes.checked_changed.connect(self.choice_changed)

    @property
    def counted(self) -> str:
        """``5.000 linhas: 4.812 novas …``"""
        return self._counted.text()

    @property
    def ticked(self) -> frozenset[int]:
        """The positions of the changed rows that are to be stored."""
        return self.changes.checked_ids if self._shown else frozenset()

    def show_previa(self, shown: PreviaNaTela) -> None:
        self._shown = shown
        previa = shown.previa
        self._counted.setText("" if previa.impedida else texts.contagem(shown.contagem))
        for name, situacoes in FILTERS.items():
            count = sum(shown.contagem.get(situacao, 0) for situacao in situacoes)
            self.filters[name].setText(f"{name} {texts.thousands(count)}")
            self.filters[name].setVisible(bool(count))
        self._load(self.changes, shown.de(FILTERS["Mudaram"]))
        self.choose_filter(TODAS)
        if not previa.linhas:
            self._say_no_rows(previa)

    def show_state(self, icon_name: str, title: str, text: str) -> None:
        """Say something in place of the rows."""
        self._shown = None
        self._counted.clear()
        for filter_button in self.filters.values():
            filter_button.hide()
        self._hint.hide()
        self.empty.show_state(icon_name, title, text)
        self._stack.setCurrentWidget(self.empty)

    def choose_filter(self, name: str) -> None:
        """Show only the rows of one kind."""
        self.filters[name].setChecked(True)
        if self._shown is None:
            return
        ticking = name == "Mudaram"
        self._hint.setVisible(ticking)
        if ticking:
            self._stack.setCurrentWidget(self.changes_table)
            return
        self._load(self.model, self._shown.de(FILTERS[name]))
        self._stack.setCurrentWidget(self.table)

    def _say_no_rows(self, previa: Previa) -> None:
        if previa.impedida:
            self.empty.show_state("columns-3", "Faltam colunas", texts.faltando(previa))
        else:
            self.empty.show_state("inbox", "Nenhuma linha", "O arquivo não tem linhas abaixo do cabeçalho.")
        self._stack.setCurrentWidget(self.empty)

    @staticmethod
    def _load(model: PagedTableModel[LinhaNumerada], rows: Sequence[LinhaNumerada]) -> None:
        model.load(MemorySource(rows, _position, COLUMNS))

    def _filter_button(self, name: str) -> QRadioButton:
        result = QRadioButton(name)
        result.hide()
        result.clicked.connect(lambda: self.choose_filter(name))
        return result

    def _build(self) -> None:
        group = QButtonGroup(self)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(12)
        head.addWidget(self._counted)
        head.addStretch(1)
        for filter_button in self.filters.values():
            group.addButton(filter_button)
            head.addWidget(filter_button)
        hint = QHBoxLayout()
        hint.setContentsMargins(16, 0, 16, 8)
        hint.addWidget(self._hint)
        self._hint.hide()
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addLayout(hint)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(hairline())


def _position(row: LinhaNumerada) -> int:
    return row.posicao
