"""What passes between us and Celcoin about one payment: reserve, state, receipt, occurrence, balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum

from bancointegra.domain.leitura_codigo import TipoCodigo
from bancointegra.domain.reais import Reais

FUSO_CELCOIN = timezone(timedelta(hours=-3), "Brasília")
"""All of Celcoin's days and hours are Brasília's, whatever is written behind them; there is no summer time."""

PRAZO_DA_RESERVA = timedelta(minutes=30)
"""A reserve not confirmed by then is undone by Celcoin, and the money returns."""


class EstadoNaCelcoin(Enum):
    """What a status query says of a payment. The value is what the clerk reads."""

    RESERVADO = "aguardando confirmação"
    """4: reserved, undone after ``PRAZO_DA_RESERVA`` unless confirmed."""
    CONFIRMADO = "confirmado"
    """0: confirmed; it will be, or was, settled."""
    DESFAZENDO = "sendo desfeito"
    """6: on its way to DESFEITO; not to be confirmed nor paid again yet."""
    DESFEITO = "desfeito"
    """1: given up, expired or reversed; the money is back."""
    NAO_ENCONTRADO = "não encontrado"
    """Inner code 061: Celcoin knows no such payment, whatever number stands beside it."""
    DESCONHECIDO = "desconhecido"
    """Any other number or word: kept as text, never taken for one of the above."""


@dataclass(frozen=True, slots=True)
class ReferenciaPagamento:
    """How Celcoin finds one payment: by its ``transacao`` (the reserve's own id) when known, else by the others.

    ``nsu`` is our number of the attempt, ``terminal`` the account's, ``dia`` the reserve's day in ``FUSO_CELCOIN``.
    """

    nsu: int
    terminal: str
    dia: date
    transacao: str = ""


@dataclass(frozen=True, slots=True)
class PagamentoNaCelcoin:
    """The answer of a status query or one row of the pending list.

    ``texto`` is Celcoin's own word for the state. ``criado_em`` has the zone ``FUSO_CELCOIN``; None when not told.
    """

    estado: EstadoNaCelcoin
    transacao: str = ""
    nsu: int | None = None
    terminal: str = ""
    criado_em: datetime | None = None
    texto: str = ""


@dataclass(frozen=True, slots=True)
class PedidoReserva:
    """All that a reserve says. ``transacao_consulta`` is the id of the consult, ``pagador`` CPF or CNPJ in digits.

    ``vencimento`` is the bill's or, when it has none, the day of the payment.
    """

    linha: str
    tipo: TipoCodigo
    transacao_consulta: str
    nsu: int
    terminal: str
    pagador: str
    valor: Reais
    original: Reais
    descontos: Reais
    acrescimos: Reais
    vencimento: date


@dataclass(frozen=True, slots=True)
class Reserva:
    """The answer to a reserve. ``transacao`` names the payment from now on.

    The receipt text that comes with it is left out on purpose: nothing is paid yet, so it proves nothing.
    """

    transacao: str
    liquidante: str = ""
    autenticacao: str = ""
    liquida_em: date | None = None
    criada_em: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comprovante:
    """The receipt of a confirmed payment. ``texto`` is ready to print, 40 columns a line, without markup."""

    transacao: str
    texto: str
    autenticacao: str = ""
    bloco_1: str = ""
    bloco_2: str = ""
    liquidante: str = ""
    liquida_em: date | None = None
    criado_em: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ocorrencia:
    """A payment that was refused afterwards; its money is back in the account. Told apart by transacao and data."""

    transacao: str
    data: datetime
    motivo: str
    valor: Reais
    linha: str = ""
    nsu: int | None = None
    terminal: str = ""
    pago_em: datetime | None = None


@dataclass(frozen=True, slots=True)
class OcorrenciaGuardada:
    """An occurrence as kept here. ``pagamento_id`` is None when the payment is not of this program."""

    id: int
    conta_id: int
    ocorrencia: Ocorrencia
    pagamento_id: int | None
    beneficiario: str
    vista: bool


@dataclass(frozen=True, slots=True)
class Saldo:
    """``disponivel`` is what can be spent; the others explain it, when told."""

    disponivel: Reais
    antecipado: Reais | None = None
    consumido: Reais | None = None
    credito: Reais | None = None
    conciliando: bool = False
