"""The searches behind the list of payments, all in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.pagamento import (
    Pagamento,
    PagamentoFilter,
    PagamentoSort,
    SituacaoPagamento,
    TipoPeriodoPagamento,
)
from bancointegra.domain.reais import Reais
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import Totais
from bancointegra.domain.transacao_pagamento import EstadoNaCelcoin
from bancointegra.store.busca import IN_DOUBT, batched
from bancointegra.store.engine import Sessions
from bancointegra.store.records_pagamento import pagamento_from
from bancointegra.store.schema_pagamento import ContaPagamentoRecord, PagamentoRecord, PaymentOrderRecord

Columns = TypeVarTuple("Columns")

_A_CONFIRMAR = SituacaoPagamento.A_CONFIRMAR.name
_MAX_TEXTO = 200
_GIVEN_UP = (SituacaoPagamento.CANCELADO.name, SituacaoPagamento.ESTORNADO.name)
_NOT_UNDONE = tuple(
    estado.name for estado in (EstadoNaCelcoin.DESFAZENDO, EstadoNaCelcoin.RESERVADO, EstadoNaCelcoin.CONFIRMADO)
)

_SORT: dict[PagamentoSort, InstrumentedAttribute[Any]] = {
    PagamentoSort.INCLUSAO: PagamentoRecord.criado_em,
    PagamentoSort.BENEFICIARIO: PagamentoRecord.busca,
    PagamentoSort.VENCIMENTO: PagamentoRecord.vencimento,
    PagamentoSort.VALOR: PagamentoRecord.valor,
    PagamentoSort.SITUACAO: PagamentoRecord.situacao,
    PagamentoSort.PAGAMENTO: PagamentoRecord.confirmado_em,
}


class PagamentoSearch:
    """The reading half of ``PagamentoRepository``."""

    def __init__(self, sessions: Sessions) -> None:
        self._reading = sessions.reading

    def ids(self, filtro: PagamentoFilter, sort: PagamentoSort, descending: bool) -> tuple[int, ...]:
        columns = (_SORT[sort], PagamentoRecord.id)
        order = [column.desc() if descending else column for column in columns]
        query = _filtered(select(PagamentoRecord.id), filtro).order_by(*order)
        with self._reading() as session:
            return tuple(session.scalars(query))

    def rows(self, pagamento_ids: Sequence[int]) -> tuple[Pagamento, ...]:
        query = select(PagamentoRecord, open_order_in_doubt())
        with self._reading() as session:
            found = {
                record.id: pagamento_from(record, in_doubt=in_doubt)
                for chunk in batched(pagamento_ids)
                for record, in_doubt in session.execute(query.where(PagamentoRecord.id.in_(chunk)))
            }
        return tuple(found[pagamento_id] for pagamento_id in pagamento_ids if pagamento_id in found)

    def totais(self, filtro: PagamentoFilter) -> Totais:
        query = select(func.count(), func.coalesce(func.sum(PagamentoRecord.valor), 0))
        with self._reading() as session:
            quantidade, centavos = session.execute(_filtered(query, filtro)).one()
            return Totais(quantidade, Reais(int(centavos or 0)))

    def count_by_situacao(self, filtro: PagamentoFilter) -> Mapping[SituacaoPagamento, int]:
        shown = _shown_situacao()
        query = _filtered(select(shown, func.count()), filtro, any_situacao=True).group_by(shown)
        with self._reading() as session:
            return {SituacaoPagamento[name]: quantidade for name, quantidade in session.execute(query)}

    def of_linha(self, conta: ContaPagamento, linha: str) -> tuple[Pagamento, ...]:
        query = (
            select(PagamentoRecord, open_order_in_doubt())
            .where(PagamentoRecord.ambiente == conta.ambiente.name, PagamentoRecord.linha == linha)
            .order_by(PagamentoRecord.id.desc())
        )
        with self._reading() as session:
            return tuple(pagamento_from(record, in_doubt=doubt) for record, doubt in session.execute(query))

    def of_beneficiario(self, chave: str, nome: str) -> tuple[tuple[str, str], ...]:
        query = (
            select(PagamentoRecord.beneficiario_chave, PagamentoRecord.beneficiario)
            .where(
                PagamentoRecord.situacao == SituacaoPagamento.PAGO.name,
                or_(PagamentoRecord.beneficiario_chave == chave, PagamentoRecord.beneficiario == nome),
            )
            .distinct()
        )
        with self._reading() as session:
            return tuple((key, name) for key, name in session.execute(query))


def open_order_in_doubt() -> ColumnElement[bool]:
    """Whether an order of the row's pagamento may have reached Celcoin and nobody knows what became of it."""
    return exists().where(
        PaymentOrderRecord.open_pagamento_id == PagamentoRecord.id, PaymentOrderRecord.state.in_(IN_DOUBT)
    )


def not_surely_undone() -> ColumnElement[bool]:
    """Whether the row was given up or reversed, and Celcoin was last seen with the money still on its way back."""
    return and_(
        PagamentoRecord.situacao.in_(_GIVEN_UP),
        PagamentoRecord.estado_visto.in_(_NOT_UNDONE),
    )


def _shown_situacao() -> ColumnElement[str]:
    return case((open_order_in_doubt(), literal(_A_CONFIRMAR)), else_=PagamentoRecord.situacao)


def _filtered(query: Select[*Columns], filtro: PagamentoFilter, *, any_situacao: bool = False) -> Select[*Columns]:
    query = query.select_from(PagamentoRecord)
    if filtro.conta_id is not None:
        query = query.where(PagamentoRecord.conta_id == filtro.conta_id)
    if filtro.situacoes and not any_situacao:
        query = query.where(_shown_situacao().in_([situacao.name for situacao in filtro.situacoes]))
    if filtro.somente_agendados:
        query = query.where(PagamentoRecord.agendado_para.is_not(None))
    if filtro.somente_sem_aprovacao:
        query = query.where(_waits_for_approval())
    query = query.where(*_in_period(filtro))
    words = fold(filtro.texto[:_MAX_TEXTO]).split()
    return query.where(*(PagamentoRecord.busca.contains(word, autoescape=True) for word in words))


def _waits_for_approval() -> ColumnElement[bool]:
    limit = (
        select(ContaPagamentoRecord.limite_sem_aprovacao)
        .where(ContaPagamentoRecord.id == PagamentoRecord.conta_id)
        .scalar_subquery()
    )
    return and_(
        PagamentoRecord.situacao == SituacaoPagamento.CONSULTADO.name,
        PagamentoRecord.valor > limit,
        func.coalesce(PagamentoRecord.aprovado_valor, -1) != PagamentoRecord.valor,
    )


def _in_period(filtro: PagamentoFilter) -> list[ColumnElement[bool]]:
    if filtro.tipo_periodo is TipoPeriodoPagamento.VENCIMENTO:
        due = PagamentoRecord.vencimento
        return [
            *([due >= filtro.de] if filtro.de else []),
            *([due <= filtro.ate] if filtro.ate else []),
        ]
    column = (
        PagamentoRecord.confirmado_em
        if filtro.tipo_periodo is TipoPeriodoPagamento.PAGAMENTO
        else PagamentoRecord.criado_em
    )
    return [
        *([column >= _midnight(filtro.de)] if filtro.de else []),
        *([column < _midnight(filtro.ate + timedelta(days=1))] if filtro.ate else []),
    ]


def _midnight(dia: date) -> datetime:
    """When the day begins here."""
    return datetime.combine(dia, time.min).astimezone()
