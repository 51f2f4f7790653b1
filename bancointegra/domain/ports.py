"""What the services need from the outside world, as small Protocols by subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from bancointegra.domain.boleto import (
    BoletoRegistrado,
    ConsultaBoleto,
    PedidoRegistro,
)
from bancointegra.domain.conferencia import BoletoAchado, Conferencia
from bancointegra.domain.conta import ContaBancaria, TipoCobranca, TipoEmUso
from bancointegra.domain.copia import EstadoCopia
from bancointegra.domain.edicao_titulo import DadosTitulo
from bancointegra.domain.instrucao import Aceite, PedidoInstrucao
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
from bancointegra.domain.versao import VersaoPublicada


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, with the local time zone."""

    def today(self) -> date:
        """The present local day."""


class VersaoProvider(Protocol):
    def publicada(self, endereco: str, chave: str) -> VersaoPublicada:
        """The newest version of the program, as the owner of ``chave`` signed it at ``endereco``.

        Raises ``InputError`` for an address or key that cannot be one, ``AppError`` when it cannot be had or believed.
        """


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

    def instruir(self, pedido: PedidoInstrucao, correlation_id: str) -> Aceite:
        """Change, write off or protest the boleto. Also raises ``OutcomeUnknown``, as ``registrar`` does."""

    def consultar(self, carteira: str, nosso_numero: str) -> ConsultaBoleto | None:
        """What the bank says of a boleto now; None when it knows none under that number."""


class CobrancaProviders(Protocol):
    def for_conta(self, conta: ContaBancaria) -> CobrancaProvider:
        """The provider of an account. Raises ``CredentialError`` when its credentials cannot be used."""


class ContaRepository(Protocol):
    def search(self, text: str, *, com_api: bool = True) -> tuple[ContaBancaria, ...]:
        """Accounts whose mnemonic, bank, agency, account or holder contains ``text``.

        Only those with API Bancária, unless ``com_api`` is False.
        """

    def get(self, conta_id: int) -> ContaBancaria:
        """Raises ``StoreError`` when there is none."""

    def by_mnemonico(self, mnemonico: str) -> ContaBancaria | None: ...

    def save(self, conta: ContaBancaria) -> ContaBancaria:
        """Insert (id 0) or replace all but ``ultimo_nosso_numero``; returns it as stored."""

    def advance_ultimo_nosso_numero(self, conta_id: int, ultimo: int) -> ContaBancaria:
        """Numbers up to ``ultimo`` were used elsewhere; never goes back."""

    def tipos_cobranca(self, conta_id: int) -> tuple[TipoCobranca, ...]: ...

    def save_tipo_cobranca(self, tipo: TipoCobranca) -> TipoCobranca: ...

    def tipos_em_uso(self) -> tuple[TipoEmUso, ...]:
        """Every tipo of every account, by name, and how many títulos it has."""

    def delete_tipo_cobranca(self, tipo_id: int) -> None:
        """Raises ``RuleError`` when títulos have it, or when it is the last one of its account."""


PlanEdicao = Callable[[Titulo, bool], tuple[DadosTitulo, HistoryEntry] | None]
"""What to store of a título as it is now, and what to say of it; whether it ever had an order is the second argument.

None: nothing changes. Raises when it is not allowed.
"""


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
        """Store them all or none; one already there (same conta, numero and parcela) raises ``InputError``.

        A payer whose documento is known stays as the register has him.
        """

    def has_orders(self, titulo_id: int) -> bool:
        """Whether anything was ever prepared for the bank about it."""

    def edit(self, titulo_id: int, plan: PlanEdicao) -> None:
        """Change what a person may change, as ``plan`` says of the título as it is in this transaction.

        An order that never left loses its claim, so that nobody sends the old data; its nosso número stays the
        título's. A BAIXADO título whose data change lets go of its boleto, which stays in the history.
        """

    def delete(self, titulo_id: int, check: Callable[[Titulo, bool], None], entry: HistoryEntry) -> None:
        """Remove it and its history, unless ``check`` raises; what it was and ``entry`` stay known apart."""

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


PlanInstrucao = Callable[[Titulo, ContaBancaria], PedidoInstrucao]
"""Builds the request of an instruction on the título's boleto; raises when it is not allowed."""


class Journal(Protocol):
    """The order journal. Each call is one committed transaction."""

    def prepare_registro(self, titulo_id: int, plan: PlanRegistro, claim: str, after: Order | None = None) -> Order:
        """Write the order as *preparada*, allocating its nosso número in the same transaction.

        An order of the same título still *preparada* is taken over, with its nosso número and a fresh plan. With
        ``after``, a refused registration of the título, the number is that one's, if the account still is.
        Raises ``RuleError`` when another order of the título is in doubt, and what ``plan`` raises.
        """

    def prepare_instrucao(self, titulo_id: int, plan: PlanInstrucao, claim: str) -> Order:
        """Write the instruction as *preparada*; one of the same título that never left is replaced by it.

        Raises ``RuleError`` when another order of the título is in doubt, and what ``plan`` raises.
        """

    def mark_enviada(self, order_id: int, claim: str) -> Order:
        """Just before the request. Raises ``RuleError`` when ``claim`` no longer owns the order."""

    def take_over(self, order: Order, claim: str) -> bool:
        """Claim an order in doubt for reconciliation; False when it is no longer as ``order`` shows it."""

    def confirm_registro(
        self, order_id: int, boleto: BoletoRegistrado, entry: HistoryEntry, late: HistoryEntry | None = None
    ) -> bool:
        """The bank has the boleto: order *confirmada*, título REGISTRADO.

        A título changed since another check refused the order gets the value, due date and charges of the order back.
        False when, after such a refusal, a newer order of the título left or was done, or its account or payer changed:
        then only the history changes; it gets ``late`` (``entry`` without it), for a person to decide.
        """

    def confirm_instrucao(
        self, order_id: int, consulta: ConsultaBoleto | None, entry: HistoryEntry, late: HistoryEntry | None = None
    ) -> bool:
        """The bank did it: order *confirmada*, título and boleto as the instruction and ``consulta`` say.

        Without ``consulta`` a changed due date or value leaves the boleto without bar code and line, for they are the
        bank's to tell. False, and ``late``, as in ``confirm_registro``.
        """

    def await_approval(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """The bank took it and somebody there must approve: order *aguardando*."""

    def refuse(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """The bank said no: order *recusada*, the título as before."""

    def doubt(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """Nobody knows: order *indefinida*."""

    def not_sent(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """It certainly did not leave: back to *preparada*, keeping its nosso número."""

    def get(self, order_id: int) -> Order: ...

    def in_doubt(self, titulo_ids: Sequence[int] | None = None) -> tuple[Order, ...]:
        """Orders *enviada*, *indefinida* or *aguardando*, oldest first; all of them without ``titulo_ids``."""

    def refused_registros(self, titulo_id: int) -> tuple[Order, ...]:
        """Registrations of the título that left and were refused since its boleto in force, oldest first.

        Only those whose nosso número belongs to the account as it is now.
        """

    def registro_in_force(self, titulo_id: int) -> Order | None:
        """The confirmed order behind the título's present boleto."""


class ConferenciaRepository(Protocol):
    """Restored accounts, until the bank was asked what was registered after their copy; each call one transaction."""

    def abertas(self) -> tuple[Conferencia, ...]: ...

    def save(self, conferencia: Conferencia) -> None:
        """How far it is; never goes back."""

    def conclude(self, conferencia: Conferencia) -> None:
        """The account may register again, with numbers beyond all that were asked about."""

    def dados(self, conta_id: int, desde: int) -> frozenset[int]:
        """The nossos números from ``desde`` on that were given to boletos of ours."""

    def titulos_do_sacado(self, achado: BoletoAchado) -> tuple[Titulo, ...]:
        """The títulos of the account that the boleto could be of."""

    def keep(self, achado: BoletoAchado) -> None:
        """A boleto that waits for its título."""

    def achados(self, conta_id: int) -> tuple[BoletoAchado, ...]: ...

    def adopt(self, titulo_id: int, consulta: ConsultaBoleto, entry: HistoryEntry) -> bool:
        """The boleto is the título's registration in force, with the bank's value and due date.

        An order still open for the título is over. False when the number is ours already.
        """


class CopiaStore(Protocol):
    def write(self, target: Path, progress: Callable[[int, int], None] | None = None) -> None:
        """Write a copy of the open data file, checked, under a name that is free; others may work meanwhile.

        ``progress`` receives (done, total) and stops the copy by raising. Raises ``StoreError``; no half copy stays.
        """


class EstadoCopiaFile(Protocol):
    """How the last attempt at a copy went; outlives the program."""

    def load(self) -> EstadoCopia | None: ...

    def save(self, estado: EstadoCopia) -> None:
        """Raises ``StoreError``."""


class Conexao(Protocol):
    """A fresh connection of one account to its bank, for a test. Errors as in ``CobrancaProvider``."""

    def obter_token(self) -> None:
        """Ask for an access token, showing the certificate."""

    def perguntar(self, nosso_numero: str) -> None:
        """Ask about one boleto; that there is none is an answer too."""


class ConexaoProvider(Protocol):
    def conectar(self, conta: ContaBancaria, client_secret: str | None = None) -> AbstractContextManager[Conexao]:
        """A connection of its own, with ``client_secret`` in place of the vault's when given.

        Raises ``CredentialError`` when the account's certificate, key or addresses cannot be used.
        """


class Vault(Protocol):
    """Secrets by name, outside the store."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, secret: str) -> None: ...

    def delete(self, name: str) -> None: ...


class LeitorDeCodigos(Protocol):
    """Finds the codes of bills in files."""

    def read(
        self, content: bytes, *, senha: str = "", report: Callable[[int, int], None] | None = None
    ) -> tuple[str, ...]:
        """Digits that look like codes, each once; ``report`` is told (pages done, pages) and may raise to stop.

        Raises ``InputError`` with a sentence for a file that cannot be read; its code is ``pdf_com_senha`` when the
        file asks for another ``senha``.
        """
