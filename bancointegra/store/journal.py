"""The order journal: each method is one committed transaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from bancointegra.domain.boleto import BoletoRegistrado, ConsultaBoleto, PedidoRegistro, ProtestoNoBanco
from bancointegra.domain.conferencia import require_conferida
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import RuleError, StoreError
from bancointegra.domain.instrucao import operacao_of
from bancointegra.domain.order import Order, OrderState
from bancointegra.domain.ports import Clock, Instances, PlanInstrucao, PlanRegistro
from bancointegra.domain.situacao import Operacao, Situacao
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.store.busca import IN_DOUBT, batched
from bancointegra.store.codec import encargos_to_json, pedido_to_json
from bancointegra.store.engine import Sessions
from bancointegra.store.instrucoes import apply_instrucao
from bancointegra.store.nosso_numero import allocate, give, is_number_of, is_of_its_account
from bancointegra.store.records import conferencia_from, conta_from, order_from, titulo_from, write_boleto
from bancointegra.store.schema import (
    BoletoRecord,
    ConferenciaRecord,
    ContaRecord,
    OrderRecord,
    TituloRecord,
)
from bancointegra.store.titulos import add_entry, load_titulo, show_numbers


class SqlJournal:
    """``Journal`` on the store."""

    def __init__(self, sessions: Sessions, *, instances: Instances, clock: Clock) -> None:
        self._sessions = sessions
        self._instances = instances
        self._clock = clock

    def prepare_registro(self, titulo_id: int, plan: PlanRegistro, claim: str, after: Order | None = None) -> Order:
        with self._sessions.writing() as session:
            titulo_record = load_titulo(session, titulo_id)
            conta_record = session.get_one(ContaRecord, titulo_record.conta_id)
            conta = conta_from(conta_record)
            _require_conferida(session, conta)
            titulo = titulo_from(titulo_record, in_doubt=None)
            taken_over = self._preparada(session, titulo_record, conta)
            record = taken_over or self._new_order(
                titulo_record, conta, Operacao.REGISTRAR, _number(session, conta_record, after)
            )
            record.effect = pedido_to_json(plan(titulo, conta, record.nosso_numero))
            record.claim = claim
            record.instance = self._instances.current
            session.add(record)
            session.flush()
            if taken_over is None:
                give(session, conta, record)
            return order_from(record)

    def prepare_instrucao(self, titulo_id: int, plan: PlanInstrucao, claim: str) -> Order:
        with self._sessions.writing() as session:
            titulo_record = load_titulo(session, titulo_id)
            conta = conta_from(session.get_one(ContaRecord, titulo_record.conta_id))
            unsent = self._unsent(session, titulo_record)
            if unsent is not None:
                self._close(unsent, OrderState.RECUSADA, "substituída antes do envio")
                session.flush()
            pedido = plan(titulo_from(titulo_record, in_doubt=None), conta)
            record = self._new_order(titulo_record, conta, operacao_of(pedido.instrucao), pedido.nosso_numero)
            record.carteira = pedido.carteira
            record.effect = pedido_to_json(pedido)
            record.claim = claim
            record.instance = self._instances.current
            session.add(record)
            session.flush()
            return order_from(record)

    def mark_enviada(self, order_id: int, claim: str) -> Order:
        open_states = [state.value for state in OrderState if state.is_open]
        with self._sessions.writing() as session:
            changed = session.execute(
                update(OrderRecord)
                .where(OrderRecord.id == order_id, OrderRecord.claim == claim, OrderRecord.state.in_(open_states))
                .values(
                    state=OrderState.ENVIADA.value,
                    attempts=OrderRecord.attempts + 1,
                    sent_at=self._clock.now(),
                    instance=self._instances.current,
                )
            )
            if _count(changed) != 1:
                raise RuleError(
                    "Este título já está sendo enviado por outra janela.",
                    hint="Aguarde e pesquise de novo.",
                    code="em_andamento",
                )
            record = session.get_one(OrderRecord, order_id)
            if record.operacao == Operacao.REGISTRAR.name:
                _require_sendable(session, record)
            return order_from(record)

    def take_over(self, order: Order, claim: str) -> bool:
        with self._sessions.writing() as session:
            changed = session.execute(
                update(OrderRecord)
                .where(
                    OrderRecord.id == order.id, OrderRecord.claim == order.claim, OrderRecord.state == order.state.value
                )
                .values(claim=claim)
            )
            return _count(changed) == 1

    def confirm_registro(
        self, order_id: int, boleto: BoletoRegistrado, entry: HistoryEntry, late: HistoryEntry | None = None
    ) -> bool:
        with self._sessions.writing() as session:
            record = session.get_one(OrderRecord, order_id)
            if record.state == OrderState.CONFIRMADA.value:
                return True  # two checks at once found the same boleto
            titulo = load_titulo(session, record.titulo_id)
            if _is_asked_for_again(session, record):
                return True  # the newer order is about this very boleto, and has it or will find it
            if not self._is_latest(session, record) or not _is_for(record, titulo):
                add_entry(session, titulo, late or entry)
                return False
            if record.state == OrderState.RECUSADA.value:
                _follow_registro(titulo, order_from(record).registro)
            self._close(record, OrderState.CONFIRMADA, "")
            register_boleto(session, titulo, order_id, boleto, entry)
            return True

    def confirm_instrucao(
        self, order_id: int, consulta: ConsultaBoleto | None, entry: HistoryEntry, late: HistoryEntry | None = None
    ) -> bool:
        with self._sessions.writing() as session:
            record = session.get_one(OrderRecord, order_id)
            if record.state == OrderState.CONFIRMADA.value:
                return True
            titulo = load_titulo(session, record.titulo_id)
            if not self._is_latest(session, record):
                add_entry(session, titulo, late or entry)
                return False
            self._close(record, OrderState.CONFIRMADA, "")
            apply_instrucao(titulo, order_from(record).instrucao, consulta)
            titulo.situacao_em = entry.em
            titulo.situacao_fonte = "banco"
            add_entry(session, titulo, entry)
            return True

    def await_approval(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        self._move(order_id, OrderState.AGUARDANDO, reason, entry)

    def refuse(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        self._move(order_id, OrderState.RECUSADA, reason, entry)

    def doubt(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        self._move(order_id, OrderState.INDEFINIDA, reason, entry)

    def not_sent(self, order_id: int, reason: str, entry: HistoryEntry) -> None:
        with self._sessions.writing() as session:
            record = session.get_one(OrderRecord, order_id)
            if not OrderState(record.state).in_doubt:
                return
            record.attempts -= 1
            # An earlier request may have left: then only the bank can tell, whatever became of this one.
            record.state = (OrderState.INDEFINIDA if record.attempts else OrderState.PREPARADA).value
            record.reason = reason
            add_entry(session, load_titulo(session, record.titulo_id), entry)

    def get(self, order_id: int) -> Order:
        with self._sessions.reading() as session:
            record = session.get(OrderRecord, order_id)
            if record is None:
                raise StoreError("A ordem não existe.", code="ordem_inexistente")
            return order_from(record)

    def in_doubt(self, titulo_ids: Sequence[int] | None = None) -> tuple[Order, ...]:
        query = select(OrderRecord).where(OrderRecord.state.in_(IN_DOUBT))
        with self._sessions.reading() as session:
            if titulo_ids is None:
                records = list(session.scalars(query))
            else:
                records = [
                    record
                    for chunk in batched(titulo_ids)
                    for record in session.scalars(query.where(OrderRecord.titulo_id.in_(chunk)))
                ]
            return tuple(order_from(record) for record in sorted(records, key=lambda record: record.id))

    def registro_in_force(self, titulo_id: int) -> Order | None:
        query = (
            select(OrderRecord)
            .join(BoletoRecord, BoletoRecord.order_id == OrderRecord.id)
            .join(TituloRecord, TituloRecord.boleto_id == BoletoRecord.id)
            .where(TituloRecord.id == titulo_id)
        )
        with self._sessions.reading() as session:
            record = session.scalar(query)
            return order_from(record) if record else None

    def refused_registros(self, titulo_id: int) -> tuple[Order, ...]:
        in_force = (
            select(BoletoRecord.order_id)
            .join(TituloRecord, TituloRecord.boleto_id == BoletoRecord.id)
            .where(TituloRecord.id == titulo_id)
        )
        query = (
            select(OrderRecord)
            .where(
                OrderRecord.titulo_id == titulo_id,
                OrderRecord.operacao == Operacao.REGISTRAR.name,
                OrderRecord.state == OrderState.RECUSADA.value,
                OrderRecord.attempts > 0,
                OrderRecord.id > func.coalesce(in_force.scalar_subquery(), 0),
            )
            .order_by(OrderRecord.id)
        )
        with self._sessions.reading() as session:
            return tuple(order_from(r) for r in session.scalars(query) if is_of_its_account(session, r))

    def _is_latest(self, session: Session, record: OrderRecord) -> bool:
        """Whether a finding about the order may still change its título.

        While it is open nothing else can be ordered. One that another check refused may have been followed by a newer
        order: what of that never left gives way, what left (or was done) stands.
        """
        if OrderState(record.state).is_open:
            return True
        newer = session.scalars(
            select(OrderRecord).where(
                OrderRecord.titulo_id == record.titulo_id,
                OrderRecord.id > record.id,
                OrderRecord.state != OrderState.RECUSADA.value,
            )
        ).all()
        if any(order.state != OrderState.PREPARADA.value for order in newer):
            return False
        for order in newer:
            self._close(order, OrderState.RECUSADA, "substituída antes do envio")
        session.flush()
        return True

    def _unsent(self, session: Session, titulo: TituloRecord) -> OrderRecord | None:
        """The order of this título that never left. Raises ``RuleError`` when one may have."""
        record = session.scalar(select(OrderRecord).where(OrderRecord.open_titulo_id == titulo.id))
        if record is not None and record.state != OrderState.PREPARADA.value:
            raise RuleError(
                "O título tem uma ordem a confirmar no banco.",
                hint="Use “Verificar agora” antes de qualquer outra operação.",
                code="a_confirmar",
            )
        return record

    def _preparada(self, session: Session, titulo: TituloRecord, conta: ContaBancaria) -> OrderRecord | None:
        """The registration that never left, if its nosso número still belongs to the account as it is."""
        record = self._unsent(session, titulo)
        if record is None:
            return None
        if is_number_of(session, record, conta):
            return record
        self._close(record, OrderState.RECUSADA, "substituída antes do envio")
        session.flush()
        return None

    def _new_order(
        self, titulo: TituloRecord, conta: ContaBancaria, operacao: Operacao, nosso_numero: str
    ) -> OrderRecord:
        return OrderRecord(
            titulo_id=titulo.id,
            open_titulo_id=titulo.id,
            conta_id=conta.id,
            operacao=operacao.name,
            state=OrderState.PREPARADA.value,
            correlation_id=str(uuid.uuid4()),
            carteira=conta.carteira,
            nosso_numero=nosso_numero,
            attempts=0,
            created_at=self._clock.now(),
        )

    def _move(self, order_id: int, state: OrderState, reason: str, entry: HistoryEntry) -> None:
        with self._sessions.writing() as session:
            record = session.get_one(OrderRecord, order_id)
            if not OrderState(record.state).is_open:
                return  # settled meanwhile by another check; the bank's word stands
            if state.is_open:
                record.state = state.value
                record.reason = reason
            else:
                self._close(record, state, reason)
            add_entry(session, load_titulo(session, record.titulo_id), entry)

    def _close(self, record: OrderRecord, state: OrderState, reason: str) -> None:
        close_order(record, state, reason, self._clock.now())


def _number(session: Session, conta: ContaRecord, after: Order | None) -> str:
    """That of the refused order ``after``, while it is one of the account as it is; else the next."""
    if after is not None:
        refused = session.get_one(OrderRecord, after.id)
        in_range = conta.faixa_inicio <= int(refused.nosso_numero) <= conta.faixa_fim
        if (
            in_range
            and refused.state == OrderState.RECUSADA.value
            and is_number_of(session, refused, conta_from(conta))
        ):
            return refused.nosso_numero
    return allocate(session, conta)


def _is_asked_for_again(session: Session, record: OrderRecord) -> bool:
    """Whether a newer order of the título, sent and not refused, is under the same nosso número."""
    gone_by = (OrderState.PREPARADA.value, OrderState.RECUSADA.value)
    newer = select(OrderRecord.id).where(
        OrderRecord.titulo_id == record.titulo_id,
        OrderRecord.id > record.id,
        OrderRecord.operacao == Operacao.REGISTRAR.name,
        OrderRecord.carteira == record.carteira,
        OrderRecord.nosso_numero == record.nosso_numero,
        OrderRecord.state.not_in(gone_by),
    )
    return session.scalar(newer.limit(1)) is not None


def close_order(record: OrderRecord, state: OrderState, reason: str, em: datetime) -> None:
    """The order is over; its título is free for another."""
    record.state = state.value
    record.reason = reason
    record.open_titulo_id = None
    record.closed_at = em


def register_boleto(
    session: Session, titulo: TituloRecord, order_id: int, boleto: BoletoRegistrado, entry: HistoryEntry
) -> None:
    """The bank has the boleto: it is the one in force, and the título REGISTRADO."""
    record = BoletoRecord(titulo_id=titulo.id, order_id=order_id, registrado_em=entry.em)
    write_boleto(boleto, record)
    session.add(record)
    session.flush()
    titulo.boleto_id = record.id
    titulo.situacao = Situacao.REGISTRADO.value
    titulo.situacao_em = entry.em
    titulo.situacao_fonte = "banco"
    # What an earlier boleto, written off since, had of these was not this one's.
    titulo.pdf_path = titulo.seu_numero = ""
    titulo.protesto = ProtestoNoBanco.NENHUM.name
    show_numbers(titulo, record)
    add_entry(session, titulo, entry)


def _is_for(record: OrderRecord, titulo: TituloRecord) -> bool:
    """Whether the registration still is of its título's account and payer, which a person may have changed since."""
    documento = order_from(record).registro.sacado.documento.numero
    return (record.conta_id, documento) == (titulo.conta_id, titulo.pagador.documento)


def _follow_registro(titulo: TituloRecord, pedido: PedidoRegistro) -> None:
    """The título as it was registered; since the refusal a person may have changed it."""
    titulo.valor = pedido.valor.centavos
    titulo.vencimento = pedido.vencimento
    titulo.encargos = encargos_to_json(pedido.encargos)


def _require_conferida(session: Session, conta: ContaBancaria) -> None:
    """Raise ``RuleError`` when the account comes from a restored copy and the bank was not asked yet."""
    record = session.get(ConferenciaRecord, conta.id)
    require_conferida(conferencia_from(record) if record else None, conta)


def _require_sendable(session: Session, record: OrderRecord) -> None:
    """Raise ``RuleError`` when somebody moved the account since the order was prepared, or restored a copy of it.

    What was prepared for the simulation would otherwise leave for production. From now on the account cannot move.
    """
    conta = conta_from(session.get_one(ContaRecord, record.conta_id))
    _require_conferida(session, conta)
    if not is_of_its_account(session, record):
        raise RuleError(
            f"A conta {conta.mnemonico} mudou antes do envio.", hint="Registre de novo.", code="conta_mudou"
        )


def _count(result: object) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount
