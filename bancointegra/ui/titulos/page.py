"""The page Títulos a Receber: filters, list, and the form of one título."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.ports import Clock
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TituloRow
from bancointegra.services.titulo import TituloAberto
from bancointegra.ui.feedback import Tone, ask, show_error, show_message
from bancointegra.ui.integracao.criterios import Criterios
from bancointegra.ui.integracao.filter_card import FilterCard
from bancointegra.ui.integracao.list_card import ListCard
from bancointegra.ui.integracao.texts import titulos
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.titulos.bar import TitulosBar
from bancointegra.ui.titulos.rascunho import ContaComTipos, RascunhoTitulo, copia, rascunho_de, rascunho_novo
from bancointegra.ui.titulos.services import LANE, TitulosServices
from bancointegra.ui.titulos.titulo_dialog import TituloDialog

_CRITERIOS = "titulos/criterios"
_A_RECEBER = frozenset(Situacao) - {Situacao.LIQUIDADO}
"""What is listed until the clerk decides: all that was not paid, whenever it is due."""
_MARGIN = 12

Opened = tuple[Sequence[ContaComTipos], TituloAberto | None]


class TitulosPage(QWidget):
    """Every service call runs in the background; what it answers is dropped when the page is gone."""

    conta_changed = Signal(object)
    """The account chosen: a ``ContaBancaria``, or None."""
    status_changed = Signal(str, Tone)
    """The result of the last operation, for the status line."""
    titulos_changed = Signal(object)
    """The ids of títulos changed here."""
    bank_wanted = Signal(object, object, bool)
    """A ``ContaBancaria`` and a ``TituloRow`` to be seen in Integração Bancária; True: to be altered there."""

    def __init__(
        self, *, jobs: Jobs, services: TitulosServices, clock: Clock, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs, self._services, self._clock, self._settings = jobs, services, clock, settings
        self._wanted: int | None = None
        """The título to go to once the list is there."""
        self._opening = False
        self.filters = FilterCard(
            jobs, services.busca, clock.today, self._remembered(), self, contas=services.titulos.contas
        )
        self.list = ListCard(jobs, services.busca, settings, "titulos")
        self.list.detail_button.hide()
        self.list.offer_when_empty("Novo título", self.new_titulo)
        self.bar = TitulosBar()
        self.list.body.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        column.addWidget(self.filters)
        column.addWidget(self.list, 1)
        self._connect()
        self._show_selection()
        self.filters.load_contas()

    @property
    def conta(self) -> ContaBancaria | None:
        """The account chosen."""
        return self.filters.conta

    def search(self) -> None:
        """What F5 does."""
        self.filters.search()

    def refresh(self) -> None:
        """Something changed outside this page."""
        self.filters.load_contas()
        self.filters.refresh_tipos()
        self.filters.refresh_counts()
        self.list.refresh()

    def new_titulo(self) -> None:
        """An empty form for the account and tipo of the filter."""

        def show(contas: Sequence[ContaComTipos]) -> None:
            conta = next((conta for conta, _ in contas if self.conta and conta.id == self.conta.id), None)
            if conta is None and len(contas) == 1:
                conta = contas[0][0]
            self._show_dialog(contas, self._blank(contas, conta))

        self._open(lambda: (self._services.titulos.contas_com_tipos(), None), lambda opened: show(opened[0]))

    def open_titulo(self, titulo_id: int) -> None:
        """The form of a stored título."""
        self._open(
            lambda: (self._services.titulos.contas_com_tipos(), self._services.titulos.abrir(titulo_id)),
            lambda opened: self._show_dialog(opened[0], None, opened[1]),
        )

    def copy_titulo(self, titulo_id: int) -> None:
        """A form for a new título with the data of another."""

        def show(opened: Opened) -> None:
            contas, aberto = opened
            if aberto:
                conta = next(conta for conta, _ in contas if conta.id == aberto.titulo.conta_id)
                self._show_dialog(contas, rascunho_de(copia(aberto.dados, self._clock.today()), conta))

        self._open(lambda: (self._services.titulos.contas_com_tipos(), self._services.titulos.abrir(titulo_id)), show)

    def delete(self, rows: Sequence[TituloRow]) -> None:
        """Ask, and delete those that never went to the bank; say of the others why not."""
        if not rows:
            return
        first = ", ".join(row.titulo for row in rows[:3]) + (f" e mais {len(rows) - 3}" if len(rows) > 3 else "")
        question = f"Excluir {titulos(len(rows))} ({first})?"
        hint = "Só sai do cadastro o que nunca foi ao banco."
        ask(self, question, on_yes=lambda _all: self._delete(rows), title="Excluir", hint=hint)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.refresh()
        if not self.isAncestorOf(self.window().focusWidget() or self.window()):
            self.filters.conta_field.setFocus()

    # Looking

    def _connect(self) -> None:
        self.filters.search_requested.connect(self._search)
        self.filters.conta_changed.connect(self._take_conta)
        self.filters.contas_loaded.connect(self._greet)
        self.filters.failed.connect(self._show_error)
        self.list.selection_changed.connect(self._show_selection)
        self.list.detail_wanted.connect(self._open_current)
        self.list.model.order_known.connect(self._go_to_wanted)
        self.bar.new_wanted.connect(self.new_titulo)
        self.bar.open_wanted.connect(self._open_current)
        self.bar.copy_wanted.connect(self._copy_current)
        self.bar.delete_wanted.connect(self._delete_chosen)
        self.bar.bank_wanted.connect(self._see_at_the_bank)
        shortcuts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("F5", self.search),
            ("Ctrl+F", self.list.focus_filter),
            ("Ctrl+N", self.new_titulo),
            ("Ctrl+D", self._copy_current),
            ("Ctrl+Shift+I", self._see_at_the_bank),
        )
        for keys, run in shortcuts:
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        delete_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list.table)
        delete_key.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete_key.activated.connect(self._delete_chosen)

    def _remembered(self) -> Criterios:
        kept = self._settings.value(_CRITERIOS)
        if kept is None:
            return Criterios(situacoes=_A_RECEBER)
        return Criterios.from_json(str(kept), self._clock.today())

    def _greet(self, contas: int) -> None:
        if not contas:
            self.list.show_state(
                "landmark", "Nenhuma conta bancária", "Cadastre uma em Financeiro, Banco, Conta Bancária."
            )

    def _take_conta(self, conta: ContaBancaria | None) -> None:
        self.conta_changed.emit(conta)
        self.list.forget()
        if conta is not None:
            self.search()

    def _search(self, criterios: Criterios) -> None:
        try:
            filtro = criterios.to_filter()
        except InputError as error:
            self._show_error(error)
            return
        self._settings.setValue(_CRITERIOS, criterios.to_json())
        self.list.search(filtro)
        self.list.focus_when_found()
        self.filters.refresh_counts()

    def _show_selection(self) -> None:
        self.bar.show_selection(self.list.checked, self.list.current)

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not self.list.go_to(wanted):
            self._say("O título foi gravado, mas não está nesta lista: os filtros deixam-no de fora.", Tone.WARNING)

    # Acting

    def _open_current(self) -> None:
        if self.list.current:
            self.open_titulo(self.list.current.id)

    def _copy_current(self) -> None:
        if self.list.current:
            self.copy_titulo(self.list.current.id)

    def _delete_chosen(self) -> None:
        self.delete(self.list.chosen)

    def _see_at_the_bank(self) -> None:
        if self.conta and self.list.current:
            self._go_to_the_bank(self.list.current, self.conta, alterar=False)

    def _delete(self, rows: Sequence[TituloRow]) -> None:
        def delete_one(row: TituloRow) -> str:
            try:
                self._services.titulos.excluir(row.id)
            except AppError as error:
                return str(error)
            return ""

        self._jobs.run(
            lambda _ctx: [delete_one(row) for row in rows],
            owner=self,
            done=self._deleted,
            failed=self._show_error,
            lane=LANE,
        )

    def _deleted(self, problems: Sequence[str]) -> None:
        kept = [problem for problem in problems if problem]
        gone = len(problems) - len(kept)
        if gone:
            self._say(f"{titulos(gone)} fora do cadastro.", Tone.SUCCESS)
            self.search()
        if kept:
            more = f"\n… e mais {len(kept) - 5}." if len(kept) > 5 else ""
            show_message(self, "\n".join(kept[:5]) + more, title="Excluir", tone=Tone.WARNING)

    def _open(self, read: Callable[[], Opened], show: Callable[[Opened], None]) -> None:
        """One form at a time, however often the key is pressed."""
        if self._opening:
            return
        self._opening = True
        handle = self._jobs.run(lambda _ctx: read(), owner=self, done=show, failed=self._show_error)
        handle.ended.connect(self._opened)

    def _opened(self) -> None:
        self._opening = False

    def _blank(self, contas: Sequence[ContaComTipos], conta: ContaBancaria | None) -> RascunhoTitulo:
        tipos = next((tipos for each, tipos in contas if conta and each.id == conta.id), ())
        wanted = self.filters.criterios.tipo_cobranca_id
        tipo_id = next((tipo.id for tipo in tipos if tipo.id == wanted), tipos[0].id if tipos else None)
        return rascunho_novo(conta, tipo_id, self._clock.today())

    def _show_dialog(
        self, contas: Sequence[ContaComTipos], shown: RascunhoTitulo | None, aberto: TituloAberto | None = None
    ) -> None:
        dialog = TituloDialog(self._jobs, self._services, self._clock, contas, shown, aberto, self)
        dialog.saved.connect(lambda titulo_id: self._saved(titulo_id, new=aberto is None))
        dialog.stored_many.connect(self._stored_many)
        dialog.bank_wanted.connect(self._alter_at_the_bank)
        dialog.pagador.stored.connect(self.list.refresh)
        dialog.open()

    def _saved(self, titulo_id: int, *, new: bool) -> None:
        self._say("Título incluído." if new else "Título salvo.", Tone.SUCCESS)
        self.titulos_changed.emit((titulo_id,))
        if new:
            self._wanted = titulo_id
            self.search()
        else:
            self.list.refresh()
            self.filters.refresh_counts()

    def _stored_many(self, quantidade: int) -> None:
        self._say(f"{titulos(quantidade)} gravados.", Tone.SUCCESS)
        self.search()

    def _alter_at_the_bank(self, titulo_id: int) -> None:
        """Where the título is now, as it is now."""

        def go(found: tuple[TituloRow, ContaBancaria]) -> None:
            row, conta = found
            self._go_to_the_bank(row, conta, alterar=row.situacao is Situacao.REGISTRADO and not row.a_confirmar)

        self._jobs.run(lambda _ctx: self._row_and_conta(titulo_id), owner=self, done=go, failed=self._show_error)

    def _go_to_the_bank(self, row: TituloRow, conta: ContaBancaria, *, alterar: bool) -> None:
        if conta.api_bancaria:
            self.bank_wanted.emit(conta, row, alterar)
        else:
            self._say(f"A conta {conta.mnemonico} não tem a API Bancária ativada.", Tone.WARNING)

    def _row_and_conta(self, titulo_id: int) -> tuple[TituloRow, ContaBancaria]:
        conta_id = self._services.busca.titulo(titulo_id).conta_id
        conta = next(conta for conta in self._services.titulos.contas() if conta.id == conta_id)
        return self._services.busca.rows([titulo_id])[0], conta

    # Telling

    def _say(self, text: str, tone: Tone = Tone.INFO) -> None:
        self.status_changed.emit(text, tone)

    def _show_error(self, error: AppError) -> None:
        self._say(str(error), Tone.WARNING)
        show_error(self, error)
