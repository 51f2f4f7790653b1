"""What a restored copy does not bring back: pagamentos of bills, which stay as they are now.

They hang on nothing else in the data, and a payment forgotten would be made again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from bancointegra.domain.pagamento import SituacaoPagamento
from bancointegra.store.engine import Sessions, raw_connection
from bancointegra.store.schema_pagamento import PagamentoRecord

KEPT_WHOLE = (
    "conta_pagamento",
    "convenio_pagamento",
    "pagamento",
    "ocorrencia_pagamento",
    "pagamento_history",
    "payment_order",
    "nsu_pagamento",
)
"""Each after those it points to."""

_OPEN = tuple(situacao.name for situacao in SituacaoPagamento if situacao.is_open)
_CHECK = "Veio de uma cópia de segurança: confira no extrato se já foi pago."


def carry_whole(engine: Engine, present: Path) -> None:
    """Replace those tables of the restored file by the ones of ``present``, which may be of an earlier version."""
    with raw_connection(engine) as connection:
        connection.execute("ATTACH DATABASE ? AS agora", (str(present),))
        connection.execute("BEGIN")
        for table in reversed(KEPT_WHOLE):
            connection.execute(f"DELETE FROM main.{table}")  # noqa: S608 - names of ours
        for table in KEPT_WHOLE:
            columns = ", ".join(_columns(connection, "agora", table))
            if columns:
                connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM agora.{table}")  # noqa: S608 - constants
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE agora")


def hold_open_payments(engine: Engine) -> None:
    """Nobody knows which of the copy's open pagamentos were made since: none of them may leave by itself."""
    with Sessions(engine).writing() as session:
        for record in session.scalars(select(PagamentoRecord).where(PagamentoRecord.situacao.in_(_OPEN))):
            record.agendado_para = None
            record.aprovado_por, record.aprovado_em, record.aprovado_valor = "", None, None
            record.aviso = _CHECK


def _columns(connection: Any, schema: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")]
