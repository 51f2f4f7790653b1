"""The tables of bill payment; the rules of ``schema.py`` hold here too."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bancointegra.store.schema import Base, UtcDateTime


class ContaPagamentoRecord(Base):
    __tablename__ = "conta_pagamento"

    id: Mapped[int] = mapped_column(primary_key=True)
    mnemonico: Mapped[str] = mapped_column(String(40), unique=True)
    ambiente: Mapped[str] = mapped_column(String(20))
    client_id: Mapped[str] = mapped_column(String(80))
    pagador: Mapped[str] = mapped_column(String(14))
    nome: Mapped[str] = mapped_column(String(120))
    terminal: Mapped[str] = mapped_column(String(50))
    host: Mapped[str] = mapped_column(Text)
    certificate_path: Mapped[str] = mapped_column(Text)
    key_path: Mapped[str] = mapped_column(Text)
    ca_path: Mapped[str] = mapped_column(Text)
    limite_pagamento: Mapped[int | None] = mapped_column(BigInteger)
    limite_dia: Mapped[int | None] = mapped_column(BigInteger)
    limite_sem_aprovacao: Mapped[int | None] = mapped_column(BigInteger)
    convenios_em: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PagamentoRecord(Base):
    __tablename__ = "pagamento"
    __table_args__ = (
        Index("ix_pagamento_linha", "ambiente", "linha"),
        Index("ix_pagamento_beneficiario", "beneficiario_chave", "situacao"),
        Index("ix_pagamento_nome", "beneficiario", "situacao"),
        Index("ix_pagamento_criado_em", "criado_em"),
        Index("ix_pagamento_situacao", "situacao"),
        Index("ix_pagamento_transacao", "transacao"),
        Index("ix_pagamento_agendado_para", "agendado_para"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conta_id: Mapped[int] = mapped_column(ForeignKey("conta_pagamento.id"))
    ambiente: Mapped[str] = mapped_column(String(20))
    linha: Mapped[str] = mapped_column(String(48))
    open_linha: Mapped[str | None] = mapped_column(String(80), unique=True)
    """Ambiente and line while the pagamento is open, NULL afterwards: so a bill is paid in one place only."""
    consulta: Mapped[dict[str, Any]] = mapped_column(JSON)
    situacao: Mapped[str] = mapped_column(String(24))
    """As it was before any order in doubt, which only ``payment_order`` knows."""
    situacao_em: Mapped[datetime] = mapped_column(UtcDateTime)
    valor_informado: Mapped[int | None] = mapped_column(BigInteger)
    valor: Mapped[int | None] = mapped_column(BigInteger)
    beneficiario: Mapped[str] = mapped_column(String(120))
    beneficiario_chave: Mapped[str] = mapped_column(String(120))
    vencimento: Mapped[date | None] = mapped_column(Date)
    preparado_por: Mapped[str] = mapped_column(String(60))
    criado_em: Mapped[datetime] = mapped_column(UtcDateTime)
    nsu: Mapped[int | None] = mapped_column(BigInteger)
    transacao: Mapped[str] = mapped_column(String(24), default="")
    reservado_em: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expira_em: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmado_em: Mapped[datetime | None] = mapped_column(UtcDateTime)
    liquida_em: Mapped[date | None] = mapped_column(Date)
    liquidante: Mapped[str] = mapped_column(String(80), default="")
    autenticacao: Mapped[str] = mapped_column(String(40), default="")
    estado_visto: Mapped[str] = mapped_column(String(24), default="")
    aviso: Mapped[str] = mapped_column(Text, default="")
    agendado_para: Mapped[date | None] = mapped_column(Date)
    aprovado_por: Mapped[str] = mapped_column(String(60), default="")
    aprovado_em: Mapped[datetime | None] = mapped_column(UtcDateTime)
    aprovado_valor: Mapped[int | None] = mapped_column(BigInteger)
    comprovante: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    busca: Mapped[str] = mapped_column(Text)
    """Folded text the list is filtered by: payee, document, issuer, line, NSU, transacao."""

    conta: Mapped[ContaPagamentoRecord] = relationship(lazy="joined")


class PaymentOrderRecord(Base):
    __tablename__ = "payment_order"
    __table_args__ = (
        Index("ix_payment_order_pagamento", "pagamento_id", "state"),
        Index("ix_payment_order_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pagamento_id: Mapped[int] = mapped_column(ForeignKey("pagamento.id"))
    open_pagamento_id: Mapped[int | None] = mapped_column(unique=True)
    """The pagamento while the order is open, NULL afterwards: so one pagamento has one open order at most."""
    conta_id: Mapped[int] = mapped_column(ForeignKey("conta_pagamento.id"))
    operacao: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))
    nsu: Mapped[int] = mapped_column(BigInteger)
    terminal: Mapped[str] = mapped_column(String(50))
    reserva: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    claim: Mapped[str] = mapped_column(String(36))
    instance: Mapped[str] = mapped_column(String(60))
    attempts: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")

    pagamento: Mapped[PagamentoRecord] = relationship(lazy="joined")


class NsuRecord(Base):
    """Every NSU ever allocated; rows are never deleted, so a number is never used twice."""

    __tablename__ = "nsu_pagamento"

    cliente: Mapped[str] = mapped_column(String(120), primary_key=True)
    """Who Celcoin knows the number of: ambiente and ClientID."""
    nsu: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(ForeignKey("payment_order.id"))


class PagamentoHistoryRecord(Base):
    __tablename__ = "pagamento_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    pagamento_id: Mapped[int] = mapped_column(ForeignKey("pagamento.id"), index=True)
    em: Mapped[datetime] = mapped_column(UtcDateTime)
    texto: Mapped[str] = mapped_column(String(120))
    detalhe: Mapped[str] = mapped_column(Text)
    quem: Mapped[str] = mapped_column(String(60))


class OcorrenciaRecord(Base):
    __tablename__ = "ocorrencia_pagamento"
    __table_args__ = (UniqueConstraint("conta_id", "transacao", "data", name="uq_ocorrencia_transacao_data"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conta_id: Mapped[int] = mapped_column(ForeignKey("conta_pagamento.id"))
    transacao: Mapped[str] = mapped_column(String(24))
    data: Mapped[datetime] = mapped_column(UtcDateTime)
    motivo: Mapped[str] = mapped_column(Text)
    valor: Mapped[int] = mapped_column(BigInteger)
    linha: Mapped[str] = mapped_column(String(48))
    nsu: Mapped[int | None] = mapped_column(BigInteger)
    terminal: Mapped[str] = mapped_column(String(50))
    pago_em: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pagamento_id: Mapped[int | None] = mapped_column(ForeignKey("pagamento.id"), index=True)
    vista: Mapped[bool]

    pagamento: Mapped[PagamentoRecord | None] = relationship(lazy="joined")


class ConvenioRecord(Base):
    __tablename__ = "convenio_pagamento"

    id: Mapped[int] = mapped_column(primary_key=True)
    conta_id: Mapped[int] = mapped_column(ForeignKey("conta_pagamento.id"), index=True)
    nome: Mapped[str] = mapped_column(String(120))
    mascara: Mapped[str] = mapped_column(String(48))
    limite: Mapped[time | None] = mapped_column(Time)
    tipo: Mapped[str] = mapped_column(String(40))
    ufs: Mapped[list[str]] = mapped_column(JSON)
