"""The form of one account: its name, the box API Bancária, the two tabs, and the buttons to store or give up."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from bancointegra.domain.certificado import SituacaoCertificado
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError, InputError
from bancointegra.ui.conta import rascunho as nomes
from bancointegra.ui.conta.api_tab import ApiTab
from bancointegra.ui.conta.dados_tab import DadosTab
from bancointegra.ui.conta.fields import FormFields
from bancointegra.ui.conta.rascunho import Rascunho, TipoEscrito
from bancointegra.ui.style import button, label, named, set_property
from bancointegra.ui.widgets.chip import StatusChip

NOVA = "Nova conta"


@dataclass(frozen=True, slots=True)
class ContaEscrita:
    """What the form asks to be stored. An empty ``client_secret`` keeps the one in the vault."""

    conta: ContaBancaria
    tipos: tuple[TipoEscrito, ...]
    client_secret: str = field(default="", repr=False)


class ContaForm(QWidget):
    """Knows no service: it is told what to show, and says what was written."""

    changed = Signal()
    save_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conta: ContaBancaria | None = None
        self._shown = Rascunho({})
        self._has_secret = False
        self._busy = False
        self.fields = FormFields(self)
        self.dados = DadosTab(self.fields)
        self.api = ApiTab(self.fields)
        self.title = label(NOVA, "heading")
        self._ambiente = StatusChip()
        self.api_box = named(QCheckBox("API Bancária"), "API Bancária")
        self.api_box.setToolTip("Registrar e consultar boletos desta conta pela API do banco")
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.addTab(self.dados, "Conta")
        self.tabs.addTab(self.api, "API Bancária")
        self._problem = label("", "danger", wrap=True)
        self.warning = label("", "warning", wrap=True)
        self.discard_button = button("Descartar alterações")
        self.save_button = button("Salvar conta  Ctrl+S", primary=True)
        self._arrange()
        self._connect()

    @property
    def conta(self) -> ContaBancaria | None:
        """The stored account that is shown; None while a new one is written."""
        return self._conta

    @property
    def is_dirty(self) -> bool:
        """Whether something was written that is not stored."""
        return bool(self.api.secret) or self._written() != self._shown

    @property
    def problem(self) -> str:
        """What was said to be wrong, wherever it was said."""
        below_fields = [self.fields.note_of(name) for name, edit in self.fields.edits.items() if edit.property("wrong")]
        return next((text for text in (self._problem.text(), self.dados.tipos.problem, *below_fields) if text), "")

    def show_new(self) -> None:
        """An empty form."""
        self._show(None, nomes.rascunho_novo(), has_secret=False)
        self.fields.edits[nomes.MNEMONICO].setFocus()

    def show_conta(self, conta: ContaBancaria, tipos: tuple[TipoEscrito, ...], *, has_secret: bool) -> None:
        """A stored account, as it is stored."""
        self._show(conta, nomes.rascunho_de(conta, tipos), has_secret=has_secret)

    def rebase(self, conta: ContaBancaria, *, has_secret: bool) -> None:
        """The account got another certificate while the clerk was writing: what was written goes onto it."""
        self._conta, self._has_secret = conta, has_secret

    def show_situacao(self, situacao: SituacaoCertificado | None) -> None:
        """How the certificate stands; None: there is none."""
        certificate = self.api.certificate
        if situacao is None:
            certificate.show_none()
        else:
            certificate.show_situacao(situacao)
        self.warning.setText(situacao.aviso if situacao else "")
        set_property(self.warning, "role", "danger" if situacao and (situacao.limiar or 0) <= 7 else "warning")
        self._show_warning()

    def forget_changes(self) -> None:
        """Show again what is stored."""
        self._fill(self._shown, has_secret=self._has_secret)

    def read(self) -> ContaEscrita:
        """What was written. Raises ``InputError`` naming the field."""
        self.dados.tipos.finish_editing()
        written = self._written()
        conta = nomes.ler_conta(written, self._conta)
        return ContaEscrita(conta, nomes.ler_tipos(written), nomes.ler_client_secret(self.api.secret))

    def show_problem(self, error: AppError) -> None:
        """Say what is wrong at its field, or beside the buttons when it is about none."""
        self.clear_problem()
        name = nomes.field_of(error) if isinstance(error, InputError) else ""
        if name == nomes.TIPOS:
            self.tabs.setCurrentWidget(self.dados)
            self.dados.tipos.show_problem(str(error))
        elif name:
            edit = self.fields.edits[name]
            self.tabs.setCurrentWidget(self.api if self.api.isAncestorOf(edit) else self.dados)
            if self.api.is_advanced(name):
                self.api.hosts_button.setChecked(True)
            self.fields.show_problem(name, str(error))
        else:
            self._problem.setText(str(error))
            self._problem.show()

    def clear_problem(self) -> None:
        self._problem.clear()
        self._problem.hide()
        self.fields.forgive()
        self.dados.tipos.show_problem("")

    def set_busy(self, busy: bool) -> None:
        """While it is being stored, nothing can be written."""
        self._busy = busy
        self.tabs.setEnabled(not busy)
        self._show_dirty()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_warning()

    # Showing

    def _show(self, conta: ContaBancaria | None, shown: Rascunho, *, has_secret: bool) -> None:
        self._conta = conta
        self._fill(shown, has_secret=has_secret)
        self._shown = self._written()
        self.title.setText(conta.mnemonico if conta else NOVA)
        self._ambiente.set_status(conta.ambiente.value if conta else "")
        self.dados.show_as_new(conta is None)
        self._show_dirty()

    def _fill(self, shown: Rascunho, *, has_secret: bool) -> None:
        self._has_secret = has_secret
        self.clear_problem()
        self.api.show_rascunho(shown, has_secret=has_secret)
        for name, edit in self.fields.edits.items():
            if name not in (nomes.CLIENT_SECRET, nomes.BANCO):
                edit.setText(shown.textos.get(name, ""))
                edit.setCursorPosition(0)
        self.dados.tipos.show_tipos(shown.tipos_cobranca)
        self.api_box.setChecked(shown.api_bancaria)
        self._show_api_tab()
        self._show_dirty()

    def _written(self) -> Rascunho:
        return Rascunho(
            {
                name: edit.text()
                for name, edit in self.fields.edits.items()
                if name not in (nomes.CLIENT_SECRET, nomes.BANCO)
            },
            api_bancaria=self.api_box.isChecked(),
            ambiente=self.api.ambiente.currentData(),
            tipo_multa=self.api.multa.currentData(),
            tipo_juros=self.api.juros.currentData(),
            tipos_cobranca=self.dados.tipos.tipos,
        )

    def _show_api_tab(self) -> None:
        self.tabs.setTabVisible(self.tabs.indexOf(self.api), self.api_box.isChecked())

    def _show_warning(self) -> None:
        self.warning.setVisible(bool(self.warning.text()) and self.api_box.isChecked())

    def _show_dirty(self) -> None:
        dirty = self.is_dirty
        self.save_button.setEnabled(dirty and not self._busy)
        self.save_button.setToolTip("" if dirty else "Nada mudou.")
        self.discard_button.setEnabled(dirty and not self._busy)

    def _edited(self) -> None:
        if self._problem.text():
            self._problem.clear()
            self._problem.hide()
        self._show_dirty()
        self.changed.emit()

    # Building

    def _connect(self) -> None:
        for signal in (self.fields.changed, self.api.changed, self.dados.tipos.changed):
            signal.connect(self._edited)
        self.api_box.toggled.connect(self._show_api_tab)
        self.api_box.toggled.connect(self._show_warning)
        self.api_box.toggled.connect(self._edited)
        self.save_button.clicked.connect(self.save_wanted)
        self.discard_button.clicked.connect(self.discard_wanted)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.title)
        top.addWidget(self._ambiente)
        top.addStretch(1)
        top.addWidget(self.api_box)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self._problem, 1)
        bottom.addStretch(0)
        bottom.addWidget(self.discard_button)
        bottom.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.warning)
        column.addWidget(self.tabs, 1)
        column.addLayout(bottom)
        self._problem.hide()
        self.warning.hide()
