"""Pagamentos: consulted, changed before they are paid, and their history."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.errors import AppError, InputError, RuleError, StoreError
from bancointegra.domain.order import OrderState
from bancointegra.domain.pagamento import Aprovacao, Pagamento, SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.regras_pagamento import valor_a_pagar
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.domain.transacao_pagamento import Comprovante, EstadoNaCelcoin
from bancointegra.store.busca import IN_DOUBT
from bancointegra.store.busca_pagamentos import PagamentoSearch
from bancointegra.store.codec_pagamento import comprovante_from_json, comprovante_to_json, consulta_from_json
from bancointegra.store.contas_pagamento import load_conta_pagamento
from bancointegra.store.engine import Sessions
from bancointegra.store.records_pagamento import entry_from, pagamento_from, show_valor, write_consulta
from bancointegra.store.schema_pagamento import (
    ContaPagamentoRecord,
    PagamentoHistoryRecord,
    PagamentoRecord,
    PaymentOrderRecord,
)


class SqlPagamentoRepository(PagamentoSearch):
    """``PagamentoRepository`` on the store: the searches, and what changes a pagamento without Celcoin."""

    def __init__(self, sessions: Sessions) -> None:
        super().__init__(sessions)
        self._sessions = sessions

    def consulted(self, conta_id: int, consulta: ContaConsultada, entry: HistoryEntry) -> Pagamento:
        try:
            with self._sessions.writing() as session:
                conta = load_conta_pagamento(session, conta_id)
                key = _open_key(conta, consulta.linha)
                record = session.scalar(select(PagamentoRecord).where(PagamentoRecord.open_linha == key))
                if record is None:
                    record = _new_record(conta, consulta, key, entry)
                    session.add(record)
                else:
                    _require_consultado_of(session, record, conta_id)
                    _close_unsent(session, record, entry.em)
                before = record.valor
                record.valor_informado = _still_allowed(record, consulta)
                write_consulta(consulta, record)
                if record.valor != before:
                    _void_approval(record)
                    record.agendado_para = None
                session.flush()
                add_entry(session, record, entry)
                return pagamento_from(record, in_doubt=False)
        except IntegrityError:
            raise _in_the_list(SituacaoPagamento.CONSULTADO) from None

    def get(self, pagamento_id: int) -> Pagamento:
        found = self.rows([pagamento_id])
        if not found:
            raise _gone()
        return found[0]

    def history(self, pagamento_id: int) -> tuple[HistoryEntry, ...]:
        query = (
            select(PagamentoHistoryRecord)
            .where(PagamentoHistoryRecord.pagamento_id == pagamento_id)
            .order_by(PagamentoHistoryRecord.id.desc())
        )
        with self._sessions.reading() as session:
            return tuple(entry_from(record) for record in session.scalars(query))

    def note(self, pagamento_id: int, entry: HistoryEntry) -> None:
        with self._sessions.writing() as session:
            add_entry(session, load_pagamento(session, pagamento_id), entry)

    def set_valor(self, pagamento_id: int, valor: Reais | None, entry: HistoryEntry) -> Pagamento:
        with self._sessions.writing() as session:
            record = _load_consultado(session, pagamento_id, entry.em)
            record.valor_informado = None if valor is None else valor.centavos
            show_valor(record, consulta_from_json(record.consulta))
            record.agendado_para = None
            _changed_by(session, record, entry)
            return pagamento_from(record, in_doubt=False)

    def set_agenda(self, pagamento_id: int, dia: date | None, entry: HistoryEntry) -> Pagamento:
        with self._sessions.writing() as session:
            record = _load_consultado(session, pagamento_id, entry.em)
            record.agendado_para = dia
            _changed_by(session, record, entry)
            return pagamento_from(record, in_doubt=False)

    def set_aprovacao(self, pagamento_id: int, aprovacao: Aprovacao, entry: HistoryEntry) -> Pagamento:
        with self._sessions.writing() as session:
            record = _load_consultado(session, pagamento_id, entry.em)
            if record.valor != aprovacao.valor.centavos:
                raise RuleError("O valor mudou enquanto era aprovado.", hint="Confira e aprove de novo.", code="mudou")
            record.aprovado_por = aprovacao.quem[:60]
            record.aprovado_em = aprovacao.em
            record.aprovado_valor = aprovacao.valor.centavos
            add_entry(session, record, entry)
            return pagamento_from(record, in_doubt=False)

    def discard(self, pagamento_id: int, entry: HistoryEntry) -> None:
        with self._sessions.writing() as session:
            record = _load_consultado(session, pagamento_id, entry.em)
            record.agendado_para = None
            set_situacao(record, SituacaoPagamento.CANCELADO, entry.em)
            add_entry(session, record, entry)

    def seen(
        self,
        pagamento_id: int,
        antes: SituacaoPagamento,
        estado: EstadoNaCelcoin,
        situacao: SituacaoPagamento,
        entry: HistoryEntry | None,
        aviso: str = "",
    ) -> None:
        with self._sessions.writing() as session:
            record = load_pagamento(session, pagamento_id)
            if record.situacao != antes.name or has_order_in_doubt(session, pagamento_id):
                return  # somebody did something meanwhile: the answer may be older than that
            record.estado_visto = estado.name
            record.aviso = aviso
            if situacao.name != record.situacao:
                if situacao is SituacaoPagamento.PAGO and entry is not None:
                    record.confirmado_em = record.confirmado_em or entry.em
                set_situacao(record, situacao, entry.em if entry else record.situacao_em)
            if entry is not None:
                add_entry(session, record, entry)

    def set_comprovante(self, pagamento_id: int, comprovante: Comprovante) -> None:
        with self._sessions.writing() as session:
            record = load_pagamento(session, pagamento_id)
            record.comprovante = comprovante_to_json(comprovante)
            record.autenticacao = comprovante.autenticacao[:40] or record.autenticacao

    def comprovante(self, pagamento_id: int) -> Comprovante | None:
        with self._sessions.reading() as session:
            kept = load_pagamento(session, pagamento_id).comprovante
            return comprovante_from_json(kept) if kept else None


def load_pagamento(session: Session, pagamento_id: int) -> PagamentoRecord:
    """The record, or ``StoreError`` when it is gone."""
    record = session.get(PagamentoRecord, pagamento_id)
    if record is None:
        raise _gone()
    return record


def add_entry(session: Session, record: PagamentoRecord, entry: HistoryEntry) -> None:
    """Append to the history of the pagamento."""
    session.add(
        PagamentoHistoryRecord(
            pagamento_id=record.id, em=entry.em, texto=entry.texto[:120], detalhe=entry.detalhe, quem=entry.quem[:60]
        )
    )


def set_situacao(record: PagamentoRecord, situacao: SituacaoPagamento, em: datetime) -> None:
    """Change the situação; one that is not open lets go of the line."""
    if record.situacao == situacao.name:
        return
    record.situacao = situacao.name
    record.situacao_em = em
    if not situacao.is_open:
        record.open_linha = None


def _open_key(conta: ContaPagamentoRecord, linha: str) -> str:
    return f"{conta.ambiente}/{linha}"


def _new_record(
    conta: ContaPagamentoRecord, consulta: ContaConsultada, key: str, entry: HistoryEntry
) -> PagamentoRecord:
    return PagamentoRecord(
        conta_id=conta.id,
        conta=conta,
        ambiente=conta.ambiente,
        linha=consulta.linha,
        open_linha=key,
        situacao=SituacaoPagamento.CONSULTADO.name,
        situacao_em=entry.em,
        preparado_por=entry.quem[:60],
        criado_em=entry.em,
        transacao="",
    )


def _require_consultado_of(session: Session, record: PagamentoRecord, conta_id: int) -> None:
    if has_order_in_doubt(session, record.id):
        raise _in_the_list(SituacaoPagamento.A_CONFIRMAR)
    if record.situacao != SituacaoPagamento.CONSULTADO.name:
        raise _in_the_list(SituacaoPagamento[record.situacao])
    if record.conta_id != conta_id:
        raise RuleError(
            f"Esta conta já foi consultada pela conta de pagamento {record.conta.mnemonico}.",
            hint="Pague por ela, ou retire-a da lista antes.",
            code="linha_em_aberto",
        )


def _still_allowed(record: PagamentoRecord, consulta: ContaConsultada) -> int | None:
    """The amount the clerk chose, unless the bill no longer lets him."""
    if record.valor_informado is None:
        return None
    try:
        return valor_a_pagar(consulta, Reais(record.valor_informado)).centavos
    except InputError:
        return None


def _load_consultado(session: Session, pagamento_id: int, em: datetime) -> PagamentoRecord:
    """To be changed: a reserve of it that has not left yet is of the old figures and must not leave any more."""
    record = load_pagamento(session, pagamento_id)
    shown = SituacaoPagamento[record.situacao]
    if has_order_in_doubt(session, pagamento_id):
        shown = SituacaoPagamento.A_CONFIRMAR
    if shown is not SituacaoPagamento.CONSULTADO:
        raise RuleError(f"O pagamento está {shown.value}.", hint="Atualize a lista.", code="situacao_pagamento")
    _close_unsent(session, record, em)
    return record


def _changed_by(session: Session, record: PagamentoRecord, entry: HistoryEntry) -> None:
    """Who changes what is to be paid prepares it anew: an earlier approval falls."""
    record.preparado_por = entry.quem[:60]
    _void_approval(record)
    add_entry(session, record, entry)


def _void_approval(record: PagamentoRecord) -> None:
    record.aprovado_por = ""
    record.aprovado_em = record.aprovado_valor = None


def _close_unsent(session: Session, record: PagamentoRecord, em: datetime) -> None:
    session.execute(
        update(PaymentOrderRecord)
        .where(PaymentOrderRecord.open_pagamento_id == record.id)
        .values(state=OrderState.RECUSADA.value, open_pagamento_id=None, reason="mudou antes do envio", closed_at=em)
    )


def has_order_in_doubt(session: Session, pagamento_id: int) -> bool:
    """Whether nobody knows what became of an order of the pagamento."""
    open_order = PaymentOrderRecord.open_pagamento_id == pagamento_id
    return bool(session.scalar(select(exists().where(open_order, PaymentOrderRecord.state.in_(IN_DOUBT)))))


def _in_the_list(situacao: SituacaoPagamento) -> AppError:
    return RuleError(
        f"Esta conta já está na lista de pagamentos: {situacao.value}.",
        hint="Termine primeiro esse pagamento.",
        code="linha_em_aberto",
    )


def _gone() -> StoreError:
    return StoreError("O pagamento não existe mais.", hint="Atualize a lista.", code="pagamento_inexistente")
