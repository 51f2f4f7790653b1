"""The due factor of a cobrança bar code: four digits that stand for a date, and start again every 9000 days.

Factor 1000 was 2000-07-03 and 9999 was 2025-02-21; 2025-02-22 is 1000 again (Itaú, Cobrança CNAB 400, July 2021,
annex 6; FEBRABAN, Manual operacional do fator de vencimento, 2012). The window in which a factor is read is the one
attributed to FEBRABAN communication 082/2012: from 3000 days before the day of reading to 5500 days after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bancointegra.domain.errors import InputError, RuleError

PRIMEIRO_VENCIMENTO = date(2000, 7, 3)
PRIMEIRO_FATOR = 1000
ULTIMO_FATOR = 9999
DIAS_POR_CICLO = ULTIMO_FATOR - PRIMEIRO_FATOR + 1
DIAS_NO_PASSADO = 3000
DIAS_A_FRENTE = 5500


@dataclass(frozen=True, slots=True)
class VencimentoLido:
    """A due date read from a factor; ``duvidoso`` when no candidate lies within the window."""

    vencimento: date
    duvidoso: bool


def fator_of(vencimento: date) -> int:
    """The factor of a due date, 1000 to 9999. Raises ``InputError`` before 2000-07-03, when there was none."""
    days = (vencimento - PRIMEIRO_VENCIMENTO).days
    if days < 0:
        raise InputError("Não existe fator de vencimento para datas antes de 03/07/2000.", field="vencimento")
    return PRIMEIRO_FATOR + days % DIAS_POR_CICLO


def vencimentos_possiveis(fator: int, ciclos: int = 2) -> tuple[date, ...]:
    """The dates a factor (1000 to 9999) stands for in the first ``ciclos`` cycles, oldest first."""
    first = PRIMEIRO_VENCIMENTO + timedelta(days=fator - PRIMEIRO_FATOR)
    return tuple(first + timedelta(days=DIAS_POR_CICLO * ciclo) for ciclo in range(ciclos))


def read_fator(fator: int, referencia: date) -> VencimentoLido:
    """The due date of a factor (1000 to 9999), for somebody who reads it on ``referencia``.

    The candidate within the window wins; in the gap between two windows, the nearest, marked ``duvidoso``.
    """
    first = vencimentos_possiveis(fator, ciclos=1)[0]
    cycles_until_referencia = max((referencia - first).days // DIAS_POR_CICLO, 0)
    # The window may reach one cycle further; beyond the calendar's end there is no date to consider.
    candidates = [
        first + timedelta(days=DIAS_POR_CICLO * ciclo)
        for ciclo in (cycles_until_referencia, cycles_until_referencia + 1)
        if (date.max - first).days >= DIAS_POR_CICLO * ciclo
    ]
    for candidate in candidates:
        if -DIAS_NO_PASSADO <= (candidate - referencia).days <= DIAS_A_FRENTE:
            return VencimentoLido(candidate, duvidoso=False)
    return VencimentoLido(min(candidates, key=lambda day: abs((day - referencia).days)), duvidoso=True)


def is_longe_demais(vencimento: date, referencia: date) -> bool:
    """Whether a boleto issued on ``referencia`` would be read with another due date: more than 5500 days ahead."""
    return (vencimento - referencia).days > DIAS_A_FRENTE


def require_emissivel(vencimento: date, referencia: date) -> None:
    """Raise ``RuleError`` when a boleto issued on ``referencia`` may not carry this due date."""
    if is_longe_demais(vencimento, referencia):
        last = referencia + timedelta(days=DIAS_A_FRENTE)
        raise RuleError(
            f"O vencimento {vencimento:%d/%m/%Y} fica mais de {DIAS_A_FRENTE} dias à frente; os bancos o recusariam.",
            hint=f"Use uma data até {last:%d/%m/%Y}.",
        )
