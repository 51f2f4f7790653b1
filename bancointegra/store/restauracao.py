"""Puts a copy in the place of the data file, keeping what the present file knows of the bank.

Everything is prepared in a file beside the data, which takes its place in one step at the end: a crash at any moment
leaves the old file or the whole new one. Nobody may have the data open meanwhile.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bancointegra.domain.conferencia import FOLGA, Conferencia
from bancointegra.domain.copia import TabelasCopia
from bancointegra.domain.errors import StoreError
from bancointegra.store.copias import tables_of
from bancointegra.store.engine import Sessions, create_store_engine
from bancointegra.store.forgotten import Present, read_present
from bancointegra.store.kept_whole import carry_whole, hold_open_payments
from bancointegra.store.schema import (
    BoletoAchadoRecord,
    ConferenciaRecord,
    ContaRecord,
    DataFileRecord,
    NossoNumeroRecord,
    OrderRecord,
)
from bancointegra.store.sqlite_copy import copy_database, read_copy


def restore_store(
    data_file: Path, copy: Path, *, aside: Path, now: datetime, shown_after: timedelta
) -> tuple[Conferencia, ...]:
    """Replace the data by ``copy``, brought to this version's tables; returns the accounts that must be checked first.

    The present data, whatever their state, are first copied to ``aside``. ``shown_after`` is how long the bank may
    take to show what was sent. Raises ``StoreError``, and the data are then as they were: no room, the copy is
    damaged, or one of the two is of a newer version.
    """
    fresh = data_file.with_name(f".{data_file.name}.restaurando")
    _discard(fresh)
    try:
        _extract(copy, fresh)
        present = _present(data_file, aside)
        unreadable = present is None and data_file.exists()
        last_known = min(now, _last_written(data_file)) if unreadable else now
        from bancointegra.store.migration import migrate  # Alembic, which only this needs

        engine = create_store_engine(fresh)
        try:
            migrate(engine, fresh, now, keep_copy=False)
            if present is not None and present.identity != _identity(engine):
                present = None  # other data: they know nothing of what these ordered
            if present is not None:
                carry_whole(engine, aside)
            else:
                hold_open_payments(engine)
            conferencias = _guard(engine, present, now, last_known + shown_after, shown_after)
        finally:
            engine.dispose()
        _put_in_place(fresh, data_file)
    except BaseException:
        _discard(fresh)
        raise
    return conferencias


def _extract(copy: Path, fresh: Path) -> None:
    with read_copy(copy) as source:
        if tables_of(source) is TabelasCopia.MAIS_NOVAS:
            raise StoreError(
                "A cópia foi feita por uma versão mais nova do BancoIntegra.",
                hint="Instale a versão mais nova e restaure com ela; nada foi alterado.",
                code="copia_mais_nova",
            )
        with closing(sqlite3.connect(fresh)) as target:
            source.backup(target)


def _present(data_file: Path, aside: Path) -> Present | None:
    """Copy the present data aside, and read what they know; None when they are missing or cannot be read."""
    if not data_file.exists():
        return None
    engine = create_store_engine(data_file)
    try:
        copy_database(engine, aside)
    except StoreError as error:
        if error.code not in ("dados_danificados", "copia_danificada"):
            raise
        _copy_as_it_is(data_file, aside)
        return None
    finally:
        engine.dispose()  # which folds the write-ahead log into the file
    return read_present(aside)


def _copy_as_it_is(data_file: Path, aside: Path) -> None:
    try:
        for source in (data_file, *_beside(data_file)):
            if source.exists():
                shutil.copy2(source, aside.with_name(aside.name + source.name.removeprefix(data_file.name)))
    except OSError as error:
        raise StoreError(
            f"Não foi possível guardar os dados atuais em {aside.parent}.",
            hint="Libere espaço ou confira a permissão; nada foi alterado.",
            code="copia_nao_gravada",
        ) from error


def _guard(
    engine: Engine, present: Present | None, now: datetime, unknown_until: datetime, shown_after: timedelta
) -> tuple[Conferencia, ...]:
    """Write into the restored file what keeps it from registering again what was registered since."""
    with Sessions(engine).writing() as session:
        guards = []
        for conta in session.scalars(select(ContaRecord).order_by(ContaRecord.id)).all():
            if present is not None and conta.id in present.setups:
                guard = _forgotten_of(session, conta, present, now, shown_after)
            else:
                guard = _unknown_of(conta, now, unknown_until)
            if guard is not None:
                session.merge(_record_of(guard))
                guards.append(guard)
    return tuple(guards)


def _identity(engine: Engine) -> str | None:
    with Sessions(engine).reading() as session:
        return session.scalar(select(DataFileRecord.identity))


def _unknown_of(conta: ContaRecord, now: datetime, unknown_until: datetime) -> Conferencia | None:
    """Nobody knows what was sent after the copy: the bank is asked until it knows no more numbers."""
    if not conta.api_bancaria:
        return None
    start = max(conta.ultimo_nosso_numero + 1, conta.faixa_inicio)
    return Conferencia(conta.id, now, unknown_until, start, start - 1 + FOLGA, FOLGA)


def _forgotten_of(
    session: Session, conta: ContaRecord, present: Present, now: datetime, shown_after: timedelta
) -> Conferencia | None:
    """The present data know exactly which numbers the copy does not; what they were still looking for counts too."""
    for name, value in present.setups[conta.id].items():
        setattr(conta, name, value)
    for achado in present.achados.get(conta.id, ()):
        session.merge(BoletoAchadoRecord(conta_id=conta.id, **achado))
    given = select(NossoNumeroRecord.numero).join(OrderRecord, OrderRecord.id == NossoNumeroRecord.order_id)
    mine = set(session.scalars(given.where(OrderRecord.conta_id == conta.id)))
    forgotten = {n: moment for n, moment in present.numeros.get(conta.id, {}).items() if n not in mine}
    sent = [moment for moment in forgotten.values() if moment]
    known = Conferencia(conta.id, now, max(sent) + shown_after, min(forgotten), max(forgotten), 0) if sent else None
    pending = present.conferencias.get(conta.id)
    if pending is None:
        return known
    still = Conferencia(conta.id, now, *pending)
    return still.com(known) if known else still


def _record_of(guard: Conferencia) -> ConferenciaRecord:
    return ConferenciaRecord(
        conta_id=guard.conta_id,
        restaurada_em=guard.restaurada_em,
        nao_antes=guard.nao_antes,
        proximo=guard.proximo,
        ate=guard.ate,
        folga=guard.folga,
    )


def _last_written(data_file: Path) -> datetime:
    """When a file nobody can read was written to for the last time."""
    files = (data_file, data_file.with_name(f"{data_file.name}-wal"))
    return datetime.fromtimestamp(max(file.stat().st_mtime for file in files if file.exists()), UTC)


def _put_in_place(fresh: Path, data_file: Path) -> None:
    try:
        for left in _beside(data_file):
            left.unlink(missing_ok=True)  # of the old file; the new one must not be taken for its continuation
        fresh.replace(data_file)
    except OSError as error:
        raise StoreError(
            "A cópia não pôde tomar o lugar dos dados.",
            hint="Feche outros programas que usem a pasta de dados e tente de novo; os dados continuam como estavam.",
            code="restauracao",
        ) from error


def _discard(path: Path) -> None:
    for left in (path, *_beside(path)):
        with suppress(OSError):
            left.unlink()


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm", "-journal"))
