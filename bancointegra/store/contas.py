"""Accounts and tipos de cobrança."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.errors import InputError, StoreError
from bancointegra.domain.texto import fold
from bancointegra.store.codec import encargos_to_json
from bancointegra.store.engine import Sessions
from bancointegra.store.records import conta_from, tipo_cobranca_from, write_conta
from bancointegra.store.schema import ContaRecord, TipoCobrancaRecord


class SqlContaRepository:
    """``ContaRepository`` on the store."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def search(self, text: str) -> tuple[ContaBancaria, ...]:
        # An office has a handful of accounts: folding them here beats teaching SQL about accents.
        needle = fold(text)
        with self._sessions.reading() as session:
            query = select(ContaRecord).where(ContaRecord.api_bancaria).order_by(ContaRecord.mnemonico)
            contas = [conta_from(record) for record in session.scalars(query)]
        return tuple(conta for conta in contas if needle in fold(f"{conta.mnemonico} {conta.resumo} {_holder(conta)}"))

    def get(self, conta_id: int) -> ContaBancaria:
        with self._sessions.reading() as session:
            record = session.get(ContaRecord, conta_id)
            if record is None:
                raise StoreError("A conta bancária não existe mais.", code="conta_inexistente")
            return conta_from(record)

    def by_mnemonico(self, mnemonico: str) -> ContaBancaria | None:
        with self._sessions.reading() as session:
            record = session.scalar(select(ContaRecord).where(ContaRecord.mnemonico == mnemonico.strip().upper()))
            return conta_from(record) if record else None

    def save(self, conta: ContaBancaria) -> ContaBancaria:
        try:
            with self._sessions.writing() as session:
                record = session.get(ContaRecord, conta.id) if conta.id else None
                if record is None:
                    record = ContaRecord(
                        ultimo_nosso_numero=conta.ultimo_nosso_numero, encargos_padrao=encargos_to_json(Encargos())
                    )
                    session.add(record)
                write_conta(conta, record)
                session.flush()
                return conta_from(record)
        except IntegrityError:
            raise InputError(f"Já existe uma conta com o mnemônico {conta.mnemonico}.", field="Mnemônico") from None

    def tipos_cobranca(self, conta_id: int) -> tuple[TipoCobranca, ...]:
        with self._sessions.reading() as session:
            query = (
                select(TipoCobrancaRecord)
                .where(TipoCobrancaRecord.conta_id == conta_id)
                .order_by(TipoCobrancaRecord.nome)
            )
            return tuple(tipo_cobranca_from(record) for record in session.scalars(query))

    def save_tipo_cobranca(self, tipo: TipoCobranca) -> TipoCobranca:
        try:
            with self._sessions.writing() as session:
                record = session.get(TipoCobrancaRecord, tipo.id) if tipo.id else None
                if record is None:
                    record = TipoCobrancaRecord(conta_id=tipo.conta_id)
                    session.add(record)
                record.nome = tipo.nome
                session.flush()
                return tipo_cobranca_from(record)
        except IntegrityError:
            raise InputError(f"Já existe o tipo de cobrança {tipo.nome}.", field="Tipo de Cobrança") from None


def _holder(conta: ContaBancaria) -> str:
    return f"{conta.beneficiario.nome} {conta.beneficiario.documento.numero} {conta.agencia}{conta.conta}{conta.dac}"
