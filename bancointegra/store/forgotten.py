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

_ACCOUNT = "ambiente || '/' || banco || '/' || agencia || '/' || conta || '/' || carteira"
_SETUP = (
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
    """By account as the bank knows it (``store.journal.account_key``).

    ``numeros``: the nossos números given and when each was sent. ``conferencias`` still under way: (nao_antes,
    proximo, ate, folga). ``achados``: columns of ``boleto_achado``.
    """

    identity: str
    setups: Mapping[str, Mapping[str, Any]]
    numeros: Mapping[str, Mapping[int, datetime | None]]
    conferencias: Mapping[str, tuple[datetime, int, int, int]]
    achados: Mapping[str, Sequence[Mapping[str, Any]]]


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


def _setups(connection: sqlite3.Connection) -> dict[str, Mapping[str, Any]]:
    query = f"SELECT {_ACCOUNT}, {', '.join(_SETUP)} FROM conta_bancaria ORDER BY id DESC"  # noqa: S608
    return {account: dict(zip(_SETUP, values, strict=True)) for account, *values in connection.execute(query)}


def _numeros(connection: sqlite3.Connection) -> dict[str, dict[int, datetime | None]]:
    query = """
        SELECT nosso_numero.conta, nosso_numero.numero, bank_order.sent_at
        FROM nosso_numero JOIN bank_order ON bank_order.id = nosso_numero.order_id
    """
    found: dict[str, dict[int, datetime | None]] = {}
    for account, numero, sent_at in connection.execute(query):
        found.setdefault(account, {})[numero] = _moment(sent_at) if sent_at else None
    return found


def _conferencias(connection: sqlite3.Connection) -> dict[str, tuple[datetime, int, int, int]]:
    query = f"""
        SELECT {_ACCOUNT}, nao_antes, proximo, ate, folga
        FROM conferencia JOIN conta_bancaria ON conta_bancaria.id = conferencia.conta_id
    """  # noqa: S608
    return {account: (_moment(nao_antes), *numbers) for account, nao_antes, *numbers in connection.execute(query)}


def _achados(connection: sqlite3.Connection) -> dict[str, list[Mapping[str, Any]]]:
    columns = ("nosso_numero", "carteira", "seu_numero", "sacado_documento", "valor")
    query = f"""
        SELECT {_ACCOUNT.replace("carteira", "conta_bancaria.carteira")}, vencimento,
            {", ".join(f"boleto_achado.{column}" for column in columns)}
        FROM boleto_achado JOIN conta_bancaria ON conta_bancaria.id = boleto_achado.conta_id
    """  # noqa: S608
    found: dict[str, list[Mapping[str, Any]]] = {}
    for account, vencimento, *values in connection.execute(query):
        day = datetime.fromisoformat(vencimento).date()
        found.setdefault(account, []).append({"vencimento": day, **dict(zip(columns, values, strict=True))})
    return found


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
