"""The ledger of nossos números: each is given to one título, in the transaction of its order, and to no other."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import RuleError
from bancointegra.domain.registro import format_nosso_numero
from bancointegra.store.records import conta_from
from bancointegra.store.schema import ContaRecord, NossoNumeroRecord, OrderRecord


def account_key(conta: ContaBancaria) -> str:
    return "/".join((conta.ambiente.name, conta.banco, conta.agencia, conta.conta, conta.carteira))


def allocate(session: Session, conta: ContaRecord) -> str:
    """The next nosso número of the account, which becomes its last one. Raises ``RuleError`` at the range's end."""
    start = conta.ultimo_nosso_numero + 1
    if not conta.faixa_inicio <= start <= conta.faixa_fim + 1:
        start = conta.faixa_inicio  # the last one belongs to an older range
    numero = _first_free(session, account_key(conta_from(conta)), start)
    if numero > conta.faixa_fim:
        raise RuleError(
            f"A faixa de nosso número da conta {conta.mnemonico} terminou em {conta.faixa_fim}.",
            hint="Peça ao banco uma nova faixa e informe-a na conta bancária.",
            code="faixa_esgotada",
        )
    conta.ultimo_nosso_numero = numero
    return format_nosso_numero(numero)


def give(session: Session, conta: ContaBancaria, record: OrderRecord) -> None:
    """Write down whose the nosso número of a new registration is. A number of another título would break the key."""
    key = (account_key(conta), int(record.nosso_numero))
    given = session.get(NossoNumeroRecord, key)
    if given is not None and is_number_of(session, record, conta):
        given.order_id = record.id
    else:
        session.add(NossoNumeroRecord(conta=key[0], numero=key[1], order_id=record.id))


def is_number_of(session: Session, record: OrderRecord, conta: ContaBancaria) -> bool:
    """Whether the nosso número of a registration was given to its título for ``conta`` as it is.

    Of several orders under one number the ledger names the last.
    """
    allocated = session.get(NossoNumeroRecord, (account_key(conta), int(record.nosso_numero)))
    if allocated is None:
        return False
    return (
        allocated.order_id == record.id
        or session.get_one(OrderRecord, allocated.order_id).titulo_id == record.titulo_id
    )


def is_of_its_account(session: Session, record: OrderRecord) -> bool:
    """Whether the nosso número of a registration belongs to its account as it is now, its carteira aside."""
    conta = conta_from(session.get_one(ContaRecord, record.conta_id))
    return is_number_of(session, record, replace(conta, carteira=record.carteira))


def _first_free(session: Session, account: str, start: int) -> int:
    """The lowest number from ``start`` on never given to a boleto, by this conta or another of the same account."""
    if session.get(NossoNumeroRecord, (account, start)) is None:
        return start
    following = aliased(NossoNumeroRecord)
    last_of_run = (
        select(NossoNumeroRecord.numero)
        .outerjoin(following, and_(following.conta == account, following.numero == NossoNumeroRecord.numero + 1))
        .where(NossoNumeroRecord.conta == account, NossoNumeroRecord.numero >= start, following.numero.is_(None))
        .order_by(NossoNumeroRecord.numero)
        .limit(1)
    )
    return session.scalars(last_of_run).one() + 1
