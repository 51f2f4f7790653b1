"""What paying bills needs from the outside world, as small Protocols by subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from bancointegra.domain.comprovante import ComprovanteImpresso
from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.convenio import Convenio
from bancointegra.domain.importacao import Leitura, Tabela
from bancointegra.domain.ordem_pagamento import OrdemPagamento
from bancointegra.domain.order import OrderState
from bancointegra.domain.pagamento import (
    Aprovacao,
    OperacaoPagamento,
    Pagamento,
    PagamentoFilter,
    PagamentoSort,
    SituacaoPagamento,
)
from bancointegra.domain.reais import Reais
from bancointegra.domain.regras_pagamento import ContextoReserva
from bancointegra.domain.titulo import HistoryEntry, Totais
from bancointegra.domain.transacao_pagamento import (
    Comprovante,
    EstadoNaCelcoin,
    Ocorrencia,
    OcorrenciaGuardada,
    PagamentoNaCelcoin,
    PedidoReserva,
    ReferenciaPagamento,
    Reserva,
    Saldo,
)


class PagamentoProvider(Protocol):
    """Bill payments through one account. Methods block; any thread may call them; none repeats a request by itself.

    Only a 401 is answered by one new token and one repeat, for it was not executed.

    All raise ``CredentialError`` or ``BankUnavailable`` when certainly nothing was executed (for a question: when
    there is no readable answer), and ``BankRefused`` when Celcoin said no in words (``errorCode`` other than zero, or
    a 4xx with a body); its message ends in a sentence for the clerk and its ``code`` is ``recusado.`` with Celcoin's
    own code, zeros at the left removed (``recusado.44``).

    The four that change something also raise ``OutcomeUnknown`` when the request left and no readable answer came
    back (time out, cut connection, 408, 5xx, unreadable body, generic code 999).
    """

    @property
    def capabilities(self) -> frozenset[OperacaoPagamento]:
        """The operations offered."""

    def consultar(self, linha: str) -> ContaConsultada:
        """Look a bill up by its linha digitável (47 or 48 digits). Nothing is changed; may be repeated."""

    def reservar(self, pedido: PedidoReserva) -> Reserva:
        """Reserve the amount: the balance goes down, nothing is paid yet.

        ``BankRefused.possibly_duplicate`` is true for code 68, which may mean that this very reserve exists already.
        """

    def confirmar(self, referencia: ReferenciaPagamento) -> None:
        """Confirm a reserve (``referencia.transacao`` is known): from now on it is paid.

        A refusal always has ``possibly_duplicate``: the state decides, not the words.
        """

    def anular(self, referencia: ReferenciaPagamento) -> None:
        """Give a reserve up (``referencia.transacao`` is known); refusals as in ``confirmar``."""

    def estornar(self, referencia: ReferenciaPagamento) -> None:
        """Ask for a confirmed payment's money back (``referencia.transacao`` is known): a request was registered.

        A ``BankRefused`` may be about the second of two deliveries: the state tells whether the first was done.
        """

    def consultar_pagamento(self, referencia: ReferenciaPagamento) -> PagamentoNaCelcoin:
        """The state of one payment: by ``transacao`` alone when it is known, else by NSU, terminal and day together.

        ``NAO_ENCONTRADO`` (inner 061) is an answer, not an error; it is tested before the number of the state.
        """

    def pendentes(self) -> tuple[PagamentoNaCelcoin, ...]:
        """All reserves of the client that wait for their confirmation, those of other programs too."""

    def ocorrencias(self, de: date, ate: date) -> tuple[Ocorrencia, ...]:
        """What was refused between two days, both included."""

    def convenios(self) -> tuple[Convenio, ...]:
        """All convênios, each with its mask over the 48 digits."""

    def comprovante(self, transacao: str) -> Comprovante:
        """The receipt of a reserve or payment; the caller sees to it that a mere reserve's is never shown."""

    def saldo(self) -> Saldo:
        """What the account has left."""


class PagamentoProviders(Protocol):
    def for_conta(self, conta: ContaPagamento) -> PagamentoProvider:
        """The provider of an account. Raises ``CredentialError`` when its credentials cannot be used."""


class ContaPagamentoRepository(Protocol):
    def all(self) -> tuple[ContaPagamento, ...]:
        """By mnemonic."""

    def get(self, conta_id: int) -> ContaPagamento:
        """Raises ``StoreError`` when there is none."""

    def by_mnemonico(self, mnemonico: str) -> ContaPagamento | None: ...

    def save(self, conta: ContaPagamento) -> ContaPagamento:
        """Insert (id 0) or replace; returns it as stored.

        Raises ``InputError`` when the mnemonic is taken, ``RuleError`` when ambiente, ClientID or terminal would change
        with payments at Celcoin: they would afterwards be looked for where they are not.
        """


class PagamentoRepository(Protocol):
    def consulted(self, conta_id: int, consulta: ContaConsultada, entry: HistoryEntry) -> Pagamento:
        """Keep a consult: a new pagamento *Consultado*, or the fresh figures of the one that holds the line.

        An amount that the clerk chose stays if the bill still allows it. An approval and a scheduled day survive only
        when the amount does. Raises ``RuleError`` when an open pagamento of the line is past its consult, or is of
        another account.
        """

    def get(self, pagamento_id: int) -> Pagamento:
        """Raises ``StoreError`` when there is none."""

    def ids(self, filtro: PagamentoFilter, sort: PagamentoSort, descending: bool) -> tuple[int, ...]: ...

    def rows(self, pagamento_ids: Sequence[int]) -> tuple[Pagamento, ...]: ...

    def totais(self, filtro: PagamentoFilter) -> Totais: ...

    def count_by_situacao(self, filtro: PagamentoFilter) -> Mapping[SituacaoPagamento, int]:
        """How many of each situação, the filter's own situações ignored."""

    def of_linha(self, conta: ContaPagamento, linha: str) -> tuple[Pagamento, ...]:
        """Every pagamento ever of one line in the account's ambiente, newest first."""

    def of_beneficiario(self, chave: str, nome: str) -> tuple[tuple[str, str], ...]:
        """(chave, name) of the payees already paid with that key, or with that name."""

    def history(self, pagamento_id: int) -> tuple[HistoryEntry, ...]:
        """Newest first."""

    def note(self, pagamento_id: int, entry: HistoryEntry) -> None:
        """A line of the history."""

    def set_valor(self, pagamento_id: int, valor: Reais | None, entry: HistoryEntry) -> Pagamento:
        """Another amount for a *Consultado*, None for the bill's; approval and scheduled day fall.

        Raises ``RuleError`` when it is no longer *Consultado*, as do the three below.
        """

    def set_agenda(self, pagamento_id: int, dia: date | None, entry: HistoryEntry) -> Pagamento:
        """The day on which a *Consultado* is to be paid, None for none; an approval falls."""

    def set_aprovacao(self, pagamento_id: int, aprovacao: Aprovacao, entry: HistoryEntry) -> Pagamento:
        """Also raises ``RuleError`` when its amount is not the approved one."""

    def discard(self, pagamento_id: int, entry: HistoryEntry) -> None:
        """A *Consultado* that nobody will pay becomes *Cancelado*."""

    def seen(
        self,
        pagamento_id: int,
        antes: SituacaoPagamento,
        estado: EstadoNaCelcoin,
        situacao: SituacaoPagamento,
        entry: HistoryEntry | None,
        aviso: str = "",
    ) -> None:
        """What a query showed of a pagamento that was ``antes`` when it was asked, and the situação that follows.

        Nothing is changed when it is no longer so, or has an order in doubt: the answer may be the older one.
        """

    def set_comprovante(self, pagamento_id: int, comprovante: Comprovante) -> None:
        """Keep the receipt of a payment."""

    def comprovante(self, pagamento_id: int) -> Comprovante | None:
        """As kept; None before."""


class OcorrenciaRepository(Protocol):
    def add(
        self, conta_id: int, ocorrencias: Sequence[Ocorrencia], entry: HistoryEntry
    ) -> tuple[OcorrenciaGuardada, ...]:
        """Store the new ones (by transacao and data); their pagamentos become *Devolvido*. Returns the new ones."""

    def all(self, conta_id: int | None = None) -> tuple[OcorrenciaGuardada, ...]:
        """Newest first; of every account without ``conta_id``."""

    def mark_seen(self, ocorrencia_ids: Sequence[int]) -> None: ...


class ConvenioRepository(Protocol):
    def all(self, conta_id: int) -> tuple[Convenio, ...]:
        """By name, as last fetched; empty before."""

    def fetched_at(self, conta_id: int) -> datetime | None: ...

    def replace_all(self, conta_id: int, convenios: Sequence[Convenio], em: datetime) -> None: ...


class TableFiles(Protocol):
    def tabela(self, path: Path, leitura: Leitura) -> Tabela:
        """The rows of a CSV, text or XLSX file. Raises ``InputError``."""


PlanReserva = Callable[[Pagamento, ContextoReserva], tuple[PedidoReserva, HistoryEntry]]
"""Builds the request for a freshly allocated NSU, and its line of the history; raises when it is not allowed."""

Check = Callable[[Pagamento], None]
"""Raises ``RuleError`` when the pagamento, as it is inside the transaction, does not allow the operation."""


class PaymentJournal(Protocol):
    """The payment journal: the discipline of ``Journal``. Each call is one committed transaction."""

    def prepare_reserva(self, pagamento_id: int, plan: PlanReserva, claim: str) -> OrdemPagamento:
        """Write the reserve as *preparada*, allocating its NSU in the same transaction; the NSU is never used again.

        One that never left is replaced. Raises ``RuleError`` when an order of the pagamento is in doubt, and what
        ``plan`` raises.
        """

    def prepare(
        self, pagamento_id: int, operacao: OperacaoPagamento, check: Check, entry: HistoryEntry, claim: str
    ) -> OrdemPagamento:
        """Write a confirm, a void or a reverse as *preparada*; one that never left is replaced. Raises as above."""

    def mark_enviada(self, order_id: int, claim: str) -> OrdemPagamento:
        """Just before the request. Raises ``RuleError`` when ``claim`` no longer owns the order."""

    def take_over(self, order: OrdemPagamento, claim: str) -> bool:
        """Claim an order in doubt for verification; False when it is no longer as ``order`` shows it."""

    def confirm_reserva(self, order_id: int, reserva: Reserva, entry: HistoryEntry) -> None:
        """Celcoin holds the amount: order *confirmada*, pagamento *Aguardando confirmação*."""

    def settle(
        self,
        order_id: int,
        state: OrderState,
        situacao: SituacaoPagamento,
        entry: HistoryEntry,
        *,
        visto: PagamentoNaCelcoin | None = None,
    ) -> None:
        """Close the order, and say what the pagamento is from now on; ``visto`` is the state that goes with it."""

    def await_reversal(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """Celcoin took the request of a reverse and does not show it done yet: order *aguardando*."""

    def refuse(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """Celcoin said no: order *recusada*, the pagamento as before."""

    def doubt(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """Nobody knows: order *indefinida*."""

    def not_sent(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        """It certainly did not leave: back to *preparada*."""

    def in_doubt(self, pagamento_ids: Sequence[int] | None = None) -> tuple[OrdemPagamento, ...]:
        """Orders *enviada*, *indefinida* or *aguardando*, oldest first; all of them without ``pagamento_ids``."""

    def waiting(self) -> tuple[int, ...]:
        """Ids of the pagamentos without an order in doubt that Celcoin has not finished with, oldest first.

        They are *Aguardando confirmação*, or given up or reversed and last seen on their way back.
        """

    def nsus(self, conta_id: int) -> frozenset[int]:
        """Every NSU this program ever gave to the account's client, through whichever account."""


class ComprovantePrinter(Protocol):
    def save(self, impresso: ComprovanteImpresso, folder: Path, file_stem: str) -> Path:
        """Write the receipt's PDF under a free name. Raises ``PrintError``."""
