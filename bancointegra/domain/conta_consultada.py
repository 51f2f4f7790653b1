"""A bill as Celcoin shows it when consulted: who is paid, how much, until when. Nothing was reserved yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bancointegra.domain.leitura_codigo import TipoCodigo
from bancointegra.domain.reais import ZERO, Reais

VALIDADE_DA_CONSULTA = timedelta(minutes=5)
"""How long the figures of a consult are good for a reserve; afterwards the bill is consulted again."""


@dataclass(frozen=True, slots=True)
class Parte:
    """Somebody on the bill. ``documento`` is CPF or CNPJ without punctuation, as told; it may be empty or invalid."""

    nome: str
    documento: str = ""


@dataclass(frozen=True, slots=True)
class ValoresConta:
    """The amounts of a bill.

    ``total`` is what is to be paid today: of a ficha de compensação the registry's updated amount, of a conta or
    tributo the one in the code; None when only the clerk can tell. ``descontos`` and ``acrescimos`` are the totals
    that the reserve repeats; ``pago`` of ``parciais_feitos`` partial payments is already taken off ``total``.
    """

    total: Reais | None
    original: Reais = ZERO
    desconto: Reais = ZERO
    juros: Reais = ZERO
    multa: Reais = ZERO
    descontos: Reais = ZERO
    acrescimos: Reais = ZERO
    pago: Reais = ZERO
    parciais_feitos: int = 0
    parciais_aceitos: int = 0


@dataclass(frozen=True, slots=True)
class FaixaDeValor:
    """Between which amounts the payer may choose, both included."""

    minimo: Reais
    maximo: Reais

    def __contains__(self, valor: Reais) -> bool:
        return self.minimo <= valor <= self.maximo


@dataclass(frozen=True, slots=True)
class Janela:
    """The hours of a day in which a kind of bill is sent to settlement, both included."""

    inicio: time
    fim: time

    def __contains__(self, hora: time) -> bool:
        return self.inicio <= hora <= self.fim

    def __str__(self) -> str:
        return f"{self.inicio:%H:%M}–{self.fim:%H:%M}"


@dataclass(frozen=True, slots=True)
class ContaConsultada:
    """What Celcoin answered to one consult.

    ``linha`` is the linha digitável, 47 or 48 digits. ``transacao`` is the consult's own id, which the reserve needs
    and nothing else. ``emissor`` is the bank or company that issued the bill. ``vencimento`` is the registry's of a
    ficha de compensação and the code's of a conta or tributo, None when neither tells. ``ultimo_dia`` is the last day
    it may be paid. Without ``faixa`` the amount cannot be changed. ``liquida_em`` is the settlement day (None: the
    day of the confirmation), ``proximo_dia_util`` whether that is not today. ``consultada_em`` is ours.
    """

    linha: str
    tipo: TipoCodigo
    transacao: str
    emissor: str
    valores: ValoresConta
    consultada_em: datetime
    beneficiario: Parte | None = None
    beneficiario_final: Parte | None = None
    pagador: Parte | None = None
    vencimento: date | None = None
    ultimo_dia: date | None = None
    faixa: FaixaDeValor | None = None
    janela: Janela | None = None
    liquida_em: date | None = None
    proximo_dia_util: bool = False
    especie: int | None = None

    @property
    def recebedor(self) -> Parte:
        """Who gets the money, as far as it is known: final payee, payee, else the issuer by name alone."""
        return self.beneficiario_final or self.beneficiario or Parte(self.emissor)

    def is_atual(self, agora: datetime) -> bool:
        """Whether its figures may still be used for a reserve at ``agora``: same day, a few minutes old at most."""
        consultada_em = self.consultada_em.astimezone(agora.tzinfo)
        is_fresh = timedelta(0) <= agora - consultada_em <= VALIDADE_DA_CONSULTA
        return is_fresh and agora.date() == consultada_em.date()
