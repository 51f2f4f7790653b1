"""What the present data know of the bank and an older copy does not, read before the copy takes their place.

The data may be of any earlier version of the program: only columns of its first release are asked for, and tables that
came later are looked for first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bancointegra.domain.copia import TabelasCopia
from bancointegra.domain.errors import StoreError
from bancointegra.store.copias import tables_of
from bancointegra.store.sqlite_copy import count_rows, read_copy

_SETUP = (
    "ambiente",
    "banco",
    "agencia",
    "conta",
    "dac",
    "carteira",
    "client_id",
    "certificate_path",
    "key_path",
    "ca_path",
    "host_token",
    "host_emissao",
    "host_consulta",
    "faixa_inicio",
    "faixa_fim",
    "ultimo_nosso_numero",
)
"""Of an account, what stays as it is now: certificates that the copy names may be gone, and numbers never come back."""


@dataclass(frozen=True, slots=True)
class Present:
    """What is kept by id of the account, which is the same in a copy of the same data.

    ``numeros``: the nossos números given and when each was sent. ``conferencias`` still under way: (nao_antes,
    proximo, ate, folga). ``achados``: columns of ``boleto_achado``.
    """

    identity: str
    setups: Mapping[int, Mapping[str, Any]]
    numeros: Mapping[int, Mapping[int, datetime | None]]
    conferencias: Mapping[int, tuple[datetime, int, int, int]]
    achados: Mapping[int, Sequence[Mapping[str, Any]]]


def read_present(data: Path) -> Present:
    """Raises ``StoreError`` when they are damaged or of a newer version."""
    with read_copy(data) as connection:
        if tables_of(connection) is TabelasCopia.MAIS_NOVAS:
            raise StoreError(
                "Os dados atuais são de uma versão mais nova do BancoIntegra.",
                hint="Instale a versão mais nova e restaure com ela; nada foi alterado.",
                code="dados_mais_novos",
            )
        guarded = "data_file" in count_rows(connection)
        return Present(
            identity=connection.execute("SELECT identity FROM data_file").fetchone()[0] if guarded else "",
            setups=_setups(connection),
            numeros=_numeros(connection),
            conferencias=_conferencias(connection) if guarded else {},
            achados=_achados(connection) if guarded else {},
        )


def _setups(connection: sqlite3.Connection) -> dict[int, Mapping[str, Any]]:
    query = f"SELECT id, {', '.join(_SETUP)} FROM conta_bancaria"  # noqa: S608 - constants
    return {conta_id: dict(zip(_SETUP, values, strict=True)) for conta_id, *values in connection.execute(query)}


def _numeros(connection: sqlite3.Connection) -> dict[int, dict[int, datetime | None]]:
    query = """
        SELECT bank_order.conta_id, nosso_numero.numero, bank_order.sent_at
        FROM nosso_numero JOIN bank_order ON bank_order.id = nosso_numero.order_id
    """
    found: dict[int, dict[int, datetime | None]] = {}
    for conta_id, numero, sent_at in connection.execute(query):
        found.setdefault(conta_id, {})[numero] = _moment(sent_at) if sent_at else None
    return found


def _conferencias(connection: sqlite3.Connection) -> dict[int, tuple[datetime, int, int, int]]:
    query = "SELECT conta_id, nao_antes, proximo, ate, folga FROM conferencia"
    return {conta_id: (_moment(nao_antes), *numbers) for conta_id, nao_antes, *numbers in connection.execute(query)}


def _achados(connection: sqlite3.Connection) -> dict[int, list[Mapping[str, Any]]]:
    columns = ("nosso_numero", "carteira", "seu_numero", "sacado_documento", "valor")
    query = f"SELECT conta_id, vencimento, {', '.join(columns)} FROM boleto_achado"  # noqa: S608 - constants
    found: dict[int, list[Mapping[str, Any]]] = {}
    for conta_id, vencimento, *values in connection.execute(query):
        day = datetime.fromisoformat(vencimento).date()
        found.setdefault(conta_id, []).append({"vencimento": day, **dict(zip(columns, values, strict=True))})
    return found


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
