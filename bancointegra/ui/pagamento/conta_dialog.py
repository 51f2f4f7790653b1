"""The Conta de Pagamento: which account at Celcoin pays, how the program proves itself there, and how far it may go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_pagamento import Alcadas, ContaPagamento
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import Saldo
from bancointegra.services.conta_pagamento import ContaPagamentoService
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.pagamento.services import lane_of
from bancointegra.ui.style import button, field_label, label, named
from bancointegra.ui.widgets.file_field import FileField
from bancointegra.ui.widgets.inline_progress import InlineProgress

MNEMONICO, NOME, DOCUMENTO, CLIENT_ID, SECRET = "Mnemônico", "Nome", "CPF/CNPJ", "ClientID", "ClientSecret"
TERMINAL, SERVIDOR, CERTIFICADO, CHAVE = "Terminal", "Servidor", "Certificado", "Chave privada"
SENHA = "Senha da chave"
POR_PAGAMENTO, POR_DIA, SEM_APROVACAO = "Limite por pagamento", "Limite por dia", "Limite sem aprovação"
_SIZE = (620, 440)
_EXAMPLES = {
    MNEMONICO: "CELCOIN",
    NOME: "Quem paga, como no CNPJ",
    DOCUMENTO: "11.222.333/0001-81",
    TERMINAL: "escritorio-1",
    SERVIDOR: "vazio: o da Celcoin",
    POR_PAGAMENTO: "sem limite",
    POR_DIA: "sem limite",
    SEM_APROVACAO: "sem limite",
}


class ContaPagamentoDialog(FormDialog):
    """Stores one account; *Salvar e testar* also asks Celcoin for the balance, and stays open to say so."""

    saved = Signal(object)
    """The ``ContaPagamento`` as stored."""

    def __init__(
        self, conta: ContaPagamento | None, jobs: Jobs, service: ContaPagamentoService, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "Conta Celcoin", confirm="Salvar")
        self.resize(*_SIZE)
        self._conta, self._jobs, self._service = conta, jobs, service
        self.ambiente = named(QComboBox(), "Ambiente")
        for ambiente in (Ambiente.PRODUCAO, Ambiente.SIMULACAO):
            self.ambiente.addItem(ambiente.value, ambiente)
        self.edits: dict[str, QLineEdit] = {
            name: QLineEdit(placeholderText=_EXAMPLES.get(name, ""))
            for name in (MNEMONICO, NOME, DOCUMENTO, CLIENT_ID, SECRET, TERMINAL, SERVIDOR)
        }
        self.edits[SECRET].setEchoMode(QLineEdit.EchoMode.Password)
        self.files = {
            CERTIFICADO: FileField(CERTIFICADO, "Certificado (*.crt *.cer *.pem)"),
            CHAVE: FileField(CHAVE, "Chave (*.key *.pem)"),
        }
        self.edits |= self.files
        self.edits[SENHA] = QLineEdit(placeholderText="se tiver", echoMode=QLineEdit.EchoMode.Password)
        for name in (POR_PAGAMENTO, POR_DIA, SEM_APROVACAO):
            self.edits[name] = QLineEdit(placeholderText=_EXAMPLES[name])
            self.edits[name].setAlignment(Qt.AlignmentFlag.AlignRight)
        self.test_button = button("Salvar e testar", "refresh-cw", tooltip="Guardar e perguntar o saldo à Celcoin")
        self.test_button.setAutoDefault(False)
        self.test_button.clicked.connect(lambda: self._store(self._test))
        self.said = label("", "success", wrap=True)
        self.said.hide()
        self.progress = InlineProgress(keeps_place=False)
        self._arrange()
        self._fill(conta)
        self.edits[MNEMONICO].setFocus()

    def submit(self) -> None:
        self._store(lambda _conta: self.accept())

    def typed(self) -> ContaPagamento:
        """The account as it stands in the fields. Raises ``InputError`` naming the field."""
        text = {name: edit.text().strip() for name, edit in self.edits.items()}
        if not text[DOCUMENTO]:
            raise InputError("Informe o CPF ou CNPJ de quem paga.", field=DOCUMENTO)
        try:
            pagador = Documento.parse(text[DOCUMENTO])
        except InputError as error:
            raise InputError(error.message, field=DOCUMENTO, hint=error.hint) from error
        if bool(text[CERTIFICADO]) is not bool(text[CHAVE]):
            missing = CHAVE if text[CERTIFICADO] else CERTIFICADO
            raise InputError("O certificado e a chave andam juntos: escolha os dois.", field=missing)
        return ContaPagamento(
            id=self._conta.id if self._conta else 0,
            mnemonico=text[MNEMONICO],
            ambiente=self.ambiente.currentData(),
            client_id=text[CLIENT_ID],
            pagador=pagador,
            nome=text[NOME],
            terminal=text[TERMINAL],
            host=text[SERVIDOR],
            certificate_path=text[CERTIFICADO],
            key_path=text[CHAVE],
            ca_path=self._conta.ca_path if self._conta else "",
            alcadas=Alcadas(
                por_pagamento=_limit(text[POR_PAGAMENTO], POR_PAGAMENTO),
                por_dia=_limit(text[POR_DIA], POR_DIA),
                sem_aprovacao=_limit(text[SEM_APROVACAO], SEM_APROVACAO),
            ),
        )

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows: tuple[tuple[tuple[str, QWidget], ...], ...] = (
            ((MNEMONICO, self.edits[MNEMONICO]), ("Ambiente", self.ambiente)),
            ((NOME, self.edits[NOME]), (DOCUMENTO, self.edits[DOCUMENTO])),
            ((CLIENT_ID, self.edits[CLIENT_ID]), (SECRET, self.edits[SECRET])),
            ((TERMINAL, self.edits[TERMINAL]), (SERVIDOR, self.edits[SERVIDOR])),
            tuple((name, self.edits[name]) for name in (CERTIFICADO, CHAVE, SENHA)),
            tuple((name, self.edits[name]) for name in (POR_PAGAMENTO, POR_DIA, SEM_APROVACAO)),
        )
        for row, cells in enumerate(rows):
            span = 6 // len(cells)
            for column, (name, widget) in enumerate(cells):
                cell = QVBoxLayout()
                cell.setSpacing(2)
                cell.addWidget(field_label(name, widget))
                cell.addWidget(widget)
                grid.addLayout(cell, row, column * span, 1, span)
        self.edits[TERMINAL].setToolTip("O nome deste escritório na Celcoin: distingue os pagamentos dele dos outros")
        self.edits[SEM_APROVACAO].setToolTip("Acima deste valor, outra pessoa precisa aprovar")
        note = (
            "O ClientSecret fica no cofre do sistema. Certificado e chave, só se a Celcoin os forneceu: o programa "
            "guarda uma cópia, a chave com senha."
        )
        self.body.addLayout(grid)
        self.body.addWidget(label(note, "small", wrap=True))
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self.body.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.progress)

    def _fill(self, conta: ContaPagamento | None) -> None:
        if conta is None:
            return
        self.ambiente.setCurrentIndex(self.ambiente.findData(conta.ambiente))
        limits = conta.alcadas
        for name, text in (
            (MNEMONICO, conta.mnemonico),
            (NOME, conta.nome),
            (DOCUMENTO, conta.pagador.formatado),
            (CLIENT_ID, conta.client_id),
            (TERMINAL, conta.terminal),
            (SERVIDOR, conta.host),
            (CERTIFICADO, conta.certificate_path),
            (CHAVE, conta.key_path),
            (POR_PAGAMENTO, str(limits.por_pagamento or "")),
            (POR_DIA, str(limits.por_dia or "")),
            (SEM_APROVACAO, "" if limits.sem_aprovacao is None else str(limits.sem_aprovacao)),
        ):
            self.edits[name].setText(text)
        self.edits[SECRET].setPlaceholderText("guardado no cofre; vazio mantém")

    def _store(self, then: Callable[[ContaPagamento], None]) -> None:
        """Check and keep; a new account must bring its secret along."""
        try:
            conta = self.typed()
            secret = self.edits[SECRET].text() or None
            if self._conta is None and secret is None:
                raise InputError("Informe o ClientSecret que a Celcoin enviou.", field=SECRET)
            with_pair = self._pair_chosen(conta)
        except InputError as error:
            self._show(error)
            return

        def done(stored: ContaPagamento) -> None:
            self._conta = stored
            self._fill(stored)
            self.edits[SECRET].clear()
            self.edits[SENHA].clear()
            self.saved.emit(stored)
            then(stored)

        self._run(lambda: self._service.salvar(with_pair(), secret), done, "Salvando")

    def _pair_chosen(self, conta: ContaPagamento) -> Callable[[], ContaPagamento]:
        """How to have the account with its certificate: as it is stored, or copied from files just chosen."""
        before = (self._conta.certificate_path, self._conta.key_path) if self._conta else ("", "")
        if not conta.key_path or (conta.certificate_path, conta.key_path) == before:
            return lambda: conta
        certificado, chave = self.files[CERTIFICADO].read(), self.files[CHAVE].read()
        senha = self.edits[SENHA].text()
        return lambda: self._service.com_certificado(conta, certificado, chave, senha)

    def _test(self, conta: ContaPagamento) -> None:
        self._run(lambda: self._service.testar(conta), self._tell_saldo, "Perguntando à Celcoin")

    def _tell_saldo(self, saldo: Saldo) -> None:
        self.said.setText(f"Conexão feita. Saldo disponível: {saldo.disponivel.com_simbolo}.")
        self.said.show()

    def _run(self, work: Callable[[], object], done: Callable[..., None], text: str) -> JobHandle:
        self.said.hide()
        self.set_busy(True)
        self.test_button.setEnabled(False)
        handle = self._jobs.run(
            lambda _ctx: work(),
            owner=self,
            done=done,
            failed=self._show,
            lane=lane_of(self._conta.id if self._conta else 0),
        )
        handle.ended.connect(self._release)
        self.progress.watch(handle, text, can_stop=False)
        return handle

    def _release(self) -> None:
        self.set_busy(False)
        self.test_button.setEnabled(True)

    def _show(self, error: AppError) -> None:
        field = self.edits.get(error.field) if isinstance(error, InputError) else None
        self.show_problem(error, field)


def _limit(text: str, name: str) -> Reais | None:
    if not text:
        return None
    try:
        return Reais.parse(text)
    except InputError as error:
        raise InputError(error.message, field=name, hint="Escreva como 1.250,00, ou deixe vazio.") from error
