"""What the payer of a título owes on the days that matter."""

from __future__ import annotations

from datetime import date, timedelta

from bancointegra.domain.calculo_encargos import Devido, devido_em
from bancointegra.domain.calendario import CalendarioBancario
from bancointegra.domain.titulo import Titulo

_DIAS_DE_ATRASO_MOSTRADOS = (1, 7, 30)


def devidos_de(titulo: Titulo, calendario: CalendarioBancario, hoje: date) -> tuple[Devido, ...]:
    """On each discount's last day, the due date, some days after it and, when it is overdue, today; in that order."""
    dias = {titulo.vencimento, *(titulo.vencimento + timedelta(days=n) for n in _DIAS_DE_ATRASO_MOSTRADOS)}
    dias.update(desconto.ate for desconto in titulo.encargos.descontos)
    if hoje > titulo.vencimento:
        dias.add(hoje)
    return tuple(devido_em(titulo.valor, titulo.vencimento, titulo.encargos, dia, calendario) for dia in sorted(dias))
