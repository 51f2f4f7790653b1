"""Títulos: stored, changed by queries, and their history."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bancointegra.domain.boleto import ConsultaBoleto, Sacado
from bancointegra.domain.errors import InputError, StoreError
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import HistoryEntry, NovoTitulo, Titulo
from bancointegra.store.busca import TituloSearch, batched, in_doubt_titulo
from bancointegra.store.codec import encargos_to_json
from bancointegra.store.engine import Sessions
from bancointegra.store.records import history_from, titulo_from, write_boleto, write_pagador
from bancointegra.store.schema import BoletoRecord, HistoryRecord, PagadorRecord, TituloRecord


class SqlTituloRepository(TituloSearch):
    """``TituloRepository`` on the store: the searches of ``TituloSearch``, and what changes a título."""

    def __init__(self, sessions: Sessions) -> None:
        super().__init__(sessions)
        self._sessions = sessions

    def get(self, titulo_id: int) -> Titulo:
        with self._sessions.reading() as session:
            found = session.execute(
                select(TituloRecord, in_doubt_titulo()).where(TituloRecord.id == titulo_id)
            ).one_or_none()
            if found is None:
                raise StoreError("O título não existe mais.", hint="Pesquise de novo.", code="titulo_inexistente")
            return titulo_from(found[0], a_confirmar=found[1])

    def add_many(self, conta_id: int, tipo_cobranca_id: int, novos: Sequence[NovoTitulo], entry: HistoryEntry) -> int:
        try:
            with self._sessions.writing() as session:
                pagadores = _upsert_pagadores(session, [novo.sacado for novo in novos])
                records = [
                    _new_record(novo, conta_id, tipo_cobranca_id, pagadores[novo.sacado.documento.numero], entry)
                    for novo in novos
                ]
                session.add_all(records)
                session.flush()
                for record in records:
                    add_entry(session, record, entry)
        except IntegrityError:
            raise InputError(
                "Um dos títulos já existe nesta conta.", hint="Importe só os que faltam.", code="titulo_repetido"
            ) from None
        return len(novos)

    def history(self, titulo_id: int) -> tuple[HistoryEntry, ...]:
        with self._sessions.reading() as session:
            query = select(HistoryRecord).where(HistoryRecord.titulo_id == titulo_id).order_by(HistoryRecord.id.desc())
            return tuple(history_from(record) for record in session.scalars(query))

    def note(self, titulo_id: int, entry: HistoryEntry) -> None:
        with self._sessions.writing() as session:
            add_entry(session, load_titulo(session, titulo_id), entry)

    def set_pdf(self, titulo_id: int, path: str, entry: HistoryEntry) -> None:
        with self._sessions.writing() as session:
            record = load_titulo(session, titulo_id)
            record.pdf_path = path
            add_entry(session, record, entry)

    def apply_consulta(self, titulo_id: int, consulta: ConsultaBoleto, situacao: Situacao, entry: HistoryEntry) -> bool:
        with self._sessions.writing() as session:
            record = load_titulo(session, titulo_id)
            boleto = record.boleto
            answered = (consulta.registrado.carteira, consulta.registrado.nosso_numero)
            if boleto is None or (boleto.carteira, boleto.nosso_numero) != answered:
                return False  # registered anew while the bank was answering: this answer is about the old boleto
            if boleto.consultado_em and boleto.consultado_em > consulta.consultado_em:
                return False  # a newer answer is already stored
            write_boleto(consulta.registrado, boleto)
            show_numbers(record, boleto)
            boleto.situacao_no_banco = consulta.situacao.name
            boleto.texto_do_banco = consulta.texto[:80]
            boleto.consultado_em = consulta.consultado_em
            record.protesto = consulta.protesto.name
            record.situacao = situacao.value
            record.situacao_em = entry.em
            record.situacao_fonte = "banco"
            if situacao is Situacao.LIQUIDADO:
                record.liquidado_em = consulta.data_pagamento or consulta.data_baixa or consulta.consultado_em.date()
                record.valor_pago = consulta.valor_pago.centavos
            add_entry(session, record, entry)
            return True


def load_titulo(session: Session, titulo_id: int) -> TituloRecord:
    """The record, or ``StoreError`` when it is gone."""
    record = session.get(TituloRecord, titulo_id)
    if record is None:
        raise StoreError("O título não existe mais.", hint="Pesquise de novo.", code="titulo_inexistente")
    return record


def add_entry(session: Session, titulo: TituloRecord, entry: HistoryEntry) -> None:
    """Append to the título's history; the list shows it as the last operation."""
    session.add(
        HistoryRecord(
            titulo_id=titulo.id, em=entry.em, texto=entry.texto[:120], detalhe=entry.detalhe, quem=entry.quem[:60]
        )
    )
    titulo.ultima_operacao = entry.texto[:80]


def show_numbers(titulo: TituloRecord, boleto: BoletoRecord | None = None) -> None:
    """Set what the list shows, sorts and is filtered by of a título and its boleto, besides the sacado."""
    number = f"{titulo.numero}/{titulo.parcela}" if titulo.parcela else titulo.numero
    titulo.nosso_numero = f"{boleto.carteira}/{boleto.nosso_numero}-{boleto.dac_nosso_numero}" if boleto else ""
    titulo.busca = fold(f"{number} {titulo.nosso_numero}")


def _upsert_pagadores(session: Session, sacados: Sequence[Sacado]) -> dict[str, int]:
    latest = {sacado.documento.numero: sacado for sacado in sacados}
    ids: dict[str, int] = {}
    for chunk in batched(list(latest)):
        known = {
            record.documento: record
            for record in session.scalars(select(PagadorRecord).where(PagadorRecord.documento.in_(chunk)))
        }
        for documento in chunk:
            record = known.get(documento) or PagadorRecord()
            write_pagador(latest[documento], record)
            session.add(record)
            known[documento] = record
        session.flush()
        ids.update((documento, known[documento].id) for documento in chunk)
    return ids


def _new_record(
    novo: NovoTitulo, conta_id: int, tipo_cobranca_id: int, pagador_id: int, entry: HistoryEntry
) -> TituloRecord:
    record = TituloRecord(
        conta_id=conta_id,
        tipo_cobranca_id=tipo_cobranca_id,
        pagador_id=pagador_id,
        numero=novo.numero,
        parcela=novo.parcela,
        emissao=novo.emissao,
        vencimento=novo.vencimento,
        valor=novo.valor.centavos,
        especie=novo.especie,
        aceite=novo.aceite,
        encargos=encargos_to_json(novo.encargos),
        observacao=novo.observacao,
        situacao=Situacao.PENDENTE.value,
        situacao_em=entry.em,
    )
    show_numbers(record)
    return record
