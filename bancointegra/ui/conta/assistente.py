"""Assistente de Certificado: paints ``CertificadoFlow``, one step a page, and goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bancointegra.domain.certificado import DadosCertificado, EstadoFluxo, Passo
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError, InputError
from bancointegra.services.certificado_flow import CertificadoFlow
from bancointegra.ui.conta.assistente_steps import StepList
from bancointegra.ui.conta.fields import FormFields, password_field
from bancointegra.ui.conta.services import LANE
from bancointegra.ui.conta.teste_painel import TestePanel
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.feedback import ask
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.style import button, label, link_button, set_property
from bancointegra.ui.widgets.card import Card

CLIENT_ID, EMPRESA, CIDADE, UF, TOKEN = "ClientID", "Empresa", "Cidade", "UF", "Token temporário"
_SIZE = (820, 500)
_LONGEST_EMPRESA = 64
_CONFIRM = {
    Passo.DADOS: "Continuar",
    Passo.CHAVE: "Criar chave e pedido",
    Passo.ENVIO: "Enviar ao banco",
    Passo.RECEBIDO: "Conferir e gravar",
    Passo.TESTE: "Testar conexão",
}
_TEXTS = {
    Passo.DADOS: "Estes dados dizem ao banco quem pede o certificado. O ClientID veio no primeiro e-mail do Itaú. "
    "Os acentos são tirados pelo programa.",
    Passo.CHAVE: "O programa vai criar duas coisas neste computador: a chave privada, que é a assinatura da empresa e "
    "nunca sai daqui, e o pedido de certificado, que vai ao banco (nos e-mails do Itaú ele se chama CSR). "
    "Isto não precisa de internet.",
    Passo.ENVIO: "A chave e o pedido estão prontos e guardados; pode fechar e continuar outro dia. "
    "Para enviar, cole o token temporário que o banco mandou por e-mail. Ele serve uma vez só, e vence em dias "
    "(o do portal, em 5 minutos).",
    Passo.RECEBIDO: "O banco mandou o certificado e o ClientSecret. O programa vai conferir se o certificado é desta "
    "chave e deste ClientID, e gravar os dois na conta: o ClientSecret vai para o cofre do computador.",
    Passo.TESTE: "O certificado está na conta. Falta ver se o banco atende: o teste pede um acesso e faz uma pergunta "
    "que não muda nada.",
}
_DOUBT = (
    "O envio anterior ficou sem resposta. Envie de novo com o mesmo token; se o banco disser que ele já foi usado, "
    "peça outro. A chave e o pedido continuam guardados."
)


class Assistente(FormDialog):
    """For a stored account. Closing it at any point loses nothing."""

    stored = Signal(object)
    """The account got its certificate."""
    copy_wanted = Signal(object)
    """The clerk wants the files too."""

    def __init__(self, parent: QWidget | None, jobs: Jobs, flow: CertificadoFlow, conta: ContaBancaria) -> None:
        super().__init__(parent, "Assistente de Certificado", confirm=_CONFIRM[Passo.DADOS])
        self._jobs, self._flow, self._conta = jobs, flow, conta
        self._estado: EstadoFluxo | None = None
        self._finished = False
        self.cancel_button.setText("Fechar")
        self.fields = FormFields(self)
        self.steps = StepList(tuple(Passo))
        self.panel = TestePanel(jobs)
        self.panel.finished.connect(self._tested)
        self.discard_button = link_button("Descartar o pedido", warning=True)
        self.discard_button.setAutoDefault(False)
        self.discard_button.clicked.connect(self._ask_discard)
        self.copy_button = button("Gravar uma cópia…", "folder-open", tooltip="Gravar .crt, .key e .pfx numa pasta")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(lambda: self.copy_wanted.emit(self._conta))
        self._resumed = label("", "muted", wrap=True)
        self._text = label("", wrap=True)
        self._note = label("", "warning", wrap=True)
        self._pages = QStackedWidget()
        self._page_of = {passo: self._pages.addWidget(make()) for passo, make in self._makers().items()}
        self._arrange()
        self._show(Passo.DADOS)
        self._resume()

    @property
    def passo(self) -> Passo:
        """The step shown."""
        return self.steps.current

    @property
    def text(self) -> str:
        """What is said of the step."""
        return self._text.text()

    @property
    def note(self) -> str:
        return self._note.text()

    def submit(self) -> None:
        """Do the step that is shown."""
        if self._finished:
            self.accept()
            return
        try:
            {
                Passo.DADOS: self._do_dados,
                Passo.CHAVE: lambda: self._run(self._flow.gerar_chave, self._take),
                Passo.ENVIO: self._do_envio,
                Passo.RECEBIDO: lambda: self._run(self._flow.concluir, self._take_conta),
                Passo.TESTE: self._do_teste,
            }[self.passo]()
        except InputError as error:
            self._refuse(error)

    # Steps

    def _resume(self) -> None:
        flow, conta = self._flow, self._conta
        self._run(lambda: flow.pendente(conta), self._take_pending)

    def _take_pending(self, estado: EstadoFluxo | None) -> None:
        if estado is None:
            self._show(Passo.DADOS)
            self.fields.edits[CLIENT_ID].setFocus()
            return
        self._resumed.setText(f"Continuando o pedido começado em {estado.iniciado_em.astimezone():%d/%m/%Y às %H:%M}.")
        self._resumed.show()
        self._take(estado)

    def _do_dados(self) -> None:
        edits = self.fields.edits
        dados = DadosCertificado(*(edits[name].text() for name in (CLIENT_ID, EMPRESA, CIDADE, UF)))
        flow, conta = self._flow, self._conta
        self._run(lambda: flow.iniciar(conta, dados), self._take)

    def _do_envio(self) -> None:
        token, flow = self.fields.edits[TOKEN].text(), self._flow
        self._run(lambda: flow.enviar(token), self._take)

    def _do_teste(self) -> None:
        self.set_busy(True)
        self.panel.run(self._flow.testar)

    def _take(self, estado: EstadoFluxo) -> None:
        self._estado = estado
        self.fields.edits[TOKEN].clear()
        self._show(estado.passo)

    def _take_conta(self, conta: ContaBancaria) -> None:
        self._conta = conta
        self.stored.emit(conta)
        self._show(Passo.TESTE)

    def _tested(self, went_well: bool) -> None:
        self.set_busy(False)
        if not went_well:
            self._note.setText("O certificado está gravado na conta. Siga o que está dito acima e teste de novo.")
            self._note.show()
            self.confirm_button.setText("Testar de novo")
            return
        self._finished = True
        self.steps.finish()
        self._text.setText("Pronto: a conta fala com o banco. Guarde uma cópia dos arquivos num lugar seguro.")
        self._note.hide()
        self._resumed.hide()
        self.discard_button.hide()
        self.cancel_button.hide()
        self.confirm_button.setText("Concluir")

    def _ask_discard(self) -> None:
        if self.passo is Passo.TESTE:  # the account has its certificate: only the test is given up
            self._run(self._flow.descartar, lambda _none: self.accept())
            return
        ask(
            self,
            "Deseja descartar este pedido de certificado?",
            hint="A chave criada para ele é apagada. Se o banco já emitiu o certificado, ele deixa de servir. "
            "O certificado que a conta usa hoje não muda.",
            on_yes=lambda _: self._run(self._flow.descartar, lambda _none: self._discarded()),
        )

    def _discarded(self) -> None:
        self._estado = None
        self._resumed.hide()
        self._show(Passo.DADOS)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        def ended(result: object) -> None:
            self.set_busy(False)
            done(result)

        self.set_busy(True)
        self._jobs.run(lambda _ctx: work(), owner=self, done=ended, failed=self._refuse, lane=LANE)

    def _refuse(self, error: AppError) -> None:
        self.set_busy(False)
        if isinstance(error, InputError) and error.field in self.fields.edits:
            self.fields.show_problem(error.field, str(error))
            return
        self.show_problem(error)

    # Showing

    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        self._pages.setEnabled(not busy)
        self.discard_button.setEnabled(not busy)

    def _show(self, passo: Passo) -> None:
        self.clear_problem()
        self.steps.show_current(passo)
        self._pages.setCurrentIndex(self._page_of[passo])
        self._text.setText(_TEXTS[passo])
        in_doubt = bool(self._estado and self._estado.em_duvida and passo is Passo.ENVIO)
        self._note.setText(_DOUBT if in_doubt else "")
        self._note.setVisible(in_doubt)
        self.discard_button.setVisible(self._estado is not None and passo is not Passo.DADOS)
        self.discard_button.setText("Encerrar sem testar" if passo is Passo.TESTE else "Descartar o pedido")
        self.copy_button.setVisible(passo is Passo.TESTE)
        self.confirm_button.setText(_CONFIRM[passo])
        if passo is Passo.ENVIO:
            self.fields.edits[TOKEN].setFocus()

    # Building

    def _arrange(self) -> None:
        self.resize(*_SIZE)
        content = Card()
        content.body.setSpacing(12)
        for widget in (self._resumed, self._text, self._pages, self._note):
            content.body.addWidget(widget)
        content.body.addStretch(1)
        links = QHBoxLayout()
        links.addWidget(self.discard_button)
        links.addStretch(1)
        links.addWidget(self.copy_button)
        content.body.addLayout(links)
        self._resumed.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.steps)
        row.addWidget(content, 1)
        self.body.addLayout(row)

    def _makers(self) -> dict[Passo, Callable[[], QWidget]]:
        return {
            Passo.DADOS: self._dados_page,
            Passo.CHAVE: QWidget,
            Passo.ENVIO: self._envio_page,
            Passo.RECEBIDO: QWidget,
            Passo.TESTE: lambda: self.panel,
        }

    def _dados_page(self) -> QWidget:
        endereco = self._conta.beneficiario.endereco
        known = {
            CLIENT_ID: self._conta.client_id,
            EMPRESA: self._conta.beneficiario.nome[:_LONGEST_EMPRESA],
            CIDADE: endereco.cidade,
            UF: endereco.uf,
        }
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        for name, text in known.items():
            column.addWidget(self.fields.line(name, mono=name == CLIENT_ID))
            self.fields.edits[name].setText(text)
        column.addStretch(1)
        return page

    def _envio_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.fields.place(TOKEN, password_field("cole aqui")))
        copy_csr = link_button("Copiar o pedido (CSR), para enviar de outro modo")
        copy_csr.setAutoDefault(False)
        copy_csr.clicked.connect(self._copy_csr)
        row = QHBoxLayout()
        row.addWidget(copy_csr)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _copy_csr(self) -> None:
        if self._estado:
            QGuiApplication.clipboard().setText(self._estado.csr_pem.decode("ascii"))
            set_property(self._note, "role", "warning")
            self._note.setText("O pedido foi copiado. Se o enviar por outro caminho, importe o certificado recebido.")
            self._note.show()
