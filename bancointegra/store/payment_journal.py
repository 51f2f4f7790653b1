"""The payment journal: each method is one committed transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import RuleError
from bancointegra.domain.ordem_pagamento import OrdemPagamento
from bancointegra.domain.order import OrderState
from bancointegra.domain.pagamento import OperacaoPagamento, Pagamento, SituacaoPagamento
from bancointegra.domain.ports import Clock, Instances
from bancointegra.domain.ports_pagamento import Check, PlanReserva
from bancointegra.domain.reais import Reais
from bancointegra.domain.regras_pagamento import ContextoReserva
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.domain.transacao_pagamento import PRAZO_DA_RESERVA, PagamentoNaCelcoin, Reserva
from bancointegra.store.busca import IN_DOUBT, batched
from bancointegra.store.busca_pagamentos import not_surely_undone, open_order_in_doubt
from bancointegra.store.codec_pagamento import reserva_from_json, reserva_to_json
from bancointegra.store.contas_pagamento import load_conta_pagamento
from bancointegra.store.engine import Sessions
from bancointegra.store.pagamentos import add_entry, load_pagamento, set_situacao
from bancointegra.store.records_pagamento import conta_pagamento_from, order_from, pagamento_from, show_busca
from bancointegra.store.schema_pagamento import NsuRecord, PagamentoRecord, PaymentOrderRecord

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_HELD = (SituacaoPagamento.AGUARDANDO_CONFIRMACAO.name, SituacaoPagamento.PAGO.name)


class SqlPaymentJournal:
    """``PaymentJournal`` on the store."""

    def __init__(self, sessions: Sessions, *, instances: Instances, clock: Clock) -> None:
        self._sessions = sessions
        self._instances = instances
        self._clock = clock

    def prepare_reserva(self, pagamento_id: int, plan: PlanReserva, claim: str) -> OrdemPagamento:
        with self._sessions.writing() as session:
            record = load_pagamento(session, pagamento_id)
            self._drop_unsent(session, record)
            conta = conta_pagamento_from(record.conta)
            nsu = _next_nsu(session, conta, self._clock.now())
            contexto = ContextoReserva(
                conta=conta,
                nsu=nsu,
                gasto_no_dia=self._spent_today(session, record),
                pagos=_paid_before(session, record),
                consultas_enviadas=_sent(session, record),
                desfazendo=_being_undone(session, record),
            )
            pedido, entry = plan(pagamento_from(record, in_doubt=False), contexto)
            order = self._new_order(record, conta, OperacaoPagamento.RESERVAR, nsu, claim)
            order.reserva = reserva_to_json(pedido)
            session.add(order)
            session.flush()
            session.add(NsuRecord(cliente=_client_key(conta), nsu=nsu, order_id=order.id))
            record.nsu = nsu
            show_busca(record)
            add_entry(session, record, entry)
            return order_from(order)

    def prepare(
        self, pagamento_id: int, operacao: OperacaoPagamento, check: Check, entry: HistoryEntry, claim: str
    ) -> OrdemPagamento:
        with self._sessions.writing() as session:
            record = load_pagamento(session, pagamento_id)
            self._drop_unsent(session, record)
            check(pagamento_from(record, in_doubt=False))
            if record.nsu is None:
                raise RuleError("Este pagamento não foi reservado.", code="sem_reserva")
            order = self._new_order(record, conta_pagamento_from(record.conta), operacao, record.nsu, claim)
            session.add(order)
            session.flush()
            add_entry(session, record, entry)
            return order_from(order)

    def mark_enviada(self, order_id: int, claim: str) -> OrdemPagamento:
        open_states = [state.value for state in OrderState if state.is_open]
        with self._sessions.writing() as session:
            changed = session.execute(
                update(PaymentOrderRecord)
                .where(
                    PaymentOrderRecord.id == order_id,
                    PaymentOrderRecord.claim == claim,
                    PaymentOrderRecord.state.in_(open_states),
                )
                .values(
                    state=OrderState.ENVIADA.value,
                    attempts=PaymentOrderRecord.attempts + 1,
                    sent_at=self._clock.now(),
                    instance=self._instances.current,
                )
            )
            if _count(changed) != 1:
                raise RuleError(
                    "Este pagamento já está sendo enviado por outra janela.",
                    hint="Aguarde e atualize a lista.",
                    code="em_andamento",
                )
            record = session.get_one(PaymentOrderRecord, order_id)
            _require_nsu_of_its_account(session, record)
            return order_from(record)

    def take_over(self, order: OrdemPagamento, claim: str) -> bool:
        with self._sessions.writing() as session:
            changed = session.execute(
                update(PaymentOrderRecord)
                .where(
                    PaymentOrderRecord.id == order.id,
                    PaymentOrderRecord.claim == order.claim,
                    PaymentOrderRecord.state == order.state.value,
                )
                .values(claim=claim)
            )
            return _count(changed) == 1

    def confirm_reserva(self, order_id: int, reserva: Reserva, entry: HistoryEntry) -> None:
        with self._sessions.writing() as session:
            order = session.get_one(PaymentOrderRecord, order_id)
            if not OrderState(order.state).is_open:
                return  # two checks at once found the same reserve
            self._close(order, OrderState.CONFIRMADA, "")
            record = order.pagamento
            _show_reserved(record, order)
            # Of several requests the first may be the one that Celcoin counts the 30 minutes from.
            since = order.created_at if order.attempts > 1 else order.sent_at or order.created_at
            record.transacao = reserva.transacao
            record.reservado_em = since
            record.expira_em = since + PRAZO_DA_RESERVA
            record.liquida_em = reserva.liquida_em or record.liquida_em
            record.liquidante = reserva.liquidante[:80]
            record.autenticacao = reserva.autenticacao[:40]
            record.agendado_para = None
            show_busca(record)
            set_situacao(record, SituacaoPagamento.AGUARDANDO_CONFIRMACAO, entry.em)
            add_entry(session, record, entry)

    def settle(
        self,
        order_id: int,
        state: OrderState,
        situacao: SituacaoPagamento,
        entry: HistoryEntry,
        *,
        visto: PagamentoNaCelcoin | None = None,
    ) -> None:
        with self._sessions.writing() as session:
            order = session.get_one(PaymentOrderRecord, order_id)
            if not OrderState(order.state).is_open:
                return  # settled meanwhile by another check
            self._close(order, state, "" if state is OrderState.CONFIRMADA else entry.texto)
            record = order.pagamento
            record.agendado_para = None
            if situacao is SituacaoPagamento.PAGO and record.confirmado_em is None:
                by_us = order.operacao == OperacaoPagamento.CONFIRMAR.name
                record.confirmado_em = (order.sent_at if by_us else None) or entry.em
            record.estado_visto = visto.estado.name if visto is not None else ""
            if visto is not None:
                record.transacao = record.transacao or visto.transacao
                show_busca(record)
            if record.situacao != SituacaoPagamento.DEVOLVIDO.name:  # an occurrence tells the end of the story
                set_situacao(record, situacao, entry.em)
            add_entry(session, record, entry)

    def await_reversal(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        self._move(order_id, OrderState.AGUARDANDO, reason, entry)

    def refuse(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        self._move(order_id, OrderState.RECUSADA, reason, entry)

    def doubt(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        self._move(order_id, OrderState.INDEFINIDA, reason, entry)

    def not_sent(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        with self._sessions.writing() as session:
            order = session.get_one(PaymentOrderRecord, order_id)
            if not OrderState(order.state).in_doubt:
                return
            order.attempts -= 1
            # An earlier request may have left: then only Celcoin can tell, whatever became of this one.
            order.state = (OrderState.INDEFINIDA if order.attempts else OrderState.PREPARADA).value
            order.reason = reason
            add_entry(session, order.pagamento, entry)

    def in_doubt(self, pagamento_ids: Sequence[int] | None = None) -> tuple[OrdemPagamento, ...]:
        query = select(PaymentOrderRecord).where(PaymentOrderRecord.state.in_(IN_DOUBT))
        with self._sessions.reading() as session:
            if pagamento_ids is None:
                records = list(session.scalars(query))
            else:
                records = [
                    record
                    for chunk in batched(pagamento_ids)
                    for record in session.scalars(query.where(PaymentOrderRecord.pagamento_id.in_(chunk)))
                ]
            return tuple(order_from(record) for record in sorted(records, key=lambda record: record.id))

    def waiting(self) -> tuple[int, ...]:
        waits = or_(PagamentoRecord.situacao == SituacaoPagamento.AGUARDANDO_CONFIRMACAO.name, not_surely_undone())
        query = select(PagamentoRecord.id).where(waits, ~open_order_in_doubt()).order_by(PagamentoRecord.id)
        with self._sessions.reading() as session:
            return tuple(session.scalars(query))

    def nsus(self, conta_id: int) -> frozenset[int]:
        with self._sessions.reading() as session:
            cliente = _client_key(conta_pagamento_from(load_conta_pagamento(session, conta_id)))
            return frozenset(session.scalars(select(NsuRecord.nsu).where(NsuRecord.cliente == cliente)))

    def _drop_unsent(self, session: Session, record: PagamentoRecord) -> None:
        """Close the order of this pagamento that never left. Raises ``RuleError`` when one may have."""
        order = session.scalar(select(PaymentOrderRecord).where(PaymentOrderRecord.open_pagamento_id == record.id))
        if order is None:
            return
        if order.state != OrderState.PREPARADA.value:
            raise RuleError(
                "O pagamento está A CONFIRMAR na Celcoin.",
                hint="Use “Verificar agora” antes de qualquer outra operação.",
                code="a_confirmar",
            )
        self._close(order, OrderState.RECUSADA, "substituída antes do envio")
        session.flush()

    def _spent_today(self, session: Session, record: PagamentoRecord) -> Reais:
        """What the account reserved or paid today, or may have reserved, besides this pagamento."""
        midnight = self._clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        held = and_(PagamentoRecord.situacao.in_(_HELD), PagamentoRecord.reservado_em >= midnight)
        query = select(func.coalesce(func.sum(PagamentoRecord.valor), 0)).where(
            PagamentoRecord.conta_id == record.conta_id,
            PagamentoRecord.id != record.id,
            or_(held, open_order_in_doubt()),
        )
        return Reais(int(session.scalar(query) or 0))

    def _new_order(
        self, record: PagamentoRecord, conta: ContaPagamento, operacao: OperacaoPagamento, nsu: int, claim: str
    ) -> PaymentOrderRecord:
        return PaymentOrderRecord(
            pagamento_id=record.id,
            pagamento=record,
            open_pagamento_id=record.id,
            conta_id=conta.id,
            operacao=operacao.name,
            state=OrderState.PREPARADA.value,
            nsu=nsu,
            terminal=conta.terminal,
            claim=claim,
            instance=self._instances.current,
            attempts=0,
            created_at=self._clock.now(),
            reason="",
        )

    def _move(self, order_id: int, state: OrderState, reason: str, entry: HistoryEntry) -> None:
        with self._sessions.writing() as session:
            order = session.get_one(PaymentOrderRecord, order_id)
            if not OrderState(order.state).is_open:
                return  # settled meanwhile by another check; Celcoin's word stands
            if state.is_open:
                order.state = state.value
                order.reason = reason
            else:
                self._close(order, state, reason)
            add_entry(session, order.pagamento, entry)

    def _close(self, order: PaymentOrderRecord, state: OrderState, reason: str) -> None:
        order.state = state.value
        order.reason = reason
        order.open_pagamento_id = None
        order.closed_at = self._clock.now()


def _show_reserved(record: PagamentoRecord, order: PaymentOrderRecord) -> None:
    """The amount is the one that was asked for, whatever a later consult says."""
    reserved = reserva_from_json(order.reserva or {}).valor.centavos
    if record.valor != reserved:
        record.valor_informado = record.valor = reserved


def _next_nsu(session: Session, conta: ContaPagamento, now: datetime) -> int:
    """Above every earlier one of the client, and not below the seconds since 2026.

    The seconds keep a data folder restored from an old copy, and a second folder of the same client, from giving a
    number again; 32 bits last until 2094.
    """
    query = select(func.max(NsuRecord.nsu)).where(NsuRecord.cliente == _client_key(conta))
    last = session.scalar(query) or 0
    return max(last + 1, int((now - _EPOCH).total_seconds()))


def _paid_before(session: Session, record: PagamentoRecord) -> tuple[Pagamento, ...]:
    query = (
        select(PagamentoRecord)
        .where(
            PagamentoRecord.ambiente == record.ambiente,
            PagamentoRecord.linha == record.linha,
            PagamentoRecord.id != record.id,
            PagamentoRecord.situacao == SituacaoPagamento.PAGO.name,
        )
        .order_by(PagamentoRecord.id.desc())
    )
    return tuple(pagamento_from(paid, in_doubt=False) for paid in session.scalars(query))


def _being_undone(session: Session, record: PagamentoRecord) -> bool:
    """Whether an earlier attempt of the line is given up or reversed, and not seen undone yet."""
    same_line = and_(PagamentoRecord.ambiente == record.ambiente, PagamentoRecord.linha == record.linha)
    return session.scalar(select(PagamentoRecord.id).where(same_line, not_surely_undone()).limit(1)) is not None


def _sent(session: Session, record: PagamentoRecord) -> frozenset[str]:
    """The consults of this pagamento that left in a reserve."""
    query = select(PaymentOrderRecord.reserva).where(
        PaymentOrderRecord.pagamento_id == record.id,
        PaymentOrderRecord.operacao == OperacaoPagamento.RESERVAR.name,
        PaymentOrderRecord.attempts > 0,
    )
    return frozenset(reserva_from_json(data).transacao_consulta for data in session.scalars(query) if data)


def _require_nsu_of_its_account(session: Session, order: PaymentOrderRecord) -> None:
    """Raise ``RuleError`` when somebody moved the account since the order was prepared."""
    conta = conta_pagamento_from(order.pagamento.conta)
    if session.get(NsuRecord, (_client_key(conta), order.nsu)) is None or order.terminal != conta.terminal:
        raise RuleError(f"A conta {conta.mnemonico} mudou antes do envio.", hint="Pague de novo.", code="conta_mudou")


def _client_key(conta: ContaPagamento) -> str:
    return f"{conta.ambiente.name}/{conta.client_id}"


def _count(result: object) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount
