"""Occurrences, matched to the payments they give back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.domain.transacao_pagamento import Ocorrencia, OcorrenciaGuardada
from bancointegra.store.busca import batched
from bancointegra.store.engine import Sessions
from bancointegra.store.pagamentos import add_entry, set_situacao
from bancointegra.store.records_pagamento import ocorrencia_from
from bancointegra.store.schema_pagamento import ContaPagamentoRecord, OcorrenciaRecord, PagamentoRecord


class SqlOcorrenciaRepository:
    """``OcorrenciaRepository`` on the store."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def add(
        self, conta_id: int, ocorrencias: Sequence[Ocorrencia], entry: HistoryEntry
    ) -> tuple[OcorrenciaGuardada, ...]:
        with self._sessions.writing() as session:
            records = [_added(session, conta_id, o, entry) for o in ocorrencias if not _is_known(session, conta_id, o)]
            session.flush()
            return tuple(ocorrencia_from(record) for record in records)

    def all(self, conta_id: int | None = None) -> tuple[OcorrenciaGuardada, ...]:
        query = select(OcorrenciaRecord).order_by(OcorrenciaRecord.data.desc(), OcorrenciaRecord.id.desc())
        if conta_id is not None:
            query = query.where(OcorrenciaRecord.conta_id == conta_id)
        with self._sessions.reading() as session:
            return tuple(ocorrencia_from(record) for record in session.scalars(query))

    def mark_seen(self, ocorrencia_ids: Sequence[int]) -> None:
        with self._sessions.writing() as session:
            for chunk in batched(ocorrencia_ids):
                session.execute(update(OcorrenciaRecord).where(OcorrenciaRecord.id.in_(chunk)).values(vista=True))


def _is_known(session: Session, conta_id: int, ocorrencia: Ocorrencia) -> bool:
    query = select(OcorrenciaRecord.id).where(
        OcorrenciaRecord.conta_id == conta_id,
        OcorrenciaRecord.transacao == ocorrencia.transacao,
        OcorrenciaRecord.data == ocorrencia.data,
    )
    return session.scalar(query) is not None


def _added(session: Session, conta_id: int, ocorrencia: Ocorrencia, entry: HistoryEntry) -> OcorrenciaRecord:
    pagamento = _pagamento_of(session, conta_id, ocorrencia)
    record = OcorrenciaRecord(
        conta_id=conta_id,
        transacao=ocorrencia.transacao,
        data=ocorrencia.data,
        motivo=ocorrencia.motivo,
        valor=ocorrencia.valor.centavos,
        linha=ocorrencia.linha[:48],
        nsu=ocorrencia.nsu,
        terminal=ocorrencia.terminal[:50],
        pago_em=ocorrencia.pago_em,
        pagamento_id=pagamento.id if pagamento else None,
        pagamento=pagamento,
        vista=False,
    )
    session.add(record)
    session.flush()  # the next one of the same answer may be the same again
    if pagamento is not None:
        detail = f"{ocorrencia.motivo}; {ocorrencia.valor.com_simbolo} de volta na conta da Celcoin"
        add_entry(session, pagamento, HistoryEntry(entry.em, entry.texto, detail, entry.quem))
        set_situacao(pagamento, SituacaoPagamento.DEVOLVIDO, entry.em)
        pagamento.aviso = ocorrencia.motivo
    return record


def _pagamento_of(session: Session, conta_id: int, ocorrencia: Ocorrencia) -> PagamentoRecord | None:
    """By transacao, or by our number while an order in doubt hides it; None for what other programs paid."""
    mine = select(PagamentoRecord).where(PagamentoRecord.conta_id == conta_id)
    if ocorrencia.transacao:
        found = session.scalar(mine.where(PagamentoRecord.transacao == ocorrencia.transacao))
        if found is not None:
            return found
    if ocorrencia.nsu is None:
        return None
    by_number = mine.join(ContaPagamentoRecord).where(
        PagamentoRecord.nsu == ocorrencia.nsu,
        PagamentoRecord.transacao == "",
        ContaPagamentoRecord.terminal == ocorrencia.terminal,
    )
    return session.scalar(by_number)
