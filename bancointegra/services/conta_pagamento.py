"""Setting up a Conta de Pagamento: checked as far as this machine can, its secret into the vault."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_pagamento import Alcadas, ContaPagamento
from bancointegra.domain.errors import InputError
from bancointegra.domain.ports_certificado import CertificateStore
from bancointegra.domain.ports_pagamento import ContaPagamentoRepository, PagamentoProviders
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.domain.transacao_pagamento import Saldo
from bancointegra.services.conta_regras import require_host, require_mnemonico, require_texto
from bancointegra.services.segredos import SegredosDaConta, require_client_secret

_TERMINAL = re.compile(r"[A-Za-z0-9._-]{1,50}")
_CLIENT_ID = re.compile(r"[!-~]{1,100}")


class ContaPagamentoService:
    """Lists, creates, changes and tests the Contas de Pagamento."""

    def __init__(
        self,
        *,
        contas: ContaPagamentoRepository,
        segredos: SegredosDaConta,
        providers: PagamentoProviders,
        certificados: CertificateStore,
    ) -> None:
        self._contas = contas
        self._certificados = certificados
        self._segredos = segredos
        self._providers = providers

    def todas(self) -> tuple[ContaPagamento, ...]:
        """By mnemonic."""
        return self._contas.all()

    def por_mnemonico(self, mnemonico: str) -> ContaPagamento | None:
        return self._contas.by_mnemonico(mnemonico)

    def tem_segredo(self, conta: ContaPagamento) -> bool:
        """Whether the vault holds the ClientSecret. Raises ``CredentialError`` when it cannot be opened."""
        return self._segredos.tem_client_secret(conta.client_id)

    def salvar(
        self, conta: ContaPagamento, client_secret: str | None, senha_da_chave: str | None = None
    ) -> ContaPagamento:
        """Insert (id 0) or change; returns it as stored.

        ``client_secret`` and ``senha_da_chave`` (which opens the private key's file, where Celcoin asks for a client
        certificate) go to the vault; None leaves it as it is. Without a ``terminal`` a new account gets one of its own:
        two offices under one name would take each other's payments for theirs.

        Raises ``InputError`` naming the field as the screen labels it, ``RuleError`` when ambiente, ClientID or
        terminal would change with payments at Celcoin, ``CredentialError`` when the vault cannot be opened.
        """
        named = replace(conta, terminal=conta.terminal.strip() or f"bi-{secrets.token_hex(4)}")
        checked = _checked(named if not conta.id else conta)
        secret = None if client_secret is None else require_client_secret(client_secret)
        stored = self._contas.save(checked)
        if secret is not None:
            self._segredos.guardar_client_secret(stored.client_id, secret)
        if senha_da_chave is not None:
            self._segredos.guardar_passphrase(stored.client_id, senha_da_chave)
        return stored

    def com_certificado(self, conta: ContaPagamento, certificado: bytes, chave: bytes, senha: str) -> ContaPagamento:
        """``conta`` with copies of the pair that Celcoin handed out, for ``salvar``; the key's is encrypted.

        ``senha`` opens ``chave`` when it is encrypted already. Raises ``CredentialError`` when the pair cannot be read
        or does not match, ``InputError`` for a ClientID that cannot name a folder, ``StoreError``.
        """
        passphrase = self._segredos.passphrase_for_storing(conta.client_id)
        pair = self._certificados.store(
            conta.client_id, certificado, chave, senha, passphrase=passphrase, any_owner=True
        )
        return replace(conta, certificate_path=pair.certificate_path, key_path=pair.key_path)

    def testar(self, conta: ContaPagamento) -> Saldo:
        """Get a token and ask for the balance: nothing changes at Celcoin.

        Raises ``CredentialError``, ``BankUnavailable`` or ``BankRefused``, each saying what to do.
        """
        return self._providers.for_conta(conta).saldo()


def _checked(conta: ContaPagamento) -> ContaPagamento:
    if not _TERMINAL.fullmatch(conta.terminal):
        raise InputError(
            "O terminal tem de 1 a 50 letras, números, pontos ou traços.",
            field="Terminal",
            hint="Use um nome para este escritório, diferente dos outros que pagam com o mesmo ClientID.",
        )
    if not conta.client_id.strip():
        raise InputError("Falta o ClientID que a Celcoin enviou.", field="ClientID")
    if not _CLIENT_ID.fullmatch(conta.client_id.strip()):
        raise InputError(
            "O ClientID não tem a forma que a Celcoin usa.", field="ClientID", hint="Copie-o de novo, sem espaços."
        )
    if conta.ca_path and conta.ambiente is not Ambiente.SIMULACAO:
        raise InputError("A raiz de confiança extra só serve para a SIMULAÇÃO.", field="Raiz de confiança")
    return replace(
        conta,
        mnemonico=require_mnemonico(conta.mnemonico),
        nome=require_texto(conta.nome, "Nome", 120),
        client_id=conta.client_id.strip(),
        host=require_host(conta.host, "Servidor"),
        alcadas=_checked_alcadas(conta.alcadas),
    )


def _checked_alcadas(alcadas: Alcadas) -> Alcadas:
    for field, amount in (
        ("Limite por pagamento", alcadas.por_pagamento),
        ("Limite por dia", alcadas.por_dia),
        ("Limite sem aprovação", alcadas.sem_aprovacao),
    ):
        _require_not_negative(amount, field)
    return alcadas


def _require_not_negative(amount: Reais | None, field: str) -> None:
    if amount is not None and amount < ZERO:
        raise InputError("Um limite não pode ser negativo.", field=field)
