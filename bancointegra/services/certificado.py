"""Certificates of accounts: read, checked, imported, renewed in time, copied out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bancointegra.domain.certificado import (
    DIAS_RENOVACAO,
    MIN_BITS,
    CertificadoLido,
    EstadoFluxo,
    ParCertificado,
    Passo,
    SituacaoCertificado,
    dados_da_conta,
    require_client_id,
    situacao_do_certificado,
)
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import CredentialError, InputError, RuleError
from bancointegra.domain.ports import Clock, ContaRepository
from bancointegra.domain.ports_certificado import (
    CertificadoProvider,
    CertificateRequests,
    Certificates,
    CertificateStore,
)
from bancointegra.services.certificado_pedido import PedidosDeCertificado
from bancointegra.services.segredos import SegredosDaConta, require_client_secret
from bancointegra.services.teste_conexao import CONSULTA, TesteConexaoService

FORMATOS = ("key", "csr", "crt", "pfx")
_LONGEST_PASSWORD = 128


class CertificadoService:
    """Any thread may call it. An account keeps its pair until another one is known to work."""

    def __init__(
        self,
        *,
        contas: ContaRepository,
        segredos: SegredosDaConta,
        key_files: CertificateStore,
        certificates: Certificates,
        requests: CertificateRequests,
        banco: CertificadoProvider,
        teste: TesteConexaoService,
        clock: Clock,
    ) -> None:
        self._contas = contas
        self._segredos = segredos
        self._key_files = key_files
        self._certificates = certificates
        self._requests = requests
        self._banco = banco
        self._teste = teste
        self._clock = clock
        self._pedidos = PedidosDeCertificado(
            requests=requests, certificates=certificates, segredos=segredos, clock=clock
        )

    def ler(self, *, certificado: bytes | None, chave: bytes | None, pfx: bytes | None, senha: str) -> ParCertificado:
        """The pair in the chosen files: certificate and key (PEM or DER), or a .pfx/.p12 alone.

        ``senha`` opens the key or the .pfx; empty for none. Raises ``InputError`` with the field Chave pública, Chave
        privada, Arquivo .pfx ou .p12, or Senha; ``CredentialError`` when the key is not of any certificate given.
        """
        _require_password_length(senha)
        return self._certificates.read(certificado=certificado, chave=chave, pfx=pfx, senha=senha)

    def conferir(self, par: ParCertificado, client_id: str, agora: datetime) -> tuple[str, ...]:
        """Warnings about a pair that may be used. Raises ``CredentialError`` for one that may not."""
        client_id = require_client_id(client_id)
        if par.bits < MIN_BITS:
            raise CredentialError(
                f"A chave tem {par.bits} bits; o banco exige RSA de {MIN_BITS} ou mais.",
                hint="Use o Assistente de Certificado para gerar outra chave e pedir outro certificado.",
                code="credencial.chave_fraca",
            )
        if par.cn != client_id:
            raise CredentialError(
                f"O certificado é de outro ClientID ({par.cn or 'sem nome'}).",
                hint="O nome (CN) do certificado deve ser igual ao ClientID da conta: confira os dois.",
                code="credencial.cn",
            )
        situacao = situacao_do_certificado(_lido(par), agora)
        if not situacao.is_utilizavel:
            not_yet = agora < par.valid_from
            raise CredentialError(
                situacao.aviso,
                hint="Confira a data e a hora deste computador." if not_yet else "Escolha um certificado em vigor.",
                code="credencial.certificado_futuro" if not_yet else "credencial.certificado_vencido",
            )
        return (situacao.aviso,) if situacao.aviso else ()

    def importar(self, conta: ContaBancaria, par: ParCertificado, client_secret: str | None) -> ContaBancaria:
        """Give a stored account this pair, and ``client_secret`` unless None (the one in the vault then stays).

        The ClientID is that of ``conta``. The files of the old pair stay where they are. Raises as ``conferir``, and
        ``InputError`` for an account not saved yet.
        """
        if not conta.id:
            raise InputError("Salve a conta antes de importar o certificado.", field="Certificado")
        client_id = require_client_id(conta.client_id)
        self.conferir(par, client_id, self._clock.now())
        secret = None if client_secret is None else require_client_secret(client_secret)
        paths = self._key_files.store(
            client_id, par.certificate_pem, par.key_pem, passphrase=self._segredos.passphrase_for_storing(client_id)
        )
        if secret is not None:
            self._segredos.guardar_client_secret(client_id, secret)
        return self._contas.save(
            replace(
                self._contas.get(conta.id),
                client_id=client_id,
                certificate_path=paths.certificate_path,
                key_path=paths.key_path,
            )
        )

    def situacao(self, conta: ContaBancaria, agora: datetime) -> SituacaoCertificado | None:
        """How the account's certificate stands; None when it has none that can be read."""
        lido = self._certificates.describe(conta.certificate_path) if conta.certificate_path else None
        return situacao_do_certificado(lido, agora) if lido else None

    def renovar(self, conta: ContaBancaria, *, antecedencia: int = DIAS_RENOVACAO) -> ContaBancaria:
        """Ask for the next certificate with the present one, at most ``antecedencia`` days before it expires.

        The new pair must get a token before the account points to it. Called again after any failure it goes on where
        it stopped, with the same key. Raises ``RuleError`` when it is too early or another request is under way,
        ``CredentialError``, ``BankUnavailable``, ``OutcomeUnknown``.
        """
        with self._requests.exclusive(conta.id):
            conta = self._contas.get(conta.id)
            estado = self._requests.get(conta.id)
            if estado is not None and not estado.renovacao:
                raise RuleError(
                    "Há um pedido de certificado em andamento no Assistente de Certificado.",
                    hint="Continue-o ou descarte-o, e depois renove.",
                    code="certificado_em_andamento",
                )
            estado = estado or self._iniciar_renovacao(conta, antecedencia)
            if estado.passo is Passo.CHAVE:
                estado = self._pedidos.gerar_chave(estado)
            if estado.passo is Passo.ENVIO:
                estado = self._pedidos.enviar(estado, lambda csr: self._banco.renovar(conta, csr))
            return self._concluir_renovacao(conta, estado)

    def exportar(self, conta: ContaBancaria, pasta: Path, formatos: frozenset[str], senha: str) -> tuple[Path, ...]:
        """Copies of the account's pair in ``pasta``, in some of ``FORMATOS``; existing files are never overwritten.

        ``senha`` protects .key and .pfx; empty leaves them open. Raises ``InputError``, ``CredentialError``,
        ``StoreError``.
        """
        unknown = formatos - frozenset(FORMATOS)
        if unknown or not formatos:
            raise InputError(f"Escolha entre {', '.join(f'.{formato}' for formato in FORMATOS)}.", field="Formato")
        _require_password_length(senha)
        if not conta.certificate_path:
            raise CredentialError("A conta não tem certificado para copiar.", code="credencial.certificado")
        par = self._key_files.load(conta.certificate_path, conta.key_path, self._segredos.passphrase(conta.client_id))
        chosen = [formato for formato in FORMATOS if formato in formatos]
        contents = {formato: self._certificates.export(par, formato, senha) for formato in chosen}
        return self._key_files.write_copies(pasta, conta.client_id, contents)

    def _iniciar_renovacao(self, conta: ContaBancaria, antecedencia: int) -> EstadoFluxo:
        agora = self._clock.now()
        situacao = self.situacao(conta, agora)
        if situacao is None or not situacao.is_utilizavel:
            sentence = situacao.aviso if situacao else "A conta não tem certificado que se possa renovar."
            raise CredentialError(
                sentence,
                hint="Peça ao banco um token temporário e use o Assistente de Certificado.",
                code="credencial.certificado_vencido",
            )
        opens = situacao.valid_until - timedelta(days=antecedencia)
        if agora < opens:
            raise RuleError(
                f"Ainda é cedo para renovar: o certificado vale por {situacao.dias} dias.",
                hint=f"A renovação abre em {opens.astimezone(agora.tzinfo):%d/%m/%Y}.",
                code="certificado_cedo",
            )
        estado = EstadoFluxo(conta.id, Passo.CHAVE, dados_da_conta(conta), agora, renovacao=True)
        self._requests.save(estado)
        return estado

    def _concluir_renovacao(self, conta: ContaBancaria, estado: EstadoFluxo) -> ContaBancaria:
        par, client_secret = self._pedidos.par(estado)
        self.conferir(par, conta.client_id, self._clock.now())
        passphrase = self._segredos.passphrase(conta.client_id)
        paths = self._key_files.store(conta.client_id, par.certificate_pem, par.key_pem, passphrase=passphrase)
        nova = replace(conta, certificate_path=paths.certificate_path, key_path=paths.key_path)
        # The question after the token is no condition: an account without leave to query must be renewable too.
        failed = [p for p in self._teste.testar(nova, client_secret=client_secret) if not p.ok and p.nome != CONSULTA]
        if failed:
            self._key_files.discard(paths)
            raise CredentialError(
                f"O certificado novo chegou, mas ainda não funciona: {failed[0].mensagem}",
                hint=f"O atual continua em uso. {failed[0].remedio} Depois, renove de novo: o novo está guardado.",
                code=failed[0].codigo,
            )
        if client_secret is not None:
            self._segredos.guardar_client_secret(conta.client_id, client_secret)
        stored = self._contas.save(nova)
        self._requests.discard(conta.id)
        return stored


def _lido(par: ParCertificado) -> CertificadoLido:
    return CertificadoLido(par.cn, par.valid_from, par.valid_until, par.fingerprint)


def _require_password_length(senha: str) -> None:
    if len(senha) > _LONGEST_PASSWORD:
        raise InputError(f"A senha tem até {_LONGEST_PASSWORD} caracteres.", field="Senha")
