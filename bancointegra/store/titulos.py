"""Títulos: stored, changed by queries, and their history."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bancointegra.domain.boleto import ConsultaBoleto, ProtestoNoBanco
from bancointegra.domain.edicao_titulo import DadosTitulo, dados_de, is_so_observacao
from bancointegra.domain.errors import InputError, StoreError
from bancointegra.domain.order import OrderState
from bancointegra.domain.ports import PlanEdicao
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import HistoryEntry, NovoTitulo, Titulo
from bancointegra.store.busca import TituloSearch, state_in_doubt
from bancointegra.store.codec import encargos_to_json
from bancointegra.store.engine import Sessions
from bancointegra.store.pagadores import link_pagadores
from bancointegra.store.records import history_from, titulo_from, write_boleto
from bancointegra.store.schema import BoletoRecord, HistoryRecord, OrderRecord, TituloExcluidoRecord, TituloRecord


class SqlTituloRepository(TituloSearch):
    """``TituloRepository`` on the store: the searches of ``TituloSearch``, and what changes a título."""

    def __init__(self, sessions: Sessions) -> None:
        super().__init__(sessions)
        self._sessions = sessions

    def get(self, titulo_id: int) -> Titulo:
        with self._sessions.reading() as session:
            return _now(session, titulo_id)

    def add_many(self, conta_id: int, tipo_cobranca_id: int, novos: Sequence[NovoTitulo], entry: HistoryEntry) -> int:
        try:
            with self._sessions.writing() as session:
                pagadores = link_pagadores(session, [novo.sacado for novo in novos])
                records = [
                    new_titulo(novo, conta_id, tipo_cobranca_id, pagadores[novo.sacado.documento.numero], entry)
                    for novo in novos
                ]
                number_first(session, records)
                session.add_all(records)
                session.flush()
                for record in records:
                    add_entry(session, record, entry)
        except IntegrityError:
            raise InputError(
                "Um dos títulos já existe nesta conta.", hint="Importe só os que faltam.", code="titulo_repetido"
            ) from None
        return len(novos)

    def has_orders(self, titulo_id: int) -> bool:
        with self._sessions.reading() as session:
            return _has_orders(session, titulo_id)

    def edit(self, titulo_id: int, plan: PlanEdicao) -> None:
        try:
            with self._sessions.writing() as session:
                before = _now(session, titulo_id)
                planned = plan(before, _has_orders(session, titulo_id))
                if planned is None:
                    return
                dados, entry = planned
                record = load_titulo(session, titulo_id)
                if not is_so_observacao(dados_de(before), dados):
                    let_go_of_the_past(session, record)
                _write_dados(session, dados, record)
                add_entry(session, record, entry)
        except IntegrityError:
            raise InputError("Já existe um título com este número nesta conta.", field="Número") from None

    def delete(self, titulo_id: int, check: Callable[[Titulo, bool], None], entry: HistoryEntry) -> None:
        with self._sessions.writing() as session:
            titulo = _now(session, titulo_id)
            check(titulo, _has_orders(session, titulo_id))
            session.add(
                TituloExcluidoRecord(
                    id=titulo_id,
                    conta_id=titulo.conta_id,
                    titulo=titulo.identificacao,
                    sacado=titulo.sacado.nome,
                    vencimento=titulo.vencimento,
                    valor=titulo.valor.centavos,
                    em=entry.em,
                    quem=entry.quem[:60],
                )
            )
            session.execute(delete(HistoryRecord).where(HistoryRecord.titulo_id == titulo_id))
            session.delete(load_titulo(session, titulo_id))

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
        raise _gone()
    return record


def _gone() -> StoreError:
    return StoreError("O título não existe mais.", hint="Pesquise de novo.", code="titulo_inexistente")


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


def _now(session: Session, titulo_id: int) -> Titulo:
    """The título as this transaction sees it."""
    found = session.execute(select(TituloRecord, state_in_doubt()).where(TituloRecord.id == titulo_id)).one_or_none()
    if found is None:
        raise _gone()
    return titulo_from(found[0], in_doubt=found[1])


def _has_orders(session: Session, titulo_id: int) -> bool:
    return bool(session.scalar(select(exists().where(OrderRecord.titulo_id == titulo_id))))


def let_go_of_the_past(session: Session, titulo: TituloRecord) -> None:
    """What was said to the bank of the old data is not said of the new.

    An order that never left is taken from whoever prepared it, and waits with its nosso número for a fresh plan. A
    boleto that was written off belongs to the history: printed with the new data it would be nobody's.
    """
    session.execute(
        update(OrderRecord)
        .where(OrderRecord.open_titulo_id == titulo.id, OrderRecord.state == OrderState.PREPARADA.value)
        .values(claim=uuid.uuid4().hex)
    )
    titulo.boleto_id = None
    titulo.pdf_path = titulo.seu_numero = ""
    titulo.protesto = ProtestoNoBanco.NENHUM.name


def _write_dados(session: Session, dados: DadosTitulo, record: TituloRecord) -> None:
    record.conta_id = dados.conta_id
    record.tipo_cobranca_id = dados.tipo_cobranca_id
    record.pagador_id = link_pagadores(session, [dados.sacado])[dados.sacado.documento.numero]
    write_novo(dados.novo, record)
    show_numbers(record, session.get(BoletoRecord, record.boleto_id) if record.boleto_id else None)


def number_first(session: Session, records: Sequence[TituloRecord]) -> None:
    """Begin above the ids of deleted títulos, which the store would otherwise give again."""
    last = session.scalar(select(func.max(TituloRecord.id))) or 0
    deleted = session.scalar(select(func.max(TituloExcluidoRecord.id))) or 0
    if records and deleted > last:
        records[0].id = deleted + 1
        session.add(records[0])
        session.flush()


def new_titulo(
    novo: NovoTitulo, conta_id: int, tipo_cobranca_id: int, pagador_id: int, entry: HistoryEntry
) -> TituloRecord:
    """The record of a título stored for the first time."""
    record = TituloRecord(
        conta_id=conta_id,
        tipo_cobranca_id=tipo_cobranca_id,
        pagador_id=pagador_id,
        id_externo=novo.id_externo or None,
        situacao=Situacao.PENDENTE.value,
        situacao_em=entry.em,
    )
    write_novo(novo, record)
    show_numbers(record)
    return record


def write_novo(novo: NovoTitulo, record: TituloRecord) -> None:
    """Copy what the office says of a título; its external id is of its first storing."""
    record.numero = novo.numero
    record.parcela = novo.parcela
    record.emissao = novo.emissao
    record.vencimento = novo.vencimento
    record.valor = novo.valor.centavos
    record.especie = novo.especie
    record.aceite = novo.aceite
    record.encargos = encargos_to_json(novo.encargos)
    record.observacao = novo.observacao
