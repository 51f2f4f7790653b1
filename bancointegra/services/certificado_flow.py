"""The Assistente de Certificado as a map of steps, without widgets: dados → chave → envio → recebido → teste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bancointegra.domain.certificado import DadosCertificado, EstadoFluxo, Passo
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.ports import Clock, ContaRepository
from bancointegra.domain.ports_certificado import CertificadoProvider, CertificateRequests
from bancointegra.services.certificado import CertificadoService
from bancointegra.services.certificado_pedido import PedidosDeCertificado
from bancointegra.services.teste_conexao import PassoTeste, TesteConexaoService

__all__ = ["CertificadoFlow", "EstadoFluxo", "Passo"]

_LONGEST_TOKEN = 8192


class CertificadoFlow:
    """One wizard: an object for each window, about one account at a time, chosen by ``pendente`` or ``iniciar``.

    Each method does one step, blocks, and returns where the request then stands; all of it survives a crash, and
    ``pendente`` resumes it. A step out of order raises ``RuleError``.
    """

    def __init__(
        self,
        *,
        contas: ContaRepository,
        requests: CertificateRequests,
        pedidos: PedidosDeCertificado,
        certificado: CertificadoService,
        banco: CertificadoProvider,
        teste: TesteConexaoService,
        clock: Clock,
    ) -> None:
        self._contas = contas
        self._requests = requests
        self._pedidos = pedidos
        self._certificado = certificado
        self._banco = banco
        self._teste = teste
        self._clock = clock
        self._conta_id = 0

    def pendente(self, conta: ContaBancaria) -> EstadoFluxo | None:
        """The account's request under way, which the next calls go on with; None when there is none.

        It may be a renewal whose answer was lost: its CSR can then be sent with a temporary token.
        """
        self._conta_id = conta.id
        return self._requests.get(conta.id)

    def iniciar(self, conta: ContaBancaria, dados: DadosCertificado) -> EstadoFluxo:
        """Begin a request for a stored account. Next: ``gerar_chave``.

        Raises ``RuleError`` while another one may still bring a certificate: continue it, or ``descartar`` first.
        """
        if not conta.id:
            raise InputError("Salve a conta antes de pedir o certificado.", field="ClientID")
        self._conta_id = conta.id
        with self._requests.exclusive(conta.id):
            known = self._requests.get(conta.id)
            if known is not None and (known.em_duvida or known.passo in (Passo.RECEBIDO, Passo.TESTE)):
                raise RuleError(
                    "Já há um pedido de certificado desta conta que saiu para o banco.",
                    hint="Continue-o de onde parou, ou descarte-o antes de começar outro.",
                    code="certificado_em_andamento",
                )
            if known is not None:
                self._requests.discard(conta.id)
            estado = EstadoFluxo(conta.id, Passo.CHAVE, dados, self._clock.now())
            self._requests.save(estado)
            return estado

    def gerar_chave(self) -> EstadoFluxo:
        """Make the private key (RSA 2048) and the CSR (SHA-512); the key is kept encrypted. Next: ``enviar``."""
        with self._requests.exclusive(self._conta_id):
            estado = self._estado(Passo.CHAVE, Passo.ENVIO)
            return self._pedidos.gerar_chave(estado) if estado.passo is Passo.CHAVE else estado

    def enviar(self, token_temporario: str) -> EstadoFluxo:
        """Send the CSR with the bank's temporary token, which serves once and is kept nowhere. Next: ``concluir``.

        Raises ``InputError`` (field Token temporário), ``CredentialError`` with the bank's code in words,
        ``BankUnavailable`` (nothing left; the token is whole), ``OutcomeUnknown`` (it may be spent; sending again with
        the same token is harmless).
        """
        token = _require_token(token_temporario)
        with self._requests.exclusive(self._conta_id):
            estado = self._estado(Passo.ENVIO)
            conta = replace(self._contas.get(self._conta_id), client_id=estado.dados.client_id)
            return self._pedidos.enviar(estado, lambda csr: self._banco.solicitar(conta, csr, token))

    def concluir(self) -> ContaBancaria:
        """Check the certificate received against the key, and give it and the ClientSecret to the account.

        Next: ``testar``. Raises as ``CertificadoService.conferir``.
        """
        with self._requests.exclusive(self._conta_id):
            estado = self._estado(Passo.RECEBIDO)
            par, client_secret = self._pedidos.par(estado)
            conta = replace(self._contas.get(self._conta_id), client_id=estado.dados.client_id)
            stored = self._certificado.importar(conta, par, client_secret)
            self._requests.save(replace(estado, passo=Passo.TESTE))
            return stored

    def testar(self, progress: Callable[[PassoTeste], None] | None = None) -> tuple[PassoTeste, ...]:
        """Test the account's connection; when every step succeeds the request is over and forgotten."""
        with self._requests.exclusive(self._conta_id):
            self._estado(Passo.TESTE)
            passos = self._teste.testar(self._contas.get(self._conta_id), progress=progress)
            if all(passo.ok for passo in passos):
                self._requests.discard(self._conta_id)
            return passos

    def descartar(self) -> None:
        """Forget the request, its key included; the account's present certificate is not touched."""
        with self._requests.exclusive(self._conta_id):
            self._requests.discard(self._conta_id)

    def _estado(self, *allowed: Passo) -> EstadoFluxo:
        estado = self._requests.get(self._conta_id)
        if estado is None or estado.passo not in allowed:
            raise RuleError(
                f"O pedido de certificado está no passo “{(estado.passo if estado else Passo.DADOS).value}”.",
                hint="Continue dali: outra janela pode tê-lo avançado.",
                code="certificado_passo",
            )
        return estado


def _require_token(text: str) -> str:
    """The token without what a paste brings along. Raises ``InputError``, which does not repeat it."""
    words = text.split()
    if words and words[0].lower() == "bearer":
        words = words[1:]
    token = "".join(words)  # a mail may have broken it into lines
    if not token:
        raise InputError(
            "Falta o token temporário.",
            field="Token temporário",
            hint="Cole o token que o banco enviou com o ClientID.",
        )
    if len(token) > _LONGEST_TOKEN or not (token.isascii() and token.isprintable()):
        raise InputError(
            "O token temporário tem caracteres que o banco não usa.",
            field="Token temporário",
            hint="Copie-o de novo da mensagem do banco, inteiro e sem aspas.",
        )
    return token
