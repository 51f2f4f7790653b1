"""The tables. Money is integer cents, dates ISO, documents text; nothing here is SQLite's own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class UtcDateTime(TypeDecorator[datetime]):
    """Aware moments, kept in UTC because SQLite forgets the zone; given back in the local zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC).astimezone() if value else None


class Base(DeclarativeBase):
    pass


class ContaRecord(Base):
    __tablename__ = "conta_bancaria"

    id: Mapped[int] = mapped_column(primary_key=True)
    mnemonico: Mapped[str] = mapped_column(String(40), unique=True)
    banco: Mapped[str] = mapped_column(String(3))
    agencia: Mapped[str] = mapped_column(String(4))
    conta: Mapped[str] = mapped_column(String(12))
    dac: Mapped[str] = mapped_column(String(1))
    carteira: Mapped[str] = mapped_column(String(3))
    beneficiario_nome: Mapped[str] = mapped_column(String(120))
    beneficiario_documento: Mapped[str] = mapped_column(String(14))
    logradouro: Mapped[str] = mapped_column(String(120))
    bairro: Mapped[str] = mapped_column(String(60))
    cidade: Mapped[str] = mapped_column(String(60))
    uf: Mapped[str] = mapped_column(String(2))
    cep: Mapped[str] = mapped_column(String(8))
    api_bancaria: Mapped[bool]
    ambiente: Mapped[str] = mapped_column(String(20))
    client_id: Mapped[str] = mapped_column(String(80))
    certificate_path: Mapped[str] = mapped_column(Text)
    key_path: Mapped[str] = mapped_column(Text)
    ca_path: Mapped[str] = mapped_column(Text)
    host_token: Mapped[str] = mapped_column(Text)
    host_emissao: Mapped[str] = mapped_column(Text)
    host_consulta: Mapped[str] = mapped_column(Text)
    encargos_padrao: Mapped[dict[str, Any]] = mapped_column(JSON)
    faixa_inicio: Mapped[int]
    faixa_fim: Mapped[int]
    ultimo_nosso_numero: Mapped[int]


class TipoCobrancaRecord(Base):
    __tablename__ = "tipo_cobranca"
    __table_args__ = (UniqueConstraint("conta_id", "nome", name="uq_tipo_cobranca_nome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    nome: Mapped[str] = mapped_column(String(60))
    conta_id: Mapped[int] = mapped_column(ForeignKey("conta_bancaria.id"))


class PagadorRecord(Base):
    __tablename__ = "pagador"

    id: Mapped[int] = mapped_column(primary_key=True)
    nome: Mapped[str] = mapped_column(String(120))
    documento: Mapped[str] = mapped_column(String(14), unique=True)
    logradouro: Mapped[str] = mapped_column(String(120))
    bairro: Mapped[str] = mapped_column(String(60))
    cidade: Mapped[str] = mapped_column(String(60))
    uf: Mapped[str] = mapped_column(String(2))
    cep: Mapped[str] = mapped_column(String(8))
    busca: Mapped[str] = mapped_column(Text, index=True)
    """Folded text the list is filtered and sorted by: nome, then documento with and without punctuation."""
    email: Mapped[str] = mapped_column(String(120), default="", server_default=text("''"))


class TituloRecord(Base):
    __tablename__ = "titulo"
    __table_args__ = (
        UniqueConstraint("conta_id", "numero", "parcela", name="uq_titulo_numero_parcela"),
        Index("uq_titulo_id_externo", "conta_id", "id_externo", unique=True),
        # Each covers the totals of a search by that period without touching the rows.
        Index("ix_titulo_vencimento", "conta_id", "vencimento", "situacao", "tipo_cobranca_id", "valor"),
        Index("ix_titulo_emissao", "conta_id", "emissao", "situacao", "tipo_cobranca_id", "valor"),
        Index("ix_titulo_liquidado_em", "conta_id", "liquidado_em", "situacao", "tipo_cobranca_id", "valor"),
        # The other columns a list is sorted by; the one by situação also covers totals and counts without a period.
        Index("ix_titulo_situacao", "conta_id", "situacao", "valor", "tipo_cobranca_id"),
        Index("ix_titulo_valor", "conta_id", "valor", "situacao", "tipo_cobranca_id"),
        Index("ix_titulo_nosso_numero", "conta_id", "nosso_numero", "situacao"),
        # What is typed to filter is looked for in this one, which is far smaller than the rows.
        Index("ix_titulo_busca", "conta_id", "busca", "pagador_id"),
        Index("ix_titulo_pagador", "conta_id", "pagador_id", "situacao", "tipo_cobranca_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conta_id: Mapped[int] = mapped_column(ForeignKey("conta_bancaria.id"))
    tipo_cobranca_id: Mapped[int] = mapped_column(ForeignKey("tipo_cobranca.id"))
    pagador_id: Mapped[int] = mapped_column(ForeignKey("pagador.id"), index=True)
    numero: Mapped[str] = mapped_column(String(20))
    parcela: Mapped[str] = mapped_column(String(5))
    emissao: Mapped[date] = mapped_column(Date)
    vencimento: Mapped[date] = mapped_column(Date)
    valor: Mapped[int] = mapped_column(BigInteger)
    especie: Mapped[str] = mapped_column(String(2))
    aceite: Mapped[bool]
    encargos: Mapped[dict[str, Any]] = mapped_column(JSON)
    observacao: Mapped[str] = mapped_column(Text)
    situacao: Mapped[str] = mapped_column(String(24))
    situacao_em: Mapped[datetime | None] = mapped_column(UtcDateTime)
    situacao_fonte: Mapped[str] = mapped_column(String(40), default="")
    boleto_id: Mapped[int | None] = mapped_column(unique=True)
    """The registration in force; no foreign key, because ``boleto.titulo_id`` already ties the two."""
    nosso_numero: Mapped[str] = mapped_column(String(24), default="", server_default=text("''"))
    """Of the registration in force, as the list shows and sorts it: ``109/00000412-5``; empty without one."""
    liquidado_em: Mapped[date | None] = mapped_column(Date)
    valor_pago: Mapped[int] = mapped_column(BigInteger, default=0)
    ultima_operacao: Mapped[str] = mapped_column(String(80), default="")
    pdf_path: Mapped[str] = mapped_column(Text, default="")
    protesto: Mapped[str] = mapped_column(String(24), default="NENHUM", server_default=text("'NENHUM'"))
    """How far a protest is: the name of a ``ProtestoNoBanco``."""
    seu_numero: Mapped[str] = mapped_column(String(10), default="", server_default=text("''"))
    """As the bank has it since an alteration; empty while it is the one of the registration."""
    id_externo: Mapped[str | None] = mapped_column(String(80))
    """The key by which another program knows it; NULL without one, which no index takes for a repetition."""
    busca: Mapped[str] = mapped_column(Text)
    """Folded text the list is filtered by: título and nosso número; the sacado's is in ``pagador.busca``."""

    pagador: Mapped[PagadorRecord] = relationship(lazy="joined")
    boleto: Mapped[BoletoRecord | None] = relationship(
        lazy="joined", viewonly=True, primaryjoin="foreign(TituloRecord.boleto_id) == BoletoRecord.id"
    )


class TituloExcluidoRecord(Base):
    """A título deleted before it ever went to the bank. Its id is never given to another, which an open list may show.

    No foreign key: an account may go, what was deleted stays known.
    """

    __tablename__ = "titulo_excluido"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    conta_id: Mapped[int]
    titulo: Mapped[str] = mapped_column(String(30))
    sacado: Mapped[str] = mapped_column(String(120))
    vencimento: Mapped[date] = mapped_column(Date)
    valor: Mapped[int] = mapped_column(BigInteger)
    em: Mapped[datetime] = mapped_column(UtcDateTime)
    quem: Mapped[str] = mapped_column(String(60))


class OrderRecord(Base):
    __tablename__ = "bank_order"
    __table_args__ = (Index("ix_bank_order_titulo", "titulo_id", "state"), Index("ix_bank_order_state", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    titulo_id: Mapped[int] = mapped_column(ForeignKey("titulo.id"))
    open_titulo_id: Mapped[int | None] = mapped_column(unique=True)
    """The título while the order is open, NULL afterwards: so one título has one open order at most."""
    conta_id: Mapped[int] = mapped_column(ForeignKey("conta_bancaria.id"))
    operacao: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))
    correlation_id: Mapped[str] = mapped_column(String(36), unique=True)
    carteira: Mapped[str] = mapped_column(String(3))
    nosso_numero: Mapped[str] = mapped_column(String(15))
    effect: Mapped[dict[str, Any]] = mapped_column(JSON)
    claim: Mapped[str] = mapped_column(String(36))
    instance: Mapped[str] = mapped_column(String(60))
    attempts: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")


class NossoNumeroRecord(Base):
    """Every nosso número ever allocated, and the last order under it; rows are never deleted, so no number is given to
    two títulos."""

    __tablename__ = "nosso_numero"

    conta: Mapped[str] = mapped_column(String(60), primary_key=True)
    """The account as the bank knows it: ambiente/banco/agência/conta/carteira."""
    numero: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(ForeignKey("bank_order.id"))


class BoletoRecord(Base):
    __tablename__ = "boleto"

    id: Mapped[int] = mapped_column(primary_key=True)
    titulo_id: Mapped[int] = mapped_column(ForeignKey("titulo.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("bank_order.id"), unique=True)
    chave: Mapped[str] = mapped_column(String(80))
    carteira: Mapped[str] = mapped_column(String(3))
    nosso_numero: Mapped[str] = mapped_column(String(15))
    dac_nosso_numero: Mapped[str] = mapped_column(String(1))
    codigo_barras: Mapped[str] = mapped_column(String(44))
    linha_digitavel: Mapped[str] = mapped_column(String(48))
    valor: Mapped[int] = mapped_column(BigInteger)
    vencimento: Mapped[date] = mapped_column(Date)
    data_limite: Mapped[date | None] = mapped_column(Date)
    registrado_em: Mapped[datetime] = mapped_column(UtcDateTime)
    situacao_no_banco: Mapped[str] = mapped_column(String(40), default="")
    texto_do_banco: Mapped[str] = mapped_column(String(80), default="")
    consultado_em: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HistoryRecord(Base):
    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    titulo_id: Mapped[int] = mapped_column(ForeignKey("titulo.id"), index=True)
    em: Mapped[datetime] = mapped_column(UtcDateTime)
    texto: Mapped[str] = mapped_column(String(120))
    detalhe: Mapped[str] = mapped_column(Text)
    quem: Mapped[str] = mapped_column(String(60))


class DataFileRecord(Base):
    """One row: which data these are. A copy has it too, so a copy and the data it was made of are told from others."""

    __tablename__ = "data_file"

    identity: Mapped[str] = mapped_column(String(32), primary_key=True)


class ConferenciaRecord(Base):
    """An account of a restored copy: it registers nothing while its row is here."""

    __tablename__ = "conferencia"

    conta_id: Mapped[int] = mapped_column(ForeignKey("conta_bancaria.id"), primary_key=True)
    restaurada_em: Mapped[datetime] = mapped_column(UtcDateTime)
    nao_antes: Mapped[datetime] = mapped_column(UtcDateTime)
    proximo: Mapped[int]
    ate: Mapped[int]
    folga: Mapped[int]


class BoletoAchadoRecord(Base):
    """A boleto the bank has and no título here explains."""

    __tablename__ = "boleto_achado"

    conta_id: Mapped[int] = mapped_column(ForeignKey("conta_bancaria.id"), primary_key=True)
    nosso_numero: Mapped[str] = mapped_column(String(15), primary_key=True)
    carteira: Mapped[str] = mapped_column(String(3))
    seu_numero: Mapped[str] = mapped_column(String(20))
    sacado_documento: Mapped[str] = mapped_column(String(14))
    valor: Mapped[int] = mapped_column(BigInteger)
    vencimento: Mapped[date] = mapped_column(Date)


class EscritorioRecord(Base):
    __tablename__ = "escritorio_cobranca"

    id: Mapped[int] = mapped_column(primary_key=True)
    nome: Mapped[str] = mapped_column(String(60), unique=True)


class LeituraRecord(Base):
    """How tables with a certain header were read the last time."""

    __tablename__ = "leitura_importacao"

    origem: Mapped[str] = mapped_column(String(64), primary_key=True)
    """A digest of the header's names, which together may be longer than a key should be."""
    leitura: Mapped[dict[str, Any]] = mapped_column(JSON)
