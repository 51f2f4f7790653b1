"""Setting up a Conta Bancária: checked as far as this machine can, secrets into the vault."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bancointegra.domain.conta import Ambiente, Beneficiario, ContaBancaria, Hosts, TipoCobranca, TipoEmUso
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.errors import InputError
from bancointegra.domain.itau import BANCO_ITAU
from bancointegra.domain.ports import ContaRepository
from bancointegra.domain.ports_certificado import CertificateStore
from bancointegra.services.conta_regras import MAIOR_NOSSO_NUMERO, conferir_conta, require_texto
from bancointegra.services.segredos import SegredosDaConta, require_client_secret


@dataclass(frozen=True, slots=True)
class NovaConta:
    """All that one account needs. ``certificate`` and ``key`` are PEM; ``key_password`` opens an encrypted key.

    ``primeiro_nosso_numero`` is the next number to use. ``ca_path`` and ``hosts`` are for the simulation.
    """

    mnemonico: str
    agencia: str
    conta: str
    dac: str
    carteira: str
    beneficiario: Beneficiario
    ambiente: Ambiente
    client_id: str
    client_secret: str = field(repr=False)
    certificate: bytes = field(repr=False)
    key: bytes = field(repr=False)
    key_password: str = field(default="", repr=False)
    primeiro_nosso_numero: int = 1
    encargos_padrao: Encargos = field(default_factory=Encargos)
    hosts: Hosts = field(default_factory=Hosts)
    ca_path: str = ""
    tipo_cobranca: str = "BOLETO ITAÚ"


class ContaService:
    """Lists, creates and changes accounts and their tipos de cobrança."""

    def __init__(self, *, contas: ContaRepository, segredos: SegredosDaConta, key_files: CertificateStore) -> None:
        self._contas = contas
        self._segredos = segredos
        self._key_files = key_files

    def todas(self, texto: str = "") -> tuple[ContaBancaria, ...]:
        """Accounts whose mnemonic, bank, agency, account or holder contains ``texto``, API Bancária or not."""
        return self._contas.search(texto, com_api=False)

    def salvar(self, conta: ContaBancaria, client_secret: str | None) -> ContaBancaria:
        """Insert (id 0) or change an account; returns it as stored.

        ``client_secret`` None leaves the vault as it is. The last nosso número only advances: a lower one, which a form
        filled before a batch still shows, changes nothing. The certificate stays the stored one, for a renewal may have
        replaced it since the form was filled; another ClientID lets go of it (its files stay). Raises ``InputError``
        naming the field as the screen labels it; ``RuleError`` when ambiente, agência or conta would change with
        boletos at the bank.
        """
        checked = conferir_conta(conta)
        secret = None if client_secret is None else require_client_secret(client_secret)
        if secret is not None and not checked.client_id:
            raise InputError("Falta o ClientID deste ClientSecret.", field="ClientID")
        stored = self._contas.save(self._with_present_pair(checked) if checked.id else checked)
        if checked.ultimo_nosso_numero > stored.ultimo_nosso_numero:
            stored = self._contas.advance_ultimo_nosso_numero(stored.id, checked.ultimo_nosso_numero)
        if secret is not None:
            self._segredos.guardar_client_secret(stored.client_id, secret)
        return stored

    def tem_segredo(self, conta: ContaBancaria) -> bool:
        """Whether the vault holds the account's ClientSecret. Raises ``CredentialError`` when it cannot be opened."""
        return self._segredos.tem_client_secret(conta.client_id)

    def tipos_cobranca(self, conta: ContaBancaria) -> tuple[TipoCobranca, ...]:
        """The tipos de cobrança of an account, by name."""
        return self._contas.tipos_cobranca(conta.id)

    def salvar_tipo_cobranca(self, tipo: TipoCobranca) -> TipoCobranca:
        """Insert (id 0) or rename. Raises ``InputError`` with the field Tipo de Cobrança."""
        nome = require_texto(tipo.nome, "Tipo de Cobrança", 60)
        self._contas.get(tipo.conta_id)
        return self._contas.save_tipo_cobranca(replace(tipo, nome=nome))

    def tipos_em_uso(self) -> tuple[TipoEmUso, ...]:
        """Every tipo of every account, by name, with its account and how many títulos have it."""
        return self._contas.tipos_em_uso()

    def excluir_tipo_cobranca(self, tipo: TipoCobranca) -> None:
        """Raises ``RuleError`` when títulos have it, or when it is the last one of its account."""
        self._contas.delete_tipo_cobranca(tipo.id)

    def criar(self, nova: NovaConta) -> ContaBancaria:
        """Store a new account with its first tipo de cobrança.

        Raises ``InputError`` naming the field, ``CredentialError`` when certificate and key do not fit, ``StoreError``.
        """
        if not 1 <= nova.primeiro_nosso_numero <= MAIOR_NOSSO_NUMERO:
            raise InputError(f"O primeiro nosso número vai de 1 a {MAIOR_NOSSO_NUMERO}.", field="Nosso número")
        conta = conferir_conta(
            ContaBancaria(
                id=0,
                mnemonico=nova.mnemonico,
                banco=BANCO_ITAU,
                agencia=nova.agencia,
                conta=nova.conta,
                dac=nova.dac,
                carteira=nova.carteira,
                beneficiario=nova.beneficiario,
                ambiente=nova.ambiente,
                client_id=nova.client_id,
                encargos_padrao=nova.encargos_padrao,
                ultimo_nosso_numero=nova.primeiro_nosso_numero - 1,
            )
        )
        if self._contas.by_mnemonico(conta.mnemonico) is not None:
            raise InputError(f"Já existe uma conta com o mnemônico {conta.mnemonico}.", field="Mnemônico")
        stored = self._contas.save(self._with_credentials(conta, nova))
        self._contas.save_tipo_cobranca(TipoCobranca(0, nova.tipo_cobranca, stored.id))
        return stored

    def renovar_credenciais(self, conta: ContaBancaria, nova: NovaConta) -> ContaBancaria:
        """Give an existing account the credentials and addresses of ``nova``; the rest stays."""
        return self._contas.save(self._with_credentials(conta, nova))

    def _with_present_pair(self, conta: ContaBancaria) -> ContaBancaria:
        known = self._contas.get(conta.id)
        if known.client_id != conta.client_id:
            return replace(conta, certificate_path="", key_path="")
        return replace(conta, certificate_path=known.certificate_path, key_path=known.key_path)

    def _with_credentials(self, conta: ContaBancaria, nova: NovaConta) -> ContaBancaria:
        secret = require_client_secret(nova.client_secret)
        pair = self._key_files.store(
            nova.client_id,
            nova.certificate,
            nova.key,
            nova.key_password,
            passphrase=self._segredos.passphrase_for_storing(nova.client_id),
        )
        self._segredos.guardar_client_secret(nova.client_id, secret)
        return replace(
            conta,
            client_id=nova.client_id,
            certificate_path=pair.certificate_path,
            key_path=pair.key_path,
            hosts=nova.hosts,
            ca_path=nova.ca_path,
        )
