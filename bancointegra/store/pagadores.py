"""Pagadores: the register of who is to pay, one for each documento."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.errors import InputError, RuleError, StoreError
from bancointegra.domain.pagador import Pagador, PagadorSort
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.texto import fold
from bancointegra.store.busca import batched
from bancointegra.store.engine import Sessions
from bancointegra.store.records import pagador_from, write_pagador
from bancointegra.store.schema import OrderRecord, PagadorRecord, TituloRecord

_SORT: dict[PagadorSort, InstrumentedAttribute[Any]] = {
    PagadorSort.NOME: PagadorRecord.busca,
    PagadorSort.DOCUMENTO: PagadorRecord.documento,
    PagadorSort.CIDADE: PagadorRecord.cidade,
}
_MAX_TEXTO = 200


class SqlPagadorRepository:
    """``PagadorRepository`` on the store."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def search(self, texto: str, limit: int) -> tuple[Pagador, ...]:
        return self.page(texto, PagadorSort.NOME, False, 0, limit)

    def page(self, texto: str, sort: PagadorSort, descending: bool, offset: int, limit: int) -> tuple[Pagador, ...]:
        query = select(PagadorRecord).where(*_mentions(texto)).order_by(*_order(sort, descending))
        with self._sessions.reading() as session:
            return tuple(pagador_from(record) for record in session.scalars(query.offset(offset).limit(limit)))

    def ids(self, texto: str, sort: PagadorSort, descending: bool) -> tuple[int, ...]:
        query = select(PagadorRecord.id).where(*_mentions(texto)).order_by(*_order(sort, descending))
        with self._sessions.reading() as session:
            return tuple(session.scalars(query))

    def count(self, texto: str) -> int:
        with self._sessions.reading() as session:
            return session.scalar(select(func.count()).select_from(PagadorRecord).where(*_mentions(texto))) or 0

    def rows(self, pagador_ids: Sequence[int]) -> tuple[Pagador, ...]:
        with self._sessions.reading() as session:
            found = {
                record.id: pagador_from(record)
                for chunk in batched(pagador_ids)
                for record in session.scalars(select(PagadorRecord).where(PagadorRecord.id.in_(chunk)))
            }
        return tuple(found[pagador_id] for pagador_id in pagador_ids if pagador_id in found)

    def by_documento(self, documento: str) -> Pagador | None:
        with self._sessions.reading() as session:
            record = _with_documento(session, documento)
            return pagador_from(record) if record else None

    def save(self, pagador: Pagador, visto: Pagador | None = None) -> Pagador:
        try:
            with self._sessions.writing() as session:
                record = _load(session, pagador.id) if pagador.id else PagadorRecord()
                if pagador.id:
                    _require_unchanged(record, visto)
                    _require_documento(session, record, pagador)
                write_pagador(pagador.sacado, record)
                record.email = pagador.email
                session.add(record)
                session.flush()
                return pagador_from(record)
        except IntegrityError:
            documento = pagador.sacado.documento.formatado
            raise InputError(
                f"Já existe um pagador com o CPF/CNPJ {documento}.", field="CPF/CNPJ", code="pagador_repetido"
            ) from None

    def delete(self, pagador_id: int) -> None:
        with self._sessions.writing() as session:
            record = _load(session, pagador_id)
            if session.scalar(select(exists().where(TituloRecord.pagador_id == pagador_id))):
                raise RuleError(f"{record.nome} tem títulos e fica no cadastro.", code="pagador_em_uso")
            session.delete(record)

    def titulos_by_situacao(self, pagador_id: int) -> Mapping[Situacao, int]:
        query = (
            select(TituloRecord.situacao, func.count())
            .where(TituloRecord.pagador_id == pagador_id)
            .group_by(TituloRecord.situacao)
        )
        with self._sessions.reading() as session:
            return {Situacao(situacao): number for situacao, number in session.execute(query)}


def link_pagadores(session: Session, sacados: Sequence[Sacado]) -> dict[str, int]:
    """The ids of the payers by documento; unknown ones are added as first told, known ones stay as they are."""
    told = {sacado.documento.numero: sacado for sacado in reversed(sacados)}
    ids: dict[str, int] = {}
    for chunk in batched(list(told)):
        known = {
            record.documento: record
            for record in session.scalars(select(PagadorRecord).where(PagadorRecord.documento.in_(chunk)))
        }
        for documento in chunk:
            if documento not in known:
                known[documento] = PagadorRecord()
                write_pagador(told[documento], known[documento])
                session.add(known[documento])
        session.flush()
        ids.update((documento, known[documento].id) for documento in chunk)
    return ids


def _mentions(texto: str) -> list[ColumnElement[bool]]:
    return [PagadorRecord.busca.contains(word, autoescape=True) for word in fold(texto)[:_MAX_TEXTO].split()]


def _order(sort: PagadorSort, descending: bool) -> list[ColumnElement[Any]]:
    columns = (_SORT[sort], PagadorRecord.id)
    return [column.desc() if descending else column.asc() for column in columns]


def _load(session: Session, pagador_id: int) -> PagadorRecord:
    record = session.get(PagadorRecord, pagador_id)
    if record is None:
        raise StoreError("O pagador não existe mais.", hint="Pesquise de novo.", code="pagador_inexistente")
    return record


def _with_documento(session: Session, documento: str) -> PagadorRecord | None:
    return session.scalar(select(PagadorRecord).where(PagadorRecord.documento == documento))


def _require_unchanged(record: PagadorRecord, visto: Pagador | None) -> None:
    if visto is not None and pagador_from(record) != visto:
        raise RuleError(
            f"O cadastro de {record.nome} mudou desde que você o abriu.",
            hint="Abra-o de novo e repita a alteração.",
            code="mudou",
        )


def _require_documento(session: Session, record: PagadorRecord, pagador: Pagador) -> None:
    if pagador.sacado.documento.numero == record.documento:
        return
    at_the_bank = exists().where(OrderRecord.titulo_id == TituloRecord.id, TituloRecord.pagador_id == record.id)
    if session.scalar(select(at_the_bank)):
        raise RuleError(
            f"{record.nome} já teve boletos no banco com este CPF/CNPJ, que por isso não muda.",
            hint="Cadastre outro pagador.",
            code="documento_no_banco",
        )
