"""What the services need from the outside world, as small Protocols by subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from bancointegra.domain.boleto import (
    BoletoImpresso,
    BoletoRegistrado,
    ConsultaBoleto,
    PedidoRegistro,
)
from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.order import Order
from bancointegra.domain.situacao import Operacao, Situacao
from bancointegra.domain.titulo import (
    HistoryEntry,
    NovoTitulo,
    Titulo,
    TituloFilter,
    TituloRow,
    TituloSort,
    Totais,
)


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, with the local time zone."""

    def today(self) -> date:
        """The present local day."""


class Instances(Protocol):
    """Which running programs share the store; tells an order in flight from one whose program died."""

    @property
    def current(self) -> str:
        """The identity of this run."""

    def is_alive(self, instance: str) -> bool:
        """Whether the run with that identity still goes on."""


class CobrancaProvider(Protocol):
    """Boletos at one bank for one account. Methods block; any thread may call them.

    All raise ``CredentialError`` or ``BankUnavailable`` when certainly nothing was executed, and
    ``BankRefused`` when the bank said no.
    """

    @property
    def capabilities(self) -> frozenset[Operacao]:
        """The operations this bank offers."""

    def registrar(self, pedido: PedidoRegistro, correlation_id: str) -> BoletoRegistrado:
        """Register the boleto. Also raises ``OutcomeUnknown`` when nobody knows whether it happened."""

    def consultar(self, carteira: str, nosso_numero: str) -> ConsultaBoleto | None:
        """What the bank says of a boleto now; None when it knows none under that number."""


class CobrancaProviders(Protocol):
    def for_conta(self, conta: ContaBancaria) -> CobrancaProvider:
        """The provider of an account. Raises ``CredentialError`` when its credentials cannot be used."""


class ContaRepository(Protocol):
    def search(self, text: str) -> tuple[ContaBancaria, ...]:
        """Accounts with API Bancária whose mnemonic, bank, agency, account or holder contains ``text``."""

    def get(self, conta_id: int) -> ContaBancaria:
        """Raises ``StoreError`` when there is none."""

    def by_mnemonico(self, mnemonico: str) -> ContaBancaria | None: ...

    def save(self, conta: ContaBancaria) -> ContaBancaria:
        """Insert (id 0) or replace all but ``ultimo_nosso_numero``; returns it as stored."""

    def tipos_cobranca(self, conta_id: int) -> tuple[TipoCobranca, ...]: ...

    def save_tipo_cobranca(self, tipo: TipoCobranca) -> TipoCobranca: ...


class TituloRepository(Protocol):
    def page(
        self, filtro: TituloFilter, sort: TituloSort, descending: bool, offset: int, limit: int
    ) -> tuple[TituloRow, ...]: ...

    def ids(self, filtro: TituloFilter, sort: TituloSort, descending: bool) -> tuple[int, ...]:
        """All títulos of the filter in the list's order (for “select all”)."""

    def totais(self, filtro: TituloFilter) -> Totais: ...

    def count_by_situacao(self, filtro: TituloFilter) -> Mapping[Situacao, int]:
        """How many títulos of each situação, the filter's own situações ignored."""

    def rows(self, titulo_ids: Sequence[int]) -> tuple[TituloRow, ...]: ...

    def get(self, titulo_id: int) -> Titulo: ...

    def add_many(self, conta_id: int, tipo_cobranca_id: int, novos: Sequence[NovoTitulo], entry: HistoryEntry) -> int:
        """Store them all or none; one already there (same conta, numero and parcela) raises ``InputError``."""

    def existing(self, conta_id: int, keys: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], TituloRow]:
        """Those of the (numero, parcela) that the account already has."""

    def history(self, titulo_id: int) -> tuple[HistoryEntry, ...]:
        """Newest first."""

    def note(self, titulo_id: int, entry: HistoryEntry) -> None: ...

    def set_pdf(self, titulo_id: int, path: str, entry: HistoryEntry) -> None: ...

    def apply_consulta(self, titulo_id: int, consulta: ConsultaBoleto, situacao: Situacao, entry: HistoryEntry) -> bool:
        """Store what the bank said and the situação that follows; False when the answer is about an older boleto."""


PlanRegistro = Callable[[Titulo, ContaBancaria, str], PedidoRegistro]
"""Builds the request of a título for a freshly allocated nosso número; raises when it is not allowed."""


class Journal(Protocol):
    """The order journal. Each call is one committed transaction."""

    def prepare_registro(self, titulo_id: int, plan: PlanRegistro, claim: str) -> Order:
        """Write the order as *preparada*, allocating its nosso número in the same transaction.

        An order of the same título still *preparada* is taken over, with its nosso número and a fresh plan.
        Raises ``RuleError`` when another order of the título is in doubt, and what ``plan`` raises.
        """

    def mark_enviada(self, order_id: int, claim: str) -> Order:
        """Just before the request. Raises ``RuleError`` when ``claim`` no longer owns the order."""

    def take_over(self, order: Order, claim: str) -> bool:
        """Claim an order in doubt for reconciliation; False when it is no longer as ``order`` shows it."""

    def confirm_registro(self, order_id: int, boleto: BoletoRegistrado, entry: HistoryEntry) -> None:
        """The bank has the boleto: order *confirmada*, título REGISTRADO."""

    def refuse(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """The bank said no: order *recusada*, the título as before."""

    def doubt(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """Nobody knows: order *indefinida*."""

    def not_sent(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """It certainly did not leave: back to *preparada*, keeping its nosso número."""

    def get(self, order_id: int) -> Order: ...

    def in_doubt(self, titulo_ids: Sequence[int] | None = None) -> tuple[Order, ...]:
        """Orders *enviada* or *indefinida*, oldest first; all of them without ``titulo_ids``."""

    def registro_in_force(self, titulo_id: int) -> Order | None:
        """The confirmed order behind the título's present boleto."""


class BoletoPrinter(Protocol):
    def save(self, impresso: BoletoImpresso, folder: Path, file_stem: str) -> Path:
        """Write the boleto's PDF under a free name, after reading it back. Raises ``PrintError``."""


@dataclass(frozen=True, slots=True)
class StoredPair:
    """Where a certificate and its encrypted key are, and the passphrase that opens the key (for the vault)."""

    certificate_path: str
    key_path: str
    passphrase: str = field(repr=False)


class CertificateStore(Protocol):
    def store(self, client_id: str, certificate: bytes, key: bytes, password: str = "") -> StoredPair:
        """Check and keep a PEM pair; ``password`` opens ``key`` when it is encrypted.

        Raises ``CredentialError`` when the pair cannot be read, does not match, is too weak or is not of
        ``client_id``; ``StoreError`` when it cannot be written.
        """

    def valid_until(self, certificate_path: str) -> datetime | None:
        """When the certificate expires (with time zone); None when it cannot be read."""


class Vault(Protocol):
    """Secrets by name, outside the store."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, secret: str) -> None: ...

    def delete(self, name: str) -> None: ...
