"""Escritórios de Cobrança: who follows a protest for the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bancointegra.domain.errors import InputError, RuleError, StoreError
from bancointegra.domain.instrucao import PedidoInstrucao, Protestar
from bancointegra.domain.situacao import Operacao
from bancointegra.store.codec import pedido_from_json
from bancointegra.store.engine import Sessions
from bancointegra.store.schema import EscritorioRecord, OrderRecord


class SqlEscritorioRepository:
    """``EscritorioRepository`` on the store."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def all(self) -> tuple[str, ...]:
        with self._sessions.reading() as session:
            return tuple(session.scalars(select(EscritorioRecord.nome).order_by(EscritorioRecord.nome)))

    def add(self, nome: str) -> None:
        try:
            with self._sessions.writing() as session:
                session.add(EscritorioRecord(nome=nome))
        except IntegrityError:
            raise _already_there(nome) from None

    def rename(self, nome: str, novo: str) -> None:
        try:
            with self._sessions.writing() as session:
                _load(session, nome).nome = novo
        except IntegrityError:
            raise _already_there(novo) from None

    def delete(self, nome: str) -> None:
        with self._sessions.writing() as session:
            record = _load(session, nome)
            if nome in _protestos(session):
                raise RuleError(f"{nome} acompanha protestos pedidos ao banco e fica no cadastro.")
            session.delete(record)

    def protestos(self) -> Mapping[str, int]:
        with self._sessions.reading() as session:
            return _protestos(session)


def _protestos(session: Session) -> Mapping[str, int]:
    """The orders themselves say it: they keep the name they were given."""
    effects = session.scalars(select(OrderRecord.effect).where(OrderRecord.operacao == Operacao.PROTESTAR.name))
    pedidos = (pedido_from_json(effect, Operacao.PROTESTAR) for effect in effects)
    return Counter(
        pedido.instrucao.escritorio
        for pedido in pedidos
        if isinstance(pedido, PedidoInstrucao) and isinstance(pedido.instrucao, Protestar)
    )


def _load(session: Session, nome: str) -> EscritorioRecord:
    record = session.scalar(select(EscritorioRecord).where(EscritorioRecord.nome == nome))
    if record is None:
        raise StoreError(f"O escritório {nome} não existe mais.", code="escritorio_inexistente")
    return record


def _already_there(nome: str) -> InputError:
    return InputError(f"O escritório {nome} já está cadastrado.", field="Escritório de Cobrança")
