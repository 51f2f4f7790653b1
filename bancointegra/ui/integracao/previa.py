"""What an alteration would do to each boleto, before it is sent. No window is needed to import this module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bancointegra.domain.calculo_encargos import Devido
from bancointegra.domain.errors import AppError
from bancointegra.domain.instrucao import Alteracao, vencimento_apos
from bancointegra.domain.titulo import TituloRow
from bancointegra.services.instrucao import Previa

_DEPOIS = ((0, "no vencimento"), (7, "7 dias depois"), (30, "30 dias depois"))


@dataclass(frozen=True, slots=True)
class Conferencia:
    """One boleto checked: ``previa`` when it can be changed, else ``motivo``."""

    row: TituloRow
    previa: Previa | None
    motivo: str = ""


def conferir(
    rows: Iterable[TituloRow],
    alteracao: Alteracao,
    previa: Callable[[int, Alteracao], Previa],
    check_cancelled: Callable[[], None],
) -> tuple[Conferencia, ...]:
    """Check every boleto with ``previa``, which blocks and raises an ``AppError`` when one cannot be changed."""

    def check(row: TituloRow) -> Conferencia:
        check_cancelled()
        try:
            return Conferencia(row, previa(row.id, alteracao))
        except AppError as error:
            return Conferencia(row, None, str(error))

    return tuple(check(row) for row in rows)


@dataclass(frozen=True, slots=True)
class LinhaPrevia:
    """``no vencimento`` · ``27/11: 1.250,00`` · ``30/11: 1.250,00``."""

    quando: str
    antes: str
    depois: str
    mudou: bool


def linhas_previa(conferencia: Conferencia, alteracao: Alteracao) -> tuple[LinhaPrevia, ...]:
    """What the payer owes before and after, with each discount's last day, on the due date and later."""
    if conferencia.previa is None:
        return ()
    vencimento = conferencia.row.vencimento
    novo = vencimento_apos(vencimento, alteracao)
    antes = {devido.dia: devido for devido in conferencia.previa.antes}
    depois = {devido.dia: devido for devido in conferencia.previa.depois}
    early = sorted({dia for dia in antes if dia < vencimento} | {dia for dia in depois if dia < novo})
    lines = [
        _line("com desconto", _until(antes, dia, vencimento), _until(depois, dia, novo), dia, dia) for dia in early
    ]
    for days, quando in _DEPOIS:
        before, after = vencimento + timedelta(days=days), novo + timedelta(days=days)
        lines.append(_line(quando, antes.get(before), depois.get(after), before, after))
    return tuple(lines)


def resumo_conferencia(conferencias: Sequence[Conferencia]) -> str:
    """``2 de 3 boletos não podem ser alterados e ficam de fora:``; empty when all can."""
    refused = sum(conferencia.previa is None for conferencia in conferencias)
    if not refused:
        return ""
    if len(conferencias) == 1:
        return "Este boleto não pode ser alterado:"
    verb = "não pode ser alterado e fica" if refused == 1 else "não podem ser alterados e ficam"
    return f"{refused} de {len(conferencias)} boletos {verb} de fora:"


def _until(devidos: dict[date, Devido], dia: date, vencimento: date) -> Devido | None:
    """What is owed on ``dia``: known, or, without any discount, the same as on the due date."""
    without_discount = not any(known < vencimento for known in devidos)
    return devidos.get(dia) or (devidos.get(vencimento) if without_discount and dia <= vencimento else None)


def _line(quando: str, antes: Devido | None, depois: Devido | None, before: date, after: date) -> LinhaPrevia:
    changed = antes is None or depois is None or antes.total != depois.total or before != after
    return LinhaPrevia(quando, _amount(antes, before), _amount(depois, after), changed)


def _amount(devido: Devido | None, dia: date) -> str:
    return f"{dia:%d/%m/%Y}   {devido.total if devido else '—'}"
