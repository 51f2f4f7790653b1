"""Escritórios de Cobrança: who follows a protest for the office."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bancointegra.domain.errors import InputError
from bancointegra.store.engine import Sessions
from bancointegra.store.schema import EscritorioRecord


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
            raise InputError(f"O escritório {nome} já está cadastrado.", field="Escritório de Cobrança") from None
