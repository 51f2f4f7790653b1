"""The page Conta Bancária: the list of accounts, the form of one, and what happens between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bancointegra.domain.certificado import SituacaoCertificado
from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.errors import AppError, InputError, StoreError
from bancointegra.domain.ports import Clock
from bancointegra.ui.conta import rascunho as nomes
from bancointegra.ui.conta.certificate_actions import CertificateActions
from bancointegra.ui.conta.conta_list import ContaList, ContaNaLista
from bancointegra.ui.conta.form import ContaEscrita, ContaForm
from bancointegra.ui.conta.rascunho import TipoEscrito
from bancointegra.ui.conta.services import LANE, ContaServices
from bancointegra.ui.feedback import MessageDialog, Tone, show_error
from bancointegra.ui.jobs import JobHandle, Jobs

_MARGIN = 12
_FORM_WIDTH = 1080


@dataclass(frozen=True, slots=True)
class _Aberta:
    """A stored account with all the form shows of it. ``problem`` is what could not be stored beside it."""

    conta: ContaBancaria
    tipos: tuple[TipoEscrito, ...]
    has_secret: bool
    situacao: SituacaoCertificado | None
    problem: AppError | None = None


class ContaPage(QWidget):
    """Every service call runs in the background; what it answers is dropped when the page is gone."""

    status_changed = Signal(str, Tone)
    """The result of the last operation, for the status line."""
    contas_changed = Signal()
    """An account was stored, or got another certificate."""

    def __init__(self, *, jobs: Jobs, services: ContaServices, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs, self._services, self._clock = jobs, services, clock
        self._looking: JobHandle | None = None
        self._opening: JobHandle | None = None
        self._saving = False
        self._greeted = False
        self._watched_window: QWidget | None = None
        self.contas = ContaList()
        self.form = ContaForm()
        self._actions = CertificateActions(self, jobs, services, clock)
        self._arrange()
        self._connect()
        self.form.show_new()
        self.contas.field.setFocus()
        self.load()

    # Looking

    def load(self) -> None:
        """Read the list, and open the first account when none is shown."""
        if self._looking:
            self._looking.abandon()
        words = self.contas.words
        self._looking = self._jobs.run(
            lambda _ctx: self._read_list(words), owner=self, done=self._show_list, failed=self._say_error
        )

    def open_conta(self, conta_id: int) -> None:
        """Show a stored account; unsaved changes are asked about first."""
        self.leave(lambda: self._open(conta_id), stay=self._mark_shown)

    def open_new(self) -> None:
        """Show an empty form; unsaved changes are asked about first."""
        self.leave(self._show_new)

    def leave(self, then: Callable[[], None], *, stay: Callable[[], None] = lambda: None) -> None:
        """Do ``then`` once nothing unsaved is lost by it; ``stay`` when the clerk prefers to go on writing."""
        if not self.form.is_dirty:
            then()
            return
        name = self.form.conta.mnemonico if self.form.conta else "nova"
        question = f"As alterações da conta {name} não foram salvas."
        dialog = MessageDialog(self, Tone.QUESTION, "Alterações não salvas", question)

        def save() -> None:
            dialog.accept()
            self.save(then=then)

        def discard() -> None:
            dialog.accept()
            self._discard()
            then()

        dialog.add_button("&Voltar", dialog.reject)
        dialog.add_button("&Descartar", discard)
        dialog.add_button("&Salvar", save, default=True)
        dialog.rejected.connect(stay)
        dialog.open()

    def save(self, then: Callable[[], None] = lambda: None) -> None:
        """Store what was written; ``then`` runs when it is stored."""
        if self._saving:
            return
        try:
            escrita = self.form.read()
        except InputError as error:
            self._mark_shown()
            self.form.show_problem(error)
            return
        self._set_saving(True)

        def saved(aberta: _Aberta) -> None:
            self._set_saving(False)
            self._show(aberta)
            self.load()
            self.contas_changed.emit()
            if aberta.problem:
                self.form.show_problem(aberta.problem)
                return
            self._say(f"Conta {aberta.conta.mnemonico} salva.", Tone.SUCCESS)
            then()

        def refused(error: AppError) -> None:
            self._set_saving(False)
            self._mark_shown()
            self.form.show_problem(error)

        self._jobs.run(lambda _ctx: self._store(escrita), owner=self, done=saved, failed=refused, lane=LANE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.isAncestorOf(self.window().focusWidget() or self.window()):
            self.contas.field.setFocus()
        if self._watched_window is not self.window():
            self._watched_window = self.window()
            self._watched_window.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.form.is_dirty and not event.spontaneous():
            self._say("Conta Bancária: há alterações não salvas.", Tone.WARNING)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the program asks about what was not stored."""
        if watched is self._watched_window and event.type() == QEvent.Type.Close and self.form.is_dirty:
            event.ignore()
            window = self._watched_window
            self.leave(lambda: _close(window))
            return True
        return super().eventFilter(watched, event)

    # Work, in the background

    def _read_list(self, words: str) -> tuple[ContaNaLista, ...]:
        agora = self._clock.now()
        found = self._services.conta.todas(words)
        return tuple(ContaNaLista(conta, self._services.certificado.situacao(conta, agora)) for conta in found)

    def _find(self, conta_id: int) -> ContaBancaria:
        """The account as it is stored now."""
        found = next((conta for conta in self._services.conta.todas() if conta.id == conta_id), None)
        if found is None:
            raise StoreError("A conta bancária não existe mais.", code="conta_inexistente")
        return found

    def _read_one(self, conta: ContaBancaria, problem: AppError | None = None) -> _Aberta:
        services = self._services
        tipos = tuple(TipoEscrito(tipo.id, tipo.nome) for tipo in services.conta.tipos_cobranca(conta))
        return _Aberta(
            conta,
            tipos,
            services.conta.tem_segredo(conta),
            services.certificado.situacao(conta, self._clock.now()),
            problem,
        )

    def _store(self, escrita: ContaEscrita) -> _Aberta:
        """The account first: what goes wrong afterwards is told, and the account is there."""
        stored = self._services.conta.salvar(escrita.conta, escrita.client_secret or None)
        known = {tipo.id: tipo.nome for tipo in self._services.conta.tipos_cobranca(stored)}
        try:
            for tipo in escrita.tipos:
                if known.get(tipo.id) != tipo.nome and not (tipo.id == 0 and tipo.nome in known.values()):
                    self._services.conta.salvar_tipo_cobranca(TipoCobranca(tipo.id, tipo.nome, stored.id))
        except AppError as error:
            return self._read_one(stored, error)
        return self._read_one(stored)

    # Showing

    def _show_list(self, contas: Sequence[ContaNaLista]) -> None:
        self._looking = None
        shown = self.form.conta
        self.contas.show_contas(contas, shown.id if shown else None)
        if not self._greeted:
            self._greeted = True
            self._greet(contas)

    def _greet(self, contas: Sequence[ContaNaLista]) -> None:
        """The first list: open its first account, or have the first account written."""
        if not contas:
            self.form.fields.edits[nomes.MNEMONICO].setFocus()
        elif self.form.conta is None and not self.form.is_dirty:
            self._open(contas[0].conta.id)
        self._warn(contas)

    def _warn(self, contas: Sequence[ContaNaLista]) -> None:
        """When the screen opens: the certificate that ends first, 60 days before and afterwards."""
        ending = [(each.situacao.dias, each) for each in contas if each.situacao and each.situacao.aviso]
        for _, each in sorted(ending, key=lambda pair: pair[0])[:1]:
            if each.situacao:
                self._say(f"{each.conta.mnemonico}: {each.situacao.aviso}", Tone.WARNING)

    def _open(self, conta_id: int) -> None:
        if self._opening:
            self._opening.abandon()
        self._opening = self._jobs.run(
            lambda _ctx: self._read_one(self._find(conta_id)),
            owner=self,
            done=self._show_opened,
            failed=self._show_error,
        )

    def reopen(self) -> None:
        """Show the account again, as it is stored now."""
        if self.form.conta:
            self._open(self.form.conta.id)
        self.load()

    def _show_opened(self, aberta: _Aberta) -> None:
        """What the clerk began to write meanwhile is not lost."""
        self._opening = None
        if not self.form.is_dirty:
            self._show(aberta)
        elif self.form.conta and self.form.conta.id == aberta.conta.id:
            self.form.rebase(aberta.conta, has_secret=aberta.has_secret)
            self.form.show_situacao(aberta.situacao)
        self._mark_shown()

    def _show(self, aberta: _Aberta) -> None:
        self.form.show_conta(aberta.conta, aberta.tipos, has_secret=aberta.has_secret)
        self.form.show_situacao(aberta.situacao)
        self._mark_shown()

    def _show_new(self) -> None:
        self.form.show_new()
        self.form.show_situacao(None)
        self._mark_shown()

    def _discard(self) -> None:
        self.form.forget_changes()

    def _mark_shown(self) -> None:
        self.contas.mark(self.form.conta.id if self.form.conta else None)

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.form.set_busy(saving)

    # Telling

    def _say(self, text: str, tone: Tone = Tone.INFO) -> None:
        self.status_changed.emit(text, tone)

    def _say_error(self, error: AppError) -> None:
        self._say(str(error), Tone.WARNING)

    def _show_error(self, error: AppError) -> None:
        self._say_error(error)
        show_error(self, error)

    # Building

    def _connect(self) -> None:
        self.contas.search_wanted.connect(lambda _: self.load())
        self.contas.chosen.connect(self.open_conta)
        self.contas.new_wanted.connect(self.open_new)
        self.form.save_wanted.connect(self.save)
        self.form.discard_wanted.connect(self._discard)
        self._connect_certificate()
        for keys, run in (
            ("Ctrl+S", self.save),
            ("Ctrl+N", self.open_new),
            ("Ctrl+F", self.contas.field.setFocus),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    def _connect_certificate(self) -> None:
        card, actions = self.form.api.certificate, self._actions
        for pressed, action in (
            (card.importar, actions.importar),
            (card.assistente, actions.assistente),
            (card.renovar, actions.renovar),
            (card.exportar, actions.exportar),
            (card.testar, actions.testar),
        ):
            pressed.connect(self._on_stored(action))
        actions.said.connect(self.status_changed)
        actions.busy.connect(card.set_busy)
        actions.stored.connect(lambda _: self._certificate_stored())
        actions.wizard_closed.connect(self.reopen)

    def _on_stored(self, action: Callable[[ContaBancaria], None]) -> Callable[[], None]:
        def act() -> None:
            """Only a stored account has a certificate: what was written is stored first."""

            def go() -> None:
                if self.form.conta:
                    action(self.form.conta)

            if self.form.is_dirty or self.form.conta is None:
                self.save(then=go)
            else:
                go()

        return act

    def _certificate_stored(self) -> None:
        self.contas_changed.emit()
        self.reopen()

    def _arrange(self) -> None:
        self.form.setMaximumWidth(_FORM_WIDTH)
        right = QVBoxLayout()
        right.addWidget(self.form)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        row.setSpacing(_MARGIN)
        row.addWidget(self.contas)
        row.addLayout(right, 1)


def _close(window: QWidget) -> None:
    window.close()
