"""One título: written, changed as far as the bank does not know it, repeated as parcelas, deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from bancointegra.domain.edicao_titulo import DadosTitulo
from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.ports import Clock
from bancointegra.domain.situacao import Situacao
from bancointegra.services.titulo import TituloAberto
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.feedback import MessageDialog, Tone, show_error
from bancointegra.ui.integracao import texts
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import button, label, link_button
from bancointegra.ui.titulos import rascunho as nomes
from bancointegra.ui.titulos.form import TituloForm
from bancointegra.ui.titulos.pagador_field import PagadorField
from bancointegra.ui.titulos.parcelar_dialog import ParcelarDialog
from bancointegra.ui.titulos.rascunho import ContaComTipos, RascunhoTitulo
from bancointegra.ui.titulos.services import LANE, TitulosServices
from bancointegra.ui.tokens import A_CONFIRMAR
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.chip import StatusChip
from bancointegra.ui.widgets.history_column import HistoryColumn

_WIDTH = 940
_HISTORY_HEIGHT = 150
_ALL = 100
"""Of the room that is left."""
_CHANGED_MEANWHILE = ("mudou", "mude_no_banco")
_BAIXADO = "O boleto {numero} foi baixado. O que você mudar aqui vale para o próximo registro, com outro nosso número."


class TituloDialog(FormDialog):
    """A new título (``aberto`` None) filled with ``shown``, or a stored one."""

    saved = Signal(int)
    """The id of the título stored."""
    stored_many = Signal(int)
    """How many parcelas were stored."""
    bank_wanted = Signal(int)
    """The clerk wants to change this título through the bank."""

    def __init__(
        self,
        jobs: Jobs,
        services: TitulosServices,
        clock: Clock,
        contas: Sequence[ContaComTipos],
        shown: RascunhoTitulo | None,
        aberto: TituloAberto | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "Título a Receber" if aberto else "Novo título", confirm="Salvar")
        self.setMinimumWidth(_WIDTH)
        self.grow_with_texts()
        self._jobs, self._services, self._clock = jobs, services, clock
        self._contas = {conta.id: conta for conta, _ in contas}
        self._aberto = aberto
        self._again = self._then_bank = self._leaving = False
        self.pagador = PagadorField(jobs, services.pagadores, self)
        self.form = TituloForm(contas, self.pagador, clock.today)
        self._shown = self.form.rascunho
        self.heading = label("Novo título", "heading")
        self.chip = StatusChip()
        self.nosso_numero = label("", "muted")
        self.reason = label("", "warning", wrap=True)
        self.bank_button = link_button("Enviar Alteração…")
        self.parcelar_button = button("Parcelar…", tooltip="Repetir em parcelas mensais (Ctrl+Shift+P)")
        self.again_button = button("Salvar e novo", tooltip="Gravar e começar outro (Ctrl+Enter)")
        self._history = HistoryColumn()
        self.history_card = self._new_history()
        self._arrange()
        self._connect()
        if aberto:
            self.show_aberto(aberto)
        else:
            self._show(shown or nomes.rascunho_novo(None, None, clock.today()))
        self._show_kind()
        self._focus_first()

    @property
    def is_dirty(self) -> bool:
        """Whether something was written that is not stored."""
        return self.form.rascunho != self._shown

    def show_aberto(self, aberto: TituloAberto) -> None:
        """A stored título as it is now, with what may be changed of it."""
        self._aberto = aberto
        titulo, permissao = aberto.titulo, aberto.permissao
        self.heading.setText(f"Título {titulo.identificacao}")
        self.chip.set_status(A_CONFIRMAR if titulo.a_confirmar else titulo.situacao.value)
        numero = texts.nosso_numero(titulo)
        self.nosso_numero.setText(f"Nosso número {numero}" if numero else "")
        self._show(nomes.rascunho_de(aberto.dados, self._contas[titulo.conta_id]))
        self.form.allow(dados=permissao.dados, conta=permissao.conta)
        reason = permissao.motivo
        if titulo.situacao is Situacao.BAIXADO and numero and not reason:
            reason = _BAIXADO.format(numero=numero)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.bank_button.setVisible(not permissao.dados)
        registered = titulo.situacao is Situacao.REGISTRADO and not titulo.a_confirmar
        self.bank_button.setText("Enviar Alteração…" if registered else "Abrir em Integração Bancária")
        self._history.show_entries(self._aberto.historico if self._aberto else ())

    def submit(self) -> None:
        self._again = self._then_bank = False
        self._save()

    def save_and_begin_again(self) -> None:
        """Store it, and let the clerk write the next one."""
        if self._aberto is None:
            self._again = True
            self._save()

    def reject(self) -> None:
        """Leave; what was written and not stored is asked about."""
        if self._leaving or not self.is_dirty:
            super().reject()
            return
        question = "O que você escreveu neste título não foi salvo."
        dialog = MessageDialog(self, Tone.QUESTION, "Alterações não salvas", question)

        def discard() -> None:
            dialog.accept()
            self._leave()

        dialog.add_button("&Descartar", discard)
        dialog.add_button("&Continuar escrevendo", dialog.reject, default=True)
        dialog.open()

    # Storing

    def _read(self) -> DadosTitulo | None:
        """What was written, or None when something is wrong, which is then said."""
        aberto = self._aberto
        written = self.form.rascunho
        try:
            if aberto and not aberto.permissao.dados:
                return nomes.so_com_observacao(aberto.dados, written)
            return nomes.ler_titulo(written, aberto.dados if aberto else None)
        except AppError as error:
            self._show_problem(error)
            return None

    def _save(self) -> None:
        dados, aberto, service = self._read(), self._aberto, self._services.titulos
        if dados is None:
            return

        def store() -> int:
            if aberto is None:
                return service.criar(dados)
            service.alterar(aberto.titulo.id, aberto.dados, dados)
            return aberto.titulo.id

        self.set_busy(True)
        self._jobs.run(lambda _ctx: store(), owner=self, done=self._stored, failed=self._refused, lane=LANE)

    def _stored(self, titulo_id: int) -> None:
        self.saved.emit(titulo_id)
        if self._then_bank:
            self._go_to_the_bank(titulo_id)
        elif not self._again:
            self._leave()
        else:
            self._begin_again()

    def _begin_again(self) -> None:
        self.set_busy(False)
        written = self.form.rascunho
        self._show(nomes.rascunho_novo(written.conta, written.tipo_id, self._clock.today()))
        self._focus_first()

    def _refused(self, error: AppError) -> None:
        self.set_busy(False)
        if error.code in _CHANGED_MEANWHILE and self._aberto:
            show_error(self, error)
            self._reload(self._aberto.titulo.id)
        else:
            self._show_problem(error)

    def _reload(self, titulo_id: int) -> None:
        self._jobs.run(
            lambda _ctx: self._services.titulos.abrir(titulo_id),
            owner=self,
            done=self.show_aberto,
            failed=self._show_problem,
        )

    def _show_problem(self, error: AppError) -> None:
        if not (isinstance(error, InputError) and self.form.show_problem(error)):
            self.show_problem(error)

    def _parcelar(self) -> None:
        dados = self._read() if self._aberto is None else None
        if dados is None:
            return
        dialog = ParcelarDialog(self._jobs, self._services.titulos, dados, self)
        dialog.stored.connect(self._parceled)
        dialog.open()

    def _parceled(self, quantidade: int) -> None:
        self.stored_many.emit(quantidade)
        self._leave()

    def _leave(self) -> None:
        self._leaving = True
        self.accept()

    def _ask_bank(self) -> None:
        """A note just written is stored first: it is not lost on the way to the bank."""
        if self._aberto and self.is_dirty:
            self._then_bank = True
            self._save()
        elif self._aberto:
            self._go_to_the_bank(self._aberto.titulo.id)

    def _go_to_the_bank(self, titulo_id: int) -> None:
        self._leave()
        self.bank_wanted.emit(titulo_id)

    # Showing

    def _show(self, shown: RascunhoTitulo) -> None:
        self.form.show_rascunho(shown)
        self._shown = self.form.rascunho
        self._note_vencimento()
        self._tell_dirty()

    def _show_kind(self) -> None:
        new = self._aberto is None
        self.parcelar_button.setVisible(new)
        self.again_button.setVisible(new)
        self.history_card.setVisible(not new)
        for widget in (self.reason, self.bank_button):
            if new:
                widget.hide()

    def _tell_dirty(self) -> None:
        self.confirm_button.setEnabled(self._aberto is None or self.is_dirty)
        self.confirm_button.setToolTip("" if self.confirm_button.isEnabled() else "Nada mudou.")

    def _edited(self) -> None:
        self.clear_problem()
        self._tell_dirty()

    def _note_vencimento(self) -> None:
        vencimento = self.form.vencimento.value
        if vencimento is None:
            self.form.note_vencimento("")
            return

        def tell(dia_util: object) -> None:
            if self.form.vencimento.value == vencimento:
                self.form.note_vencimento(nomes.nota_do_vencimento(vencimento, dia_util))  # type: ignore[arg-type]  # a job hands its result on untyped

        self._jobs.run(lambda _ctx: self._services.titulos.dia_util(vencimento), owner=self, done=tell)

    def _focus_first(self) -> None:
        fields = self.form.fields.edits
        editable = self._aberto is None or self._aberto.permissao.dados
        fields[nomes.NUMERO if editable else nomes.OBSERVACAO].setFocus()

    # Building

    def _connect(self) -> None:
        self.form.changed.connect(self._edited)
        self.form.vencimento_changed.connect(self._note_vencimento)
        self.pagador.failed.connect(self._show_problem)
        self.parcelar_button.clicked.connect(self._parcelar)
        self.again_button.clicked.connect(self.save_and_begin_again)
        self.bank_button.clicked.connect(self._ask_bank)
        shortcuts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+S", self.submit),
            ("Ctrl+Return", self.save_and_begin_again),
            ("Ctrl+Shift+P", self._parcelar),
            ("Ctrl+P", self.pagador.register),
        )
        for keys, run in shortcuts:
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    def _new_history(self) -> Card:
        inside = QWidget()
        inside.setProperty("role", "transparent")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._history)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # However long, it asks for no room of its own: it scrolls.
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        area.setAccessibleName("Histórico")
        area.setWidget(inside)
        result = Card()
        result.body.addWidget(label("Histórico", "strong"))
        result.body.addWidget(area, 1)
        result.setMinimumHeight(_HISTORY_HEIGHT)
        return result

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.heading)
        top.addWidget(self.chip)
        top.addStretch(1)
        top.addWidget(self.nosso_numero)
        self.body.addLayout(top)
        why = QHBoxLayout()
        why.setSpacing(12)
        why.addWidget(self.reason, 1)
        why.addWidget(self.bank_button)
        self.body.addLayout(why)
        self.form.right.insertWidget(1, self.history_card, _ALL)
        self.body.addWidget(self.form, 1)
        for extra in (self.parcelar_button, self.again_button):
            self.add_button(extra)
