"""What the clerk types to protest and to take a protest back. No window is needed to import this module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bancointegra.domain.errors import InputError
from bancointegra.domain.instrucao import CancelarProtesto, Protestar
from bancointegra.domain.titulo import TituloRow
from bancointegra.ui.integracao.texts import flexionar

DATA_PROTESTO = "Data do protesto"
ESCRITORIO = "Escritório de Cobrança"
DATA_CANCELAMENTO = "Data do cancelamento"
MOTIVO = "Motivo"
_MAX_MOTIVO = 200


@dataclass(frozen=True, slots=True)
class PedidoProtesto:
    """What the clerk saved: the instruction, and the títulos it is for."""

    instrucao: Protestar
    rows: tuple[TituloRow, ...]


def read_protesto(rows: Sequence[TituloRow], data: date | None, escritorio: str, hoje: date) -> PedidoProtesto:
    """The títulos due before ``data`` are protested, the others are left out.

    Raises ``InputError`` naming the field.
    """
    day = _require_data(data, DATA_PROTESTO)
    if day < hoje:
        raise InputError(f"A data do protesto {day:%d/%m/%Y} já passou.", field=DATA_PROTESTO)
    due = tuple(row for row in rows if row.vencimento < day)
    if not due:
        first = min(row.vencimento for row in rows)
        words = flexionar(len(rows), "O título vence", "Os títulos vencem a partir de")
        when = f"em {first:%d/%m/%Y}" if len(rows) == 1 else f"{first:%d/%m/%Y}"
        raise InputError(f"{words} {when}.", field=DATA_PROTESTO, hint="Só se protesta depois do vencimento.")
    if not escritorio.strip():
        raise InputError("Escolha o Escritório de Cobrança.", field=ESCRITORIO, hint="Com “+”, inclua um novo.")
    return PedidoProtesto(Protestar(day, escritorio), due)


def not_due_yet(rows: Sequence[TituloRow], data: date | None) -> str:
    """``1003/2 vence em 24/12/2026 e fica de fora.``; empty when all are due before ``data``, or none is."""
    late = [row for row in rows if data is not None and row.vencimento >= data]
    if not late or len(late) == len(rows):
        return ""
    if len(late) == 1:
        return f"{late[0].titulo} vence em {late[0].vencimento:%d/%m/%Y} e fica de fora."
    return f"{len(late)} títulos ainda não venceram nessa data e ficam de fora."


def read_cancelamento(data: date | None, motivo: str) -> CancelarProtesto:
    """Raises ``InputError`` naming the field."""
    day = _require_data(data, DATA_CANCELAMENTO)
    reason = " ".join(motivo.split())
    if not reason:
        raise InputError("Informe o motivo do cancelamento do protesto.", field=MOTIVO)
    if len(reason) > _MAX_MOTIVO:
        raise InputError(f"O motivo tem até {_MAX_MOTIVO} caracteres.", field=MOTIVO, hint="Escreva-o mais curto.")
    if not reason.isprintable():
        raise InputError("O motivo tem caracteres que não se imprimem.", field=MOTIVO, hint="Escreva-o de novo.")
    return CancelarProtesto(day, reason)


def _require_data(data: date | None, campo: str) -> date:
    if data is None:
        raise InputError("Informe uma data.", field=campo, hint="Escreva como 23/11/2026.")
    return data
