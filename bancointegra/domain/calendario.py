"""Which days banks work in Brazil.

Saturdays, Sundays, national holidays, Carnaval Monday and Tuesday, Good Friday and Corpus Christi are no banking
days (CMN Resolution 4.880/2020). Ash Wednesday and 24 December are short banking days, hence banking days. On the
year's last weekday there is no public service and FEBRABAN lets bills be paid on the next banking day. Local holidays
are in no national list: the office keeps its own table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

_SABADO = 5
_DEZEMBRO = 12
_NATAL = 25


class CalendarioBancario:
    """Banking days of one place.

    ``feriados_locais`` are municipal and state holidays. ``fecha_no_fim_do_ano`` says whether the year's last weekday
    (31 December, or the Friday before) counts as closed, as FEBRABAN says of payments; ANBIMA counts it as open.
    """

    def __init__(self, feriados_locais: Iterable[date] = (), *, fecha_no_fim_do_ano: bool = True) -> None:
        self._feriados_locais = frozenset(feriados_locais)
        self._fecha_no_fim_do_ano = fecha_no_fim_do_ano

    @cached_property
    def _feriados_da_bolsa(self) -> HolidayBase:
        # Loaded when a day is first asked about: the library reads the calendars of all exchanges and of the moon.
        from holidays import financial_holidays

        return financial_holidays("BVMF")

    def is_dia_util(self, dia: date) -> bool:
        """Whether banks serve the public and settle payments on that day."""
        if dia.weekday() >= _SABADO or dia in self._feriados_locais or self._is_feriado_nacional(dia):
            return False
        return not (self._fecha_no_fim_do_ano and _is_ultimo_dia_de_semana_do_ano(dia))

    def proximo_dia_util(self, dia: date) -> date:
        """``dia`` itself when it is a banking day, else the first one after it."""
        while not self.is_dia_util(dia):
            dia += timedelta(days=1)
        return dia

    def _is_feriado_nacional(self, dia: date) -> bool:
        # The exchange also closes on 24 December and on the year's last weekday; banks decide those otherwise.
        if dia.month == _DEZEMBRO and dia.day != _NATAL:
            return False
        return dia in self._feriados_da_bolsa


def _is_ultimo_dia_de_semana_do_ano(dia: date) -> bool:
    last = date(dia.year, _DEZEMBRO, 31)
    while last.weekday() >= _SABADO:
        last -= timedelta(days=1)
    return dia == last
