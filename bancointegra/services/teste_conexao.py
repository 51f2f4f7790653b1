"""Testar conexão: certificate, then token, then a harmless question; each step with its own result and remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bancointegra.domain.certificado import situacao_do_certificado
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError, CredentialError
from bancointegra.domain.ports import Clock, Conexao, ConexaoProvider
from bancointegra.domain.ports_certificado import Certificates, CertificateStore
from bancointegra.services.segredos import SegredosDaConta

CERTIFICADO = "Certificado"
TOKEN = "Token de acesso"  # noqa: S105 - the name of a step
CONSULTA = "Consulta"
PASSOS_DO_TESTE = (CERTIFICADO, TOKEN, CONSULTA)
_IMPORT = "Use Importar Certificado, ou o Assistente de Certificado."


@dataclass(frozen=True, slots=True)
class PassoTeste:
    """How one step went: what happened, and what to do when it failed. ``codigo`` is the error's, for scripts."""

    nome: str
    ok: bool
    mensagem: str
    remedio: str = ""
    codigo: str = ""


class TesteConexaoService:
    """Changes nothing, here or at the bank."""

    __test__ = False  # pytest would take the name for a test

    def __init__(
        self,
        *,
        segredos: SegredosDaConta,
        key_files: CertificateStore,
        certificates: Certificates,
        banco: ConexaoProvider,
        clock: Clock,
    ) -> None:
        self._segredos = segredos
        self._key_files = key_files
        self._certificates = certificates
        self._banco = banco
        self._clock = clock

    def testar(
        self,
        conta: ContaBancaria,
        *,
        client_secret: str | None = None,
        progress: Callable[[PassoTeste], None] | None = None,
    ) -> tuple[PassoTeste, ...]:
        """The steps of ``PASSOS_DO_TESTE`` up to the first that fails, told to ``progress`` as they end.

        ``client_secret`` stands in for the vault's. Never raises an ``AppError``: each becomes the result of its step.
        """
        passos = []
        for passo in self._passos(conta, client_secret):
            passos.append(passo)
            if progress:
                progress(passo)
        return tuple(passos)

    def _passos(self, conta: ContaBancaria, client_secret: str | None) -> Iterator[PassoTeste]:
        certificado = _attempt(CERTIFICADO, lambda: self._conferir_par(conta))
        yield certificado
        if not certificado.ok:
            return
        try:
            with self._banco.conectar(conta, client_secret) as conexao:
                yield from _perguntar(conexao, conta)
        except AppError as error:
            yield _failed(TOKEN, error)

    def _conferir_par(self, conta: ContaBancaria) -> str:
        lido = self._certificates.describe(conta.certificate_path) if conta.certificate_path else None
        if lido is None:
            sentence = "O certificado não pôde ser lido." if conta.certificate_path else "A conta não tem certificado."
            raise CredentialError(sentence, hint=_IMPORT, code="credencial.certificado")
        situacao = situacao_do_certificado(lido, self._clock.now())
        if not situacao.is_utilizavel:
            raise CredentialError(situacao.aviso, hint=_IMPORT, code="credencial.certificado_vencido")
        if lido.cn != conta.client_id:
            raise CredentialError(
                "O certificado é de outro ClientID.",
                hint="Confira o ClientID da conta, ou importe o certificado que foi emitido para ele.",
                code="credencial.cn",
            )
        passphrase = self._segredos.passphrase(conta.client_id)
        self._key_files.load(conta.certificate_path, conta.key_path, passphrase)
        ends = lido.valid_until.astimezone(self._clock.now().tzinfo)
        return f"Válido até {ends:%d/%m/%Y}, e a chave privada é a dele."


def _perguntar(conexao: Conexao, conta: ContaBancaria) -> Iterator[PassoTeste]:
    def token() -> str:
        conexao.obter_token()
        return "O banco aceitou o certificado, o ClientID e o ClientSecret."

    def consulta() -> str:
        # The far end of the range: most likely never used, and found or not, the bank has answered.
        conexao.perguntar(f"{conta.faixa_fim:08d}")
        return "O banco respondeu à consulta."

    passo = _attempt(TOKEN, token)
    yield passo
    if passo.ok:
        yield _attempt(CONSULTA, consulta)


def _attempt(nome: str, work: Callable[[], str]) -> PassoTeste:
    try:
        return PassoTeste(nome, True, work())
    except AppError as error:
        return _failed(nome, error)


def _failed(nome: str, error: AppError) -> PassoTeste:
    return PassoTeste(nome, False, error.message, error.hint, error.code)
