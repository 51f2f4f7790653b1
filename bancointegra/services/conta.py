"""Setting up a Conta Bancária: checked as far as this machine can, secrets into the vault."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from bancointegra.domain.conta import Ambiente, Beneficiario, ContaBancaria, Hosts, TipoCobranca
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.errors import InputError
from bancointegra.domain.itau import require_dac_conta
from bancointegra.domain.ports import CertificateStore, ContaRepository, Vault

_ITAU = "341"


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
    """Creates accounts, and renews what reaches the bank for them."""

    def __init__(self, *, contas: ContaRepository, vault: Vault, key_files: CertificateStore) -> None:
        self._contas = contas
        self._vault = vault
        self._key_files = key_files

    def criar(self, nova: NovaConta) -> ContaBancaria:
        """Store a new account with its first tipo de cobrança.

        Raises ``InputError`` naming the field, ``CredentialError`` when certificate and key do not fit, ``StoreError``.
        """
        mnemonico = nova.mnemonico.strip().upper()
        _require_account(nova, mnemonico)
        if self._contas.by_mnemonico(mnemonico) is not None:
            raise InputError(f"Já existe uma conta com o mnemônico {mnemonico}.", field="Mnemônico")
        conta = ContaBancaria(
            id=0,
            mnemonico=mnemonico,
            banco=_ITAU,
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
        stored = self._contas.save(self._with_credentials(conta, nova))
        self._contas.save_tipo_cobranca(TipoCobranca(0, nova.tipo_cobranca, stored.id))
        return stored

    def renovar_credenciais(self, conta: ContaBancaria, nova: NovaConta) -> ContaBancaria:
        """Give an existing account the credentials and addresses of ``nova``; the rest stays."""
        return self._contas.save(self._with_credentials(conta, nova))

    def dias_do_certificado(self, conta: ContaBancaria, agora: datetime) -> int | None:
        """Whole days until the account's certificate expires, negative afterwards; None when it cannot be read."""
        ends = self._key_files.valid_until(conta.certificate_path)
        return (ends - agora).days if ends else None

    def _with_credentials(self, conta: ContaBancaria, nova: NovaConta) -> ContaBancaria:
        pair = self._key_files.store(nova.client_id, nova.certificate, nova.key, nova.key_password)
        self._vault.set(f"{nova.client_id}/client_secret", nova.client_secret)
        self._vault.set(f"{nova.client_id}/key_passphrase", pair.passphrase)
        return replace(
            conta,
            client_id=nova.client_id,
            certificate_path=pair.certificate_path,
            key_path=pair.key_path,
            hosts=nova.hosts,
            ca_path=nova.ca_path,
        )


def _require_account(nova: NovaConta, mnemonico: str) -> None:
    if not mnemonico or len(mnemonico) > 40:
        raise InputError("O mnemônico deve ter de 1 a 40 caracteres.", field="Mnemônico")
    for label, value, digits in (
        ("Agência", nova.agencia, 4),
        ("Conta", nova.conta, 5),
        ("Carteira", nova.carteira, 3),
    ):
        if not re.fullmatch(rf"\d{{{digits}}}", value, re.ASCII):
            raise InputError(f"{label} tem {digits} dígitos.", field=label)
    require_dac_conta(nova.agencia, nova.conta, nova.dac)
    if not nova.client_secret:
        raise InputError("Falta o ClientSecret.", field="ClientSecret")
    if not 1 <= nova.primeiro_nosso_numero <= 99_999_999:
        raise InputError("O primeiro nosso número vai de 1 a 99999999.", field="Nosso número")
