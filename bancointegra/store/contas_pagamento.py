"""Contas de Pagamento, and the convênios each was told of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.convenio import Convenio
from bancointegra.domain.errors import InputError, RuleError, StoreError
from bancointegra.store.engine import Sessions
from bancointegra.store.records_pagamento import conta_pagamento_from, write_conta_pagamento
from bancointegra.store.schema_pagamento import ContaPagamentoRecord, ConvenioRecord, PagamentoRecord


class SqlContaPagamentoRepository:
    """``ContaPagamentoRepository`` on the store."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def all(self) -> tuple[ContaPagamento, ...]:
        with self._sessions.reading() as session:
            query = select(ContaPagamentoRecord).order_by(ContaPagamentoRecord.mnemonico)
            return tuple(conta_pagamento_from(record) for record in session.scalars(query))

    def get(self, conta_id: int) -> ContaPagamento:
        with self._sessions.reading() as session:
            return conta_pagamento_from(load_conta_pagamento(session, conta_id))

    def by_mnemonico(self, mnemonico: str) -> ContaPagamento | None:
        with self._sessions.reading() as session:
            query = select(ContaPagamentoRecord).where(ContaPagamentoRecord.mnemonico == mnemonico.strip().upper())
            record = session.scalar(query)
            return conta_pagamento_from(record) if record else None

    def save(self, conta: ContaPagamento) -> ContaPagamento:
        try:
            with self._sessions.writing() as session:
                if conta.id:
                    record = load_conta_pagamento(session, conta.id)
                    _require_same_client(session, conta_pagamento_from(record), conta)
                else:
                    record = ContaPagamentoRecord()
                    session.add(record)
                write_conta_pagamento(conta, record)
                session.flush()
                return conta_pagamento_from(record)
        except IntegrityError:
            raise InputError(f"Já existe uma conta com o mnemônico {conta.mnemonico}.", field="Mnemônico") from None


class SqlConvenioRepository:
    """``ConvenioRepository`` on the store."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def all(self, conta_id: int) -> tuple[Convenio, ...]:
        query = select(ConvenioRecord).where(ConvenioRecord.conta_id == conta_id).order_by(ConvenioRecord.nome)
        with self._sessions.reading() as session:
            return tuple(
                Convenio(record.nome, record.mascara, record.limite, record.tipo, tuple(record.ufs))
                for record in session.scalars(query)
            )

    def fetched_at(self, conta_id: int) -> datetime | None:
        with self._sessions.reading() as session:
            return load_conta_pagamento(session, conta_id).convenios_em

    def replace_all(self, conta_id: int, convenios: Sequence[Convenio], em: datetime) -> None:
        with self._sessions.writing() as session:
            load_conta_pagamento(session, conta_id).convenios_em = em
            session.execute(delete(ConvenioRecord).where(ConvenioRecord.conta_id == conta_id))
            session.add_all(
                ConvenioRecord(
                    conta_id=conta_id,
                    nome=convenio.nome[:120],
                    mascara=convenio.mascara,
                    limite=convenio.limite,
                    tipo=convenio.tipo[:40],
                    ufs=list(convenio.ufs),
                )
                for convenio in convenios
            )


def load_conta_pagamento(session: Session, conta_id: int) -> ContaPagamentoRecord:
    """The record, or ``StoreError`` when it is gone."""
    record = session.get(ContaPagamentoRecord, conta_id)
    if record is None:
        raise StoreError("A conta de pagamento não existe mais.", code="conta_inexistente")
    return record


def _require_same_client(session: Session, stored: ContaPagamento, changed: ContaPagamento) -> None:
    """Raise ``RuleError`` when what was consulted or paid through ``stored`` would afterwards be elsewhere."""
    if _address(stored) == _address(changed):
        return
    if session.scalar(select(exists().where(PagamentoRecord.conta_id == stored.id))):
        raise RuleError(
            f"A conta {stored.mnemonico} já tem pagamentos; ambiente, ClientID e terminal não podem mais mudar.",
            hint="Cadastre outra conta de pagamento com outro mnemônico.",
            code="conta_em_uso",
        )


def _address(conta: ContaPagamento) -> tuple[str, ...]:
    """Where Celcoin keeps the payments of an account."""
    return (conta.ambiente.name, conta.client_id, conta.terminal)
