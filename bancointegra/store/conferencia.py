"""``ConferenciaRepository`` on the store: restored accounts, and what the bank turned out to have."""

from __future__ import annotations

import uuid
from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bancointegra.domain.boleto import ConsultaBoleto
from bancointegra.domain.conferencia import BoletoAchado, Conferencia
from bancointegra.domain.order import OrderState
from bancointegra.domain.reais import Reais
from bancointegra.domain.registro import pedido_registro
from bancointegra.domain.situacao import Operacao
from bancointegra.domain.titulo import HistoryEntry, Titulo
from bancointegra.store.codec import pedido_to_json
from bancointegra.store.engine import Sessions
from bancointegra.store.journal import close_order, register_boleto
from bancointegra.store.nosso_numero import account_key
from bancointegra.store.records import conferencia_from, conta_from, titulo_from
from bancointegra.store.schema import (
    BoletoAchadoRecord,
    ConferenciaRecord,
    ContaRecord,
    NossoNumeroRecord,
    OrderRecord,
    PagadorRecord,
    TituloRecord,
)
from bancointegra.store.titulos import load_titulo


class SqlConferenciaRepository:
    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def abertas(self) -> tuple[Conferencia, ...]:
        with self._sessions.reading() as session:
            records = session.scalars(select(ConferenciaRecord).order_by(ConferenciaRecord.conta_id))
            return tuple(conferencia_from(record) for record in records)

    def save(self, conferencia: Conferencia) -> None:
        with self._sessions.writing() as session:
            record = session.get(ConferenciaRecord, conferencia.conta_id)
            if record is not None and record.proximo < conferencia.proximo:
                record.proximo, record.ate = conferencia.proximo, conferencia.ate

    def conclude(self, conferencia: Conferencia) -> None:
        with self._sessions.writing() as session:
            conta = session.get_one(ContaRecord, conferencia.conta_id)
            asked = min(conferencia.proximo - 1, conta.faixa_fim)
            conta.ultimo_nosso_numero = max(conta.ultimo_nosso_numero, asked)
            session.execute(delete(ConferenciaRecord).where(ConferenciaRecord.conta_id == conferencia.conta_id))

    def dados(self, conta_id: int, desde: int) -> frozenset[int]:
        with self._sessions.reading() as session:
            account = account_key(conta_from(session.get_one(ContaRecord, conta_id)))
            query = select(NossoNumeroRecord.numero).where(
                NossoNumeroRecord.conta == account, NossoNumeroRecord.numero >= desde
            )
            return frozenset(session.scalars(query))

    def titulos_do_sacado(self, achado: BoletoAchado) -> tuple[Titulo, ...]:
        query = select(TituloRecord).where(TituloRecord.conta_id == achado.conta_id)
        if achado.sacado_documento:
            query = query.join(PagadorRecord, PagadorRecord.id == TituloRecord.pagador_id).where(
                PagadorRecord.documento == achado.sacado_documento
            )
        else:
            query = query.where(
                TituloRecord.valor == achado.valor.centavos, TituloRecord.vencimento == achado.vencimento
            )
        with self._sessions.reading() as session:
            return tuple(titulo_from(record, in_doubt=None) for record in session.scalars(query))

    def keep(self, achado: BoletoAchado) -> None:
        with self._sessions.writing() as session:
            session.merge(
                BoletoAchadoRecord(
                    conta_id=achado.conta_id,
                    nosso_numero=achado.nosso_numero,
                    carteira=achado.carteira,
                    seu_numero=achado.seu_numero[:20],
                    sacado_documento=achado.sacado_documento,
                    valor=achado.valor.centavos,
                    vencimento=achado.vencimento,
                )
            )

    def achados(self, conta_id: int) -> tuple[BoletoAchado, ...]:
        with self._sessions.reading() as session:
            records = session.scalars(
                select(BoletoAchadoRecord)
                .where(BoletoAchadoRecord.conta_id == conta_id)
                .order_by(BoletoAchadoRecord.nosso_numero)
            )
            return tuple(_achado_from(record) for record in records)

    def adopt(self, titulo_id: int, consulta: ConsultaBoleto, entry: HistoryEntry) -> bool:
        found = consulta.registrado
        with self._sessions.writing() as session:
            record = load_titulo(session, titulo_id)
            conta_record = session.get_one(ContaRecord, record.conta_id)
            conta = replace(conta_from(conta_record), carteira=found.carteira)
            key = (account_key(conta), int(found.nosso_numero))
            if session.get(NossoNumeroRecord, key) is not None:
                return False
            _supersede(session, titulo_id, f"no banco com o nosso número {found.nosso_numero}", entry)
            record.valor, record.vencimento = found.valor.centavos, found.vencimento
            pedido = pedido_registro(titulo_from(record, in_doubt=None), conta, found.nosso_numero)
            order = OrderRecord(
                titulo_id=titulo_id,
                conta_id=conta.id,
                operacao=Operacao.REGISTRAR.name,
                state=OrderState.CONFIRMADA.value,
                correlation_id=str(uuid.uuid4()),
                carteira=found.carteira,
                nosso_numero=found.nosso_numero,
                effect=pedido_to_json(pedido),
                claim="",
                instance="",
                attempts=0,
                created_at=entry.em,
                closed_at=entry.em,
            )
            session.add(order)
            session.flush()
            session.add(NossoNumeroRecord(conta=key[0], numero=key[1], order_id=order.id))
            register_boleto(session, record, order.id, found, entry)
            session.execute(
                delete(BoletoAchadoRecord).where(
                    BoletoAchadoRecord.conta_id == conta.id, BoletoAchadoRecord.nosso_numero == found.nosso_numero
                )
            )
            return True


def _achado_from(record: BoletoAchadoRecord) -> BoletoAchado:
    return BoletoAchado(
        conta_id=record.conta_id,
        carteira=record.carteira,
        nosso_numero=record.nosso_numero,
        seu_numero=record.seu_numero,
        sacado_documento=record.sacado_documento,
        valor=Reais(record.valor),
        vencimento=record.vencimento,
    )


def _supersede(session: Session, titulo_id: int, reason: str, entry: HistoryEntry) -> None:
    """The order the copy held open was overtaken by what happened after it."""
    record = session.scalar(select(OrderRecord).where(OrderRecord.open_titulo_id == titulo_id))
    if record is not None:
        close_order(record, OrderState.RECUSADA, reason, entry.em)
        session.flush()
