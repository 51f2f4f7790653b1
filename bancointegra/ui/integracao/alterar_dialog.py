"""Seleção de Instrução: which change, its value, and what it means for the payer, before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.instrucao import Alteracao
from bancointegra.domain.plano_instrucao import require_for_many
from bancointegra.domain.reais import Reais
from bancointegra.domain.titulo import TituloRow
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.integracao.alteracao import ALEM_DO_MANUAL, DO_MANUAL, PedidoAlteracao, TipoAlteracao
from bancointegra.ui.integracao.alteracao_fields import AlteracaoFields
from bancointegra.ui.integracao.previa import Conferencia
from bancointegra.ui.integracao.previa_card import PreviaCard
from bancointegra.ui.integracao.texts import contar
from bancointegra.ui.style import hairline, label

_SIZE = (760, 460)
_LIST_WIDTH = 190
_PAUSE_MS = 400

Conferir = Callable[[Alteracao, Callable[[Sequence[Conferencia]], None]], None]
"""Check every boleto in the background, and give the results to the second argument."""


class AlterarDialog(FormDialog):
    """Calls no service itself: ``conferir`` does."""

    confirmed = Signal(PedidoAlteracao)

    def __init__(
        self,
        conta: ContaBancaria,
        rows: Sequence[TituloRow],
        left_out: str,
        today: Callable[[], date],
        conferir: Conferir,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "Seleção de Instrução")
        self.resize(*_SIZE)
        self._rows, self._conferir = tuple(rows), conferir
        self._checked: Alteracao | None = None
        self._results: tuple[Conferencia, ...] = ()
        self._confirming = False
        self.fields = AlteracaoFields(today)
        self.preview = PreviaCard()
        self.pdf = QCheckBox("Gerar PDF do boleto alterado")
        self.pdf.setToolTip("Grava de novo o PDF de cada boleto alterado, na pasta dos boletos em PDF")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._check)
        self._build(conta, left_out)
        self.fields.changed.connect(self._edited)
        self.radios[TipoAlteracao.VENCIMENTO].setChecked(True)
        self.fields.focus_target.setFocus()

    def choose(self, tipo: TipoAlteracao) -> None:
        """What a click on its line does."""
        self.radios[tipo].setChecked(True)

    def submit(self) -> None:
        """OK: send what passes the check; what was not checked yet is checked first."""
        try:
            alteracao = self.fields.read()
            require_for_many(alteracao, len(self._rows))
        except InputError as error:
            self.show_problem(error, self.fields.edit_of(error))
            return
        if self._checked == alteracao:
            self._confirm(alteracao)
            return
        self._confirming = True
        self._check()

    def _confirm(self, alteracao: Alteracao) -> None:
        able = tuple(result.row for result in self._results if result.previa is not None)
        if not able:
            self.show_problem(RuleError(self._results[0].motivo), self.fields.focus_target)
            return
        self.accept()
        self.confirmed.emit(PedidoAlteracao(alteracao, able, self.pdf.isChecked()))

    def _check(self) -> None:
        self._pause.stop()
        try:
            alteracao = self.fields.read()
        except InputError:
            self.preview.show_nothing()  # OK says what is wrong; while typing nothing has to be said
            return
        self.preview.show_checking(len(self._rows))
        self._conferir(alteracao, lambda results: self._take(alteracao, results))

    def _take(self, alteracao: Alteracao, results: Sequence[Conferencia]) -> None:
        try:
            if self.fields.read() != alteracao:
                return  # something else was typed meanwhile
        except InputError:
            return
        confirming, self._confirming = self._confirming, False
        self._checked, self._results = alteracao, tuple(results)
        self.preview.show_results(self._results, alteracao)
        refused = sum(result.previa is None for result in results)
        if not confirming:
            return
        if 0 < refused < len(results):
            self.show_problem(RuleError("Confira os boletos que ficam de fora e clique em OK de novo."))
        else:
            self._confirm(alteracao)

    def _edited(self) -> None:
        self._checked = None
        self._confirming = False
        self.clear_problem()
        self._pause.start()

    def _take_tipo(self, tipo: TipoAlteracao, chosen: bool) -> None:
        if not chosen:
            return
        focused = self.focusWidget()
        typing = focused is not None and self.fields.isAncestorOf(focused)
        self.fields.set_tipo(tipo)
        self.preview.show_nothing()
        if typing:  # the field it was in may be gone
            self.fields.focus_target.setFocus()

    # Building

    def _build(self, conta: ContaBancaria, left_out: str) -> None:
        total = Reais.total(row.valor for row in self._rows).com_simbolo
        self.body.addWidget(label(f"Alterar {contar(len(self._rows), 'boleto', 'boletos')}", "heading"))
        about = f"{self._names()} · {total} · {conta.mnemonico} · {conta.ambiente.value}"
        self.body.addWidget(label(about, "muted", wrap=True))
        if left_out:
            self.body.addWidget(label(left_out, "warning", wrap=True))
        self.body.addWidget(hairline())
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._build_list(), 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.fields)
        right.addWidget(self.preview, 1)
        right.addWidget(self.pdf, 0, Qt.AlignmentFlag.AlignLeft)
        columns.addLayout(right, 1)
        self.body.addLayout(columns, 1)

    def _build_list(self) -> QWidget:
        self.radios = {tipo: QRadioButton(tipo.value) for tipo in TipoAlteracao}
        self._group = QButtonGroup(self)
        shown = QWidget()
        shown.setFixedWidth(_LIST_WIDTH)
        shown.setAccessibleName("Seleção de Instrução")
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for title, tipos in (("", DO_MANUAL), ("Além do manual", ALEM_DO_MANUAL)):
            if title:
                column.addSpacing(8)
                column.addWidget(hairline())
                column.addWidget(label(title, "small"))
            for tipo in tipos:
                self._group.addButton(self.radios[tipo])
                self.radios[tipo].toggled.connect(lambda chosen, one=tipo: self._take_tipo(one, chosen))
                column.addWidget(self.radios[tipo], 0, Qt.AlignmentFlag.AlignLeft)
        return shown

    def _names(self) -> str:
        first = ", ".join(row.titulo for row in self._rows[:3])
        return first if len(self._rows) <= 3 else f"{first} e mais {len(self._rows) - 3}"
