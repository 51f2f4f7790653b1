"""The card of the list: what was found, typed filter, rows, and the states of a list without rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from bancointegra.domain.errors import AppError
from bancointegra.domain.titulo import TituloFilter, TituloRow, TituloSort, Totais
from bancointegra.services.busca import BuscaService
from bancointegra.ui.integracao.columns import COLUMNS
from bancointegra.ui.integracao.texts import nothing_found, totais_line
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.style import hairline, icon_action, label, named, tool_button
from bancointegra.ui.table.model import CHECK_COLUMN, PagedTableModel
from bancointegra.ui.table.view import TableView, menu_below
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.empty_state import EmptyState

_TYPING_PAUSE_MS = 250
_LOADING_SHOWN_AFTER_MS = 250
_FRESH_MS = 60
"""Results of a batch come faster than an eye can follow: so many milliseconds of them are shown at once."""
_FILTER_WIDTH = 220
_MOST_REFRESHED = 1000
"""Rows; who marked all of a million títulos gets the list anew instead."""


class TituloSource:
    """The rows of one search, for the list; every method blocks and is called by worker threads."""

    def __init__(self, busca: BuscaService, filtro: TituloFilter) -> None:
        self._busca = busca
        self.filtro = filtro

    def count(self) -> int:
        return self._busca.totais(self.filtro).quantidade

    def page(self, sort: TituloSort, descending: bool, offset: int, limit: int) -> Sequence[TituloRow]:
        return self._busca.page(self.filtro, sort, descending, offset, limit)

    def ids(self, sort: TituloSort, descending: bool) -> Sequence[int]:
        return self._busca.ids(self.filtro, sort, descending)

    def rows(self, ids: Sequence[int]) -> Sequence[TituloRow]:
        return self._busca.rows(ids)


class _NothingFound:
    """The source of a list that shows nothing."""

    def count(self) -> int:
        return 0

    def page(self, sort: TituloSort, descending: bool, offset: int, limit: int) -> Sequence[TituloRow]:
        return ()

    def ids(self, sort: TituloSort, descending: bool) -> Sequence[int]:
        return ()

    def rows(self, ids: Sequence[int]) -> Sequence[TituloRow]:
        return ()


class ListCard(Card):
    """Lists what ``search`` is given. What is checked, it also keeps as records, whatever the order of the list."""

    selection_changed = Signal()
    """Other rows are checked, another row is current, or one of them changed."""
    detail_wanted = Signal()
    """Enter or double click on a row."""

    def __init__(self, jobs: Jobs, busca: BuscaService, settings: QSettings, name: str = "integracao") -> None:
        """``name`` is where the columns are kept in the settings."""
        super().__init__(margin=0)
        self._jobs, self._busca = jobs, busca
        self._filtro: TituloFilter | None = None
        self._shown: TituloFilter | None = None
        self._focus_due = False
        self._checked: dict[int, TituloRow] = {}
        self._fresh: dict[int, TituloRow] = {}
        self._current: TituloRow | None = None
        self._totais: JobHandle | None = None
        self._known_totais: Totais | None = None
        self._way_on: tuple[str, Callable[[], None] | None] = ("", None)
        self.model: PagedTableModel[TituloRow] = PagedTableModel(COLUMNS, lambda row: row.id, jobs, self)
        self.table = named(TableView(self.model, settings, name), "Títulos")
        self._fresh_due = QTimer(self, singleShot=True, interval=_FRESH_MS)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._loading_shown = QTimer(self, singleShot=True, interval=_LOADING_SHOWN_AFTER_MS)
        self._build()
        self._connect()
        self.show_ready()

    @property
    def found_text(self) -> str:
        """``128 títulos · R$ 92.114,37``."""
        return f"{self._found.text()} {self._sum.text()}".strip()

    @property
    def checked(self) -> tuple[TituloRow, ...]:
        """The checked títulos, in the order they were found or checked; none while the list is not shown."""
        return tuple(self._checked.values()) if self._is_shown else ()

    @property
    def current(self) -> TituloRow | None:
        """The título the keyboard is at; None while the list is not shown."""
        return self._current if self._is_shown else None

    @property
    def chosen(self) -> tuple[TituloRow, ...]:
        """What an action works on: the checked títulos or, without any, the current one."""
        return self.checked or ((self.current,) if self.current else ())

    @property
    def _is_shown(self) -> bool:
        return self._stack.currentWidget() is self.table

    @property
    def shown_filter(self) -> TituloFilter | None:
        """What the rows shown were looked for by, typed words included; None before the first search."""
        return self._shown if self._filtro else None

    def add_tool(self, tool: QWidget) -> None:
        """Put a button beside the filter."""
        self._tools.addWidget(tool)

    def search(self, filtro: TituloFilter) -> None:
        """List what ``filtro`` finds together with the typed words; nothing stays checked."""
        self._filtro = filtro
        self._load()

    def focus_when_found(self) -> None:
        """Let the keyboard go to the rows once they are there."""
        self._focus_due = True

    def forget(self) -> None:
        """Empty the list: it belongs to another account."""
        self._filtro = None
        self._abandon_totais()
        self._found.clear()
        self._sum.clear()
        self.filter_field.clear()
        self.model.load(_NothingFound())
        self._keep_checked()
        self._take_current(None)
        self.show_ready()

    def replace(self, row: TituloRow) -> None:
        """Show the new state of a row, together with others that come in the same instant."""
        self._fresh[row.id] = row
        if not self._fresh_due.isActive():
            self._fresh_due.start()

    def offer_when_empty(self, action: str, on_action: Callable[[], None]) -> None:
        """A way on from a search that found nothing."""
        self._way_on = (action, on_action)

    def refresh(self) -> None:
        """Ask again for the rows that are loaded: something may have changed elsewhere."""
        ids = self.model.loaded_ids
        if len(ids) > _MOST_REFRESHED:
            self.model.reload()
        elif ids:
            self._jobs.run(
                lambda _ctx: self._busca.rows(ids), owner=self, done=self.model.replace, failed=self.show_failure
            )

    def go_to(self, titulo_id: int) -> bool:
        """Let the keyboard be at this título; False when it is not in the list."""
        position = self.model.index_of(titulo_id)
        if position is None:
            return False
        self.table.selectRow(position)
        self.table.scrollTo(self.model.index(position, CHECK_COLUMN))
        return True

    def show_fresh(self) -> None:
        """Show at once what ``replace`` collected."""
        self._fresh_due.stop()
        fresh, self._fresh = self._fresh, {}
        self._checked.update({row_id: row for row_id, row in fresh.items() if row_id in self._checked})
        self.model.replace(fresh.values())

    def uncheck(self, ids: Sequence[int]) -> None:
        """Uncheck these títulos, as far as they are in the list."""
        if self._checked.keys() <= set(ids):
            self.model.uncheck_all()
            return
        positions = [position for position in map(self.model.position_of, ids) if position is not None]
        self.model.check(positions, False)

    def show_ready(self) -> None:
        self.show_state(
            "search",
            "Pronto para pesquisar",
            "Escolha a Conta Bancária, o Status e o Período e tecle F5.",
        )

    def show_no_conta(self) -> None:
        self.show_state(
            "landmark",
            "Nenhuma conta com API Bancária",
            "Os títulos aparecem aqui quando houver uma Conta Bancária com API Bancária marcada.",
        )

    def show_failure(self, error: AppError) -> None:
        self._found.clear()
        self._sum.clear()
        self.show_state("triangle-alert", error.title, str(error), action="Tentar de novo", on_action=self._load)

    def focus_filter(self) -> None:
        self.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter field: Esc clears it, Enter and ↓ go to the list."""
        if watched is self.filter_field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Escape and self.filter_field.text():
                self.filter_field.clear()
                self._filter_now()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self._filter_now()
                self.table.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self._found = label("", "strong")
        self._sum = label("", "muted")
        self.filter_field = named(QLineEdit(placeholderText="Filtrar na lista"), "Filtrar na lista")
        self.filter_field.setToolTip("Palavras de qualquer coluna, em qualquer ordem (Ctrl+F); Esc limpa")
        self.filter_field.setFixedWidth(_FILTER_WIDTH)
        self.filter_field.setClearButtonEnabled(True)
        self.filter_field.addAction(
            icon_action(self.filter_field, "list-filter", "Filtrar na lista (Ctrl+F)", self.focus_filter),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        self.filter_field.installEventFilter(self)
        self.columns_button = tool_button("columns-3", "Escolher colunas")
        self.columns_button.clicked.connect(lambda: menu_below(self.table, self.columns_button))
        self.detail_button = tool_button("panel-right", "Mostrar ou esconder o detalhe (Ctrl+D)")
        self.detail_button.setCheckable(True)
        header = QHBoxLayout()
        header.setContentsMargins(16, 8, 16, 8)
        header.setSpacing(8)
        header.addWidget(self._found)
        header.addWidget(self._sum)
        header.addStretch(1)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(8)
        header.addWidget(self.filter_field)
        header.addLayout(self._tools)
        for widget in (self.columns_button, self.detail_button):
            header.addWidget(widget)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        self.body.setSpacing(0)
        self.body.addLayout(header)
        self._stack.currentChanged.connect(lambda _index: self.selection_changed.emit())
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(hairline())

    def _connect(self) -> None:
        self._typing.timeout.connect(self._filter_now)
        self.filter_field.textChanged.connect(lambda _text: self._typing.start())
        self._loading_shown.timeout.connect(self._show_loading)
        self._fresh_due.timeout.connect(self.show_fresh)
        self.model.loading.connect(self._loading_shown.start)
        self.model.loaded.connect(self._show_found)
        self.model.failed.connect(self.show_failure)
        self.model.checked_changed.connect(self._keep_checked)
        self.table.current_changed.connect(self._take_current)
        self.table.opened.connect(lambda _position: self.detail_wanted.emit())

    def _load(self) -> None:
        if self._filtro is None:
            return
        self._typing.stop()
        filtro = replace(self._filtro, texto=self.filter_field.text().strip())
        sort, descending = self.model.sorted_by
        self._shown = filtro
        self.model.load(TituloSource(self._busca, filtro), sort or TituloSort.VENCIMENTO, descending=descending)
        self._keep_checked()
        self._load_totais(filtro)

    def _filter_now(self) -> None:
        self._typing.stop()
        if self._filtro and self._shown and self._shown.texto != self.filter_field.text().strip():
            self._load()

    def _abandon_totais(self) -> None:
        if self._totais:
            self._totais.abandon()
        self._totais = None
        self._known_totais = None

    def _load_totais(self, filtro: TituloFilter) -> None:
        self._abandon_totais()
        self._totais = self._jobs.run(
            lambda _ctx: self._busca.totais(filtro), owner=self, done=self._show_totais, failed=self.show_failure
        )

    def _show_totais(self, totais: Totais) -> None:
        self._totais = None
        self._known_totais = totais
        self._write_totais()

    def _write_totais(self) -> None:
        """Also after “Pesquisando…” stood in their place: sorting anew changes the rows, not their sum."""
        if self._known_totais is not None:
            found, total = totais_line(self._known_totais)
            self._found.setText(found)
            self._sum.setText(f"· {total}")

    def _show_loading(self) -> None:
        if self._is_shown:
            self._found.setText("Pesquisando…")
            self._sum.clear()
        else:
            self.show_state("clock", "Pesquisando…", "Os títulos aparecem aqui assim que forem encontrados.")

    def _show_found(self, quantidade: int) -> None:
        self._loading_shown.stop()
        self._write_totais()
        self._keep_checked()
        if self._filtro is None or self._shown is None:
            return
        focus_due, self._focus_due = self._focus_due, False
        if quantidade:
            self._stack.setCurrentWidget(self.table)
            if focus_due:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.table.hasFocus() and not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, CHECK_COLUMN))
            return
        title, text = nothing_found(self._shown)
        action, on_action = self._way_on
        if self._shown.texto:
            action, on_action = "Limpar o filtro da lista", self.filter_field.clear
        self.show_state("inbox", title, text, action=action, on_action=on_action)

    def show_state(
        self, icon_name: str, title: str, text: str, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        """A sentence in the place of the rows."""
        self._loading_shown.stop()
        self.empty.show_state(icon_name, title, text, action=action, on_action=on_action)
        self._stack.setCurrentWidget(self.empty)

    def _keep_checked(self) -> None:
        ids = self.model.checked_ids
        known = {**self._checked, **{row.id: row for row in self.model.checked_rows()}}
        self._checked = {row_id: row for row_id, row in known.items() if row_id in ids}
        self.selection_changed.emit()

    def _take_current(self, row: TituloRow | None) -> None:
        self._current = row
        self.selection_changed.emit()
