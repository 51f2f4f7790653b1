"""Restoring a copy: every table either comes back with it or is kept as it is now."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from bancointegra.store import open_store
from bancointegra.store.engine import create_store_engine
from bancointegra.store.kept_whole import KEPT_WHOLE
from bancointegra.store.restauracao import restore_store
from bancointegra.store.schema import Base
from tests.builders import NOW, KnownInstances, ManualClock

COME_BACK = {
    "boleto",
    "boleto_achado",
    "bank_order",
    "conferencia",
    "conta_bancaria",
    "data_file",
    "escritorio_cobranca",
    "history",
    "leitura_importacao",
    "nosso_numero",
    "pagador",
    "tipo_cobranca",
    "titulo",
    "titulo_excluido",
}


def test_every_table_is_decided_about() -> None:
    assert set(Base.metadata.tables) == COME_BACK | set(KEPT_WHOLE)


def insert(engine: Engine, table: str, **values: object) -> None:
    """One row; columns nobody names get what their type allows."""
    for column in inspect(engine).get_columns(table):
        if column["name"] not in values and not column["nullable"] and not column["primary_key"]:
            plain = {"JSON": "{}", "DATETIME": "2026-11-23 10:00:00.000000"}
            values[column["name"]] = plain.get(str(column["type"]), 0 if "INT" in str(column["type"]) else "")
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def scheduled(path: Path) -> list[tuple[int, str | None, str]]:
    engine = create_store_engine(path)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, agendado_para, aviso FROM pagamento ORDER BY id")).all()
    engine.dispose()
    return [(row[0], row[1], row[2]) for row in rows]


def prepare(path: Path, copy: Path) -> None:
    """A data file with an open scheduled pagamento, copied; afterwards a second one is made."""
    store = open_store(path, instances=KnownInstances(), clock=ManualClock())
    engine = create_store_engine(path)
    insert(engine, "conta_pagamento", id=1, mnemonico="CELCOIN", ambiente="SIMULACAO")
    day = date(2026, 12, 1).isoformat()
    insert(engine, "pagamento", id=1, conta_id=1, situacao="CONSULTADO", agendado_para=day)
    store.copias.write(copy)
    insert(engine, "pagamento", id=2, conta_id=1, situacao="PAGO")
    engine.dispose()
    store.close()


def test_pagamentos_stay_as_they_are_now(data_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "cópia.sqlite3"
    prepare(data_file, copy)
    restore_store(data_file, copy, aside=tmp_path / "antes.sqlite3", now=NOW, shown_after=timedelta(hours=2))
    assert scheduled(data_file) == [(1, "2026-12-01", ""), (2, None, "")]


def test_without_the_present_data_no_pagamento_of_the_copy_leaves_by_itself(data_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "cópia.sqlite3"
    prepare(data_file, copy)
    data_file.unlink()
    restore_store(data_file, copy, aside=tmp_path / "antes.sqlite3", now=NOW, shown_after=timedelta(hours=2))
    [(number, day, aviso)] = scheduled(data_file)
    assert (number, day) == (1, None)
    assert "confira no extrato" in aviso
