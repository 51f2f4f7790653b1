"""The searches behind the list: pages, totals and counts, all in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, FromClause, Join, ScalarSelect, Select, func, or_, select, true, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased
from sqlalchemy.sql.compiler import SQLCompiler

from bancointegra.domain.documentos import Documento
from bancointegra.domain.order import OrderState
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import TipoPeriodo, TituloFilter, TituloRow, TituloSort, Totais
from bancointegra.store.engine import Sessions
from bancointegra.store.schema import OrderRecord, PagadorRecord, TituloRecord

Columns = TypeVarTuple("Columns")
Value = TypeVar("Value")

_CHUNK = 400  # two parameters a key, and SQLite once took 999
_MAX_TEXTO = 200  # longer than anything it could be found in

IN_DOUBT = tuple(state.value for state in OrderState if state.in_doubt)

_PERIODO: dict[TipoPeriodo, InstrumentedAttribute[Any]] = {
    TipoPeriodo.VENCIMENTO: TituloRecord.vencimento,
    TipoPeriodo.EMISSAO: TituloRecord.emissao,
    TipoPeriodo.LIQUIDACAO: TituloRecord.liquidado_em,
}

_SORT: dict[TituloSort, tuple[InstrumentedAttribute[Any], ...]] = {
    TituloSort.TITULO: (TituloRecord.numero, TituloRecord.parcela),
    TituloSort.SACADO: (PagadorRecord.busca,),
    TituloSort.EMISSAO: (TituloRecord.emissao,),
    TituloSort.VENCIMENTO: (TituloRecord.vencimento,),
    TituloSort.VALOR: (TituloRecord.valor,),
    TituloSort.NOSSO_NUMERO: (TituloRecord.nosso_numero,),
    TituloSort.SITUACAO: (TituloRecord.situacao,),
}


class TituloSearch:
    """The reading half of ``TituloRepository``."""

    def __init__(self, sessions: Sessions) -> None:
        self._reading = sessions.reading

    def page(
        self, filtro: TituloFilter, sort: TituloSort, descending: bool, offset: int, limit: int
    ) -> tuple[TituloRow, ...]:
        # The ids come from indices alone; only the rows of this page are fetched and joined.
        ids = _sorted_ids(filtro, sort, descending).offset(offset).limit(limit)
        with self._reading() as session:
            return _rows_in_order(session, session.scalars(ids).all())

    def ids(self, filtro: TituloFilter, sort: TituloSort, descending: bool) -> tuple[int, ...]:
        with self._reading() as session:
            # Plain rows: there may be a million, and the ORM takes half as long again for each.
            return tuple(session.connection().execute(_sorted_ids(filtro, sort, descending)).scalars())

    def totais(self, filtro: TituloFilter) -> Totais:
        query = select(func.count(), func.coalesce(func.sum(TituloRecord.valor), 0)).select_from(TituloRecord)
        with self._reading() as session:
            quantidade, centavos = session.execute(_filtered(query, filtro)).one()
            return Totais(quantidade, Reais(int(centavos)))

    def count_by_situacao(self, filtro: TituloFilter) -> Mapping[Situacao, int]:
        query = select(TituloRecord.situacao, func.count()).group_by(TituloRecord.situacao)
        with self._reading() as session:
            found = session.execute(_filtered(query, filtro, any_situacao=True))
            return {Situacao(situacao): quantidade for situacao, quantidade in found}

    def rows(self, titulo_ids: Sequence[int]) -> tuple[TituloRow, ...]:
        with self._reading() as session:
            return _rows_in_order(session, titulo_ids)

    def existing(self, conta_id: int, keys: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], TituloRow]:
        query = _row_query().where(TituloRecord.conta_id == conta_id)
        found: dict[tuple[str, str], TituloRow] = {}
        with self._reading() as session:
            for chunk in batched(keys):
                wanted = query.where(tuple_(TituloRecord.numero, TituloRecord.parcela).in_(chunk))
                found.update({(row.numero, row.parcela): _row(row) for row in session.execute(wanted)})
        return found


def batched(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """In pieces that fit into one statement's parameters."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def state_in_doubt() -> ScalarSelect[str]:
    """State of the order of the surrounding query's título whose outcome nobody knows; NULL without one."""
    return (
        select(OrderRecord.state)
        .where(OrderRecord.titulo_id == TituloRecord.id, OrderRecord.state.in_(IN_DOUBT))
        .limit(1)
        .scalar_subquery()
    )


def _row_query() -> Select[*tuple[Any, ...]]:
    return select(
        TituloRecord.id,
        TituloRecord.numero,
        TituloRecord.parcela,
        PagadorRecord.nome,
        PagadorRecord.documento,
        TituloRecord.emissao,
        TituloRecord.vencimento,
        TituloRecord.valor,
        TituloRecord.nosso_numero,
        TituloRecord.situacao,
        TituloRecord.ultima_operacao,
        TituloRecord.liquidado_em,
        state_in_doubt().label("in_doubt"),
    ).join(PagadorRecord, TituloRecord.pagador_id == PagadorRecord.id)


def _rows_in_order(session: Session, titulo_ids: Sequence[int]) -> tuple[TituloRow, ...]:
    by_id = {
        row.id: row
        for chunk in batched(titulo_ids)
        for row in map(_row, session.execute(_row_query().where(TituloRecord.id.in_(chunk))))
    }
    return tuple(by_id[titulo_id] for titulo_id in titulo_ids if titulo_id in by_id)


def _filtered(query: Select[*Columns], filtro: TituloFilter, *, any_situacao: bool = False) -> Select[*Columns]:
    # “+ 0” keeps the account's indices out of it: the few orders in doubt lead to their títulos by id.
    conta_id = TituloRecord.conta_id + 0 if filtro.somente_a_confirmar else TituloRecord.conta_id
    query = query.where(conta_id == filtro.conta_id)
    if filtro.tipo_cobranca_id is not None:
        query = query.where(TituloRecord.tipo_cobranca_id == filtro.tipo_cobranca_id)
    if filtro.situacoes and not any_situacao:
        query = query.where(TituloRecord.situacao.in_(sorted(s.value for s in filtro.situacoes)))
    query = _in_period(query, _PERIODO[filtro.tipo_periodo], filtro.de, filtro.ate)
    query = _with_words(query, filtro, fold(filtro.texto)[:_MAX_TEXTO].split())
    if filtro.somente_a_confirmar:
        in_doubt = select(OrderRecord.titulo_id).where(OrderRecord.state.in_(IN_DOUBT))
        query = query.where(TituloRecord.id.in_(in_doubt))
    return query


def _with_words(query: Select[*Columns], filtro: TituloFilter, words: Sequence[str]) -> Select[*Columns]:
    if not words:
        return query
    if filtro.de is not None or filtro.ate is not None:
        return query.where(*(_mentions(TituloRecord, word) for word in words))
    # Without a period every título of the account is looked through: in the index of the words, not row by row.
    titulo = aliased(TituloRecord)
    found = select(titulo.id).where(titulo.conta_id == filtro.conta_id, *(_mentions(titulo, word) for word in words))
    return query.where(TituloRecord.id.in_(found))


def _mentions(titulo: type[TituloRecord], word: str) -> ColumnElement[bool]:
    pagadores = select(PagadorRecord.id).where(PagadorRecord.busca.contains(word, autoescape=True))
    return or_(titulo.busca.contains(word, autoescape=True), titulo.pagador_id.in_(pagadores))


def _in_period(
    query: Select[*Columns], column: InstrumentedAttribute[Any], de: date | None, ate: date | None
) -> Select[*Columns]:
    if de is not None:
        query = query.where(column >= de)
    if ate is not None:
        query = query.where(column <= ate)
    return query


def _sorted_ids(filtro: TituloFilter, sort: TituloSort, descending: bool) -> Select[int]:
    query = select(TituloRecord.id)
    if sort is TituloSort.SACADO:
        query = query.select_from(_pagadores_first(filtro)).where(TituloRecord.pagador_id == PagadorRecord.id)
    columns = (*_SORT[sort], TituloRecord.id)  # the id settles ties, so that pages never overlap
    return _filtered(query, filtro).order_by(*(column.desc() if descending else column.asc() for column in columns))


def _pagadores_first(filtro: TituloFilter) -> FromClause:
    """The two tables, for a list by sacado: in their order when most títulos are listed, else as the store likes."""
    few = filtro.de is not None or filtro.ate is not None or filtro.somente_a_confirmar
    pagadores, titulos = PagadorRecord.__table__, TituloRecord.__table__
    return Join(pagadores, titulos, true()) if few else CrossJoin(pagadores, titulos, true())


class CrossJoin(Join):
    """``left CROSS JOIN right``: standard SQL, which SQLite takes as the order to read the tables in."""

    inherit_cache = True


@compiles(CrossJoin)
def _compile_cross_join(join: CrossJoin, compiler: SQLCompiler, **kw: Any) -> str:
    tables = (compiler.process(table, **kw | {"asfrom": True}) for table in (join.left, join.right))
    return " CROSS JOIN ".join(tables)


def _row(found: Any) -> TituloRow:
    return TituloRow(
        id=found.id,
        titulo=f"{found.numero}/{found.parcela}" if found.parcela else found.numero,
        sacado=found.nome,
        documento=Documento(found.documento).formatado,
        emissao=found.emissao,
        vencimento=found.vencimento,
        valor=Reais(found.valor),
        nosso_numero=found.nosso_numero,
        situacao=Situacao(found.situacao),
        a_confirmar=found.in_doubt is not None,
        ultima_operacao=found.ultima_operacao,
        liquidado_em=found.liquidado_em,
        aguardando=found.in_doubt == OrderState.AGUARDANDO.value,
    )
