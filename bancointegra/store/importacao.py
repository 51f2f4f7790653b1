"""Títulos imported in one transaction, and what an import looks up before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.importacao import (
    AlteracaoTitulo,
    Gravacao,
    LeituraGuardada,
    TituloGuardado,
)
from bancointegra.domain.ports_importacao import Andamento
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import HistoryEntry, NovoTitulo
from bancointegra.store.busca import batched, state_in_doubt
from bancointegra.store.codec import leitura_from_json, leitura_to_json
from bancointegra.store.engine import Sessions
from bancointegra.store.pagadores import link_pagadores
from bancointegra.store.records import sacado_from, titulo_from
from bancointegra.store.schema import LeituraRecord, PagadorRecord, TituloRecord
from bancointegra.store.titulos import (
    add_entry,
    let_go_of_the_past,
    new_titulo,
    number_first,
    show_numbers,
    write_novo,
)

_STORING = "Gravando os títulos"

Novos = Mapping[int, NovoTitulo]
Alteracoes = Mapping[int, AlteracaoTitulo]


class SqlImportacaoRepository:
    """``ImportacaoRepository`` on the store."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def guardados(
        self, conta_id: int, chaves: Sequence[tuple[str, str]], ids_externos: Sequence[str]
    ) -> tuple[TituloGuardado, ...]:
        with self._sessions.reading() as session:
            return tuple(_guardados(session, conta_id, chaves, ids_externos))

    def pagadores(self, documentos: Sequence[str]) -> Mapping[str, Sacado]:
        with self._sessions.reading() as session:
            return {
                documento: sacado_from(record) for documento, record in _find_pagadores(session, documentos).items()
            }

    def gravar(
        self,
        conta_id: int,
        tipo_cobranca_id: int,
        novos: Novos,
        alteracoes: Alteracoes,
        emails: Mapping[str, str],
        entry: HistoryEntry,
        andamento: Andamento,
    ) -> Gravacao:
        with self._sessions.writing() as session:
            writing = _Writing(session, conta_id, tipo_cobranca_id, emails, entry)
            done, total = 0, len(novos) + len(alteracoes)
            for chunk in batched(list(novos)):
                andamento.check_cancelled()
                writing.add({at: novos[at] for at in chunk})
                done += len(chunk)
                andamento.report(done, total, _STORING)
            for chunk in batched(list(alteracoes)):
                andamento.check_cancelled()
                writing.change({at: alteracoes[at] for at in chunk})
                done += len(chunk)
                andamento.report(done, total, _STORING)
            return writing.gravacao

    def leitura_de(self, origem: str) -> LeituraGuardada | None:
        with self._sessions.reading() as session:
            record = session.get(LeituraRecord, _digest(origem))
            return leitura_from_json(record.leitura) if record else None

    def guardar_leitura(self, origem: str, leitura: LeituraGuardada) -> None:
        with self._sessions.writing() as session:
            session.merge(LeituraRecord(origem=_digest(origem), leitura=leitura_to_json(leitura)))


class _Writing:
    """One import under way in one transaction."""

    def __init__(
        self, session: Session, conta_id: int, tipo_cobranca_id: int, emails: Mapping[str, str], entry: HistoryEntry
    ) -> None:
        self._session = session
        self._conta_id = conta_id
        self._tipo_cobranca_id = tipo_cobranca_id
        self._emails = emails
        self._entry = entry
        self._novos: dict[int, int] = {}
        self._alterados: dict[int, int] = {}
        self._ja_existiam: dict[int, int] = {}
        self._recusadas: list[int] = []

    @property
    def gravacao(self) -> Gravacao:
        return Gravacao(self._novos, self._alterados, self._ja_existiam, tuple(self._recusadas))

    def add(self, novos: Novos) -> None:
        known_ids, known_keys = self._stored(novos.values())
        pagadores = self._link_pagadores([novo.sacado for novo in novos.values()])
        records: dict[int, TituloRecord] = {}
        for at, novo in novos.items():
            stored = known_ids.get(novo.id_externo) or known_keys.get((novo.numero, novo.parcela))
            if stored is not None:
                self._ja_existiam[at] = stored
            else:
                pagador_id = pagadores[novo.sacado.documento.numero]
                records[at] = new_titulo(novo, self._conta_id, self._tipo_cobranca_id, pagador_id, self._entry)
        number_first(self._session, list(records.values()))
        self._session.add_all(records.values())
        self._session.flush()
        for at, record in records.items():
            add_entry(self._session, record, self._entry)
            self._novos[at] = record.id
        self._session.flush()

    def change(self, alteracoes: Alteracoes) -> None:
        pagadores = self._link_pagadores([alteracao.novo.sacado for alteracao in alteracoes.values()])
        seen = [alteracao.guardado.titulo for alteracao in alteracoes.values()]
        found = _guardados(self._session, self._conta_id, [(titulo.numero, titulo.parcela) for titulo in seen], ())
        now = {guardado.titulo.id: guardado for guardado in found}
        known_ids, known_keys = self._stored([alteracao.novo for alteracao in alteracoes.values()])
        for at, alteracao in alteracoes.items():
            titulo_id, novo = alteracao.guardado.titulo.id, alteracao.novo
            named = {known_ids.get(novo.id_externo), known_keys.get((novo.numero, novo.parcela))}
            as_seen = now.get(titulo_id) == alteracao.guardado and alteracao.guardado.alteravel
            if not as_seen or named - {titulo_id, None}:
                self._recusadas.append(at)
                continue
            record = self._session.get_one(TituloRecord, titulo_id)
            let_go_of_the_past(self._session, record)
            write_novo(novo, record)
            record.pagador_id = pagadores[novo.sacado.documento.numero]
            record.id_externo = novo.id_externo or None
            show_numbers(record)
            changed = replace(self._entry, texto="Alterado pela importação", detalhe=alteracao.descricao)
            add_entry(self._session, record, changed)
            self._alterados[at] = titulo_id
        self._session.flush()

    def _link_pagadores(self, sacados: Sequence[Sacado]) -> dict[str, int]:
        """Their ids; who is stored only now gets his e-mail."""
        told = [sacado.documento.numero for sacado in sacados if sacado.documento.numero in self._emails]
        known = _find_pagadores(self._session, told)
        ids = link_pagadores(self._session, sacados)
        for documento in set(told) - known.keys():
            self._session.get_one(PagadorRecord, ids[documento]).email = self._emails[documento]
        return ids

    def _stored(self, novos: Collection[NovoTitulo]) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
        """The ids of stored títulos with the external ids, and with the keys, of these."""
        query = select(TituloRecord.id, TituloRecord.numero, TituloRecord.parcela, TituloRecord.id_externo)
        query = query.where(TituloRecord.conta_id == self._conta_id)
        ids = [novo.id_externo for novo in novos if novo.id_externo]
        keys = [(novo.numero, novo.parcela) for novo in novos]
        by_id = {row.id_externo: row.id for row in self._session.execute(query.where(TituloRecord.id_externo.in_(ids)))}
        same_key = query.where(tuple_(TituloRecord.numero, TituloRecord.parcela).in_(keys))
        return by_id, {(row.numero, row.parcela): row.id for row in self._session.execute(same_key)}


def _guardados(
    session: Session, conta_id: int, chaves: Sequence[tuple[str, str]], ids_externos: Sequence[str]
) -> Iterator[TituloGuardado]:
    query = select(TituloRecord, state_in_doubt()).where(TituloRecord.conta_id == conta_id)
    wanted = [query.where(TituloRecord.id_externo.in_(chunk)) for chunk in batched(ids_externos)]
    wanted += [query.where(tuple_(TituloRecord.numero, TituloRecord.parcela).in_(chunk)) for chunk in batched(chaves)]
    found = {record.id: (record, in_doubt) for one in wanted for record, in_doubt in session.execute(one)}
    for record, in_doubt in found.values():
        alteravel = record.situacao == Situacao.PENDENTE.value and not in_doubt
        yield TituloGuardado(titulo_from(record, in_doubt=in_doubt), record.id_externo or "", alteravel)


def _find_pagadores(session: Session, documentos: Sequence[str]) -> dict[str, PagadorRecord]:
    return {
        record.documento: record
        for chunk in batched(documentos)
        for record in session.scalars(select(PagadorRecord).where(PagadorRecord.documento.in_(chunk)))
    }


def _digest(origem: str) -> str:
    return sha256(origem.encode()).hexdigest()
