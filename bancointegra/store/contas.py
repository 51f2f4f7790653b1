"""Accounts and tipos de cobrança."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bancointegra.domain.conta import ContaBancaria, TipoCobranca, TipoEmUso
from bancointegra.domain.errors import InputError, RuleError, StoreError
from bancointegra.domain.order import OrderState
from bancointegra.domain.texto import fold
from bancointegra.store.engine import Sessions
from bancointegra.store.records import conta_from, tipo_cobranca_from, write_conta
from bancointegra.store.schema import ContaRecord, OrderRecord, TipoCobrancaRecord, TituloRecord

_AT_THE_BANK = tuple(state.value for state in OrderState if state.in_doubt or state is OrderState.CONFIRMADA)


class SqlContaRepository:
    """``ContaRepository`` on the store."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def search(self, text: str, *, com_api: bool = True) -> tuple[ContaBancaria, ...]:
        # An office has a handful of accounts: folding them here beats teaching SQL about accents.
        needle = fold(text)
        with self._sessions.reading() as session:
            query = select(ContaRecord).order_by(ContaRecord.mnemonico)
            if com_api:
                query = query.where(ContaRecord.api_bancaria)
            contas = [conta_from(record) for record in session.scalars(query)]
        return tuple(conta for conta in contas if needle in fold(f"{conta.mnemonico} {conta.resumo} {_holder(conta)}"))

    def get(self, conta_id: int) -> ContaBancaria:
        with self._sessions.reading() as session:
            return conta_from(_load_conta(session, conta_id))

    def by_mnemonico(self, mnemonico: str) -> ContaBancaria | None:
        with self._sessions.reading() as session:
            record = session.scalar(select(ContaRecord).where(ContaRecord.mnemonico == mnemonico.strip().upper()))
            return conta_from(record) if record else None

    def save(self, conta: ContaBancaria) -> ContaBancaria:
        try:
            with self._sessions.writing() as session:
                if conta.id:
                    record = _load_conta(session, conta.id)
                    _require_same_account(session, conta_from(record), conta)
                else:
                    record = ContaRecord(ultimo_nosso_numero=conta.ultimo_nosso_numero)
                    session.add(record)
                write_conta(conta, record)
                session.flush()
                return conta_from(record)
        except IntegrityError:
            raise InputError(f"Já existe uma conta com o mnemônico {conta.mnemonico}.", field="Mnemônico") from None

    def advance_ultimo_nosso_numero(self, conta_id: int, ultimo: int) -> ContaBancaria:
        with self._sessions.writing() as session:
            record = _load_conta(session, conta_id)
            record.ultimo_nosso_numero = max(ultimo, record.ultimo_nosso_numero)
            return conta_from(record)

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

    def tipos_em_uso(self) -> tuple[TipoEmUso, ...]:
        query = (
            select(TipoCobrancaRecord, ContaRecord.mnemonico)
            .join(ContaRecord, ContaRecord.id == TipoCobrancaRecord.conta_id)
            .order_by(TipoCobrancaRecord.nome, ContaRecord.mnemonico)
        )
        counted = select(TituloRecord.tipo_cobranca_id, func.count()).group_by(TituloRecord.tipo_cobranca_id)
        with self._sessions.reading() as session:
            titulos = {tipo_id: number for tipo_id, number in session.execute(counted)}
            return tuple(
                TipoEmUso(tipo_cobranca_from(record), mnemonico, titulos.get(record.id, 0))
                for record, mnemonico in session.execute(query)
            )

    def delete_tipo_cobranca(self, tipo_id: int) -> None:
        with self._sessions.writing() as session:
            record = session.get(TipoCobrancaRecord, tipo_id)
            if record is None:
                return
            if session.scalar(select(exists().where(TituloRecord.tipo_cobranca_id == tipo_id))):
                raise RuleError(f"Há títulos com o tipo de cobrança {record.nome}.", hint="Ele fica no cadastro.")
            others = exists().where(TipoCobrancaRecord.conta_id == record.conta_id, TipoCobrancaRecord.id != tipo_id)
            if not session.scalar(select(others)):
                raise RuleError(
                    f"{record.nome} é o único tipo de cobrança da conta.", hint="Inclua outro antes de excluí-lo."
                )
            session.delete(record)


def _load_conta(session: Session, conta_id: int) -> ContaRecord:
    record = session.get(ContaRecord, conta_id)
    if record is None:
        raise StoreError("A conta bancária não existe mais.", code="conta_inexistente")
    return record


def _require_same_account(session: Session, stored: ContaBancaria, changed: ContaBancaria) -> None:
    """Raise ``RuleError`` when boletos sent through ``stored`` would afterwards be looked for in another account.

    A boleto of the simulation asked for in production would be sent again there, or taken for somebody else's.
    """
    if _address(stored) == _address(changed):
        return
    if session.scalar(select(exists().where(OrderRecord.conta_id == stored.id, OrderRecord.state.in_(_AT_THE_BANK)))):
        raise RuleError(
            f"A conta {stored.mnemonico} já tem boletos no banco ({stored.ambiente.value}, {stored.resumo}); "
            "o ambiente, a agência e a conta não podem mais mudar.",
            hint="Cadastre outra conta bancária com outro mnemônico.",
            code="conta_em_uso",
        )


def _address(conta: ContaBancaria) -> tuple[str, ...]:
    """Where the bank keeps the boletos of an account."""
    return (conta.ambiente.name, conta.banco, conta.agencia, conta.conta, conta.dac)


def _holder(conta: ContaBancaria) -> str:
    return f"{conta.beneficiario.nome} {conta.beneficiario.documento.numero} {conta.agencia}{conta.conta}{conta.dac}"
