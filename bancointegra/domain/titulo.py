"""The título a receber, and the page of them that a screen shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from bancointegra.domain.boleto import BoletoRegistrado, ProtestoNoBanco, Sacado
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.domain.situacao import Situacao


@dataclass(frozen=True, slots=True)
class Titulo:
    """One receivable. ``numero`` and ``parcela`` make the printed ``1001/1``.

    ``boleto`` is the registration in force, None before the first one. ``a_confirmar`` is true while an order
    of this título waits for the bank's word, ``aguardando`` when that word is an approval. ``situacao_em`` and
    ``situacao_fonte`` say since when and according to whom.
    ``protesto`` is how far a protest is, which the status alone does not tell.
    """

    id: int
    numero: str
    parcela: str
    conta_id: int
    tipo_cobranca_id: int
    sacado: Sacado
    emissao: date
    vencimento: date
    valor: Reais
    situacao: Situacao
    encargos: Encargos = field(default_factory=Encargos)
    especie: str = "01"
    aceite: bool = False
    observacao: str = ""
    boleto: BoletoRegistrado | None = None
    registrado_em: datetime | None = None
    liquidado_em: date | None = None
    valor_pago: Reais = ZERO
    a_confirmar: bool = False
    aguardando: bool = False
    situacao_em: datetime | None = None
    situacao_fonte: str = ""
    pdf_path: str = ""
    protesto: ProtestoNoBanco = ProtestoNoBanco.NENHUM
    seu_numero: str = ""

    @property
    def identificacao(self) -> str:
        """``1001/1``, or the number alone when there is no parcela."""
        return f"{self.numero}/{self.parcela}" if self.parcela else self.numero


@dataclass(frozen=True, slots=True)
class NovoTitulo:
    """A título not yet stored. ``id_externo`` is the key by which another program knows it, unique in the account."""

    numero: str
    parcela: str
    sacado: Sacado
    emissao: date
    vencimento: date
    valor: Reais
    encargos: Encargos
    especie: str = "01"
    aceite: bool = False
    observacao: str = ""
    id_externo: str = ""


class TipoPeriodo(Enum):
    """Which date the period bounds. The value is the label on the screen."""

    VENCIMENTO = "VENCIMENTO"
    EMISSAO = "EMISSÃO"
    LIQUIDACAO = "LIQUIDAÇÃO"


class TituloSort(Enum):
    """The column a list is sorted by."""

    TITULO = "titulo"
    SACADO = "sacado"
    EMISSAO = "emissao"
    VENCIMENTO = "vencimento"
    VALOR = "valor"
    NOSSO_NUMERO = "nosso_numero"
    SITUACAO = "situacao"


@dataclass(frozen=True, slots=True)
class TituloFilter:
    """What to look for. Empty ``situacoes`` means all; ``texto`` is typed to filter the list (accents ignored)."""

    conta_id: int
    tipo_cobranca_id: int | None = None
    situacoes: frozenset[Situacao] = frozenset()
    tipo_periodo: TipoPeriodo = TipoPeriodo.VENCIMENTO
    de: date | None = None
    ate: date | None = None
    texto: str = ""
    somente_a_confirmar: bool = False


@dataclass(frozen=True, slots=True)
class TituloRow:
    """One line of the list: only what the list shows."""

    id: int
    titulo: str
    sacado: str
    documento: str
    emissao: date
    vencimento: date
    valor: Reais
    nosso_numero: str
    situacao: Situacao
    a_confirmar: bool
    ultima_operacao: str
    liquidado_em: date | None = None
    aguardando: bool = False


@dataclass(frozen=True, slots=True)
class Totais:
    """How many títulos, and the sum of their values."""

    quantidade: int
    valor: Reais


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a título, for the clerk to read. ``quem`` is a person or “banco”."""

    em: datetime
    texto: str
    detalhe: str = ""
    quem: str = ""
