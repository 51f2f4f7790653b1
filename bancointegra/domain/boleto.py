"""The boleto as the bank knows it: what we ask for, what it returned, what a query tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bancointegra.domain.conta import Beneficiario, Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.reais import Reais


@dataclass(frozen=True, slots=True)
class Sacado:
    """The payer as sent to the bank and printed (pagador). The screen's word is Sacado, as in the manual."""

    nome: str
    documento: Documento
    endereco: Endereco


@dataclass(frozen=True, slots=True)
class PedidoRegistro:
    """Everything a registration sends, frozen when the order is prepared.

    A repeat after a lost answer sends exactly this, with the same ``nosso_numero`` (8 digits). ``seu_numero`` has at
    most 10 letters and digits; ``titulo`` is how the clerk calls it, as printed.
    """

    agencia: str
    conta: str
    dac: str
    carteira: str
    nosso_numero: str
    beneficiario: Beneficiario
    sacado: Sacado
    seu_numero: str
    especie: str
    aceite: bool
    emissao: date
    vencimento: date
    valor: Reais
    encargos: Encargos
    titulo: str = ""

    @property
    def numero_documento(self) -> str:
        """The document's number for people: the título as the clerk calls it."""
        return self.titulo or self.seu_numero


@dataclass(frozen=True, slots=True)
class BoletoRegistrado:
    """What the bank returned for a registration, or what a later query showed of it.

    ``chave`` is the provider's own key of the boleto: opaque text. ``codigo_barras`` has 44 digits,
    ``linha_digitavel`` 47, both as the bank gave them.
    """

    chave: str
    carteira: str
    nosso_numero: str
    dac_nosso_numero: str
    codigo_barras: str
    linha_digitavel: str
    valor: Reais
    vencimento: date
    data_limite: date | None = None


class SituacaoNoBanco(Enum):
    """The bank's situation, normalised. What is not known stays DESCONHECIDA, never paid nor open by guess."""

    ABERTO = "em aberto"
    PAGO = "pago"
    LIQUIDADO = "liquidado"
    BAIXADO = "baixado"
    BAIXADO_POR_LIQUIDACAO = "baixado por ter sido liquidado"
    PAGAMENTO_DEVOLVIDO = "pagamento devolvido"
    DESCONHECIDA = "desconhecida"

    @property
    def is_pago(self) -> bool:
        """Whether the bank reports the boleto as paid."""
        return self in (
            SituacaoNoBanco.PAGO,
            SituacaoNoBanco.LIQUIDADO,
            SituacaoNoBanco.BAIXADO_POR_LIQUIDACAO,
        )


class ProtestoNoBanco(Enum):
    """How far a protest is at the bank: none, ordered, at the notary, protested, stayed."""

    NENHUM = "nenhum"
    INSTRUIDO = "pedido de protesto registrado no banco"
    EM_PROTESTO = "em protesto no cartório"
    PROTESTADO = "protestado"
    SUSTADO = "protesto sustado"

    @property
    def is_em_curso(self) -> bool:
        """Whether a protest is ordered, running or done."""
        return self not in (ProtestoNoBanco.NENHUM, ProtestoNoBanco.SUSTADO)


@dataclass(frozen=True, slots=True)
class Pagamento:
    """One payment record of the bank. ``canal`` and ``meio`` are the bank's words, maybe empty."""

    valor: Reais
    data: date | None
    canal: str = ""
    meio: str = ""
    por_pix: bool = False
    em_cartorio: bool = False


@dataclass(frozen=True, slots=True)
class ConsultaBoleto:
    """What the bank says of one boleto at one moment.

    ``texto`` is the bank's own word for the situation. ``registrado`` may lack bar code or line when the
    query did not bring them (empty text). ``sacado_documento`` is normalised (no punctuation), maybe empty.
    """

    registrado: BoletoRegistrado
    situacao: SituacaoNoBanco
    texto: str
    sacado_documento: str
    sacado_nome: str
    consultado_em: datetime
    pagamentos: tuple[Pagamento, ...] = ()
    motivo_baixa: str = ""
    data_baixa: date | None = None
    protesto: ProtestoNoBanco = ProtestoNoBanco.NENHUM
    encargos: Encargos | None = None
    seu_numero: str = ""

    @property
    def valor_pago(self) -> Reais:
        """The sum of the payment records."""
        return Reais.total(p.valor for p in self.pagamentos)

    @property
    def data_pagamento(self) -> date | None:
        """The day of the last payment record that has one."""
        dates = [p.data for p in self.pagamentos if p.data]
        return max(dates) if dates else None


@dataclass(frozen=True, slots=True)
class DiferencaBoleto:
    """One field in which the boleto at the bank is not the one we asked for."""

    campo: str
    esperado: str
    no_banco: str


def compare(pedido: PedidoRegistro, consulta: ConsultaBoleto) -> tuple[DiferencaBoleto, ...]:
    """What tells the boleto at the bank from ``pedido``: value, due date, payer. Empty means it is ours.

    A field the query did not bring (no payer document) is not a difference.
    """
    found = consulta.registrado
    differences = []
    if found.valor != pedido.valor:
        differences.append(DiferencaBoleto("valor", str(pedido.valor), str(found.valor)))
    if found.vencimento != pedido.vencimento:
        differences.append(
            DiferencaBoleto("vencimento", f"{pedido.vencimento:%d/%m/%Y}", f"{found.vencimento:%d/%m/%Y}")
        )
    if consulta.sacado_documento and consulta.sacado_documento != pedido.sacado.documento.numero:
        differences.append(DiferencaBoleto("sacado", pedido.sacado.nome, consulta.sacado_nome))
    return tuple(differences)


@dataclass(frozen=True, slots=True)
class BoletoImpresso:
    """All that a printed boleto shows. ``registrado`` is the bank's word for line and bars."""

    registrado: BoletoRegistrado
    pedido: PedidoRegistro
    processamento: date
    simulacao: bool = False
